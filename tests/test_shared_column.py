"""Two series that one long column lists: what each run of them reads of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import column, story

PAGES, ROWS = 6, 10
HREFS = ["/column/", *(f"/column/{number}.html" for number in range(1, PAGES))]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def build(site: Site, anglers: int, weavers: int) -> None:
    """So many stories of each, taking turns on the column, the newest first."""
    told = [(f"河口人家｜第{n}条船的故事", f"/a/{n}.html", n) for n in range(anglers)]
    told += [(f"织布手记｜第{n}匹布的故事", f"/w/{n}.html", n) for n in range(weavers)]
    rows = [(title, href) for title, href, _ in sorted(told, key=lambda one: -one[2])]
    shown = [rows[at : at + ROWS] for at in range(0, ROWS * (PAGES - 1), ROWS)] + [rows[ROWS * (PAGES - 1) :]]
    site.pages |= {href: column(part, HREFS) for href, part in zip(HREFS, shown, strict=True)}
    site.pages |= {href: story(title, column="/column/") for title, href in rows}


def visit(site: Site, archive: Path, start: str) -> list[str]:
    """Crawls; answers which pages of the column were read."""
    site.hits.clear()
    ended = scrapy(archive, crawl_command(site.url(start)))
    assert ended.returncode in {0, 21}, ended.stderr
    return sorted(path for _, path, _ in site.hits if path.startswith("/column/"))


def held(site: Site, archive: Path, start: str) -> int:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        return len(opened.series_ledger(site.url(start)))


@pytest.mark.timeout(300)  # ten crawls
def test_series_that_take_turns_read_what_is_new_to_them_and_all_when_it_is_due(site: Site, tmp_path: Path) -> None:
    archive, half = tmp_path / "archive.db", PAGES * ROWS // 2
    build(site, half, half)
    assert visit(site, archive, "/a/0.html") == sorted(HREFS)
    assert visit(site, archive, "/w/0.html") == sorted(HREFS)
    for start in ("/a/0.html", "/w/0.html", "/a/0.html"):
        assert visit(site, archive, start) == ["/column/"]
        assert held(site, archive, start) == half
    # What is new to the weavers only is nothing to the anglers.
    build(site, half, half + 2)
    assert visit(site, archive, "/a/0.html") == ["/column/"]
    assert visit(site, archive, "/w/0.html") == ["/column/", "/column/1.html"]
    assert held(site, archive, "/w/0.html") == half + 2
    assert visit(site, archive, "/a/0.html") == ["/column/"]
    make_older(archive, timedelta(days=15))  # twice the week that a page begins with: one has shown nothing new since
    assert visit(site, archive, "/a/0.html") == sorted(HREFS)
    assert visit(site, archive, "/w/0.html") == sorted(HREFS)
    assert visit(site, archive, "/a/0.html") == ["/column/"]


def test_a_run_that_was_cut_short_has_not_read_the_column(site: Site, tmp_path: Path) -> None:
    archive, half = tmp_path / "archive.db", PAGES * ROWS // 2
    build(site, half, half)
    assert scrapy(archive, crawl_command(site.url("/w/0.html"), "-s", "RUN_MAX_PAGES=4")).returncode == 14
    assert visit(site, archive, "/a/0.html") == sorted(HREFS)
    visit(site, archive, "/w/0.html")
    assert held(site, archive, "/w/0.html") == half


def make_older(archive: Path, age: timedelta) -> None:
    """Moves all that has happened and that is due into the past."""
    past = round(age.total_seconds() * 1_000_000)
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE run SET started_at = started_at - ?", (past,))
        connection.execute("UPDATE share SET due_at = due_at - ? WHERE outcome = 'listing'", (past,))
        connection.execute("UPDATE page SET due_at = due_at - ? WHERE outcome = 'listing'", (past,))
