"""Findings: the signs of tampering on revisions."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.schema import finding, page, revision
from wangqi.copies.records import HISTORY, Finding

# Signs that rest on another copy or on the page's past, which looking at the text alone does not find again.
_KEPT: Final = ("other_copy", HISTORY)
_MOST_BEARERS: Final = 50

_bearers = (
    select(revision.c.id)
    .join(page, (page.c.id == revision.c.page_id) & (page.c.revision_id == revision.c.id))
    .where(revision.c.text_id == bindparam("text"))
    .order_by(revision.c.id)
    .limit(_MOST_BEARERS)
)
_labels = select(finding.c.detector, finding.c.label).where(finding.c.revision_id == bindparam("revision"))


def add(connection: Connection, revision_id: int, found: Sequence[Finding], now: datetime) -> None:
    """Keeps what was found on a revision."""
    rows = [
        {
            "revision_id": revision_id,
            "detector": one.detector,
            "detector_version": str(one.version),
            "label": one.label,
            "score": one.score,
            "summary": one.summary,
            "evidence": _evidence(one),
            "found_at": now,
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(finding), rows)


def against_text(connection: Connection, text_id: int, found: Sequence[Finding], now: datetime) -> None:
    """Keeps what a newer copy has shown on an older text, with every page that carries it; each kind of sign once."""
    if not found:
        return
    for revision_id in connection.scalars(_bearers, {"text": text_id}).all():
        known = {(row.detector, row.label) for row in connection.execute(_labels, {"revision": revision_id})}
        new = [one for one in found if (one.detector, one.label) not in known]
        add(connection, revision_id, new, now)


def look_again(connection: Connection, revision_id: int, found: Sequence[Finding], now: datetime) -> None:
    """Puts these in the place of those that the text alone had shown."""
    own = finding.c.revision_id == revision_id
    connection.execute(delete(finding).where(own, finding.c.detector.not_in(_KEPT)))
    add(connection, revision_id, found, now)


def _evidence(one: Finding) -> object:
    """The places that show it; of one that rests on the page's past also what was measured, which no text shows."""
    spans = [asdict(span) for span in one.evidence]
    if one.detector != HISTORY:
        return spans
    return {"spans": spans, **one.measured} if spans else one.measured
