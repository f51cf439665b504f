"""Texts that are held: what a page says by now, and what it said before, which stands."""

from typing import Final

from sqlalchemy import Connection, select

from storage.frontier.series import series_id
from storage.recording.holding import REFUSED
from storage.rows import HeldRow
from storage.schema import page, revision, series
from storage.schema.selecting import columns_of
from wangqi.outcomes import HELD

_stands = revision.alias("stands")
_later = revision.alias("later")
_newest: Final = ~(
    select(_later.c.id)
    .where(_later.c.page_id == revision.c.page_id, _later.c.held.is_not(None), _later.c.id > revision.c.id)
    .exists()
)
_held = (
    select(
        *columns_of(
            HeldRow,
            *(page, revision),
            series=series.c.name,
            revision_id=revision.c.id,
            title=_stands.c.title,
            new_title=revision.c.title,
        )
    )
    .join(page, page.c.id == revision.c.page_id)
    .join(series, series.c.id == page.c.series_id)
    .join(_stands, _stands.c.id == page.c.revision_id)
    .where(revision.c.held.is_not(None), revision.c.held != REFUSED, page.c.outcome.in_(HELD), _newest)
    .order_by(revision.c.id.desc())
)


def rows(connection: Connection, wanted: int | str | None = None, limit: int | None = None) -> list[HeldRow]:
    """The newest first; of one series, or of all."""
    query = _held.limit(limit)
    if wanted is not None:
        query = query.where(page.c.series_id == series_id(connection, wanted))
    return [HeldRow(**row._asdict()) for row in connection.execute(query)]
