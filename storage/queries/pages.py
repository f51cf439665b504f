"""Pages and how they came to be what they are."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, false, func, select, union

from storage.frontier.due import PART
from storage.frontier.series import series_id
from storage.queries import doubts
from storage.rows import CaptureRow, KnownAddress, MentionRow, PageHistory, PageRow, RevisionRow
from storage.schema import capture, mention, page, revision, series, story, text
from storage.schema.selecting import columns_of
from wangqi.outcomes import ACCOUNTED, FAILURES
from wangqi.series.ends import ANOTHER_WORK, FILED_ELSEWHERE
from wangqi.urls import url_digest

_LONGEST_PATH = 1_000  # steps; a path is as long as the series' chain of previous issues
_MOST_PAGES = 50
_origin = page.alias("origin")
_pages = select(*columns_of(PageRow, page, discovered_from=_origin.c.url)).select_from(
    page.outerjoin(_origin, _origin.c.id == page.c.discovered_from)
)
_revisions = (
    select(*columns_of(RevisionRow, revision, page, text))
    .join(page, page.c.id == revision.c.page_id)
    .join(text, text.c.id == revision.c.text_id)
    .order_by(revision.c.id)
)
_mentions = (
    select(*columns_of(MentionRow, mention, by_url=page.c.url, by_story_id=page.c.story_id))
    .join(page, page.c.id == mention.c.page_id)
    .where(mention.c.current)
    .order_by(mention.c.page_id, mention.c.position)
)


# Of a part, the story has another address.
_is_story = and_(page.c.story_id.is_not(None), func.coalesce(page.c.outcome, "") != PART)


def page_rows(connection: Connection, condition: ColumnElement[bool]) -> list[PageRow]:
    """In the order of their discovery."""
    query = _pages.where(condition).order_by(page.c.id)
    return [PageRow(**row._asdict()) for row in connection.execute(query)]


def visited(connection: Connection, run_id: int, outcomes: Sequence[str], limit: int) -> list[PageRow]:
    """In the order of their discovery."""
    chosen = _pages.where(page.c.run_id == run_id, page.c.outcome.in_(outcomes)).order_by(page.c.id).limit(limit)
    return [PageRow(**row._asdict()) for row in connection.execute(chosen)]


def unconfirmed(connection: Connection, series_id: int) -> list[PageRow]:
    """In the order of their discovery."""
    lacking = page.c.story_id.is_(None) & page.c.unconfirmed_since.is_not(None)
    failed = page.c.watch & page.c.outcome.in_(FAILURES | ACCOUNTED)
    lost = failed & (page.c.story_id.is_(None) | page.c.unconfirmed_since.is_not(None))
    return page_rows(connection, (page.c.series_id == series_id) & (lacking | lost))


def revision_rows(connection: Connection, condition: ColumnElement[bool]) -> list[RevisionRow]:
    """Oldest first."""
    return [RevisionRow(**row._asdict()) for row in connection.execute(_revisions.where(condition))]


def mention_rows(connection: Connection, condition: ColumnElement[bool]) -> list[MentionRow]:
    """Only lines that the newest reading of their page still has."""
    return [MentionRow(**row._asdict()) for row in connection.execute(_mentions.where(condition))]


def captures_of(connection: Connection, page_id: int) -> list[CaptureRow]:
    """Oldest first."""
    rows = connection.execute(select(capture).where(capture.c.page_id == page_id).order_by(capture.c.id))
    return [
        CaptureRow(**row._asdict() | {"payload_sha256": row.payload_sha256.hex() if row.payload_sha256 else None})
        for row in rows
    ]


def why(connection: Connection, url_or_title: str, title_key: str = "") -> list[PageHistory]:
    """The history of the page at this canonical URL, or of the pages whose story or link has this title."""
    found = page_rows(connection, page.c.url_sha256 == url_digest(url_or_title))
    if not found:
        found = page_rows(connection, page.c.id.in_(_ids_by_title(connection, url_or_title, title_key)))
    return [_history(connection, one) for one in found]


def _ids_by_title(connection: Connection, title: str, key: str) -> Sequence[int]:
    # Keys are indexed within a series.
    of_any = select(series.c.id)
    aimed_at = select(page.c.id).join(mention, mention.c.url_sha256 == page.c.url_sha256)
    spelt = [
        select(page.c.id).where(page.c.title == title),
        select(revision.c.page_id).where(revision.c.title == title),
        aimed_at.where(mention.c.title == title),
    ]
    keyed = [
        select(page.c.id)
        .join(story, story.c.id == page.c.story_id)
        .where(story.c.series_id.in_(of_any), story.c.title_key == key),
        aimed_at.where(mention.c.series_id.in_(of_any), mention.c.title_key == key),
    ]
    return list(connection.scalars(union(*spelt, *(keyed if key else ())).limit(_MOST_PAGES)))


def _history(connection: Connection, one: PageRow) -> PageHistory:
    digest = url_digest(one.url)
    carried = mention.c.url_sha256 == digest
    return PageHistory(
        page=one,
        path=_path(connection, one.id),
        captures=captures_of(connection, one.id),
        revisions=revision_rows(connection, revision.c.page_id == one.id),
        named_by=mention_rows(connection, carried),
        doubts=doubts.of_page(connection, one.id),
    )


def _path(connection: Connection, page_id: int) -> list[str]:
    path: list[str] = []
    step: int | None = page_id
    while step is not None and len(path) < _LONGEST_PATH:
        row = connection.execute(select(page.c.url, page.c.discovered_from).where(page.c.id == step)).one()
        path.append(row.url)
        step = row.discovered_from
    return path[::-1]


def addresses(connection: Connection, wanted: int | str) -> list[KnownAddress]:
    other = page.alias()
    is_of_another = func.coalesce(page.c.reason.startswith(ANOTHER_WORK), false()).label("is_of_another")
    is_elsewhere = func.coalesce(page.c.reason.startswith(FILED_ELSEWHERE), false()).label("is_elsewhere")
    found_on = other.c.url.label("found_on")
    query = select(page.c.url, page.c.found_reason, _is_story.label("has_story"), found_on, is_of_another, is_elsewhere)
    query = query.select_from(page).outerjoin(other, other.c.id == page.c.discovered_from)
    chosen = query.where(page.c.series_id == series_id(connection, wanted))
    return [KnownAddress(**row._asdict()) for row in connection.execute(chosen)]
