"""When runs are to begin, beside the look that the scheduler takes each minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.scheduling.due import Made, due
from crawler.scheduling.plan import runs_to_come
from storage.rows import RunRow

NOW = datetime(2026, 3, 27, 4, 0, 30, tzinfo=UTC)
SPEC = SeriesSpec(name="lake", start=("https://example.org/1",))
DAY = timedelta(days=1)


def began(at: datetime) -> Made:
    facts: dict[str, Any] = {"id": 1, "series_id": 1, "series": "lake", "pid": 1, "counts": {}, "requests": 0}
    return Made(runs=[RunRow(started_at=at, ended_at=at, reason="finished", exit_code=0, **facts)])


def looked(spec: SeriesSpec, last: datetime, until: datetime) -> list[datetime]:
    """The quarters of an hour at which the scheduler would begin a run, each of which takes no time."""
    begun, moment = [], NOW
    while moment <= until:
        if due(spec, began(last), moment) is not None:
            begun.append(moment)
            last = moment
        moment = moment.replace(second=0) + timedelta(minutes=15)
    return begun


# In Berlin summer time begins on the 29th.
@pytest.mark.parametrize(
    ("schedule", "zone", "hours_ago"),
    [
        ("0 6 * * *", "Asia/Shanghai", 40),
        ("30 2 * * *", "Europe/Berlin", 1),
        ("15 */5 * * mon-fri", "Europe/Berlin", 40),
        ("0 0 1 * *", "Asia/Shanghai", 1),
    ],
)
def test_what_is_foretold_is_what_the_scheduler_does(schedule: str, zone: str, hours_ago: int) -> None:
    spec = replace(SPEC, schedule=schedule, timezone=zone)
    last, until = NOW - timedelta(hours=hours_ago), NOW + 3 * DAY
    foretold = [moment.astimezone(UTC) for moment in runs_to_come(spec, began(last), NOW, until)]
    assert foretold == looked(spec, last, until)


def test_intervals_and_what_has_no_time() -> None:
    every = replace(SPEC, every=DAY)
    assert list(runs_to_come(every, Made(), NOW, NOW + 2 * DAY)) == [NOW, NOW + DAY, NOW + 2 * DAY]
    last = NOW - timedelta(hours=20)
    assert list(runs_to_come(every, began(last), NOW, NOW + 2 * DAY)) == [last + DAY, last + 2 * DAY]
    assert list(runs_to_come(every, began(NOW - 9 * DAY), NOW, NOW + timedelta(hours=1))) == [NOW]
    assert list(runs_to_come(SPEC, Made(), NOW, NOW + DAY)) == []
