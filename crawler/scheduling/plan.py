"""PURE: when the runs of a series are to begin."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.times import crontab
from crawler.scheduling.timing import due_by_crontab, due_by_interval, local


def runs_to_come(spec: SeriesSpec, last_start: datetime | None, now: datetime, until: datetime) -> Iterator[datetime]:
    """The moments, in order, up to `until`; `now` for a run that is due already, and nothing without a schedule.

    Args:
        spec: The series' entry of the catalogue.
        last_start: When its last run began, None before the first.
        now: Aware, as all of these.
        until: The last moment that counts.
    """
    if spec.every:
        is_due = due_by_interval(spec.every, last_start, now)
        moment = now if is_due or last_start is None else last_start + spec.every
        while moment <= until:
            yield moment
            moment += spec.every
    elif spec.schedule:
        trigger, zone = crontab(spec.schedule), ZoneInfo(spec.timezone)
        if due_by_crontab(trigger, zone, last_start, now):
            yield now
        stroke = trigger.get_next_fire_time(None, local(now, zone) + timedelta(seconds=1))
        while stroke is not None and (moment := _moment_of(stroke, zone)) <= until:
            yield moment
            stroke = trigger.get_next_fire_time(stroke, stroke + timedelta(seconds=1))


def _moment_of(stroke: datetime, zone: ZoneInfo) -> datetime:
    """When a local time comes; of one that the clocks leave out, the moment at which they have done so."""
    moment = stroke.replace(tzinfo=zone)
    if local(moment.astimezone(UTC), zone) == stroke:
        return moment
    moment = stroke.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while local(moment, zone) < stroke:
        moment += timedelta(minutes=1)
    return moment.astimezone(zone)
