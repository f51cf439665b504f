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


def crontab(text: str, zone: tzinfo = UTC) -> CronTrigger:
    """A clock for `minute hour day month weekday`, the weekday by name.

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
        trigger = CronTrigger.from_crontab(text, timezone=zone)
    except ValueError as error:
        raise ValueError(f"{text!r} is no crontab: {error}. One is 0 6 * * mon (Mondays at six).") from error
    if trigger.get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=zone)) is None:
        raise ValueError(f"{text!r} names a day that no calendar has. One is 0 6 * * mon (Mondays at six).")
    return trigger


def previous_fire(trigger: CronTrigger, now: datetime) -> datetime | None:
    """The last time the clock struck, `now` included; None when it has not in nine years."""
    back = timedelta(hours=1)
    while back <= _LONGEST_LOOK_BACK:
        if found := _last_between(trigger, now - back, now):
            return found
        back *= 2
    return None


def _last_between(trigger: CronTrigger, start: datetime, end: datetime) -> datetime | None:
    last: datetime | None = None
    fire: datetime | None = trigger.get_next_fire_time(None, start)
    while fire is not None and fire <= end:
        last = fire
        fire = trigger.get_next_fire_time(fire, fire + timedelta(seconds=1))
    return last


def due_by_crontab(trigger: CronTrigger, last_start: datetime | None, now: datetime) -> bool:
    """Whether the clock has struck since the last run began; several missed strokes are one.

    A series that was never crawled is due at once. A local time that comes twice (the end of summer time) counts once.
    A last start that lies more than a day ahead was told by a clock that was wrong, and counts for nothing.
    """
    if last_start is None or last_start > now + timedelta(days=1):
        return True
    stroke = previous_fire(trigger, now)
    if stroke is None or last_start >= stroke:
        return False
    zone = trigger.timezone
    return last_start.astimezone(zone).replace(tzinfo=None) < stroke.astimezone(zone).replace(tzinfo=None)


def due_by_interval(every: timedelta, last_start: datetime | None, now: datetime) -> bool:
    """Whether the time is up, less a tenth: a run begins a little after it was called, and must not miss the next call.

    A last start that lies more than a day ahead was told by a clock that was wrong, and counts for nothing.
    """
    if last_start is None or last_start > now + timedelta(days=1):
        return True
    return now - last_start >= every * 0.9
