"""The floors that were reached on the gold pages beside the checkout; see docs/extraction.md."""

import statistics
from pathlib import Path

import pytest

from benchmarks.article_extractors import wangqi
from benchmarks.extraction import CHINESE, SHORT, STORIES, pages, precision, run
from crawler.extraction import extract_page

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason=f"the measuring data is not at {DATA}"),
]


@pytest.fixture(scope="module")
def read():
    return [row for name in CHINESE for row in run(wangqi, pages(DATA, name))]


def f1(rows):
    p, r = precision(rows), statistics.mean(x.recall for x in rows)
    return 2 * p * r / (p + r)


def bodies(rows, *kinds):
    return [x for x in rows if x.page["body"] and x.page["kind"] in (kinds or STORIES)]


def test_bodies(read):
    rows = bodies(read)
    assert f1(rows) > 0.985
    assert min(precision(rows), statistics.mean(x.recall for x in rows)) > 0.98
    assert min(x.f1 for x in rows) > 0.85
    assert f1([x for x in rows if len(x.page["body"]) < SHORT]) > 0.96
    assert f1(bodies(read, "wechat")) > 0.99


@pytest.mark.parametrize(("field", "floor"), [("title", 0.98), ("date", 0.98), ("source", 0.95), ("author", 0.7)])
def test_fields(read, field, floor):
    rows = [x for x in read if x.page["kind"] in STORIES and x.page[field]]
    split = str.maketrans("、，", "  ")
    same = [
        x.page[field].translate(split).split() == (getattr(x.reading, field) or "").translate(split).split()
        for x in rows
    ]
    assert sum(same) >= floor * len(rows)


def test_kinds(read):
    assert all(x.reading.page.kind == "story" for x in read if x.page["kind"] in STORIES)
    assert all(x.reading.page.kind in ("gone", "blocked") for x in read if x.page["kind"] == "gone")


def test_english():
    assert f1(run(wangqi, pages(DATA, "en_zyte"))) > 0.972


def test_the_page_the_project_started_from():
    """Set as plain paragraphs, as a hand would; the page is a spun copy, so its words are not always the author's."""
    lines = [line for line in (DATA / "seed" / "page.txt").read_text("utf-8").splitlines() if line.strip()]
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    page = extract_page(html.encode(), "http://seed.example/detail/1.html")
    kinds = [(block.kind, block.text) for block in page.blocks]
    assert (page.kind, page.series_name, page.subject, page.published) == ("story", "党员先锋行", "卢良伟", None)
    assert [kind for kind, _ in kinds[:4]] == ["note", "note", "note", "pull_quote"]
    heads = [text for kind, text in kinds if kind == "heading"]
    assert heads == ["招商任重道远", "三种精神相伴", "招商要乐成", "团队作战和一直学习不可少"]
    assert [block.credit for block in page.blocks if block.kind == "caption"] == ["蓝齐", "资料图"]
    members = [link.title for link in page.links if link.kind == "series"]
    assert [title.partition(":")[0] for title in members] == [
        "党员先锋行 | 彭军锋",
        "党员先锋行 | 陈清耀",
        "党员先锋行 | 火炬集团工业招商部",
        "党员先锋行 | 前场项目部",
    ]
    assert (page.credit("publisher"), page.credit("licence")) == ("厦门市招商办", "闽ICP备19017762号-1")
    assert not any(text in page.text for text in ("往期", "敬请期待", "备案号"))
