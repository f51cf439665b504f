"""PURE: a story as plain values, times as a reader in China writes them."""

from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

from storage.rows import StoryRow

ZONE: Final = ZoneInfo("Asia/Shanghai")
NAMES: Final = tuple(field.name for field in fields(StoryRow))
_values: Final = attrgetter(*NAMES)
_MOMENTS: Final = ("published_at", "first_seen_at")


def plain(story: StoryRow) -> dict[str, Any]:
    """Column names and values in the order of `StoryRow`; times are ISO 8601 with +08:00."""
    values = dict(zip(NAMES, _values(story)))  # noqa: B905 - as many by their making, and `strict` takes twice as long
    for name in _MOMENTS:
        if moment := values[name]:
            values[name] = moment.astimezone(ZONE).isoformat()
    return values


def plain_value(value: object) -> object:
    return value.astimezone(ZONE).isoformat() if isinstance(value, datetime) else value
