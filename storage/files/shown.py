"""The pictures and attachments that a revision shows."""

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, insert, select, update

from storage.db.dialects import Inserts, insert_for, left_alone
from storage.schema import file, image, page, revision
from wangqi.readings.files import StoryFile, files_of, media_type
from wangqi.urls import canonical_or_none, url_digest
from wangqi.visit import Capture, PartRecord

KEPT: Final = "kept"  # the outcome of a file whose bytes are held
_UNASKED: Final = {"reason": "", "attempts": 0}
_add_file = Inserts(file, left_alone)
_add_image = insert(image)


def add(connection: Connection, revision_id: int, series_id: int, files: Sequence[StoryFile]) -> None:
    """Notes them; those that the series has not shown before are to be asked for."""
    digests = {one.url: url_digest(url) for one in files if (url := canonical_or_none(one.url))}
    if not digests:
        return
    rows = [
        {"series_id": series_id, "url_sha256": digests[one.url], "url": one.url, "kind": one.kind, **_UNASKED}
        for one in files
        if one.url in digests
    ]
    connection.execute(insert_for(connection, _add_file), rows)
    chosen = file.c.series_id == series_id, file.c.url_sha256.in_(digests.values())
    query = select(file.c.url_sha256, file.c.id, file.c.payload_sha256).where(*chosen)
    held = {row.url_sha256: row for row in connection.execute(query)}
    shown = [
        {
            "revision_id": revision_id,
            "position": position,
            **one._asdict(),
            "file_id": held[digests[one.url]].id,
            "file_sha256": held[digests[one.url]].payload_sha256,
        }
        for position, one in enumerate(files)
        if one.url in digests
    ]
    connection.execute(_add_image, shown)


def take_bodies(connection: Connection, revision_id: int | None, parts: Sequence[PartRecord]) -> None:
    """Files that came already, since the story's text is in them, are kept without being asked for again."""
    for part in parts:
        came = part.capture
        if part.outcome != "part" or came is None or not came.body:
            continue
        chosen = image.c.revision_id == revision_id, file.c.url_sha256 == url_digest(part.url)
        number = connection.scalar(select(file.c.id).join(image, image.c.file_id == file.c.id).where(*chosen))
        if number is not None:
            keep(connection, number, came, came.body)


def keep(connection: Connection, file_id: int, came: Capture, body: bytes) -> bytes:
    """The file is held from now on, wherever it is shown; its bytes are a payload already. Answers their digest."""
    digest = hashlib.sha256(body).digest()
    values = {
        "outcome": KEPT,
        "reason": "",
        "answered_url": came.url,
        "fetched_at": came.fetched_at,
        "status": came.status,
        "headers": came.headers or {},
        "media_type": media_type(body),
        "size": len(body),
        "payload_sha256": digest,
    }
    connection.execute(update(file).where(file.c.id == file_id).values(values))
    connection.execute(update(image).where(image.c.file_id == file_id).values(file_sha256=digest))
    return digest


def fill(connection: Connection) -> None:
    """Notes those of every revision, of an archive that was made before this table was filled."""
    query = select(revision.c.id, revision.c.details, page.c.series_id).join(page, page.c.id == revision.c.page_id)
    behind = 0
    while rows := connection.execute(query.where(revision.c.id > behind).order_by(revision.c.id).limit(200)).all():
        for row in rows:
            add(connection, row.id, row.series_id, files_of(row.details))
        behind = rows[-1].id
