"""Doubts: what a page showed and nobody followed, so that a series may have more than is known of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, not_, select

from storage.belonging import is_foreign
from storage.records import PageRecord
from storage.rows import DoubtRow
from storage.schema import doubt, page
from storage.series import series_id
from wangqi.series.ends import MARKER

_MOST: Final = 20  # a page
_is_of_ends = doubt.c.words.startswith(MARKER)
_forget = delete(doubt).where(
    doubt.c.page_id == bindparam("page"), doubt.c.series_id == bindparam("series"), not_(_is_of_ends)
)


def keep(connection: Connection, page_id: int, record: PageRecord, now: datetime) -> None:
    """Makes the doubts of the page those of this reading; a visit that read nothing leaves them as they are."""
    words = record.doubts or () if record.outcome == "out_of_scope" else record.doubts
    if words is None:
        return
    connection.execute(_forget, {"page": page_id, "series": record.series_id})
    new = list(dict.fromkeys(words))[:_MOST]
    if new:
        row = {"page_id": page_id, "series_id": record.series_id, "seen_at": now}
        connection.execute(insert(doubt), [row | {"words": one} for one in new])


def tell_ends(connection: Connection, wanted: int, words: str | None, now: datetime) -> None:
    """Keeps by the first page of a series what a run knows of its ends, in place of what an earlier one knew."""
    connection.execute(delete(doubt).where(doubt.c.series_id == wanted, _is_of_ends))
    first = connection.scalar(select(page.c.id).where(page.c.series_id == wanted).order_by(page.c.id).limit(1))
    if words and first is not None:
        row = {"page_id": first, "series_id": wanted, "seen_at": now, "words": MARKER + words}
        connection.execute(insert(doubt), [row])


def rows(connection: Connection, wanted: int | str) -> list[DoubtRow]:
    """Each doubt of the series once, as first seen, with the number of pages that gave it."""
    query = select(doubt.c.words, page.c.url).join(page, page.c.id == doubt.c.page_id)
    given = query.where(
        doubt.c.series_id == series_id(connection, wanted), not_(is_foreign(doubt.c.page_id, doubt.c.series_id))
    )
    urls: dict[str, list[str]] = {}
    for words, url in connection.execute(given.order_by(doubt.c.page_id, doubt.c.id)):
        urls.setdefault(words, []).append(url)
    return [DoubtRow(words=words, url=where[0], pages=len(where)) for words, where in urls.items()]


def of_page(connection: Connection, page_id: int) -> Sequence[str]:
    """In words, whichever series has them."""
    told = select(doubt.c.words).where(doubt.c.page_id == page_id).order_by(doubt.c.id)
    return tuple(dict.fromkeys(connection.scalars(told)))
