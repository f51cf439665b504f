"""A real crawl: a line of 往期 is fulfilled by the story that it names, and by nothing else."""

from pathlib import Path

import pytest

from crawler.extraction.model import Extraction
from crawler.run.detours import detour
from storage import Archive
from tests.crawler.site import response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story

NAMED = {
    "/a/1.html": "河口周刊第1期：缝补人生",
    "/a/2.html": "河口周刊第2期：摆渡的老陈",
    "/a/3.html": "河口周刊第3期：塔上十八年",
    "/a/4.html": "河口周刊第4期：一碗豆花",
    "/a/5.html": "河口周刊第5期：龙骨与桐油",
    "/a/6.html": "河口周刊第6期",
    "/a/7.html": "河口周刊第7期：茶山来信",
}


def to(place: str) -> bytes:
    return response("", "302 Found", location=place)


def digest(title: str) -> bytes:
    rows = "".join(f'<li><a href="http://127.0.0.2/{n}">外面的第{n}篇好文章讲了些什么</a></li>' for n in range(9))
    return response(f"<html><title>{title}</title><h1>{title}</h1><p>2021-03-01 09:00</p><ul>{rows}</ul></html>")


def test_what_is_not_the_story_leaves_its_line_missing(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    others = [(f"石桥镇的第{n}件新鲜事登在报上", f"/o/{n}.html") for n in range(12)]
    with serving() as site:
        lines = [(title, path) for path, title in NAMED.items()]
        site.pages = {
            "/a/8.html": story("河口周刊第8期：黑板上的水位", lines),
            "/a/1.html": to("/"),
            "/a/2.html": to("/news/"),
            "/a/3.html": to("/user/login.html?back=3"),
            "/a/4.html": to("/a/7.html"),
            "/a/5.html": to("/moved/5.html"),
            "/a/6.html": digest(NAMED["/a/6.html"]),
            "/a/7.html": story(NAMED["/a/7.html"]),
            "/moved/5.html": story(NAMED["/a/5.html"]),
            "/news/": column(others),
            "/": story("石桥日报", seed="home"),
            "/user/login.html?back=3": response("<html><title>登录</title><h1>用户登录</h1><form></form></html>"),
        }
        ended = scrapy(archive, crawl_command(site.url("/a/8.html"), "-s", "RETRY_TIMES=0"))
        home = site.url("")
    assert ended.returncode == 20, ended.stdout + ended.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (series,) = opened.series()
        ledger = opened.ledger(series.id)
        told = opened.why(site.url("/a/1.html"))[0].page.reason
    assert [entry.ordinal for entry in ledger.entries if entry.state == "stored"] == [5, 6, 7, 8]
    absent = {entry.ordinal: entry.reason.replace(home, "") for entry in ledger.entries if entry.state != "stored"}
    assert absent == {
        1: "its address leads to the home page, /",
        2: "its address leads to a list, /news/",
        3: "its address leads to a login, /user/login.html?back=3",
        4: "its address leads to another story, 《河口周刊第7期：茶山来信》 at /a/7.html",
    }
    assert told.endswith("/")


def test_a_page_that_is_called_as_the_series_is_its_column() -> None:
    page, there = Extraction(kind="story", title="渡口人家"), "https://river.example/dukou/"
    asked = "https://river.example/a/1.html", there, "渡口人家｜缝补人生"
    assert detour(page, *asked, "渡口人家") == ("soft_404", f"its address leads to a list, {there}")


@pytest.mark.parametrize(
    ("named", "title", "came_from"),
    [
        ("渡口人家｜缝补人生", "渡口人家｜缝补人生", "https://www.river.example/x/1.html"),
        ("上一篇：缝补人生", "渡口人家 | 缝补人生", "https://river.example/x/1.html"),
        ("上一篇", "渡口人家 | 缝补人生", "https://river.example/x/1.html"),
        ("缝补人生的老裁缝", "渡口人家：老裁缝和他的缝补人生", "https://river.example/x/1.html"),
        ("渡口人家｜摆渡的老陈", "渡口人家｜缝补人生", "https://m.river.example/a/1.html"),  # only the host differs
        (None, "渡口人家｜缝补人生", "https://river.example/x/1.html"),
    ],
)
def test_a_story_that_has_moved_is_the_story(named: str | None, title: str, came_from: str) -> None:
    page = Extraction(kind="story", title=title)
    assert detour(page, "https://river.example/a/1.html", came_from, named) is None
