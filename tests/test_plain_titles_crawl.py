"""Series whose titles have nothing in common: what else speaks for a row of their column."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story
from tests.test_membership_crawl import crawl, titles

PLAIN = [
    *("梭子为什么总往左边飞", "一匹布要走多少里路", "染坊门口的两口井", "没有名字的裁缝铺"),
    *("雨天晒不干的蓝布", "三代人的一枚顶针", "布庄里的算盘声", "断了又接上的经线"),
]
OTHERS = [f"全市第{n}批公交线路调整的公告" for n in range(30)]
PATHS = [f"/w/{n}.html" for n in range(len(PLAIN))]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.mark.parametrize("by_person", [True, False], ids=["a person names it", "its stories name it"])
def test_every_row_of_a_column_that_bears_the_series_name(site: Site, tmp_path: Path, *, by_person: bool) -> None:
    rows = list(zip(PLAIN, PATHS, strict=True))
    pages = ["/weaving/", "/weaving/2.html"]
    site.pages = {href: story(title, column="/weaving/") for title, href in rows}
    site.pages["/weaving/"] = column(rows[:4], pages, name="织布手记")
    site.pages["/weaving/2.html"] = column(rows[4:], pages, name="织布手记")
    if not by_person:
        said = "<p>本报推出“织布手记”系列报道，走访镇上的织布人家。</p></div>"
        site.pages[PATHS[0]] = longer(site.pages[PATHS[0]], said)
    archive, catalogue = tmp_path / "archive.db", tmp_path / "series.toml"
    title = 'title = "织布手记"\n' if by_person else ""
    catalogue.write_text(f'[weaving]\n{title}start = "{site.url(PATHS[0])}"\n', "utf-8")
    named = [*crawl_command("")[:4], "weaving", *crawl_command("")[7:], "-s", f"CATALOGUE={catalogue}"]
    # Cut short, and taken up again: what was learned before still counts.
    assert scrapy(archive, [*named, "-s", "RUN_MAX_PAGES=3"]).returncode == 14
    ended = scrapy(archive, named)
    assert ended.returncode == 0, ended.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert {row.title for row in opened.series_ledger("weaving")} == set(PLAIN)
        assert opened.series("weaving")[0].title == "织布手记"


def longer(page: bytes, piece: str) -> bytes:
    return response(page.partition(b"\r\n\r\n")[2].decode().replace("</div>", piece, 1))


def test_rows_beside_a_member_prove_themselves_by_whom_they_name(site: Site, tmp_path: Path) -> None:
    told = list(zip(PLAIN, PATHS, strict=True))
    site.pages = {
        href: story(title, told[max(0, n - 2) : n][::-1], column="/column/") for n, (title, href) in enumerate(told)
    }
    site.pages |= {f"/o/{n}.html": story(title, column="/column/") for n, title in enumerate(OTHERS)}
    # A member, then four rows of others: newest first.
    rows = []
    for n, line in enumerate(told):
        rows += [line, *((title, f"/o/{n * 3 + m}.html") for m, title in enumerate(OTHERS[n * 3 : n * 3 + 1]))]
    rows = rows[::-1] + [(title, f"/o/{n}.html") for n, title in enumerate(OTHERS[24:], 24)]
    site.pages["/column/"] = column(rows)
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, PATHS[2]) == 0
    assert titles(archive, site, PATHS[2]) == set(PLAIN)
    assert sum(path.startswith("/o/") for _, path, _ in site.hits) <= 2 * len(PLAIN)
    site.hits.clear()
    assert crawl(site, archive, PATHS[2]) in {0, 21}
    assert {path for _, path, _ in site.hits} == {"/robots.txt", PATHS[2], "/column/"}


def test_what_two_series_have_both_refused_is_read_by_neither_again(site: Site, tmp_path: Path) -> None:
    fish = ["清早第一网的收成", "冰面下的一盏渔灯", "阿婆腌鱼的大缸"]
    told = [(title, f"/f/{n}.html") for n, title in enumerate(fish)]
    sewn = list(zip(PLAIN[:3], PATHS, strict=False))
    rows = [*zip(OTHERS[:2], ("/o/0.html", "/o/1.html"), strict=True), told[0], *sewn]
    rows += [(title, f"/o/{n}.html") for n, title in enumerate(OTHERS[2:8], 2)]
    site.pages = {href: story(title, column="/column/") for title, href in rows}
    site.pages["/column/"] = column(rows)
    archive = tmp_path / "archive.db"
    for start in ("/f/0.html", PATHS[0], "/f/0.html", PATHS[0]):
        site.hits.clear()
        assert crawl(site, archive, start) in {0, 20, 21}  # 20: one of them led to no second part
    assert {path for _, path, _ in site.hits} == {"/robots.txt", "/column/", PATHS[0]}


def loom(n: int, last: int) -> bytes:
    """A story of the weavers' column, whose neighbours show no titles."""
    near = [(label, "", PATHS[at]) for label, at in (("上一篇", n - 1), ("下一篇", n + 1)) if 0 <= at <= last]
    return story(PLAIN[n], column="/w/", filed="灯下的织机", near=near)


def test_a_narrow_column_is_the_series_where_nothing_narrower_is_named(site: Site, tmp_path: Path) -> None:
    rows = list(zip(PLAIN, PATHS, strict=True))[::-1]
    pinned = (OTHERS[0], "/w/99.html")
    pages = ["/w/", "/w/list_2.html"]
    site.pages = {href: loom(n, 6) for n, href in enumerate(PATHS[:-1])}
    site.pages["/w/99.html"] = story(OTHERS[0], column="/n/", filed="公告")
    site.pages["/w/"] = column([pinned, *rows[1:5]], pages, name="灯下的织机")
    site.pages["/w/list_2.html"] = column(rows[5:], pages, name="灯下的织机")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, PATHS[2]) == 0
    assert titles(archive, site, PATHS[2]) == set(PLAIN[:-1])
    # What is new in it belongs, too.
    site.pages[PATHS[-1]] = loom(7, 7)
    site.pages["/w/"] = column([pinned, *rows[:5]], pages, name="灯下的织机")
    assert crawl(site, archive, PATHS[2]) == 0
    assert titles(archive, site, PATHS[2]) == set(PLAIN)


def test_rows_of_the_column_that_is_the_series_stay_parts_whatever_some_are_called(site: Site, tmp_path: Path) -> None:
    counted = [f"《旧布新裁》讲习之{n}" for n in "一二三四五"]
    rows = [*zip(PLAIN[:3], PATHS, strict=False), *((title, f"/w/{n}.html") for n, title in enumerate(counted, 3))]
    site.pages = {href: story(title, column="/w/", filed="布庄简报") for title, href in rows}
    site.pages["/w/"] = column(rows, name="布庄简报")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, PATHS[0]) == 0
    assert titles(archive, site, PATHS[0]) == {title for title, _ in rows}
