"""Real crawls of a site that has its bad days: what is asked again, what is told, and that nothing is lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story

TITLES = [f"渡船日记｜{name}" for name in ("开船", "下雨", "修桨", "过节", "涨水", "歇冬", "新船", "老码头")]
HEAD = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
BUSY = response("<html><title>系统维护</title><body><p>系统维护中，请稍后再试。</p></body></html>")
NOT_FOUND = response("<html><title>404</title><body><h1>404 Not Found</h1></body></html>", "404 Not Found")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def crawl(site: Site, archive: Path, *more: str) -> tuple[int, str]:
    ended = scrapy(archive, crawl_command(site.url("/0.html"), "-s", "RETRY_PAUSE=0", *more))
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.returncode, ended.stdout


def titles(archive: Path) -> set[str]:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        return {row.title for row in opened.stories()}


def feed(rows: list[tuple[str, str]]) -> bytes:
    items = "".join(f"<item><title>{title}</title><link>{href}</link></item>" for title, href in rows)
    return response(f"<rss><channel>{items}</channel></rss>", content_type="text/xml")


def test_a_column_and_a_feed_that_have_a_bad_day_are_read_on_the_next(site: Site, tmp_path: Path) -> None:
    archive, rows = tmp_path / "archive.db", [(title, f"/{n}.html") for n, title in enumerate(TITLES)]
    site.pages = {href: story(title, column="/column/", head=HEAD) for title, href in rows}
    site.pages |= {"/column/": column(rows[:6]), "/feed.xml": feed(rows[:6])}
    code, said = crawl(site, archive)
    assert code == 0, said
    assert titles(archive) == set(TITLES[:6])
    bad_days = [(NOT_FOUND, BUSY), (BUSY, feed([])), (response("", "500 Oops"), response(""))]
    for on_the_column, on_the_feed in bad_days:
        site.pages |= {"/column/": on_the_column, "/feed.xml": on_the_feed}
        code, said = crawl(site, archive)
        assert code == 20, said
        assert site.url("/column/") in said
        assert site.url("/feed.xml") in said
    site.pages |= {"/column/": column(rows[:7]), "/feed.xml": feed(rows)}
    code, said = crawl(site, archive)
    assert code == 0, said
    assert titles(archive) == set(TITLES)


def test_a_named_story_that_is_busy_is_no_story_lost(site: Site, tmp_path: Path) -> None:
    archive, past = tmp_path / "archive.db", [(title, f"/{n}.html") for n, title in enumerate(TITLES[:5])]
    site.pages = {href: story(title) for title, href in past} | {"/0.html": story(TITLES[0], past[1:])}
    site.pages |= {"/1.html": BUSY, "/2.html": response(""), "/3.html": NOT_FOUND}
    for _ in range(2):
        code, said = crawl(site, archive)
        assert code == 20
        assert all(title in said for title in TITLES[1:4])
        assert max(site.count(f"/{n}.html") for n in (1, 2, 3, 4)) == 1, "an hour has not passed"
    site.pages |= {href: story(title) for title, href in past[1:]}
    assert crawl(site, archive, "-a", "refresh=all")[0] == 0
    assert titles(archive) == set(TITLES[:5])


def test_a_column_that_has_not_changed_is_one_and_a_server_that_always_says_so_is_found_out(
    site: Site, tmp_path: Path
) -> None:
    archive, rows = tmp_path / "archive.db", [(title, f"/{n}.html") for n, title in enumerate(TITLES)]
    shown = [column(rows[:6])]

    async def always_unchanged(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        dated = shown[0].replace(b"\r\n", b"\r\nLast-Modified: Tue, 01 Jan 1980 00:00:00 GMT\r\n", 1)
        writer.write(response("", "304 Not Modified") if "if-modified-since" in headers else dated)

    site.pages = {href: story(title, column="/column/") for title, href in rows} | {"/column/": always_unchanged}
    assert crawl(site, archive)[0] == 0
    shown[0] = column(rows)
    for _ in range(2):
        code, said = crawl(site, archive)
        assert (code, len(titles(archive))) == (0, 6), said
    for _ in range(2):
        code, said = crawl(site, archive)
        assert (code, titles(archive)) == (0, set(TITLES)), said
    shown[0] = column([*rows, ("渡船日记｜又一年", "/9.html")])
    site.pages["/9.html"] = story("渡船日记｜又一年", column="/column/")
    assert crawl(site, archive)[0] == 0
    assert len(titles(archive)) == 9
