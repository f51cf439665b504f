"""Captures with the bytes that they brought, in the order in which pages came to be known."""

from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from storage.frontier.series import series_id
from storage.queries.pages import captures_of
from storage.queries.stories import Read
from storage.rows import KeptCapture
from storage.schema import page, share, story

_BATCH = 100
_pages = select(page.c.id, page.c.url, story.c.title).outerjoin(story, story.c.id == page.c.story_id)


def of_series(read: Read, wanted: int | str | None) -> Iterator[KeptCapture]:
    """Of all pages that a series knows, those without a story among them; None is every page of the archive."""
    chosen = read(lambda c: _known_to(c, wanted))
    last = 0
    while ids := read(partial(_next, chosen=[*chosen, page.c.id > last])):
        last = ids[-1]
        yield from read(partial(_captures, chosen=page.c.id.in_(ids)))


def of_stories(read: Read, story_ids: Sequence[int]) -> list[KeptCapture]:
    """Of all pages that carry one of these stories, or a part of it."""
    return read(partial(_captures, chosen=page.c.story_id.in_(story_ids)))


def _known_to(connection: Connection, wanted: int | str | None) -> list[ColumnElement[bool]]:
    if wanted is None:
        return []
    number = series_id(connection, wanted)
    shared = select(share.c.page_id).where(share.c.series_id == number)
    return [or_(page.c.series_id == number, page.c.id.in_(shared))]


def _next(connection: Connection, chosen: Sequence[ColumnElement[bool]]) -> list[int]:
    query = select(page.c.id).where(*chosen).order_by(page.c.id).limit(_BATCH)
    return list(connection.scalars(query))


def _captures(connection: Connection, chosen: ColumnElement[bool]) -> list[KeptCapture]:
    query: Select[int, str, str] = _pages.where(chosen).order_by(page.c.id)
    return [
        KeptCapture(page_url=url, story_title=title, capture=capture)
        for number, url, title in connection.execute(query).all()
        for capture in captures_of(connection, number)
    ]
