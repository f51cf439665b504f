"""Stories as a reader asks for them."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, case, func, literal, select, tuple_

from storage import files, queries
from storage import works as of_works
from storage.db.dialects import by_code_point
from storage.frontier.series import COUNTED, series_id
from storage.rows import FindingRow, Sort, StoryDetail, StoryRow
from storage.schema import finding, mention, page, revision, series, text
from storage.schema import story as works
from storage.schema.selecting import columns_of

if TYPE_CHECKING:
    from wangqi.search.query import Query

T = TypeVar("T")

_BATCH = 200
_carrier = page.alias("carrier")
COPIES: Final = (
    select(func.count())
    .where(_carrier.c.story_id == works.c.id, _carrier.c.revision_id.is_not(None))  # of an alias no text was read
    .scalar_subquery()
)
_length = (
    select(text.c.chars)
    .join(revision, revision.c.text_id == text.c.id)
    .where(revision.c.id == works.c.canonical_revision_id)
    .scalar_subquery()
)


_NAMES: Final = tuple(field.name for field in fields(StoryRow))
_stories = (
    select(
        *columns_of(
            StoryRow,
            *(works, page, text),
            series=series.c.name,
            series_title=func.coalesce(series.c.title, series.c.name),
            status=case((works.c.is_foreign, "foreign"), else_=works.c.status),
            revision_id=revision.c.id,
            copies=COPIES,
            text=text.c.body,
        )
    )
    .join(series, series.c.id == works.c.series_id)
    .join(revision, revision.c.id == works.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
    .join(text, text.c.id == revision.c.text_id)
)

# Words are compared by their code points, alike in both databases; True: the largest comes first.
_KEYS: Final[dict[Sort, tuple[ColumnElement[Any], bool]]] = {
    "published": (works.c.published_at, True),
    "seen": (works.c.first_seen_at, True),
    "number": (works.c.ordinal, False),
    "title": (by_code_point(works.c.title), False),
    "series": (by_code_point(func.coalesce(series.c.title, series.c.name)), False),
    "author": (by_code_point(works.c.author), False),
    "source": (by_code_point(works.c.source), False),
    "length": (_length, True),
    "copies": (COPIES, True),
}


class Read(Protocol):
    """Puts one question to the database, in a connection of its own."""

    def __call__(self, question: Callable[[Connection], T], /) -> T: ...


def story_rows(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[StoryRow]:
    return [_story_row(row) for row in connection.execute(query).all()]


def _story_row(facts: tuple[Any, ...]) -> StoryRow:
    return StoryRow(**dict(zip(_NAMES, facts)))  # noqa: B905 - a row is as long as its names


def story_rows_of(connection: Connection, ids: Sequence[int]) -> list[StoryRow]:
    """In no order."""
    return story_rows(connection, _stories.where(works.c.id.in_(ids)))


def of_series(connection: Connection, wanted: int | str) -> list[StoryRow]:
    """Those that count, in no order."""
    return story_rows(connection, _stories.where(works.c.series_id == series_id(connection, wanted), COUNTED))


def titles(connection: Connection, wanted: int | str) -> list[str]:
    chosen = works.c.series_id == series_id(connection, wanted)
    return list(connection.scalars(select(works.c.title).where(chosen, COUNTED)))


def published(connection: Connection, wanted: int | str, limit: int) -> list[datetime]:
    moments = select(works.c.published_at).where(works.c.series_id == series_id(connection, wanted), COUNTED)
    moments = moments.where(works.c.published_at.is_not(None)).order_by(works.c.published_at.desc())
    return list(connection.scalars(moments.limit(limit)))


def named_titles(connection: Connection, wanted: int | str) -> list[str]:
    chosen = mention.c.series_id == series_id(connection, wanted)
    return list(connection.scalars(select(mention.c.title).where(chosen, mention.c.current).distinct()))


def stories(
    read: Read,
    wanted: int | str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    *,
    query: "Query | None" = None,
    sort: Sort = "published",
    reverse: bool = False,
) -> Iterator[StoryRow]:
    """A batch a question, so that neither memory nor a lock is held while the caller takes his time."""
    if sort == "published" and not reverse:
        return map(_story_row, facts(read, wanted, since, until, limit, query=query))
    conditions = read(lambda c: _chosen(c, wanted, since, until, query))
    return _sorted(read, conditions, sort, limit, reverse=reverse)


def facts(
    read: Read,
    wanted: int | str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    *,
    query: "Query | None" = None,
) -> Iterator[tuple[Any, ...]]:
    """The same, the newest first, as values in the order of the fields of `StoryRow`: a tenth less work for a table."""
    conditions = read(lambda c: _chosen(c, wanted, since, until, query))
    dated = [*conditions, works.c.published_at.is_not(None)]
    ways: list[tuple[list[ColumnElement[bool]], tuple[Column[Any], ...]]] = [
        (dated, (works.c.published_at, works.c.id))
    ]
    if since is None and until is None:
        ways.append(([*conditions, works.c.published_at.is_(None)], (works.c.id,)))
    return islice(chain.from_iterable(_walk(read, chosen, keys) for chosen, keys in ways), limit)


def count(
    connection: Connection,
    wanted: int | str | None,
    since: datetime | None,
    until: datetime | None,
    query: "Query | None",
) -> int:
    """How many `stories` would answer."""
    chosen = _chosen(connection, wanted, since, until, query)
    return connection.scalar(select(func.count()).select_from(works).where(*chosen)) or 0


def _chosen(
    connection: Connection,
    wanted: int | str | None,
    since: datetime | None,
    until: datetime | None,
    query: "Query | None",
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [works.c.merged_into.is_(None)]
    if wanted is not None:
        conditions.append(COUNTED)
        conditions.append(works.c.series_id == series_id(connection, wanted))
    if query is not None:
        conditions.append(queries.search.indexed.condition(connection, query))
    if since is not None:
        conditions.append(works.c.published_at >= since)
    if until is not None:
        conditions.append(works.c.published_at < until)
    return conditions


def _sorted(
    read: Read, chosen: Sequence[ColumnElement[bool]], sort: Sort, limit: int | None, *, reverse: bool
) -> Iterator[StoryRow]:
    """Eight bytes a story are held: its place is settled at the beginning. What has no value stands last."""
    key, is_falling = _KEYS[sort]
    falls = is_falling is not reverse
    order = [key.is_(None), key.desc() if falls else key.asc(), works.c.id.desc() if falls else works.c.id.asc()]
    query = select(works.c.id).join(series, series.c.id == works.c.series_id).where(*chosen).order_by(*order)
    ids = read(lambda c: array("q", c.scalars(query.limit(limit))))
    for start in range(0, len(ids), _BATCH):
        batch = list(ids[start : start + _BATCH])
        found = read(partial(story_rows_of, ids=batch))
        rows = {row.id: row for row in found}
        yield from (rows[one] for one in batch if one in rows)


def standing(connection: Connection, story_id: int) -> StoryRow | None:
    """The story; of one that was merged, the story it became."""
    found = story_rows(connection, _stories.where(works.c.id == story_id))
    if found and found[0].merged_into is not None:
        return standing(connection, found[0].merged_into)
    return found[0] if found else None


def story(connection: Connection, story_id: int) -> StoryDetail | None:
    """A story with all that belongs to it; of one that was merged, the story it became."""
    one = standing(connection, story_id)
    if one is None:
        return None
    revisions = queries.pages.revision_rows(connection, revision.c.story_id == one.id)
    canonical = next(row for row in revisions if row.id == one.revision_id)
    return StoryDetail(
        story=one,
        pages=queries.pages.page_rows(connection, page.c.story_id == one.id),
        revisions=revisions,
        mentions=queries.pages.mention_rows(connection, mention.c.page_id == canonical.page_id),
        named_by=queries.pages.mention_rows(connection, mention.c.story_id == one.id),
        findings=finding_rows(connection, [row.id for row in revisions]),
        relations=of_works.relations.of_texts(connection, sorted({row.text_id for row in revisions})),
        files=files.wanted.of_revisions(connection, [canonical.id], with_texts=True),
    )


def beside(connection: Connection, one: StoryRow) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
    """The stories before and behind this one in its series, by their dates: id and title."""
    if one.published_at is None:
        return None, None
    when = tuple_(works.c.published_at, works.c.id)
    here = tuple_(literal(one.published_at, works.c.published_at.type), literal(one.id))
    chosen = select(works.c.id, works.c.title).where(works.c.series_id == one.series_id, COUNTED).limit(1)
    before = connection.execute(chosen.where(when < here).order_by(works.c.published_at.desc(), works.c.id.desc()))
    behind = connection.execute(chosen.where(when > here).order_by(works.c.published_at, works.c.id))
    found = [(row.id, row.title) if (row := rows.first()) else None for rows in (before, behind)]
    return found[0], found[1]


def _walk(
    read: Read, chosen: Sequence[ColumnElement[bool]], keys: tuple[Column[Any], ...]
) -> Iterator[Row[*tuple[Any, ...]]]:
    query = _stories.where(*chosen).order_by(*(key.desc() for key in keys)).limit(_BATCH)
    batch = read(partial(_all, query=query))
    while batch:
        yield from batch
        if len(batch) < _BATCH:
            return
        last = tuple_(*(literal(getattr(batch[-1], key.name), key.type) for key in keys))
        further = query.where(tuple_(*keys) < last)
        batch = read(partial(_all, query=further))


def _all(connection: Connection, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    return connection.execute(query).all()


def finding_rows(connection: Connection, revision_ids: Sequence[int]) -> list[FindingRow]:
    """On these revisions, in the order in which they were made."""
    query = select(*columns_of(FindingRow, finding)).where(finding.c.revision_id.in_(revision_ids))
    rows = connection.execute(query.order_by(finding.c.id))
    return [FindingRow(**row._asdict()) for row in rows]
