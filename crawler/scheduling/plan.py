"""PURE: when the runs of a series are to begin."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.times import AUTO, crontab
from crawler.scheduling.due import Made, due, last_start
from crawler.scheduling.timing import local, moment_of


def runs_to_come(spec: SeriesSpec, made: Made, now: datetime, until: datetime) -> Iterator[datetime]:
    """The moments, in order, up to `until`; `now` for a run that is due already, and nothing without a schedule.

    Args:
        spec: The series' entry of the catalogue.
        made: What was done for it so far.
        now: Aware, as all of these.
        until: The last moment that counts.
    """
    is_due = due(spec, made, now) is not None
    if is_due:
        yield now
    if every := made.every(spec):
        begun = now if is_due else last_start(made)
        moment = (begun or now) + every
        while moment <= until:
            yield max(moment, now)
            moment += every
    elif spec.schedule and spec.schedule != AUTO:
        trigger, zone = crontab(spec.schedule), ZoneInfo(spec.timezone)
        stroke = trigger.get_next_fire_time(None, local(now, zone) + timedelta(seconds=1))
        while stroke is not None and (moment := moment_of(stroke, zone)) <= until:
            yield moment
            stroke = trigger.get_next_fire_time(stroke, stroke + timedelta(seconds=1))
