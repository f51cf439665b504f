"""Revisions: the row of what was read of a page, with its seal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert

from storage.files import shown
from storage.recording import seals
from storage.schema import revision
from storage.texts.texts import digest
from storage.works.canonical import copied
from wangqi.readings.files import StoryFile
from wangqi.visit import MarkedReading

_add = insert(revision).returning(revision.c.id)


class Source(NamedTuple):
    """What a page was read from.

    Attributes:
        url: The canonical one of the page.
        payload_sha256: Of the bytes; None where they are not known.
    """

    page_id: int
    url: str
    capture_id: int | None
    payload_sha256: bytes | None


def row_of(
    connection: Connection, new: MarkedReading, source: Source, *, text_id: int, parent_id: int | None, now: datetime
) -> dict[str, Any]:
    """Its columns but for those that say what it means: its story, its change, whether it is held."""
    reading, marks = new
    row = {
        **copied(new),
        "page_id": source.page_id,
        "text_id": text_id,
        "capture_id": source.capture_id,
        "parent_id": parent_id,
        "series_title": reading.series_title,
        "standing": marks.standing.rank,
        "standing_reason": marks.standing.reason,
        "original_url": marks.original_url,
        "flaws": marks.flaws or None,
        "details": reading.details,
        "extractor_version": reading.extractor_version,
        "recorded_at": now,
    }
    seal = seals.seal(connection, row, source.url, digest(reading.text), source.payload_sha256)
    return {**row, "sha256": seal}


def add(connection: Connection, row: Mapping[str, Any], series_id: int, files: Sequence[StoryFile]) -> int:
    """Keeps it, with the pictures and attachments that it shows; answers its id."""
    number: int = connection.execute(_add, row).scalar_one()
    shown.add(connection, number, series_id, files)
    return number
