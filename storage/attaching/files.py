"""A story's pictures and attachments come in: their bytes, and what they say, which the index has from then on."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select

from storage.files import said, shown, wanted
from storage.frontier.series import series_id
from storage.recording import payloads
from storage.rows.files import FileSaid
from storage.schema import file, file_text, image
from storage.works import canonical
from wangqi.readings.files import PICTURES
from wangqi.visit import Capture


class Came(NamedTuple):
    """An answer, and the run that asked for it."""

    run_id: int | None
    capture: Capture


def take(connection: Connection, file_id: int, came: Came, words: FileSaid | None, now: datetime) -> None:
    """Keeps the bytes that came, and what was read in them."""
    body = came.capture.body or b""
    digest = hashlib.sha256(body).digest()
    wanted.note(connection, file_id, came.run_id)
    payloads.store(connection, body, digest)

    def change() -> None:
        shown.keep(connection, file_id, came.capture, body)
        if words is not None:
            said.keep(connection, digest, words, now)

    is_said = connection.scalar(select(file_text.c.sha256).where(file_text.c.sha256 == digest)) is not None
    if is_said or (words is not None and words.text):
        canonical.indexed_anew(connection, _showing(connection, image.c.file_id == file_id), change)
    else:
        change()


def read(connection: Connection, sha256: bytes, words: FileSaid, now: datetime) -> None:
    """Keeps what a later reading has found in bytes that are held."""
    revisions = _showing(connection, image.c.file_sha256 == sha256)
    canonical.indexed_anew(connection, revisions, lambda: said.keep(connection, sha256, words, now))


def unread(connection: Connection, series: int | str | None, reader: str, after: bytes, limit: int) -> list[bytes]:
    """The next pictures, by their digests, that this reader has not read yet."""
    is_read = and_(file_text.c.sha256 == file.c.payload_sha256, file_text.c.reader == reader)
    query = (
        select(file.c.payload_sha256)
        .where(file.c.kind == "image", file.c.media_type.in_(PICTURES), file.c.payload_sha256 > after)
        .where(~select(file_text.c.sha256).where(is_read).exists())
        .distinct()
        .order_by(file.c.payload_sha256)
        .limit(limit)
    )
    if series is not None:
        query = query.where(file.c.series_id == series_id(connection, series))
    return [digest for digest in connection.scalars(query) if digest is not None]


def _showing(connection: Connection, chosen: ColumnElement[bool]) -> Sequence[int]:
    return connection.scalars(select(image.c.revision_id).where(chosen).distinct()).all()
