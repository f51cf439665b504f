"""The seal of a revision: a digest over all that was read of the page, its text and its bytes, as it was stored.

What is judged later (its standing, the story it counts for, whether it is held) is no part of it, nor what can be
worked out again (keys and fingerprints).
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Dialect, Row, Select, select, type_coerce
from sqlalchemy.types import TypeDecorator

from storage.schema import capture, page, revision, text
from wangqi.bibliography import FACTS
from wangqi.seals import record_of, seal_of

_SEALED: Final = (*FACTS, "series_title", "original_url", "details", "extractor_version", "recorded_at")
_TIED: Final = ("url", "text_sha256", "payload_sha256")


def seal(
    connection: Connection, values: Mapping[str, Any], url: str, text_sha256: bytes, payload_sha256: bytes | None
) -> bytes:
    """The seal of a row that is about to be stored, which was read at this address, of these bytes, with this text."""
    stored = {name: _bound(revision.c[name], values[name], connection.dialect) for name in _SEALED}
    where = _bound(page.c.url, url, connection.dialect)
    return seal_of(_record({**stored, "url": where, "text_sha256": text_sha256, "payload_sha256": payload_sha256}))


def sealed(*more: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """A question for revisions with all that their seals are made of, as it is stored, and these columns."""
    return (
        select(
            *(_as_stored(revision.c[name]) for name in _SEALED),
            page.c.url,
            text.c.sha256.label("text_sha256"),
            capture.c.payload_sha256,
            revision.c.sha256,
            *more,
        )
        .join(page, page.c.id == revision.c.page_id)
        .join(text, text.c.id == revision.c.text_id)
        .outerjoin(capture, capture.c.id == revision.c.capture_id)
    )


def record(row: Row[*tuple[Any, ...]]) -> str:
    """The record of a row of `sealed`, whose SHA-256 is the seal."""
    return _record({name: getattr(row, name) for name in (*_SEALED, *_TIED)})


def _record(stored: Mapping[str, object]) -> str:
    details = hashlib.sha256(str(stored["details"]).encode("utf-8", "surrogatepass")).digest()
    return record_of({**stored, "details": details})


def _bound(column: Column[Any], value: object, dialect: Dialect) -> object:
    """The value as the column will hold it."""
    kind = column.type
    return kind.process_bind_param(value, dialect) if isinstance(kind, TypeDecorator) else value


def _as_stored(column: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = column.type
    return type_coerce(column, kind.impl_instance).label(str(column.key)) if isinstance(kind, TypeDecorator) else column
