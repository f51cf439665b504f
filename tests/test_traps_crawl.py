"""Sites that lead on for ever: what a real crawl spends on them, and what it says when it has had enough."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from crawler.scope.budget import MOST_FOREIGN, MOST_UNPRODUCTIVE
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import story
from tests.test_membership_crawl import ANGLERS, crawl, outcomes, titles
from wangqi.url_traps import MOST_NAMED_REPEATS

WIDE = 150  # months and pages of the column on each side: for a crawl, without end


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def month(number: int) -> str:
    return f"/events/{2020 + number // 12}-{number % 12 + 1:02d}.html"


def named_months(number: int) -> bytes:
    near = [(f"河口人家｜{at}月的集市", month(at)) for at in (number - 1, number + 1)]
    return story("河口人家｜集市的日子", near, seed="the same for ever")


def neighbouring_months(number: int) -> bytes:
    near = [("上一篇", "", month(number - 1)), ("下一篇", "", month(number + 1))]
    return story("河口人家｜集市的日子", near=near, seed="the same for ever")


def empty_months(number: int) -> bytes:
    ways = f'<a href="{month(number - 1)}">上一页</a> <a href="{month(number + 1)}">下一页</a>'
    return response(f"<html><title>{number}月</title><body><h1>集市日历</h1>{ways}<p>没有集市</p></body></html>")


@pytest.mark.parametrize("page", [named_months, neighbouring_months, empty_months])
def test_a_calendar_that_goes_on_both_ways_costs_no_more_than_one_way(page, site: Site, tmp_path: Path) -> None:
    site.pages = {month(number): page(number) for number in range(-WIDE, WIDE)}
    site.pages["/start.html"] = story(ANGLERS[0], [(ANGLERS[1], "/a/1.html"), ("河口人家｜集市的日子", month(0))])
    site.pages["/a/1.html"] = story(ANGLERS[1])
    archive = tmp_path / "archive.db"
    # A list is not the story that was named there, beside a month that is taken for one there are others, and months
    # that are named as members are are left unread.
    assert crawl(site, archive, "/start.html") == 20
    read = sorted(path for _, path, _ in site.hits if path.startswith("/events/") and path != "/events/")
    assert len(read) <= MOST_UNPRODUCTIVE + 2  # the first is a story, or named by one
    assert len(read) == len(set(read))
    beyond = [month(number) for number in range(-WIDE, WIDE) if month(number) not in read]
    said = outcomes(archive, site, beyond)
    assert set(said) == {("out_of_scope", "20 pages in a row before it brought no new story")}


def test_a_column_of_strangers_that_differ_at_each_visit_is_given_up(site: Site, tmp_path: Path) -> None:
    rng = Random(7)

    def page(number: int):
        async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
            drawn = [rng.randrange(10**9) for _ in range(12)]
            rows = [(f"第{one}号布告的全文与说明", f"/notices/{one}.html") for one in drawn]
            members = [(title, f"/a/{n}.html") for n, title in enumerate(ANGLERS)] if number == 3 else []
            items = "".join(f'<li><a href="{href}">{title}</a></li>' for title, href in rows + members)
            ways = f'<a href="/column/0.html">首页</a> <a href="/column/{number + 1}.html">下一页</a>'
            writer.write(response(f"<html><title>布告</title><ul>{items}</ul><div class=pages>{ways}</div></html>"))

        return answer

    site.pages = {f"/column/{number}.html": page(number) for number in range(2 * WIDE)}
    for n, title in enumerate(ANGLERS):
        site.pages[f"/a/{n}.html"] = story(title, [(ANGLERS[0], "/a/0.html")], column="/column/0.html")
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, "/a/1.html", "-s", "RUN_MAX_PAGES=200") == 20, "the rest of the column was not read"
    assert titles(archive, site, "/a/1.html") == set(ANGLERS)
    first = sum(path.startswith("/column/") for _, path, _ in site.hits)
    assert first == 4 + MOST_FOREIGN
    stop = f"{MOST_FOREIGN} pages in a row before it listed no story that is known to be of the series"
    assert outcomes(archive, site, [f"/column/{first}.html"]) == [("out_of_scope", stop)]
    # The next run reads what is new at the head of the column.
    site.hits.clear()
    assert crawl(site, archive, "/a/1.html") == 20
    assert sum(path.startswith("/column/") for _, path, _ in site.hits) == 1


def test_a_story_behind_a_loop_of_redirects_is_named_and_never_asked_twice(site: Site, tmp_path: Path) -> None:
    def to(path: str) -> bytes:
        return response("", "302 Found", location=path, set_cookie="seen=1")

    past = [(ANGLERS[1], "/a/1.html"), (ANGLERS[3], "/a/3.html")]
    site.pages = {"/start.html": story(ANGLERS[0], past), "/a/3.html": to("/a/3.html")}
    site.pages |= {"/a/1.html": to("/a/2.html"), "/a/2.html": to("/a/1.html")}
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/start.html")))
    assert ended.returncode == 20, ended.stderr
    assert [site.count(path) for path in site.pages] == [1, 1, 1, 1]
    said = outcomes(archive, site, ["/a/1.html", "/a/3.html"])
    assert {outcome for outcome, _ in said} == {"failed"}
    assert all("its redirects run in a circle" in reason for _, reason in said)


def test_row_30_a_path_that_leads_into_itself_is_left_and_told(site: Site, tmp_path: Path) -> None:
    def deep(number: int) -> str:
        return "/nights/" + "a/" * number

    def title(number: int) -> str:
        return f"雾港旧闻｜第{number}夜"

    site.pages = {deep(number): story(title(number), [(title(number + 1), "a/")]) for number in range(1, WIDE)}
    archive = tmp_path / "archive.db"
    assert crawl(site, archive, deep(1)) == 20
    read = sorted(path for _, path, _ in site.hits if "/a/" in path)
    assert read == [deep(number) for number in range(1, MOST_NAMED_REPEATS + 1)]
    why = f"the path repeats 'a' more than {MOST_NAMED_REPEATS} times"
    assert outcomes(archive, site, [deep(MOST_NAMED_REPEATS + 1)]) == [("out_of_scope", why)]
