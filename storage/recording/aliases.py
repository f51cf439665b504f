"""Other addresses of a page that was read: known, and never fetched."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from storage.db.dialects import Inserts, insert_for
from storage.frontier.due import new_page
from storage.frontier.page_state import KnownPage
from storage.schema import page
from wangqi.urls import url_digest
from wangqi.visit import Visit

ALIAS: Final = "alias"  # the kind of link that leads to such an address


def _naming(statement: Any) -> Any:  # noqa: ANN401 - the two dialects' Inserts share no class of their own
    given = statement.excluded
    names = ("state", "due_at", "outcome", "outcome_at", "reason", "story_id", "relation", "run_id")
    return statement.on_conflict_do_update(
        index_elements=["url_sha256"],
        set_={name: given[name] for name in names},
        where=page.c.outcome.is_(None) & (page.c.state == "due"),
    )


_add: Final = Inserts(page, _naming)


def story_at(connection: Connection, urls: Sequence[str]) -> tuple[int, str] | None:
    """The story that a page at one of these addresses carries, and that address; None when none of them was read."""
    if not urls:
        return None
    found = select(page.c.story_id, page.c.url).where(
        page.c.url_sha256.in_([url_digest(url) for url in urls]), page.c.story_id.is_not(None)
    )
    row = connection.execute(found.order_by(page.c.id).limit(1)).first()
    return (row.story_id, row.url) if row else None


def add(connection: Connection, source: KnownPage, visit: Visit, story_id: int, now: datetime) -> None:
    """Lets the page's other addresses stand for its story; one that a run has read, or is reading, stays as it is."""
    given = {
        "state": "done",
        "due_at": None,
        "outcome": "copy",
        "outcome_at": now,
        "reason": f"another address of {visit.url}, by what that page says of itself",
        "discovered_from": source.id,
        "story_id": story_id,
        "relation": "same",
        "run_id": None,  # no run has read it
    }
    rows = [
        new_page(url, visit.series_id, now, via=ALIAS, depth=source.depth) | given
        for url in visit.aliases
        if url != visit.url
    ]
    if rows:
        connection.execute(insert_for(connection, _add), rows)
