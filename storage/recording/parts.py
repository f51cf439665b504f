"""The other documents that a story stands in: each a page of its own, with its captures, that counts for the story."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage.db.dialects import insert_for
from storage.frontier import page_state
from storage.frontier.due import PART, exclude, new_page
from storage.frontier.page_state import KnownPage
from storage.recording import captures, mentions
from storage.recording.payloads import load
from storage.schema import capture, page, text
from wangqi.urls import url_digest
from wangqi.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPart:
    """What a document of a story held when it was last to be had."""

    body: bytes
    url: str
    headers: Mapping[str, str]
    fetched_at: datetime


def add(connection: Connection, source: KnownPage, visit: Visit, story_id: int | None, now: datetime) -> None:
    """Keeps what came of each; none is asked for by itself, since its story's page asks for it."""
    for part in visit.parts:
        row = new_page(part.url, visit.series_id, now, via=PART, depth=source.depth + 1)
        row |= {"state": "done", "due_at": None, "discovered_from": source.id}
        connection.execute(insert_for(connection, exclude), row)
        own = replace(visit, url=part.url, outcome=part.outcome, capture=part.capture, reading=None, marks=None)
        before = page_state.known(connection, own, now)
        payload = captures.keep_payload(connection, own, before)
        captures.add(connection, own, before, payload=payload, outcome=part.outcome, reason=part.reason)
        became: dict[str, Any] = {
            "outcome": part.outcome,
            "outcome_at": now,
            "reason": part.reason,
            "run_id": visit.run_id,
            "payload_sha256": payload or before.payload_sha256,
        }
        if story_id is not None and (before.revision_id is None or before.story_id == story_id):
            became |= {"story_id": story_id, "relation": PART}
            mentions.resolve(connection, part.url, visit.series_id, "", story_id)
        where = page.c.id == before.id
        connection.execute(update(page).where(where).values(became))
        # One that is being read at this moment ends by itself.
        connection.execute(update(page).where(where, page.c.state != "leased").values(state="done", due_at=None))


def wake_first(connection: Connection, visit: Visit, now: datetime) -> None:
    """Makes the page due that a further part leads to, unless its story was read: it did not come when it was asked."""
    digests = [url_digest(link.url) for link in visit.discoveries]
    unread = page.c.url_sha256.in_(digests), page.c.revision_id.is_(None), page.c.state == "done"
    connection.execute(update(page).where(*unread, page.c.outcome != PART).values(state="due", due_at=now))


def kept(connection: Connection, url: str) -> KeptPart | None:
    """The newest answer of a document that was read as a part of a story; None where there is none."""
    query = (
        select(capture.c.url, capture.c.headers, capture.c.fetched_at, capture.c.payload_sha256)
        .join(page, page.c.id == capture.c.page_id)
        .where(page.c.url_sha256 == url_digest(url), capture.c.outcome == PART, capture.c.payload_sha256.is_not(None))
        .order_by(capture.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    body = load(connection, row.payload_sha256) if row else None
    if row is None or body is None:
        return None
    return KeptPart(body=body, url=row.url, headers=row.headers, fetched_at=row.fetched_at)


def is_cut_short(connection: Connection, before: KnownPage, visit: Visit) -> bool:
    """Whether a page that began a story in parts shows its first part only, and does not say that it goes on."""
    if visit.parts or visit.reading is None or before.text_id is None:
        return False
    of_this = page.c.story_id == before.story_id, page.c.discovered_from == before.id, page.c.outcome == PART
    if connection.scalar(select(page.c.id).where(*of_this).limit(1)) is None:
        return False
    whole = connection.scalar(select(text.c.body).where(text.c.id == before.text_id)) or ""
    return len(visit.reading.text) < len(whole) and whole.startswith(visit.reading.text)
