"""The copies of a story that may stand for it, with what the choice asks. Each function runs in a transaction."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from storage.schema import capture, page, revision, story, text
from storage.works import hosts
from wangqi.copies.canonical import Copy
from wangqi.copies.corroboration import CopyText, Support, support
from wangqi.copies.ranks import TAMPERED, VERIFIED
from wangqi.sites import site_of

MOST_COPIES: Final = 50  # copies that are looked at when one is chosen

_column = page.alias("column_page")
_first_read = (
    select(capture.c.fetched_at)
    .where(capture.c.page_id == page.c.id)
    .order_by(capture.c.id)
    .limit(1)
    .correlate(page)
    .scalar_subquery()
)
_any = (
    select(
        *(revision.c.id, revision.c.page_id, revision.c.text_id, revision.c.standing, revision.c.standing_reason),
        *(revision.c.original_url, revision.c.flaws, revision.c.recorded_at, page.c.url, page.c.host),
        *(page.c.listed_at, _column.c.host.label("listed_by"), text.c.chars, _first_read.label("read_at")),
    )
    .join(page, page.c.id == revision.c.page_id)
    .join(text, text.c.id == revision.c.text_id)
    .outerjoin(_column, _column.c.id == page.c.listed_on)
    .where(revision.c.story_id == bindparam("story"), revision.c.held.is_(None))
    .order_by(revision.c.standing, revision.c.id)
    .limit(MOST_COPIES)
)
_newest = _any.where(page.c.story_id == bindparam("story"), page.c.revision_id == revision.c.id)
_standing_one = _any.join(story, story.c.canonical_revision_id == revision.c.id).where(story.c.id == bindparam("story"))
_bodies = select(text.c.id, text.c.body).where(text.c.id.in_(bindparam("ids", expanding=True)))

Found = Row[*tuple[Any, ...]]


def rows(connection: Connection, story_id: int) -> list[Found]:
    """The newest revisions of the pages that carry a story, and the one that stands for it though its page has gone on.

    When its pages have all gone on to other stories, every revision of it.
    """
    asked = {"story": story_id}
    found = list(connection.execute(_newest, asked))
    stands = [row for row in connection.execute(_standing_one, asked) if row.id not in {one.id for one in found}]
    return [*stands, *found] if found or stands else list(connection.execute(_any, asked))


def compared(connection: Connection, found: Sequence[Found]) -> list[Copy]:
    """The same as the choice wants them; the texts are read only when the best have several."""
    least = min(row.standing for row in found)
    best = [row for row in found if row.standing == least]
    known = _support(connection, best)
    columns = {row.listed_by for row in best if row.listed_by}
    distrusted = hosts.distrusted(connection, columns) if len(best) > 1 else frozenset()
    return [
        Copy(
            revision_id=row.id,
            url=row.url,
            host=row.host,
            standing=row.standing,
            standing_reason=row.standing_reason or "a site of which nothing is known",
            support=known.get(row.id, Support(carried=0, contradicted=0)),
            chars=row.chars,
            read_at=row.read_at or row.recorded_at,
            listed_at=None if row.listed_by in distrusted else row.listed_at,
            originals=_originals(row, found),
            flaws=row.flaws or "",
        )
        for row in found
    ]


def _support(connection: Connection, best: Sequence[Found]) -> dict[int, Support]:
    ids = sorted({row.text_id for row in best})
    if len(ids) < 2:
        return {}
    bodies = {row.id: row.body for row in connection.execute(_bodies, {"ids": ids})}
    return support(
        [
            CopyText(revision_id=row.id, host=row.host, is_verified=row.standing < VERIFIED, text=bodies[row.text_id])
            for row in best
        ]
    )


def _originals(row: Found, found: Sequence[Found]) -> int:
    """Other sites that name its address as the original. It was fetched and carries the story, or it was not here."""
    naming = (one for one in found if one.original_url == row.url and one.standing < TAMPERED)
    return len({site_of(one.host) for one in naming} - {site_of(row.host)})
