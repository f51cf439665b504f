"""A real crawl from a post that names no other: it looks where the post files itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story

MILL = [f"磨坊手记（{n}）：{word}" for n, word in zip("一二三四", ("雨天", "新麦", "石槽", "骡子"), strict=True)]
FERRY = [f"渡船手记（{n}）：{word}" for n, word in zip("一二三四", ("早潮", "竹篙", "对岸", "末班"), strict=True)]
OTHERS = [f"全市第{n}批公交线路调整的公告发布" for n in range(12)]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def test_the_pages_of_its_own_category_are_turned_until_the_series_is_found(site: Site, tmp_path: Path) -> None:
    filed = '<div class="post-meta">分类：<a href="/category/village/">乡下</a></div>'
    rows = [
        *((title, f"/o/{n}.html") for n, title in enumerate(OTHERS)),
        *((title, f"/f/{n}.html") for n, title in enumerate(FERRY)),
        *((title, f"/m/{n}.html") for n, title in enumerate(MILL)),
    ]
    site.pages = {href: _filed(story(title), filed) for title, href in rows}
    pages = ["/category/village/", "/category/village/page/2/", "/category/village/page/3/"]
    for at, path in enumerate(pages):
        site.pages[path] = column(rows[at * 8 : at * 8 + 8], pages, name="乡下")
    site.pages["/"] = column(rows[:12])
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/m/2.html")))
    assert "Traceback" not in ended.stderr, ended.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert {row.title for row in opened.series_ledger(site.url("/m/2.html"))} == set(MILL)
    assert not any(path.startswith(("/f/", "/o/")) for _, path, _ in site.hits)


def test_a_column_that_the_breadcrumb_calls_one_is_read_to_its_end_whatever_its_rows_are_called(
    site: Site, tmp_path: Path
) -> None:
    titles = ["谁在修水碓", "石桥人的早市", "一座粮仓，半生", "雪夜的摆渡人", "最后一盏马灯", "槐树下的棋局"]
    rows = [(title, f"/mill/{n}.html") for n, title in enumerate(titles)]
    crumb = '<a href="/special/">专题专栏</a> &gt; <a href="/mill/">水边人家</a>'
    for title, href in rows:
        site.pages[href] = _changed(story(title, column="/mill/"), '<a href="/mill/">专栏</a>', crumb)
        site.pages[f"/news{href}"] = story(f"{title}的通知", column="/news/")
    for at, path in enumerate(pages := ["/mill/", "/mill/index_2.html"]):
        site.pages[path] = column(rows[at * 3 : at * 3 + 3], pages, name="水边人家")
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/mill/1.html")))
    assert "Traceback" not in ended.stderr, ended.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert {row.title for row in opened.series_ledger(site.url("/mill/1.html"))} == set(titles)


def _filed(page: bytes, meta: str) -> bytes:
    return _changed(page, "<p>发布时间", f"{meta}<p>发布时间")


def _changed(page: bytes, old: str, new: str) -> bytes:
    """The answer with other words in its page, and the length of these."""
    return response(page.partition(b"\r\n\r\n")[2].replace(old.encode(), new.encode()))
