"""PURE: the time that a written year, month or day covers."""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

_WRITTEN: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTHS: Final = 12


def covered(text: str, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """The first moment of 2021, 2021-06 or 2021-06-11 on the clock of the zone, and the first one behind it.

    None of what is no such date. The last day of all, that of the year 9999, ends when it begins.

    >>> from datetime import UTC
    >>> [moment.isoformat() for moment in covered("2021-12", UTC)]
    ['2021-12-01T00:00:00+00:00', '2022-01-01T00:00:00+00:00']
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    year, month, day = (int(number) if number else None for number in written.groups())
    assert year is not None
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return _midnight(first, zone), _midnight(_behind(first, month, day), zone)


def _behind(first: date, month: int | None, day: int | None) -> date:
    """The day behind the day, month or year that begins with `first`."""
    try:
        if day:
            return first + timedelta(days=1)
        return date(first.year, month + 1, 1) if month and month < _MONTHS else date(first.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return date.max


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
