"""What a page showed and nobody followed, as it is asked for."""

from collections.abc import Sequence

from sqlalchemy import Connection, not_, select

from storage.frontier.series import series_id
from storage.rows import DoubtRow
from storage.rulings.belonging import is_foreign
from storage.schema import doubt, page


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
