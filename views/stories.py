"""Stories as rows that commands print."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any, Final

from storage.rows import SeriesRow, StoryRow
from storage.rows.files import FileRow
from views.cells import ASKED_ZONE, READERS_ZONE

_DAYS: Final = frozenset({"year", "month", "day"})
_FORMATS: Final = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "second": "%Y-%m-%d %H:%M:%S"}


def printed_date(moment: datetime | None, precision: str | None, zone: tzinfo = READERS_ZONE) -> str | None:
    """A date on the clock of its series, as far as its page printed it; a time of day on the clock that is asked for.

    >>> from datetime import UTC, datetime
    >>> printed_date(datetime(2024, 3, 4, 16, tzinfo=UTC), "day")
    '2024-03-05'
    """
    if moment is None:
        return None
    # strftime pads a year before 1000 differently on each platform; no story is that old.
    asked = None if precision in _DAYS else ASKED_ZONE.get()
    return moment.astimezone(asked or zone).strftime(_FORMATS.get(precision or "minute", "%Y-%m-%d %H:%M"))


def series_titles(series: Iterable[SeriesRow]) -> dict[str, str]:
    """What people call each series, by its name: a series that was begun with a URL has that URL for a name."""
    return {one.name: one.title or one.name for one in series}


def titled(row: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """The row with `series_title` beside its `series`."""
    return {**row, "series_title": titles.get(row["series"], row["series"])}


def story_row(story: StoryRow, zones: Mapping[str, tzinfo]) -> dict[str, Any]:
    """The fields of a story but for its text, and `published` as its page printed it.

    `zones` are those of series that keep another clock than the reader's, by name.
    """
    zone = zones.get(story.series, READERS_ZONE)
    row = asdict(story) | {"published": printed_date(story.published_at, story.published_precision, zone)}
    del row["text"]
    return row


def file_row(file: FileRow) -> dict[str, Any]:
    """A picture or an attachment: what is kept of it, or why nothing is."""
    size = f"{_size(file.size or 0)}, {file.media_type or 'of an unknown kind'}"
    kept = f"{size}; its words were not read: {file.unread}" if file.unread else size
    return {
        "kind": "picture" if file.kind == "image" else "file",
        "kept": file.lacks or kept,
        "caption": file.caption,
        "credit": file.credit,
        "url": file.url,
    }


def _size(size: int) -> str:
    """In the unit that suits it.

    >>> _size(900), _size(1_500_000)
    ('900 bytes', '1.4 MiB')
    """
    return f"{size} bytes" if size < 2**10 else f"{size / 2**10:.0f} KiB" if size < 2**20 else f"{size / 2**20:.1f} MiB"
