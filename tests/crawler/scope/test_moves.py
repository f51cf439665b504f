"""A column that says where it has moved: the crawl goes there, and nowhere else."""

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.extraction import extract_page
from crawler.extraction.model import Extraction
from crawler.scope.arrivals import NO_LINK, NOTICE, Link
from crawler.scope.links import Scope
from tests.crawler.site import response
from tests.story_pages import story

OLD, NEW = "https://harbour.example/logs/", "https://tides.example.org/logs/"
ROWS = "".join(
    f"<li><a href={n}.html>船坞日志｜第{n}条船的油漆</a><span>2021-03-{n:02}</span></li>" for n in range(1, 9)
)
START = story("船坞日志｜第9条船的油漆", [("船坞日志｜第8条船的油漆", "8.html")], column="/logs/")


def read(page: bytes, url: str) -> Extraction:
    return extract_page(page.partition(b"\r\n\r\n")[2], url, {"content-type": "text/html; charset=utf-8"})


def led_to(notice: str, name: str = "船坞日志") -> set[str]:
    scope = Scope(SeriesSpec(name="boats", start=(f"{OLD}9.html",)))
    scope.discover(read(START, f"{OLD}9.html"), f"{OLD}9.html", 0, NO_LINK)
    column = f"<html><head><title>{name}</title></head><body><p>{notice}</p><ul>{ROWS}</ul></body></html>"
    found = scope.discover(read(response(column), OLD), OLD, 1, Link(name, "the column of the series", "listing"))
    return {row.url for row in found}


@pytest.mark.parametrize(
    "notice", ["本栏目已迁至 {}", "本專欄已搬遷到：{}", "新地址：{}", "This column has moved to {}."]
)
def test_a_column_is_followed_where_it_says_it_has_moved(notice: str) -> None:
    assert NEW in led_to(notice.format(f"<a href={NEW}>潮汐网</a>"))


def test_a_stranger_that_a_column_speaks_of_is_not() -> None:
    assert NEW not in led_to(f"感谢 <a href={NEW}>潮汐网</a>")
    assert NEW not in led_to(f"本站已迁至 <a href={NEW}>潮汐网</a>", "港口新闻")


@pytest.mark.parametrize(
    ("title", "says", "leads"),
    [
        ("搬家启事", "“船坞日志”从第十条船起搬到新家继续：{}，欢迎改收藏。", True),
        ("搬家启事", "感谢 {} 一直以来的照顾。", False),
        ("潮水与新茶", "船坞日志已迁至 {}", False),
    ],
)
def test_a_page_beside_a_member_that_is_called_so_is_read_for_where_the_series_went(
    title: str,
    says: str,
    *,
    leads: bool,
) -> None:
    start, notice = f"{OLD}9.html", f"{OLD}99.html"
    scope = Scope(SeriesSpec(name="boats", start=(start,)))
    pair = f"<p>上一篇：<a href=8.html>船坞日志｜第8条船的油漆</a></p><p>下一篇：<a href=99.html>{title}</a></p></body>"
    first = read(START.replace(b"</body>", pair.encode()), start)
    found = {row.url: row for row in scope.discover(first, start, 0, NO_LINK)}
    assert (notice in found) is (title == "搬家启事")
    if notice in found:
        link = Link(title, found[notice].reason, found[notice].via)
        assert link.reason == NOTICE
        text = says.format(f"<a href={NEW}>{NEW}</a>")
        page = read(
            response(f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body>"), notice
        )
        assert bool(scope.why_foreign(page, notice, link)) is (page.kind == "story" and not leads)
        looked = scope.arrivals.as_looked_at(page, notice, link)
        assert (NEW in {row.url for row in scope.discover(looked, notice, 1, link)}) is leads
