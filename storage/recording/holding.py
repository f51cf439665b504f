"""A page's newest text weighed beside the one that it had: taken, or held. Each function runs inside a transaction."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select, update

from storage.frontier.page_state import KnownPage
from storage.recording import payloads
from storage.schema import capture, finding, page, revision, text
from storage.texts.texts import digest
from wangqi.copies.changes import Answer, Appearance, Weigh, Weighed, appearance, of_reading
from wangqi.copies.ranks import TAMPERED, Standing
from wangqi.copies.records import Finding
from wangqi.outcomes import HELD, Outcome
from wangqi.text.sanitise import storable
from wangqi.visit import MarkedReading, Reading, Visit

REFUSED: Final = "refused"  # in the place of why it is held: a person has said that it is not the publisher's
_ACCEPTED: Final = "a person has accepted what speaks against it"
_OVER: Final = timedelta(days=2)  # so long a doubtful text must have been shown
_standing = (
    select(
        *(revision.c.title, revision.c.details, revision.c.standing, text.c.body),
        func.coalesce(page.c.read_with, revision.c.extractor_version).label("extractor_version"),
        *(capture.c.url, capture.c.headers, capture.c.payload_sha256),
    )
    .join(page, page.c.id == revision.c.page_id)
    .join(text, text.c.id == revision.c.text_id)
    .outerjoin(capture, capture.c.id == revision.c.capture_id)
    .where(revision.c.id == bindparam("revision"))
)
_signs = select(finding.c.detector, finding.c.label, finding.c.score, finding.c.summary).where(
    finding.c.revision_id == bindparam("revision")
)
_held = (
    select(revision.c.id, revision.c.title, revision.c.held, revision.c.held_visits, revision.c.recorded_at)
    .join(text, text.c.id == revision.c.text_id)
    .where(revision.c.page_id == bindparam("page"), revision.c.held.is_not(None), text.c.sha256 == bindparam("sha"))
    .order_by(revision.c.id.desc())
)
_newest_held = (
    select(revision.c.id)
    .where(revision.c.page_id == bindparam("page"), revision.c.held.is_not(None))
    .order_by(revision.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """That a text is held.

    Attributes:
        word: The page's outcome.
        again: The revision of an earlier visit that brought the same text; None of the first.
    """

    word: Outcome
    reason: str
    again: int | None = None
    visits: int = 1
    findings: Sequence[Finding] = ()


def hold_of(connection: Connection, before: KnownPage, visit: Visit, weigh: Weigh, now: datetime) -> Hold | None:
    """Whether the text that a visit brought is to be held; None of one that may stand.

    What is read by other rules from the same bytes speaks of us and not of the page. Other bytes are weighed whichever
    rules read them: `weigh` gets those that the text which stands was read from, to read them by the same.
    """
    new, fetched = visit.story, visit.capture
    if new is None or before.revision_id is None or before.story_id is None:
        return None
    row = connection.execute(_standing, {"revision": before.revision_id}).one()
    if fetched is None or fetched.body is None or _is_known_body(fetched.body, row.payload_sha256):
        return None
    earlier = _again(connection, before, new.reading)
    if earlier is not None and earlier.held == REFUSED:
        return Hold(
            word="unchanged",
            reason="a person has said that its newest text is not the publisher's; the one before it stands",
            again=earlier.id,
            visits=earlier.held_visits + 1,
        )
    weighed = weigh(_before(connection, before, row, new.reading.extractor_version), _after(visit, new))
    if weighed.held is None:
        return _of_lacking(visit, new.reading, row)
    visits = 1
    if earlier is not None and _is_in_a_row(connection, before, earlier.id):
        visits += earlier.held_visits
        if not visit.lacks and _is_patient(weighed, visits, now - earlier.recorded_at):
            return None
    return Hold(
        word=weighed.held,
        reason=f"{weighed.reason}; the text before it stands",
        again=None if earlier is None else earlier.id,
        visits=visits,
        findings=weighed.signs,
    )


def count(connection: Connection, revision_id: int, visits: int) -> None:
    """One more visit has brought a text that is held already."""
    connection.execute(update(revision).where(revision.c.id == revision_id).values(held_visits=visits))


def taken(connection: Connection, before: KnownPage, new: MarkedReading, text_id: int) -> MarkedReading:
    """The text as it is to be kept: what was held of it is so no longer."""
    if before.revision_id is None:
        return new
    mine = (revision.c.page_id == before.id) & (revision.c.text_id == text_id) & revision.c.held.is_not(None)
    connection.execute(update(revision).where(mine).values(held=None))
    if before.standing is None or not new.marks.standing.rank >= TAMPERED > before.standing:
        return new
    # Its signs were on the text before, of which a person has said that it is the publisher's.
    return new._replace(marks=replace(new.marks, standing=Standing(before.standing, _ACCEPTED)))


def _is_patient(weighed: Weighed, visits: int, over: timedelta) -> bool:
    """Whether so many visits in a row have brought the text that it is the publisher's."""
    if weighed.visits is None or visits < weighed.visits:
        return False
    return weighed.held == "truncated" or over >= _OVER


def _is_in_a_row(connection: Connection, before: KnownPage, revision_id: int) -> bool:
    return before.outcome in HELD and connection.scalar(_newest_held, {"page": before.id}) == revision_id


def _again(connection: Connection, before: KnownPage, new: Reading) -> Row[*tuple[Any, ...]] | None:
    rows = connection.execute(_held, {"page": before.id, "sha": digest(new.text)})
    return next((row for row in rows if row.title == storable(new.title)), None)


def _of_lacking(visit: Visit, new: Reading, row: Row[*tuple[Any, ...]]) -> Hold | None:
    """A shorter text of which the page itself says that a part did not come."""
    if not visit.lacks or len(new.text) >= len(row.body) or (row.details or {}).get("lacks"):
        return None
    return Hold(word="truncated", reason=f"{visit.lacks}; the whole text stands")


def _before(connection: Connection, before: KnownPage, row: Row[*tuple[Any, ...]], version: str) -> Appearance:
    """The text that stands; with what it was read from unless that was by this version of the rules."""
    signs = connection.execute(_signs, {"revision": before.revision_id})
    body = _bytes(connection, row.payload_sha256)
    read_from = Answer(body, row.headers) if body is not None and row.extractor_version != version else None
    # The same words in a new template are the publisher's: a later edit is to stand in it, unless the page has shown a
    # text that is held or refused: then its newest answer may have been the stranger's.
    is_trusted = before.outcome == "unchanged" and connection.scalar(_newest_held, {"page": before.id}) is None
    if is_trusted and before.payload_sha256 != row.payload_sha256:
        body = _bytes(connection, before.payload_sha256)
    return appearance(
        row.details or {},
        body,
        title=row.title,
        text=row.body,
        url=row.url or "",
        found=tuple((sign.detector, sign.label, sign.score, sign.summary) for sign in signs),
        is_unfit=row.standing >= TAMPERED,
        outdated=read_from,
    )


def _bytes(connection: Connection, sha256: bytes | None) -> bytes | None:
    """None of a payload that is damaged, too: then the words alone have to do."""
    with suppress(ValueError):
        return payloads.load(connection, sha256) if sha256 else None
    return None


def _after(visit: Visit, new: MarkedReading) -> Appearance:
    capture = visit.capture
    return of_reading(*new, capture.body if capture else None, capture.url if capture else visit.url)


def _is_known_body(body: bytes, sha256: bytes | None) -> bool:
    return sha256 is not None and hashlib.sha256(body).digest() == sha256
