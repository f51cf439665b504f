"""A crawl that begins with one issue of a magazine, which is a list of its stories, finds the other issues."""

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.extraction import extract_page
from crawler.extraction.model import Extraction
from crawler.scope.arrivals import PERSONS_ROW, Link
from crawler.scope.links import Scope
from tests.crawler.site import response
from tests.story_pages import column

SITE = "https://reeds.example"
HEADLINES = (
    "谁在修水碓",
    "石桥人的早市",
    "一座粮仓和半生",
    "雪夜的摆渡人",
    "最后一盏马灯",
    "槐树下的棋局",
    "织网的姐妹",
)


def read(page: bytes, url: str) -> Extraction:
    return extract_page(page.partition(b"\r\n\r\n")[2], url, {"content-type": "text/html; charset=utf-8"})


def issue(title: str) -> bytes:
    rows = "".join(f'<li><a href="/a/{n}.html">{headline}</a></li>' for n, headline in enumerate(HEADLINES))
    crumb = '<p>当前位置：<a href="/">首页</a> &gt; <a href="/issues.html">往期杂志</a></p>'
    return response(
        f'<html><head><meta charset="utf-8"><title>{title}_芦苇荡</title></head><body>{crumb}<h1>{title}</h1>'
        f"<ul>{rows}</ul></body></html>"
    )


def begun(title: str) -> tuple[Scope, set[str]]:
    scope, url = Scope(SeriesSpec.of_url(f"{SITE}/issue/4.html")), f"{SITE}/issue/4.html"
    found = scope.discover(read(issue(title), url), url, 0)
    return scope, {row.url for row in found}


@pytest.mark.parametrize(
    ("title", "is_issue"),
    [("《芦苇》2023年第4期", True), ("芦苇（第四辑）", True), ("水边人家", False), ("水边人家_第4页", False)],
)
def test_what_an_issue_is_filed_under_is_read(title: str, *, is_issue: bool) -> None:
    scope, found = begun(title)
    assert (f"{SITE}/issues.html" in found) is is_issue
    assert bool(scope.columns.issues.doubt()) is is_issue


def test_of_that_list_other_issues_are_followed_and_nothing_else() -> None:
    scope, _ = begun("《芦苇》2023年第4期")
    rows = [
        *((f"《芦苇》2023年第{n}期", f"/issue/{n}.html") for n in (5, 4, 3)),
        ("征稿启事与投稿须知", "/about/7.html"),
        ("编辑部搬家之后的日子", "/news/8.html"),
    ]
    url = f"{SITE}/issues.html"
    page = read(column(rows, ["/issues.html", "/issues_2.html"], name="往期杂志"), url)
    found = {row.url for row in scope.discover(page, url, 1, Link("往期杂志", "the column", "listing"))}
    further = f"{SITE}/issues_2.html"
    assert found == {f"{SITE}/issue/5.html", f"{SITE}/issue/3.html", further}
    behind = read(column(rows[3:], ["/issues.html", "/issues_2.html"], name="往期杂志"), further)
    assert not {row.url for row in scope.discover(behind, further, 2, Link("2", "a further page", "page"))} - {url}


def test_another_issue_is_read_for_its_stories() -> None:
    scope, _ = begun("《芦苇》2023年第4期")
    url, link = f"{SITE}/issue/3.html", Link("《芦苇》2023年第3期", PERSONS_ROW, "entry")
    page = read(issue("《芦苇》2023年第3期"), url)
    assert not scope.arrivals.is_issue(page, link)
    found = {row.url for row in scope.discover(scope.arrivals.as_looked_at(page, url, link), url, 2, link)}
    assert {f"{SITE}/a/{n}.html" for n in range(len(HEADLINES))} <= found
    assert scope.columns.issues.doubt() is None
