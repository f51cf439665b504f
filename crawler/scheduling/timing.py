"""PURE: when a series is due, from its schedule and the start of its last run."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from apscheduler.triggers.cron import CronTrigger

_DURATION: Final = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FIELDS: Final = 5
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A crontab that names a leap day fires every 8 years at the rarest.
_LONGEST_LOOK_BACK: Final = timedelta(days=9 * 366)


def duration(text: str) -> timedelta:
    """Reads `30m`, `6h`, `2d`, `1w`.

    >>> duration("6h")
    datetime.timedelta(seconds=21600)

    Raises:
        ValueError: for anything else, and for nought.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None or not int(match[1]):
        raise ValueError(f"{text!r} is no length of time. Write a number and m, h, d or w, as in 6h.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def crontab(text: str) -> CronTrigger:
    """A clock for `minute hour day month weekday`, the weekday by name; it takes local times as if they were UTC.

    Raises:
        ValueError: with what to write instead.
    """
    fields = text.split()
    if len(fields) != _FIELDS:
        raise ValueError(
            f"{text!r} has {len(fields)} of the 5 parts of a crontab."
            " Write minute, hour, day, month, weekday, as in 0 6 * * mon"
        )
    if any(sign.isdigit() for sign in fields[4]):
        # In crontab(5) 1 is Monday, to APScheduler it is Tuesday.
        raise ValueError(
            f"{fields[4]!r} counts weekdays, and programs do not agree where the week begins."
            f" Name them: {', '.join(_WEEKDAYS)}, or mon-fri"
        )
    try:
        trigger = CronTrigger.from_crontab(text, timezone=UTC)
    except ValueError as error:
        raise ValueError(f"{text!r} is no crontab: {error}. One is 0 6 * * mon (Mondays at six).") from error
    if trigger.get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=UTC)) is None:
        raise ValueError(f"{text!r} names a day that no calendar has. One is 0 6 * * mon (Mondays at six).")
    return trigger


def previous_stroke(trigger: CronTrigger, now: datetime) -> datetime | None:
    """The last time the clock struck, `now` included; None when it has not in nine years."""
    back = timedelta(hours=1)
    while back <= _LONGEST_LOOK_BACK:
        if strokes := _strokes(trigger, now - back, now):
            return strokes[-1]
        back *= 2
    return None


def _strokes(trigger: CronTrigger, start: datetime, end: datetime) -> list[datetime]:
    strokes: list[datetime] = []
    stroke: datetime | None = trigger.get_next_fire_time(None, start)
    while stroke is not None and stroke <= end:
        strokes.append(stroke)
        stroke = trigger.get_next_fire_time(stroke, stroke + timedelta(seconds=1))
    return strokes


def due_by_crontab(trigger: CronTrigger, zone: tzinfo, last_start: datetime | None, now: datetime) -> bool:
    """Whether the clock has struck in this zone since the last run began; several missed strokes are one.

    Local times are compared: one that comes twice (the end of summer time) strikes once, one that is left out strikes
    when it is over. A series that was never crawled is due at once.
    """
    if last_start is None or _of_a_wrong_clock(last_start, now):
        return True
    stroke = previous_stroke(trigger, _local(now, zone))
    return stroke is not None and _local(last_start, zone) < stroke


def due_by_interval(every: timedelta, last_start: datetime | None, now: datetime) -> bool:
    """Whether so much time has gone by since the last run began, less the moment by which a run begins after its call.

    Without that each run would come one look of the clock later than the one before.
    """
    moment = min(every / 10, timedelta(minutes=1))
    return last_start is None or _of_a_wrong_clock(last_start, now) or now - last_start >= every - moment


def _local(moment: datetime, zone: tzinfo) -> datetime:
    # The trigger's own arithmetic never ends in an hour that comes twice; in UTC there is none.
    return moment.astimezone(zone).replace(tzinfo=UTC, fold=0)


def _of_a_wrong_clock(last_start: datetime, now: datetime) -> bool:
    # A clock that is put right by hours must not repeat a run; one that was years ahead must not stop the series.
    return last_start - now > timedelta(days=1)
