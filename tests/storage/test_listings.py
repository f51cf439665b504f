"""When the pages of a column are read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import Archive
from tests.storage.stories import begun, capture, record, story_text
from wangqi.visit import Discovery, Visit

FIRST, SECOND, THIRD = (f"https://river.example/column/{number}" for number in (1, 2, 3))


def show(archive: Archive, series: int, run: int, url: str, *links: tuple[str, str]) -> None:
    found = [Discovery(url=target, via=via) for via, target in links]
    archive.record(Visit(series_id=series, run_id=run, url=url, outcome="listing", discoveries=found)).result()


def due(archive: Archive, series: int, run: int) -> list[str]:
    return [page.url for page in archive.claim(series, run)]


def column(archive: Archive, reason: str = "finished") -> int:
    """A column of three pages, read to its end by a run that ended so."""
    series, run = begun(archive)
    archive.seed(series, ["https://river.example/0"])
    show(archive, series, run, "https://river.example/0", ("listing", FIRST))
    further = [("page", SECOND), ("page", THIRD)]
    for url in (FIRST, SECOND, THIRD):
        show(archive, series, run, url, *further, ("entry", "https://river.example/story"))
    archive.record(Visit(series_id=series, run_id=run, url="https://river.example/story", outcome="gone")).result()
    archive.end_run(run, reason=reason, counts={})
    return series


def test_the_next_page_is_read_when_the_one_before_shows_something_new(archive: Archive) -> None:
    series = column(archive)
    run = archive.begin_run(series)
    assert FIRST in (first := due(archive, series, run))
    assert not {SECOND, THIRD} & set(first)
    show(archive, series, run, FIRST, ("page", SECOND), ("page", THIRD), ("entry", "https://river.example/new"))
    assert set(due(archive, series, run)) == {SECOND, "https://river.example/new"}
    show(archive, series, run, SECOND, ("page", FIRST), ("page", THIRD), ("entry", "https://river.example/story"))
    assert due(archive, series, run) == []


def test_after_a_run_that_did_not_end_all_pages_are_read(archive: Archive) -> None:
    series = column(archive, reason="limit_pages")
    assert {FIRST, SECOND, THIRD} <= set(due(archive, series, archive.begin_run(series)))


def test_what_was_looked_at_is_looked_at_again_where_it_led_to_a_list_or_the_run_was_cut_short(
    archive: Archive,
) -> None:
    series, run = begun(archive)
    archive.seed(series, [FIRST])
    issues, tags, issue = (f"https://river.example/{name}/" for name in ("issues", "tags", "issues/7"))
    for ended, again in (("finished", {issues, issue}), ("limit_pages", {issues, tags, issue})):
        archive.add_leads(series, [Discovery(url=one, via="lead", found_on=FIRST) for one in (issues, tags)])
        archive.add_leads(series, [Discovery(url=issue, via="lead", found_on=issues)])
        archive.record(Visit(series_id=series, run_id=run, url=issues, outcome="out_of_scope")).result()
        archive.record(Visit(series_id=series, run_id=run, url=tags, outcome="out_of_scope")).result()
        show(archive, series, run, issue)
        archive.end_run(run, reason=ended, counts={})
        run = archive.begin_run(series)
        assert set(due(archive, series, run)) - {FIRST} == again


def test_a_column_goes_to_the_series_that_wants_it_now(archive: Archive) -> None:
    column(archive)
    other = archive.series_named("另一个系列")
    run = archive.begin_run(other)
    show(archive, other, run, "https://river.example/elsewhere", ("listing", FIRST))
    assert due(archive, other, run) == [FIRST]


def test_a_stranger_is_read_again_when_a_block_names_it(archive: Archive) -> None:
    series, run = begun(archive)
    stranger = "https://river.example/stranger"
    show(archive, series, run, FIRST, ("entry", stranger))
    archive.record(Visit(series_id=series, run_id=run, url=stranger, outcome="out_of_scope")).result()
    show(archive, series, run, SECOND, ("entry", stranger))
    assert due(archive, series, run) == []
    show(archive, series, run, THIRD, ("series", stranger))
    assert due(archive, series, run) == [stranger]


def test_a_link_that_was_understood_later_keeps_the_page_it_stands_on(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [FIRST])
    show(archive, series, run, FIRST, ("page", SECOND))
    found = Discovery(url=THIRD, via="entry", found_on=SECOND)
    archive.record(Visit(series_id=series, run_id=run, url=FIRST, outcome="listing", discoveries=[found])).result()
    (history,) = archive.why(THIRD)
    assert list(history.path) == [FIRST, SECOND, THIRD]
    assert history.page.depth == 2


def test_a_page_beyond_the_limits_is_known_and_not_due_until_the_limits_let_it_in(archive: Archive) -> None:
    series, run = begun(archive)
    link = {"url": SECOND, "via": "series", "reason": "left out"}
    for is_excluded, pages in ((True, []), (True, []), (False, [SECOND])):
        found = [Discovery(**link, is_excluded=is_excluded)]
        archive.record(Visit(series_id=series, run_id=run, url=FIRST, outcome="listing", discoveries=found)).result()
        assert due(archive, series, run) == pages
        (history,) = archive.why(SECOND)
        assert (history.page.outcome, history.page.reason) == ("out_of_scope", "left out")


def test_a_recent_story_and_the_list_that_shows_it_are_read_every_day(archive: Archive) -> None:
    series, run = begun(archive)
    now, day = datetime.now(UTC), timedelta(days=1)
    cases = [(0, 31, True), (30, 31, True), (32, 31, False), (32, 40, True), (0, 0, False), (-20, 31, True)]
    for number, (age, recent, is_recent) in enumerate([*cases, (-400, 31, False), (None, 31, False)], start=1):
        url, column = f"https://river.example/story/{number}", f"https://river.example/column/{number}"
        story = story_text(number, published_at=None if age is None else now - age * day)
        window = recent * day
        archive.record(record(series, run, number, url=url, story=story, recent=window)).result()
        found = [Discovery(url=shown, via="entry") for shown in (url, "https://river.example/unread")]
        listing = Visit(series_id=series, run_id=run, url=column, outcome="listing", recent=window)
        read = replace(listing, capture=capture(column, "rows"), discoveries=found)
        unchanged = replace(listing, outcome="unchanged", capture=capture(column, None, status=304))
        for visit in (read, unchanged):
            archive.record(visit).result()
            pauses = [_pause(archive, each) for each in (url, column)]
            assert [pause < day for pause in pauses] == [is_recent] * 2, (age, recent, pauses)


def _pause(archive: Archive, url: str) -> timedelta:
    (history,) = archive.why(url)
    assert history.page.due_at
    assert history.page.outcome_at
    return history.page.due_at - history.page.outcome_at
