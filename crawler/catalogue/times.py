"""PURE: times as the catalogue writes them: lengths of time, and crontabs."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

AUTO: Final = "auto"  # in the place of a schedule: as often as suits the series
_DURATION: Final = re.compile(r"(\d{1,5})\s*([mhdw])")


_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


_FIELDS: Final = 5


_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = "|".join(_WEEKDAYS)
_WORDS: Final = re.compile(
    rf"(?P<days>daily|(?:{_DAY})(?:[,-](?:{_DAY}))*)\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})", re.IGNORECASE
)


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


def length_of(time: timedelta) -> str:
    """A length of time as `duration` reads it, in its largest whole unit.

    >>> length_of(timedelta(hours=36)), length_of(timedelta(days=14))
    ('36h', '2w')
    """
    sizes = {sign: timedelta(**{unit: 1}) for sign, unit in reversed(_UNITS.items())}
    sign = next((each for each, size in sizes.items() if not time % size), "m")
    return f"{time // sizes[sign]}{sign}"


def _in_five_parts(text: str) -> str:
    """A crontab as it is; what is written in words as one.

    >>> _in_five_parts("mon,thu 06:30"), _in_five_parts("daily 6:00")
    ('30 6 * * mon,thu', '0 6 * * *')
    """
    words = _WORDS.fullmatch(text.strip())
    if words is None:
        return text
    days = "*" if words["days"] == "daily" else words["days"]
    return f"{int(words['minute'])} {int(words['hour'])} * * {days}"


def crontab(text: str) -> "CronTrigger":
    """A clock for `minute hour day month weekday`, the weekday by name; it takes local times as if they were UTC.

    `daily 06:00` and `mon,thu 06:30` are understood as well.

    Raises:
        ValueError: with what to write instead.
    """
    fields = _in_five_parts(text).split()
    if len(fields) != _FIELDS:
        raise ValueError(
            f"{text!r} has {len(fields)} of the 5 parts of a crontab."
            " Write minute, hour, day, month, weekday, as in 0 6 * * mon; or daily 06:00, or mon,thu 06:30"
        )
    if any(sign.isdigit() for sign in fields[4]):
        # In crontab(5) 1 is Monday, to APScheduler it is Tuesday.
        raise ValueError(
            f"{fields[4]!r} counts weekdays, and programs do not agree where the week begins."
            f" Name them: {', '.join(_WEEKDAYS)}, or mon-fri"
        )
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - few catalogues have one, all commands read them

    try:
        trigger = CronTrigger.from_crontab(" ".join(fields), timezone=UTC)
    except ValueError as error:
        raise ValueError(f"{text!r} is no crontab: {error}. One is 0 6 * * mon (Mondays at six).") from error
    if trigger.get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=UTC)) is None:
        raise ValueError(f"{text!r} names a day that no calendar has. One is 0 6 * * mon (Mondays at six).")
    return trigger
