"""PURE: a story as plain values, times as a reader in China writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

from storage.rows import FileRow, StoryRow

ZONE: Final = ZoneInfo("Asia/Shanghai")
FACTS: Final = tuple(field.name for field in fields(StoryRow))
REVISION: Final = FACTS.index("revision_id")
CHARS: Final = FACTS.index("chars")
FILES: Final = "files"  # behind the facts: what it shows beside its text
facts_of: Final = attrgetter(*FACTS)
_MOMENTS: Final = ("published_at", "first_seen_at")


def plain(facts: Sequence[Any], files: Iterable[FileRow]) -> dict[str, Any]:
    """Column names and values in the order of `StoryRow`, then its files; times are ISO 8601 with +08:00."""
    values = dict(zip(FACTS, facts))  # noqa: B905 - as many by their making, and `strict` takes twice as long
    for name in _MOMENTS:
        if moment := values[name]:
            values[name] = moment.astimezone(ZONE).isoformat()
    values[FILES] = [plain_file(file) for file in files]
    return values


def plain_file(file: FileRow) -> dict[str, Any]:
    """A picture or an attachment; `missing` is why its bytes are not kept, `words` are those in a picture."""
    return {
        "kind": file.kind,
        "url": file.url,
        "caption": file.caption,
        "credit": file.credit,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "missing": file.lacks or None,
        "words": file.seen,
    }


def plain_value(value: object) -> object:
    return value.astimezone(ZONE).isoformat() if isinstance(value, datetime) else value
