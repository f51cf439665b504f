"""PURE: when a series is due, from its schedule and the start of its last run."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from crawler.catalogue.times import crontab

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

# Of each crontab the last strokes that were asked for, and those that follow them.
_AROUND: Final[dict[str, tuple[datetime | None, datetime | None]]] = {}
# A crontab that names a leap day fires every 8 years at the rarest.
_LONGEST_LOOK_BACK: Final = timedelta(days=9 * 366)


def previous_stroke(trigger: "CronTrigger", now: datetime) -> datetime | None:
    """The last time the clock struck, `now` included; None when it has not in nine years."""
    back = timedelta(hours=1)
    while back <= _LONGEST_LOOK_BACK:
        if strokes := _strokes(trigger, now - back, now):
            return strokes[-1]
        back *= 2
    return None


def last_stroke(schedule: str, now: datetime) -> datetime | None:
    """As `previous_stroke` of a crontab, which is worked out anew only when the clock has struck, or was put back."""
    stroke, following = _AROUND.get(schedule, (None, None))
    if stroke is None or following is None or not stroke <= now < following:
        trigger = crontab(schedule)
        stroke = previous_stroke(trigger, now)
        _AROUND[schedule] = stroke, trigger.get_next_fire_time(None, now + timedelta(microseconds=1))
    return stroke


def _strokes(trigger: "CronTrigger", start: datetime, end: datetime) -> list[datetime]:
    strokes: list[datetime] = []
    stroke: datetime | None = trigger.get_next_fire_time(None, start)
    while stroke is not None and stroke <= end:
        strokes.append(stroke)
        stroke = trigger.get_next_fire_time(stroke, stroke + timedelta(seconds=1))
    return strokes


def stroke_since(schedule: str, zone: tzinfo, answered: datetime | None, now: datetime) -> datetime | None:
    """The last time the clock struck in this zone, if nothing has answered that; several missed strokes are one.

    Local times are compared: one that comes twice (the end of summer time) strikes once, one that is left out strikes
    when it is over. For a series that was never crawled the clock strikes now.
    """
    if answered is None or is_of_a_wrong_clock(answered, now):
        return now
    stroke = last_stroke(schedule, local(now, zone))
    return moment_of(stroke, zone) if stroke is not None and local(answered, zone) < stroke else None


def has_missed_two(trigger: "CronTrigger", zone: tzinfo, last_start: datetime, now: datetime) -> bool:
    """Whether the clock has struck twice in this zone since the last run began: after one stroke a run may yet come."""
    stroke = previous_stroke(trigger, local(now, zone))
    before = stroke and previous_stroke(trigger, stroke - timedelta(seconds=1))
    return before is not None and local(last_start, zone) < before


def due_by_interval(every: timedelta, last_start: datetime | None, now: datetime) -> bool:
    """Whether so much time has gone by since the last run began, less the moment by which a run begins after its call.

    Without that each run would come one look of the clock later than the one before.
    """
    moment = min(every / 10, timedelta(minutes=1))
    return last_start is None or is_of_a_wrong_clock(last_start, now) or now - last_start >= every - moment


def local(moment: datetime, zone: tzinfo) -> datetime:
    """The local time, as if it were UTC."""
    # The trigger's own arithmetic never ends in an hour that comes twice; in UTC there is none.
    return moment.astimezone(zone).replace(tzinfo=UTC, fold=0)


def moment_of(stroke: datetime, zone: tzinfo) -> datetime:
    """When a local time comes; of one that the clocks leave out, the moment at which they have done so."""
    moment = stroke.replace(tzinfo=zone)
    if local(moment.astimezone(UTC), zone) == stroke:
        return moment
    moment = stroke.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while local(moment, zone) < stroke:
        moment += timedelta(minutes=1)
    return moment.astimezone(zone)


def is_of_a_wrong_clock(last_start: datetime, now: datetime) -> bool:
    """Whether a start lies so far ahead that the clock must have been wrong then."""
    # A clock that is put right by hours must not repeat a run; one that was years ahead must not stop the series.
    return last_start - now > timedelta(days=1)
