"""PURE: a story as plain values, times as a reader in China writes them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from storage.rows import StoryRow

ZONE: Final = ZoneInfo("Asia/Shanghai")


def plain(story: StoryRow) -> dict[str, Any]:
    """Column names and values in the order of `StoryRow`; times are ISO 8601 with +08:00."""
    return {name: plain_value(value) for name, value in asdict(story).items()}


def plain_value(value: object) -> object:
    return value.astimezone(ZONE).isoformat() if isinstance(value, datetime) else value
