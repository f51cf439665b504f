"""Pages that several series use: each keeps its own account of when and how it read them.

The row of `page` is the account of the series that holds the page now; those of the others wait in `share`, and come
back when they are due. Each function runs inside a transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, or_, select, update

from storage.schema import page, share

# What a series knows of a page for itself. What it carries, and that it is a column, is known to all.
FOUND: Final = ("via", "title", "found_reason", "discovered_from", "depth", "due_at")
OWN: Final = (
    *(*FOUND, "watch", "attempts", "interval_days"),
    *("unconfirmed_since", "outcome", "outcome_at", "reason", "run_id", "etag", "last_modified", "unchanged_times"),
)
# Of a series that has not read the page yet.
UNREAD: Final[Mapping[str, Any]] = {
    "attempts": 0,
    "interval_days": 0,
    "unconfirmed_since": None,
    "outcome": None,
    "outcome_at": None,
    "reason": "",
    "run_id": None,
    "etag": None,
    "last_modified": None,
    "unchanged_times": 0,
}
_due = (
    select(share.c.page_id)
    .join(page, page.c.id == share.c.page_id)
    .where(share.c.series_id == bindparam("series"), share.c.due_at <= bindparam("now"))
    .where(or_(share.c.run_id.is_(None), share.c.run_id != bindparam("run")))
    # A page with a story belongs to the series of the story: another series does not read it again.
    .where(page.c.state != "leased", page.c.story_id.is_(None))
    .order_by(share.c.due_at)
    .limit(bindparam("most"))
)


def put_by(connection: Connection, condition: ColumnElement[bool], taker: int) -> None:
    """Keeps what the holders of these pages know of them, before another series takes them."""
    chosen = select(page.c.id).where(condition, page.c.series_id != taker, page.c.state != "leased")
    ids = connection.scalars(chosen).all()
    if not ids:
        return
    holder = select(page.c.series_id).where(page.c.id == share.c.page_id).scalar_subquery()
    connection.execute(delete(share).where(share.c.page_id.in_(ids), share.c.series_id == holder))
    held = select(page.c.id, page.c.series_id, *(page.c[name] for name in OWN)).where(page.c.id.in_(ids))
    connection.execute(insert(share).from_select(["page_id", "series_id", *OWN], held))


def take_back(connection: Connection, of_series: int, page_ids: Collection[int]) -> None:
    """Gives pages back to a series that has an account of them, and keeps that of who holds them now."""
    if not page_ids:
        return
    put_by(connection, page.c.id.in_(page_ids), of_series)
    mine = share.c.series_id == of_series
    for row in connection.execute(select(share).where(mine, share.c.page_id.in_(page_ids))).all():
        own = {name: getattr(row, name) for name in OWN}
        own |= {"series_id": of_series, "state": "done" if row.due_at is None else "due"}
        connection.execute(update(page).where(page.c.id == row.page_id, page.c.state != "leased").values(own))
    taken = select(page.c.id).where(page.c.id.in_(page_ids), page.c.series_id == of_series)
    connection.execute(delete(share).where(mine, share.c.page_id.in_(taken)))


def take_due(connection: Connection, of_series: int, run_id: int, most: int, now: datetime) -> None:
    """Takes back what is due by the series' own account, unless it is due in a run that reads it."""
    asked = {"series": of_series, "run": run_id, "now": now, "most": most}
    take_back(connection, of_series, connection.scalars(_due, asked).all())


def known(connection: Connection, of_series: int, digests: Sequence[bytes]) -> dict[bytes, tuple[int, str | None]]:
    """Those of the pages that another series holds and this one has an account of: id, and outcome in that account."""
    if not digests:
        return {}
    query = select(page.c.url_sha256, page.c.id, share.c.outcome).join(share, share.c.page_id == page.c.id)
    found = connection.execute(query.where(share.c.series_id == of_series, page.c.url_sha256.in_(digests)))
    return {row.url_sha256: (row.id, row.outcome) for row in found}


def want(connection: Connection, of_series: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keeps that a series wants pages which a run of another one is reading."""
    given = {row["url_sha256"]: row for row in rows}
    mine = select(share.c.page_id).where(share.c.page_id == page.c.id, share.c.series_id == of_series)
    query = select(page.c.id, page.c.url_sha256).where(page.c.url_sha256.in_(list(given)), page.c.story_id.is_(None))
    busy = query.where(page.c.series_id != of_series, page.c.state == "leased", ~mine.exists())
    found = [
        {"page_id": one.id, "series_id": of_series, "watch": False, **UNREAD}
        | {name: given[one.url_sha256][name] for name in FOUND}
        for one in connection.execute(busy)
    ]
    if found:
        connection.execute(insert(share), found)


def wake(
    connection: Connection, of_series: int, condition: ColumnElement[bool], now: datetime, **besides: int | None
) -> None:
    """Makes those due that fulfil a condition on `share`, with other values for some of their columns."""
    connection.execute(update(share).where(share.c.series_id == of_series, condition).values(due_at=now, **besides))
