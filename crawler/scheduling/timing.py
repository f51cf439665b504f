"""PURE: when a series is due, from its schedule and the start of its last run."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

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


def _strokes(trigger: "CronTrigger", start: datetime, end: datetime) -> list[datetime]:
    strokes: list[datetime] = []
    stroke: datetime | None = trigger.get_next_fire_time(None, start)
    while stroke is not None and stroke <= end:
        strokes.append(stroke)
        stroke = trigger.get_next_fire_time(stroke, stroke + timedelta(seconds=1))
    return strokes


def due_by_crontab(trigger: "CronTrigger", zone: tzinfo, last_start: datetime | None, now: datetime) -> bool:
    """Whether the clock has struck in this zone since the last run began; several missed strokes are one.

    Local times are compared: one that comes twice (the end of summer time) strikes once, one that is left out strikes
    when it is over. A series that was never crawled is due at once.
    """
    if last_start is None or _of_a_wrong_clock(last_start, now):
        return True
    stroke = previous_stroke(trigger, local(now, zone))
    return stroke is not None and local(last_start, zone) < stroke


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
    return last_start is None or _of_a_wrong_clock(last_start, now) or now - last_start >= every - moment


def local(moment: datetime, zone: tzinfo) -> datetime:
    """The local time, as if it were UTC."""
    # The trigger's own arithmetic never ends in an hour that comes twice; in UTC there is none.
    return moment.astimezone(zone).replace(tzinfo=UTC, fold=0)


def _of_a_wrong_clock(last_start: datetime, now: datetime) -> bool:
    # A clock that is put right by hours must not repeat a run; one that was years ahead must not stop the series.
    return last_start - now > timedelta(days=1)
