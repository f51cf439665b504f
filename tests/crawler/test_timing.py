"""When a series is due: strokes of the clock against the start of the last run, with the clock injected."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.timing import crontab, due_by_crontab, due_by_interval, duration, previous_fire

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
DAILY = crontab("0 6 * * *", SHANGHAI)


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = SHANGHAI, month: int = 3, fold: int = 0) -> datetime:  # noqa: PLR0917 - as `datetime`
    return datetime(2026, month, day, hour, minute, tzinfo=zone, fold=fold).astimezone(UTC)


def test_weekdays_are_what_they_are_called() -> None:
    trigger = crontab("30 6 * * mon,thu", SHANGHAI)
    assert previous_fire(trigger, at(12, 7)) == at(12, 6, 30)  # Thursday
    assert previous_fire(trigger, at(12, 6, 29)) == at(9, 6, 30)  # Monday


def test_the_previous_stroke_may_be_years_back() -> None:
    assert previous_fire(crontab("0 0 29 2 *", SHANGHAI), at(1, 0)) == datetime(2024, 2, 29, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, at(10, 5), True),  # never crawled
        (at(10, 6), at(10, 6), False),  # the same stroke
        (at(10, 6, 1), at(10, 23), False),
        (at(10, 5, 59), at(10, 6), True),
        (at(9, 6), at(10, 5, 59), False),
        (at(1, 6), at(10, 12), True),  # nine strokes were missed: one run
        (at(10, 12), at(10, 12, 1), False),  # and after it none
        (at(10, 6), at(10, 4), False),  # the clock was set back two hours
        (datetime(2090, 1, 1, tzinfo=UTC), at(10, 4), True),  # a wrong clock, once
    ],
)
def test_a_crontab_is_due(last: datetime | None, now: datetime, due: bool) -> None:  # noqa: FBT001 - a row of a table
    assert due_by_crontab(DAILY, last, now) is due


def test_a_local_time_that_comes_twice_counts_once() -> None:
    trigger = crontab("30 1 * * *", NEW_YORK)
    first = at(1, 1, 30, NEW_YORK, month=11)
    second = at(1, 1, 30, NEW_YORK, month=11, fold=1)
    assert second - first == timedelta(hours=1)
    assert due_by_crontab(trigger, first - timedelta(days=1), first)
    assert not due_by_crontab(trigger, first + timedelta(seconds=2), second)
    assert due_by_crontab(trigger, first + timedelta(seconds=2), second + timedelta(days=1))


def test_a_local_time_that_never_comes_still_counts_once() -> None:
    trigger = crontab("30 2 * * *", NEW_YORK)
    before, after = at(7, 3, 0, NEW_YORK), at(8, 12, 0, NEW_YORK)
    assert due_by_crontab(trigger, before, after)
    assert not due_by_crontab(trigger, after, after + timedelta(hours=1))


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (at(10, 6), True),
        (at(10, 6, 1), True),  # the run began a minute after it was called
        (at(10, 11), False),
        (at(10, 13), False),  # the clock was set back
        (datetime(2090, 1, 1, tzinfo=UTC), True),
    ],
)
def test_an_interval_is_due(last: datetime | None, due: bool) -> None:  # noqa: FBT001 - a row of a table
    assert due_by_interval(timedelta(hours=6), last, at(10, 12)) is due


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(0, 400))  # noqa: DTZ001 - made aware below
def test_a_run_that_has_just_begun_is_never_due(now: datetime, days_off: int) -> None:
    aware = now.replace(tzinfo=UTC)
    assert not due_by_crontab(DAILY, aware, aware)
    assert due_by_crontab(DAILY, aware, aware + timedelta(days=days_off)) is (
        previous_fire(DAILY, aware) != previous_fire(DAILY, aware + timedelta(days=days_off))
    )


def test_lengths_of_time() -> None:
    assert [duration(text) for text in ("30m", " 6 h", "2d", "1w")] == [
        timedelta(minutes=30),
        timedelta(hours=6),
        timedelta(days=2),
        timedelta(weeks=1),
    ]
    for wrong in ("", "6", "h", "0h", "-1h", "1.5h", "6H", "999999d"):
        with pytest.raises(ValueError, match="as in 6h"):
            duration(wrong)
