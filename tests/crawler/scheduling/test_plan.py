"""When runs are to begin, beside the look that the scheduler takes each minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.times import crontab
from crawler.scheduling.plan import runs_to_come
from crawler.scheduling.timing import due_by_crontab, due_by_interval

NOW = datetime(2026, 3, 27, 4, 0, 30, tzinfo=UTC)
SPEC = SeriesSpec(name="lake", start=("https://example.org/1",))
DAY = timedelta(days=1)


def looked(spec: SeriesSpec, last: datetime, until: datetime) -> list[datetime]:
    """The quarters of an hour at which the scheduler would begin a run, each of which takes no time."""
    begun, moment = [], NOW
    while moment <= until:
        zone = ZoneInfo(spec.timezone)
        is_due = (
            due_by_interval(spec.every, last, moment)
            if spec.every
            else due_by_crontab(crontab(spec.schedule or ""), zone, last, moment)
        )
        if is_due:
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
    foretold = [moment.astimezone(UTC) for moment in runs_to_come(spec, last, NOW, until)]
    assert foretold == looked(spec, last, until)


def test_intervals_and_what_has_no_time() -> None:
    every = replace(SPEC, every=DAY)
    assert list(runs_to_come(every, None, NOW, NOW + 2 * DAY)) == [NOW, NOW + DAY, NOW + 2 * DAY]
    last = NOW - timedelta(hours=20)
    assert list(runs_to_come(every, last, NOW, NOW + 2 * DAY)) == [last + DAY, last + 2 * DAY]
    assert list(runs_to_come(every, NOW - 9 * DAY, NOW, NOW + timedelta(hours=1))) == [NOW]
    assert list(runs_to_come(SPEC, None, NOW, NOW + DAY)) == []
