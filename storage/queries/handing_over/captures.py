"""Captures with the bytes that they brought, in the order in which pages came to be known; those of files behind."""

from collections.abc import Iterator, Sequence
from functools import partial
from http import HTTPStatus

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from storage.frontier.series import series_id
from storage.queries.pages import captures_of
from storage.queries.stories import Read
from storage.rows import CaptureRow, KeptCapture
from storage.schema import file, image, page, revision, share, story

_BATCH = 100
_pages = select(page.c.id, page.c.url, story.c.title).outerjoin(story, story.c.id == page.c.story_id)


def of_series(read: Read, wanted: int | str | None) -> Iterator[KeptCapture]:
    """Of all pages that a series knows, those without a story among them; None is every page of the archive."""
    chosen = read(lambda c: _known_to(c, wanted))
    last = 0
    while ids := read(partial(_next, chosen=[*chosen, page.c.id > last])):
        last = ids[-1]
        yield from read(partial(_captures, chosen=page.c.id.in_(ids)))
    shown = read(lambda c: _shown_in(c, wanted))
    last = 0
    while files := read(partial(_files, chosen=[*shown, file.c.id > last], limit=_BATCH)):
        last = files[-1][0]
        yield from (kept for _, kept in files)


def of_stories(read: Read, story_ids: Sequence[int]) -> list[KeptCapture]:
    """Of all pages that carry one of these stories, or a part of it, and of all files that it shows."""
    shows = select(image.c.file_id).join(revision, revision.c.id == image.c.revision_id)
    files = file.c.id.in_(shows.where(revision.c.story_id.in_(story_ids)))
    found = read(partial(_captures, chosen=page.c.story_id.in_(story_ids)))
    return [*found, *(kept for _, kept in read(partial(_files, chosen=[files])))]


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


def _shown_in(connection: Connection, wanted: int | str | None) -> list[ColumnElement[bool]]:
    return [] if wanted is None else [file.c.series_id == series_id(connection, wanted)]


def _files(
    connection: Connection, chosen: Sequence[ColumnElement[bool]], limit: int | None = None
) -> list[tuple[int, KeptCapture]]:
    """The answers that brought pictures and attachments, or refused them, each with the id of its file."""
    is_refused = and_(file.c.status >= HTTPStatus.BAD_REQUEST, file.c.fetched_at.is_not(None))
    is_told = or_(file.c.payload_sha256.is_not(None), is_refused)
    query = select(file).where(is_told, *chosen).order_by(file.c.id).limit(limit)
    return [
        (
            row.id,
            KeptCapture(
                page_url=row.url,
                story_title=None,
                capture=CaptureRow(
                    id=0,
                    page_id=0,
                    run_id=row.run_id,
                    kind="response",
                    url=row.answered_url or row.url,
                    fetched_at=row.fetched_at,
                    status=row.status,
                    headers=row.headers or {},
                    payload_sha256=row.payload_sha256.hex() if row.payload_sha256 else None,
                    outcome=row.outcome,
                    change=None,
                    reason=row.reason,
                ),
            ),
        )
        for row in connection.execute(query)
    ]
