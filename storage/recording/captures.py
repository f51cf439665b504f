"""Captures: what came when a page was asked for, and its bytes."""

import hashlib

from sqlalchemy import Connection, insert

from storage.frontier.page_state import KnownPage
from storage.recording import payloads
from storage.schema import capture
from wangqi.outcomes import Outcome
from wangqi.visit import Visit

NOT_MODIFIED = 304
Came = tuple[int | None, bytes | None]  # the row of a capture, and the digest of the bytes that it brought
_add = insert(capture).returning(capture.c.id)


def keep_payload(connection: Connection, visit: Visit, before: KnownPage) -> bytes | None:
    """Keeps the bytes that came; answers their digest, None where none came."""
    fetched = visit.capture
    if fetched is None or fetched.body is None:
        return None
    digest = hashlib.sha256(fetched.body).digest()
    if digest != before.payload_sha256:
        payloads.store(connection, fetched.body, digest)
    return digest


def bytes_of(visit: Visit, before: KnownPage, payload: bytes | None) -> bytes | None:
    """The digest of what the page was read from: of the bytes that came, or of those of before, which still hold."""
    is_as_before = visit.capture is not None and visit.capture.status == NOT_MODIFIED
    return before.payload_sha256 if payload is None and is_as_before else payload


def add(
    connection: Connection,
    visit: Visit,
    before: KnownPage,
    *,
    payload: bytes | None,
    outcome: Outcome,
    reason: str,
) -> int | None:
    """The id of the row; None where nothing was asked for."""
    fetched, last = visit.capture, before.payload_sha256
    if fetched is None:
        return None
    again = payload == last if payload else fetched.status == NOT_MODIFIED
    named = bytes_of(visit, before, payload)
    without_answer = "error" if visit.reading is None else "taken"  # a text that another archive had read
    row = {
        "page_id": before.id,
        "run_id": visit.run_id,
        "kind": "revisit" if again and named else "response" if payload or fetched.status else without_answer,
        "url": fetched.url,
        "fetched_at": fetched.fetched_at,
        "status": fetched.status,
        "headers": fetched.headers or {},
        "payload_sha256": named,
        "outcome": outcome,
        "reason": reason,
    }
    number: int = connection.execute(_add, row).scalar_one()
    return number
