"""A person's word on a text that is held: it is the publisher's, or not. Each function runs inside a transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select, update

from storage.db.errors import UndecidableError, UnknownTextError
from storage.recording.holding import REFUSED
from storage.schema import page, revision
from storage.works import canonical, merging
from wangqi.copies.ranks import TAMPERED
from wangqi.outcomes import REREAD
from wangqi.program import program

ACCEPT: Final = "accept"
REFUSE: Final = "refuse"
_KEPT: Final = ("story_id", "revision_id", "relation", "outcome", "reason")


def held(connection: Connection, revision_id: int) -> Row[*tuple[Any, ...]]:
    """The revision that a decision is about, with its page.

    Raises:
        UnknownTextError: when there is none. `UndecidableError`: when it is not held.
    """
    query = select(
        *(revision.c.id, revision.c.page_id, revision.c.story_id, revision.c.held, revision.c.standing),
        *(revision.c.standing_reason, page.c.series_id, page.c.url),
        *(page.c[name].label(f"page_{name}") for name in _KEPT),
    ).join(page, page.c.id == revision.c.page_id)
    row = connection.execute(query.where(revision.c.id == revision_id)).first()
    if row is None:
        raise UnknownTextError(
            f"The archive holds no revision r{revision_id}; `{program()} review` lists those that are held."
        )
    if row.held is None:
        raise UndecidableError(f"r{revision_id} is not held: it stands, or has stood, for its page.")
    return row


def accept(connection: Connection, row: Row[*tuple[Any, ...]], by: str, now: datetime) -> dict[str, Any]:
    """The page goes on with this text; another story becomes a story of its own, and the earlier one stays."""
    before = _before(row)
    is_fit = {"standing": row.standing - TAMPERED} if row.standing >= TAMPERED else {}
    said = f"{by} said that it is the publisher's"
    mine = revision.c.id == row.id
    connection.execute(update(revision).where(mine).values(held=None, standing_reason=said, **is_fit))
    story_id = row.story_id
    if row.held == "other_story" and story_id == row.page_story_id:
        before["made"] = story_id = canonical.stand_alone(connection, row.series_id, [row.id], now)
        connection.execute(update(revision).where(mine).values(story_id=story_id))
    values = {"story_id": story_id, "revision_id": row.id, "outcome": "revised", "reason": said}
    connection.execute(update(page).where(page.c.id == row.page_id).values(values))
    if story_id == row.page_story_id:
        standing = row.standing % TAMPERED
        canonical.follow_page(connection, story_id, row.page_id, row.id, standing=standing, now=now)
    for each in {story_id, row.page_story_id} - {None}:
        merging.stand(connection, each, now, by=by)
    return before


def refuse(connection: Connection, row: Row[*tuple[Any, ...]], by: str, now: datetime) -> dict[str, Any]:  # noqa: ARG001 - called like `accept`
    """Nobody is asked about this text any more; the one before it stands."""
    before = _before(row)
    connection.execute(update(revision).where(revision.c.id == row.id).values(held=REFUSED))
    values = {"outcome": "unchanged", "reason": f"{by} said that its newest text is not the publisher's"}
    connection.execute(update(page).where(page.c.id == row.page_id).values(values))
    return before


def restore(connection: Connection, page_id: int, before: Mapping[str, Any], now: datetime) -> None:
    """Makes everything as it was before the decision."""
    told = {name: before[name] for name in ("held", "standing", "standing_reason")}
    came = select(revision.c.capture_id).where(revision.c.id == before["revision"]).scalar_subquery()
    read_anew = and_(revision.c.capture_id == came, revision.c.change == REREAD, revision.c.held == REFUSED)
    mine = or_(revision.c.id == before["revision"], read_anew)
    connection.execute(update(revision).where(mine).values(told))
    connection.execute(update(page).where(page.c.id == page_id).values(before["page"] | {"read_with": None}))
    story_id = before["page"]["story_id"]
    if before["made"] is not None and story_id is not None:
        merging.merge(connection, story_id, before["made"], by="undo", reason="the decision was taken back", now=now)
        connection.execute(update(page).where(page.c.id == page_id).values(before["page"]))
    elif story_id is not None:
        canonical.follow_page(
            connection, story_id, page_id, before["page"]["revision_id"], standing=before["stood"], now=now
        )
        merging.stand(connection, story_id, now)


def _before(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "revision": row.id,
        "held": row.held,
        "standing": row.standing,
        "standing_reason": row.standing_reason,
        "page": {name: getattr(row, f"page_{name}") for name in _KEPT},
        "made": None,
        "stood": 0,
    }
