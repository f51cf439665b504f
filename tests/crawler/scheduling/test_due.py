"""What is due now: by the schedule, by what was called before, and in two months of misfortune."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks.clock import simulate
from crawler.catalogue.file import SeriesSpec
from crawler.scheduling.due import Made, due, due_now
from storage.rows import CallRow, RunRow

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)  # noon in Shanghai
SIX = datetime(2026, 3, 9, 22, tzinfo=UTC)  # in the morning there
DAILY = SeriesSpec(name="lake", start=("https://news.example/1",), schedule="0 6 * * *")
OFTEN = SeriesSpec(name="lake", start=("https://news.example/1",), every=timedelta(hours=6))
DIED: dict[str, Any] = {"ended_at": None, "reason": None, "exit_code": None}


def run(hours_ago: float, number: int = 1, **more: Any) -> RunRow:
    started = NOW - timedelta(hours=hours_ago)
    facts = {"id": number, "series_id": 1, "series": "lake", "pid": 1, "counts": {}, "requests": 0, "exit_code": 0}
    return RunRow(**facts | {"started_at": started, "ended_at": started, "reason": "finished"} | more)


def call(minutes_ago: float, attempts: int = 1, at: datetime = SIX) -> CallRow:
    called = NOW - timedelta(minutes=minutes_ago)
    return CallRow(series="lake", due_at=at, called_at=called, attempts=attempts, after_run=0)


@pytest.mark.parametrize(
    ("spec", "made", "moment"),
    [
        (DAILY, Made(), NOW),
        (DAILY, Made(runs=[run(1)]), None),
        (DAILY, Made(runs=[run(7)]), SIX),
        (DAILY, Made(runs=[run(240)]), SIX),
        (DAILY, Made(runs=[run(6)], call=call(361)), None),  # it began at the stroke
        (DAILY, Made(runs=[run(5, **DIED)]), None),  # begun and stopped by hand: nobody asked the clock
        (OFTEN, Made(runs=[run(5)]), None),
        (OFTEN, Made(runs=[run(6)]), NOW),
        (OFTEN, Made(runs=[run(5)], call=call(360)), NOW),  # it waited for its turn, and counts from its call
        (OFTEN, Made(runs=[run(1, 2), run(5)], call=call(360)), None),  # and was crawled by hand since
        (SeriesSpec(name="lake", start=("https://news.example/1",)), Made(), None),
    ],
)
def test_what_a_schedule_asks_for(spec: SeriesSpec, made: Made, moment: datetime | None) -> None:
    assert due(spec, made, NOW) == moment


@pytest.mark.parametrize(
    ("runs", "minutes_ago", "attempts", "again"),
    [
        ([], 0, 1, True),  # the scheduler died between the call and the crawl, or the crawl before its run
        ([], 1, 2, False),
        ([], 30, 2, True),
        ([], 60, 3, True),
        ([], 300, 4, False),  # the schedule decides
        ([run(1, **DIED)], 1, 1, True),
        ([run(1, reason="interrupted", exit_code=None)], 1, 1, True),
        ([run(1, reason="shutdown", exit_code=11)], 1, 1, True),  # the scheduler was stopped
        ([run(1, exit_code=1)], 29, 1, False),
        ([run(1, exit_code=1)], 30, 1, True),
        ([run(1, exit_code=3)], 30, 1, True),
        ([run(1, exit_code=3)], 119, 3, False),
        ([run(1, exit_code=20)], 300, 1, False),
        ([run(0.5, 2, reason="shutdown", exit_code=11), run(1)], 60, 1, False),  # a later one, by hand
    ],
)
def test_a_call_that_came_to_nothing_is_made_again(
    runs: list[RunRow],
    minutes_ago: int,
    attempts: int,
    again: bool,  # noqa: FBT001 - a row of a table
) -> None:
    assert due(DAILY, Made(runs=runs, call=call(minutes_ago, attempts)), NOW) == (SIX if again else None)


def test_a_newer_moment_comes_first() -> None:
    yesterday = Made(runs=[run(29, **DIED)], call=call(24 * 60, at=SIX - timedelta(days=1)))
    assert due(DAILY, yesterday, NOW) == SIX


def test_a_clock_that_was_years_ahead_stops_no_series() -> None:
    ahead = Made(runs=[run(-9000)], call=call(-9000 * 60, at=NOW + timedelta(days=375)))
    assert [due(DAILY, ahead, NOW), due(OFTEN, ahead, NOW)] == [NOW, NOW]
    behind = Made(runs=[run(-2)], call=call(-120, at=NOW + timedelta(hours=2)))
    assert [due(DAILY, behind, NOW), due(OFTEN, behind, NOW)] == [None, None]


def test_the_order_is_that_of_the_catalogue() -> None:
    assert dict(due_now({"lake": DAILY, "river": OFTEN}, {"lake": Made(runs=[run(1)])}, NOW)) == {"river": NOW}


@pytest.mark.parametrize(("series", "days"), [(10, 5), pytest.param(40, 60, marks=pytest.mark.torture)])
def test_every_moment_is_answered_once_whatever_happens(series: int, days: int) -> None:
    count, events = simulate(series=series, days=days)
    assert count.moments > 200
    assert min(events["kills"], events["restarts"], count.again) > 0
    assert (count.twice, count.missed) == ([], [])
    assert count.is_right
