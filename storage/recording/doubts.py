"""Doubts: what a page showed and nobody followed, so that a series may have more than is known of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, not_, select

from storage.schema import doubt, page
from wangqi.series.ends import MARKER
from wangqi.visit import Visit

_MOST: Final = 20  # a page
_is_of_ends = doubt.c.words.startswith(MARKER)
_forget = delete(doubt).where(
    doubt.c.page_id == bindparam("page"), doubt.c.series_id == bindparam("series"), not_(_is_of_ends)
)


def keep(connection: Connection, page_id: int, visit: Visit, now: datetime) -> None:
    """Makes the doubts of the page those of this reading; a visit that read nothing leaves them as they are."""
    words = visit.doubts or () if visit.outcome == "out_of_scope" else visit.doubts
    if words is None:
        return
    connection.execute(_forget, {"page": page_id, "series": visit.series_id})
    new = list(dict.fromkeys(words))
    if (left := len(new) - _MOST) > 0:
        new = [*new[:_MOST], f"{left} doubts more about the same page"]
    if new:
        row = {"page_id": page_id, "series_id": visit.series_id, "seen_at": now}
        connection.execute(insert(doubt), [row | {"words": one} for one in new])


def tell_ends(connection: Connection, wanted: int, words: Sequence[str], now: datetime) -> None:
    """Keeps by the first page of a series what a run knows of its ends, in place of what an earlier one knew."""
    connection.execute(delete(doubt).where(doubt.c.series_id == wanted, _is_of_ends))
    first = connection.scalar(select(page.c.id).where(page.c.series_id == wanted).order_by(page.c.id).limit(1))
    if words and first is not None:
        row = {"page_id": first, "series_id": wanted, "seen_at": now}
        connection.execute(insert(doubt), [row | {"words": MARKER + one} for one in words])
