"""When a series is due: strokes of the clock against the start of the last run, with the clock injected."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.catalogue.times import crontab, duration
from crawler.scheduling.timing import due_by_interval, previous_stroke, stroke_since

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
DAILY = "0 6 * * *"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def test_weekdays_are_what_they_are_called() -> None:
    trigger = crontab("30 6 * * mon,thu")
    thursday = datetime(2026, 3, 12, 6, 30, tzinfo=UTC)
    assert previous_stroke(trigger, thursday) == thursday
    assert previous_stroke(trigger, thursday - timedelta(minutes=1)) == thursday - timedelta(days=3)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("daily 06:00", "0 6 * * *"),
        ("Mon,thu 6:30", "30 6 * * mon,thu"),
        ("mon-fri 23:59", "59 23 * * mon-fri"),
        (" daily  06:00 ", "0 6 * * *"),
    ],
)
def test_a_schedule_in_words(words: str, parts: str) -> None:
    now = datetime(2026, 3, 12, 7, tzinfo=UTC)
    assert previous_stroke(crontab(words), now) == previous_stroke(crontab(parts), now)


@pytest.mark.parametrize("wrong", ["daily", "daily 25:00", "monday 06:00", "daily 6", "daily 06:00 06:30"])
def test_words_that_are_no_schedule(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"0 6 \* \* mon"):
        crontab(wrong)


def test_the_previous_stroke_may_be_years_back() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert previous_stroke(crontab("0 0 29 2 *"), now) == datetime(2024, 2, 29, tzinfo=UTC)


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
    assert (stroke_since(DAILY, SHANGHAI, last, now) is not None) is due


def test_a_local_time_that_comes_twice_counts_once() -> None:
    schedule = "30 1 * * *"
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK).astimezone(UTC)
    second = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1).astimezone(UTC)
    assert second - first == timedelta(hours=1)
    assert stroke_since(schedule, NEW_YORK, first - timedelta(days=1), first)
    assert not stroke_since(schedule, NEW_YORK, first + timedelta(seconds=2), second)
    assert stroke_since(schedule, NEW_YORK, first + timedelta(seconds=2), second + timedelta(days=1))


def test_a_local_time_that_never_comes_still_counts_once() -> None:
    schedule = "30 2 * * *"
    before, after = datetime(2026, 3, 7, 3, tzinfo=NEW_YORK), datetime(2026, 3, 8, 12, tzinfo=NEW_YORK)
    assert stroke_since(schedule, NEW_YORK, before, after)
    assert not stroke_since(schedule, NEW_YORK, after, after + timedelta(hours=1))


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (at(10, 6), True),
        (at(10, 6, 1), True),  # it began a little after its call
        (at(10, 6, 2), False),
        (at(10, 11), False),
        (at(10, 13), False),  # the clock was set back
        (datetime(2090, 1, 1, tzinfo=UTC), True),
    ],
)
def test_an_interval_is_due(last: datetime | None, due: bool) -> None:  # noqa: FBT001 - a row of a table
    assert due_by_interval(timedelta(hours=6), last, at(10, 12)) is due


@settings(max_examples=40)
@given(st.datetimes(timezones=st.timezones(), min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)))  # noqa: DTZ001 - hypothesis adds the zones
def test_in_every_zone_a_daily_series_is_due_once_a_day(now: datetime) -> None:
    zone = now.tzinfo
    assert zone is not None
    start = now.astimezone(UTC)
    assert not stroke_since(DAILY, zone, start, start)
    runs, last = 0, start
    for quarter in range(4 * 24 * 3):
        moment = start + timedelta(minutes=15 * quarter)
        if stroke_since(DAILY, zone, last, moment):
            runs, last = runs + 1, moment
    # The date changes at the stroke of six.
    first_day, last_day = (
        (when.astimezone(zone).replace(tzinfo=None) - timedelta(hours=6)).date() for when in (start, moment)
    )
    assert runs == (last_day - first_day).days


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
