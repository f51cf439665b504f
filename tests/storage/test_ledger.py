"""A series as a whole: order and gaps."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Archive
from storage.frontier.series import cadence_days
from storage.queries.ledger import ordered
from storage.rows import StoryRow
from tests.storage.stories import address, begun, record, story_text
from wangqi.visit import NamedStory, Visit


def row(number: int, ordinal: int | None = None, day: int | None = None) -> StoryRow:
    return StoryRow(
        id=number,
        series_id=1,
        series="河上旧事",
        series_title="河上旧事",
        title=f"{number}",
        subtitle=None,
        ordinal=ordinal,
        subject=None,
        author=None,
        source=None,
        published_at=day and datetime(2024, 1, day, tzinfo=UTC),
        published_precision=None,
        published_source=None,
        language=None,
        status="ok",
        merged_into=None,
        canonical_reason=None,
        first_seen_at=datetime(2024, 1, 1, tzinfo=UTC),
        revision_id=number,
        url="",
        copies=1,
        chars=0,
        text="",
    )


@pytest.mark.parametrize(
    ("stories", "named", "order"),
    [
        ([row(1, 3), row(2, 1), row(3, 2)], {}, [2, 3, 1]),
        ([row(1, None, 9), row(2, None, 3)], {}, [2, 1]),
        ([row(1, 1, 1), row(2, 2, 20), row(3, None, 10)], {}, [1, 3, 2]),
        ([row(1, 1, 9), row(2, 1, 3)], {}, [2, 1]),
        ([row(1), row(2), row(3, 7)], {1: (0, 3), 2: (1, 3)}, [2, 1, 3]),
        ([row(1, None, 9), row(2), row(3)], {2: (0, 1), 3: (0, 2)}, [3, 2, 1]),
    ],
    ids=[
        "by number",
        "by date",
        "a dated one among numbers",
        "shared numbers count for nothing",
        "by block",
        "a chain",
    ],
)
def test_order(stories: list[StoryRow], named: dict[int, tuple[int, int]], order: list[int]) -> None:
    assert [one.id for one in ordered(stories, named)] == order


@given(st.lists(st.tuples(st.none() | st.integers(1, 9), st.none() | st.integers(1, 28)), max_size=12))
def test_order_loses_nobody(facts: list[tuple[int | None, int | None]]) -> None:
    stories = [row(number, ordinal, day) for number, (ordinal, day) in enumerate(facts, 1)]
    named = {one.id: (0, one.id % 3) for one in stories}
    assert sorted(one.id for one in ordered(stories, named)) == [one.id for one in stories]


def test_the_ledger_of_a_crawl(archive: Archive) -> None:
    series, run = begun(archive)
    for number in (9, 7, 8):
        archive.record(record(series, run, number)).result()
    assert [story.ordinal for story in archive.series_ledger("河上旧事")] == [7, 8, 9]
    assert sorted(archive.titles(series)) == [f"河上旧事之{number}" for number in (7, 8, 9)]


def test_a_line_that_stands_twice_counts_once_where_it_stands_first(archive: Archive) -> None:
    series, run = begun(archive)
    lines = [NamedStory(position=p, title=t, title_key=t) for p, t in enumerate(("渡口", "码头", "渡口"))]
    done = archive.record(record(series, run, 9, named=lines)).result()
    found = archive.story(done.story_id or 0)
    assert found is not None
    assert [(line.position, line.title) for line in found.mentions] == [(0, "渡口"), (1, "码头")]


def test_every_gap_is_named_with_its_reason(archive: Archive) -> None:
    series, run = begun(archive)
    bare = NamedStory(position=1, title="无名渡口", title_key="无名渡口")
    column = NamedStory(position=2, title="更多", title_key="更多", url="https://river.example/list")
    linked = NamedStory(position=0, title="河上旧事之8", title_key="河上旧事之8", url=address(8))
    other = NamedStory(position=0, title="河上旧事之7", title_key="河上旧事之7", url=address(7))
    archive.record(record(series, run, 9, named=[linked, bare, column])).result()
    archive.record(record(series, run, 10, named=[other, bare])).result()
    lost = {"series_id": series, "run_id": run}
    archive.record(Visit(url=address(8), outcome="gone", reason="the server answers 404", **lost)).result()
    archive.record(Visit(url="https://river.example/list", outcome="listing", **lost)).result()
    gaps = {gap.title: gap for gap in archive.missing(series)}
    assert {title: (gap.outcome, gap.reason) for title, gap in gaps.items()} == {
        "河上旧事之8": ("gone", "the server answers 404"),
        "无名渡口": (None, "no link"),
        "河上旧事之7": (None, "its page has not been visited yet"),
    }
    assert gaps["无名渡口"].named_by == ("河上旧事之9", "河上旧事之10")
    assert archive.series("河上旧事")[0].missing == 3


def test_a_title_without_link_and_with_link_is_one_gap(archive: Archive) -> None:
    series, run = begun(archive)
    bare = NamedStory(position=0, title="河上旧事之8", title_key="河上旧事之8")
    linked = NamedStory(position=0, title="河上旧事之8", title_key="河上旧事之8", url=address(8))
    archive.record(record(series, run, 9, named=[bare])).result()
    archive.record(record(series, run, 10, named=[linked])).result()
    assert [(gap.url, len(gap.named_by)) for gap in archive.missing(series)] == [(address(8), 2)]


@pytest.mark.parametrize("order", list(itertools.permutations((9, 6, 10))))
def test_one_title_for_every_issue_hides_no_gap(archive: Archive, order: tuple[int, ...]) -> None:
    series, run = begun(archive)
    same = {"title": "每周播报", "title_key": "每周播报"}
    lines = [NamedStory(position=place, url=address(n), **same) for place, n in enumerate((8, 7))]
    pages = {
        9: record(series, run, 9, story=story_text(9, **same), named=[]),
        6: record(series, run, 6, story=story_text(6, **same), named=[]),
        10: record(series, run, 10, named=lines),
    }
    for number in order:
        archive.record(pages[number]).result()
    assert [gap.url for gap in archive.missing(series)] == [address(8), address(7)]
    archive.record(record(series, run, 8, story=story_text(8, **same), named=[])).result()
    assert [gap.url for gap in archive.missing(series)] == [address(7)]


def test_why_tells_the_way_and_every_visit(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(9)])
    for number in (9, 8, 7):
        archive.record(record(series, run, number)).result()
    archive.record(Visit(series_id=series, run_id=run, url=address(7), outcome="blocked")).result()
    (history,) = archive.why(address(7))
    assert history.path == [address(9), address(7)]
    assert (history.page.outcome, [fetch.outcome for fetch in history.captures]) == ("blocked", ["stored"])
    assert {line.by_url for line in history.named_by} == {address(9), address(8)}
    assert [one.page.url for one in archive.why("河上旧事之7")] == [address(7)]
    assert archive.why("https://river.example/unknown") == []


def test_cadence_is_the_median_of_distinct_days(archive: Archive) -> None:
    days = [datetime(2024, 1, day, hour, tzinfo=UTC) for day, hour in ((1, 1), (1, 9), (8, 1), (15, 1), (29, 1))]
    assert cadence_days(days) == 7
    assert cadence_days(days[:3]) is None
    series, run = begun(archive)
    for number in (1, 2, 3):
        archive.record(record(series, run, number)).result()
    archive.end_run(run, reason="finished", counts={"stored": 3}, exit_code=0, requests=4)
    assert archive.series(series)[0].cadence_days == 7
    (ended,) = archive.runs(series)
    assert (ended.reason, ended.counts, ended.exit_code, ended.requests) == ("finished", {"stored": 3}, 0, 4)


def test_a_series_learns_and_is_renamed(archive: Archive) -> None:
    series = archive.series_named("river.example")
    assert archive.series_named("river.example", title="河上旧事", publisher="渡口报", start=[address(1)]) == series
    archive.rename_series(series, name="heshang")
    (found,) = archive.series("河上旧事")
    assert (found.name, found.publisher, found.start) == ("heshang", "渡口报", [address(1)])


def test_many_stories_come_in_batches(archive: Archive) -> None:
    series, run = begun(archive)
    futures = [archive.record(record(series, run, n, named=[])) for n in range(1, 250)]
    futures += [archive.record(record(series, run, n, story=story_text(n, published_at=None))) for n in range(250, 260)]
    for future in futures:
        future.result()
    numbers = [story.ordinal for story in archive.stories()]
    assert numbers == [*range(249, 0, -1), *range(259, 249, -1)]
    assert [story.ordinal for story in archive.stories(series, limit=2)] == [249, 248]
