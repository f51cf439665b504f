"""Where a crawl looks that has nothing left to read, in which order, and when it stops."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.extraction.model import Shelf
from crawler.extraction.source.feeds import ANNOUNCED
from crawler.scope.leads import FREE, LEAD, Leads, ending, is_lead
from storage.rows import DuePage

SITE = "https://mill.example"
START = f"{SITE}/posts/7.html"


def shelf(path: str, sort: str, title: str = "") -> Shelf:
    return Shelf(SITE + path, title, sort)  # type: ignore[arg-type]  # a word of the test


SHELVES = [
    shelf("/", "home"),
    shelf("/archives/", "contents", "归档"),
    shelf("/tags/rain/", "filed", "雨"),
    shelf("/column/mill/", "named", "磨坊手记"),
    shelf("/sitemap.xml", "sitemap"),
]


def looked_at(leads: Leads, *, is_whole: bool = False) -> list[str]:
    return [one.url.removeprefix(SITE) for one in leads.next(is_whole=is_whole)]


def of_start(shelves: Iterable[Shelf] = SHELVES) -> Leads:
    leads = Leads()
    leads.take(shelves, START, first=True)
    return leads


def test_the_likeliest_is_looked_at_first_and_each_but_once() -> None:
    leads = of_start()
    found = [looked_at(leads) for _ in range(6)]
    assert found == [["/column/mill/"], ["/tags/rain/"], ["/archives/"], ["/"], ["/sitemap.xml"], []]


def test_a_whole_series_in_a_column_of_its_own_is_looked_for_nowhere_else() -> None:
    leads = of_start()
    assert looked_at(leads) == ["/column/mill/"]
    leads.found(f"{SITE}/column/mill/", 3, [])
    assert looked_at(leads, is_whole=True) == []
    assert looked_at(leads) == ["/tags/rain/"]


def test_behind_rows_that_a_feed_had_shown_older_ones_may_come() -> None:
    leads = of_start([shelf("/posts/", "above")])
    looked_at(leads)
    pages = [f"{SITE}/posts/{n}" for n in range(2, 9)]
    leads.found(f"{SITE}/posts/", 0, pages[:1], fitting=8)
    assert looked_at(leads) == ["/posts/2"]
    leads.found(pages[0], 0, pages[1:2], fitting=8)
    assert looked_at(leads) == ["/posts/3"]
    leads.found(pages[1], 0, pages[2:3], fitting=8)
    assert looked_at(leads) == []


def test_further_pages_are_turned_while_they_bear_fruit() -> None:
    leads = of_start()
    looked_at(leads)
    pages = [f"{SITE}/column/mill/{n}" for n in range(2, 9)]
    leads.found(f"{SITE}/column/mill/", 3, pages)
    assert looked_at(leads) == ["/column/mill/2"]
    leads.found(pages[0], 0, [])
    assert looked_at(leads) == ["/column/mill/3"]
    leads.found(pages[1], 0, [])
    # The rest of the column waits until all else was looked at.
    found = [looked_at(leads) for _ in range(5)]
    assert found == [["/tags/rain/"], ["/archives/"], ["/"], ["/sitemap.xml"], ["/column/mill/4"]]


def test_a_list_that_showed_a_part_is_read_on_while_not_all_are_known() -> None:
    for is_whole in (False, True):
        leads = of_start([shelf("/posts/", "above")])
        looked_at(leads)
        pages = [f"{SITE}/posts/{n}" for n in range(2, 9)]
        leads.found(f"{SITE}/posts/", 1, pages)
        for page in pages[:2]:
            assert looked_at(leads) == [page.removeprefix(SITE)]
            leads.found(page, 0, [])
        assert looked_at(leads, is_whole=is_whole) == ([] if is_whole else ["/posts/4"])


def test_what_is_spent_is_earned_by_stories_and_what_is_left_is_a_doubt() -> None:
    leads = of_start([shelf("/column/mill/", "named", "磨坊手记")])
    looked_at(leads)
    first = f"{SITE}/column/mill/"
    pages = [f"{SITE}/column/mill/{n}" for n in range(2, 50)]
    leads.found(first, 3, pages)
    for page in pages[: FREE - 1]:
        assert looked_at(leads) == [page.removeprefix(SITE)]
        leads.found(page, 1, [])
    assert looked_at(leads) == []
    assert leads.doubt() == (
        f"lists that have shown parts go on, and {len(pages) - FREE + 1} pages of them were not read, "
        f"{pages[FREE - 1]} first"
    )
    leads.earn()
    assert looked_at(leads) == [pages[FREE - 1].removeprefix(SITE)]


def test_a_page_that_was_only_looked_for_is_missed_by_nobody() -> None:
    (lead,) = of_start().next(is_whole=False)
    assert is_lead(lead.reason)
    page = DuePage(
        page_id=1,
        url=lead.url,
        via=LEAD,
        title=None,
        attempts=0,
        etag=None,
        last_modified=None,
        depth=1,
        outcome=None,
        reason=lead.reason,
    )
    outcome, reason = ending(page, "gone", "the server answered 404")
    assert (outcome, reason.endswith("nothing is there, the server answered 404")) == ("out_of_scope", True)
    assert ending(replace(page, outcome="out_of_scope"), "gone", "the server answered 404")[0] == "out_of_scope"
    assert ending(page, "failed", "the connection broke") == ("failed", "the connection broke")
    feed = replace(page, via="listing", reason=f"the column of the series: {ANNOUNCED}")
    assert ending(feed, "gone", "the server answered 404")[0] == "out_of_scope"
    assert ending(feed, "blocked", "the server answered 403")[0] == "blocked"
    assert ending(replace(feed, outcome="listing"), "gone", "the server answered 404")[0] == "gone"
    assert ending(replace(feed, reason="the column of the series"), "gone", "404")[0] == "gone"


def test_further_pages_of_a_column_that_a_link_led_to_are_the_column() -> None:
    leads = of_start([shelf("/column/mill/", "series", "磨坊手记")])
    leads.turn(f"{SITE}/column/mill/", [f"{SITE}/column/mill/2"])
    leads.turn(f"{SITE}/column/mill/2", [f"{SITE}/column/mill/3"])
    leads.turn(f"{SITE}/news/", [f"{SITE}/news/2"])
    assert [leads.is_column(f"{SITE}/{path}") for path in ("column/mill/3", "news/2")] == [True, False]


def test_lists_beside_one_that_shows_a_member_are_looked_at_the_nearest_first() -> None:
    leads = of_start([shelf("/issues/2026-06/", "above"), shelf("/issues/", "contents")])
    looked_at(leads)
    looked_at(leads)
    issues = [f"{SITE}/issues/2026-{month:02}/" for month in range(1, 13)]
    leads.alike.lists(f"{SITE}/issues/", dict.fromkeys([*issues, f"{SITE}/about.html"], "目录"))
    assert looked_at(leads) == []
    leads.lists_member(issues[5], goes_on=False, is_one_of_many=True)
    assert looked_at(leads) == ["/issues/2026-05/"]
    leads.found(issues[4], 1, [])
    leads.earn()
    assert looked_at(leads) == ["/issues/2026-07/"]
    for dry in (issues[6], issues[3], issues[7]):
        leads.found(dry, 0, [])
        looked_at(leads)
    assert looked_at(leads) == []
    doubt = leads.doubt() or ""
    assert doubt.endswith(f"and 7 pages of them were not read, {issues[2]} first")


def test_a_list_that_showed_parts_and_was_given_up_is_a_doubt() -> None:
    leads = of_start([shelf("/posts/", "above")])
    looked_at(leads)
    leads.found(f"{SITE}/posts/", 2, [f"{SITE}/posts/{n}" for n in range(2, 12)])
    while turned := looked_at(leads):
        leads.found(SITE + turned[0], 0, [])
    assert (leads.doubt() or "").endswith(f"and 4 pages of them were not read, {SITE}/posts/8 first")


def test_a_list_that_is_read_again_is_judged_as_it_was_the_first_time() -> None:
    leads = Leads([(f"{SITE}/posts/1.html", f"{SITE}/posts/"), (f"{SITE}/posts/2.html", f"{SITE}/tags/")])
    rows = [f"{SITE}/posts/{n}.html" for n in (1, 2, 3)]
    assert [leads.is_fresh(row, f"{SITE}/posts/") for row in rows] == [True, False, True]


def test_a_list_that_shows_the_start_is_given_up_after_some_pages_without_another_part() -> None:
    leads = of_start([shelf("/posts/", "above")])
    looked_at(leads)
    page, turned = f"{SITE}/posts/", 0
    leads.lists_member(page, goes_on=True, is_one_of_many=True)
    while True:
        leads.found(page, 0, [f"{SITE}/posts/{turned + 2}"])
        if not looked_at(leads):
            break
        turned, page = turned + 1, f"{SITE}/posts/{turned + 2}"
    assert turned == 5
