"""Which stories answer a question, and the best of them."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, not_, or_, select

from storage.frontier.series import COUNTED
from storage.recording.changes import is_of_publisher
from storage.schema import page, revision, series
from storage.schema import story as works
from storage.works import finding
from storage.works.search_index import OF_STORY
from wangqi.copies.ranks import TAMPERED
from wangqi.search.bigrams import fold
from wangqi.search.query import And, Is, Not, OfSeries, Or, Published, Query

MOST_RANKED: Final = 1_000  # hits; of more, the newest come first
_BATCHES: Final = (100, 1_000, 10_000)  # entries of the index a question; the last as often as it takes
_carriers = (
    select(func.count())
    .where(page.c.story_id == works.c.id, page.c.revision_id.is_not(None))
    .correlate(works)
    .scalar_subquery()
)
_of_the_story = select(revision.c.id).where(revision.c.story_id == works.c.id).correlate(works)
_KINDS: Final = {
    "copy": _carriers > 1,
    "tampered": or_(
        works.c.status == "only_tampered_copies", _of_the_story.where(revision.c.standing >= TAMPERED).exists()
    ),
    "changed": _of_the_story.where(revision.c.parent_id.is_not(None), is_of_publisher).exists(),
}


def condition(connection: Connection, query: Query) -> ColumnElement[bool]:
    """What holds of a row of `story` that answers the question."""
    if finding.is_findable(query):
        found = finding.entries(connection, query).subquery()
        return works.c.id.in_(select(finding.story_of(found.c.id)))
    if isinstance(query, And):
        words, rest = _divided(query)
        parts = query.parts if words is None else (words, rest)
        return and_(*(condition(connection, part) for part in parts if part is not None))
    if isinstance(query, Or):
        return or_(*(condition(connection, part) for part in query.parts))
    if isinstance(query, Not):
        return not_(condition(connection, query.part))
    return _fact(connection, query)


def _fact(connection: Connection, query: Query) -> ColumnElement[bool]:
    if isinstance(query, OfSeries):
        return works.c.series_id.in_(_called(connection, query.text))
    if isinstance(query, Published):
        return _is_between(query)
    assert isinstance(query, Is)
    return _KINDS[query.kind]


class Found(NamedTuple):
    """Stories that answer a question, as far as they were asked for; `total` None of more than a thousand."""

    ids: list[int]
    total: int | None
    order: Literal["best", "newest"]


def search(connection: Connection, query: Query, *, limit: int, series_id: int | None, newest: bool) -> Found:
    """Those that answer best come first.

    The newest come first where there are too many of them, where no word says what is best, or where it is asked for.
    """
    words, rest = _divided(query)
    if words is None:
        return _newest(connection, condition(connection, query), limit, series_id)
    found = list(_found(connection, words, rest, series_id, most=max(limit, MOST_RANKED + 1)))
    if len(found) > MOST_RANKED:
        return Found(_stories(found[:limit]), None, "newest")
    if newest:
        return Found(_stories(found[:limit]), len(found), "newest")
    return Found(_stories(finding.ranked(connection, words, found)[:limit]), len(found), "best")


def _divided(query: Query) -> tuple[Query | None, Query | None]:
    """What the index answers of a question, and what is asked of its answers."""
    if finding.is_findable(query):
        return query, None
    if not isinstance(query, And):
        return None, query
    words = tuple(part for part in query.parts if finding.is_of_words(part))
    if not any(map(finding.is_findable, words)):
        return None, query
    rest = tuple(part for part in query.parts if part not in words)
    return And(words), And(rest)


def _found(connection: Connection, words: Query, rest: Query | None, series_id: int | None, most: int) -> Iterator[int]:
    """Entries of the index, the newest first, at most so many."""
    entries = finding.entries(connection, words, None if series_id is None else [series_id]).subquery()
    newest = select(entries.c.id).order_by(entries.c.id.desc())
    holds = _counts(series_id) if rest is None else and_(_counts(series_id), condition(connection, rest))
    batches, size, left = iter(_BATCHES), 0, most
    below = None
    while left > 0:
        size = next(batches, size)
        chosen = newest.limit(size) if below is None else newest.where(entries.c.id < below).limit(size)
        batch = list(connection.scalars(chosen))
        good = set(connection.scalars(select(works.c.id).where(works.c.id.in_(_stories(batch)), holds)))
        kept = [entry for entry in batch if entry & OF_STORY in good][:left]
        yield from kept
        left -= len(kept)
        if len(batch) < size:
            return
        below = batch[-1]


def _newest(connection: Connection, holds: ColumnElement[bool], limit: int, series_id: int | None) -> Found:
    chosen = select(works.c.id).where(holds, _counts(series_id))
    order = (works.c.published_at.is_(None), works.c.published_at.desc(), works.c.id.desc())
    found = list(connection.scalars(chosen.order_by(*order).limit(max(limit, MOST_RANKED + 1))))
    return Found(found[:limit], len(found) if len(found) <= MOST_RANKED else None, "newest")


def _counts(series_id: int | None) -> ColumnElement[bool]:
    """Of a series, what a person called foreign to it does not count."""
    return works.c.merged_into.is_(None) if series_id is None else and_(COUNTED, works.c.series_id == series_id)


def _stories(entries: Sequence[int]) -> list[int]:
    return [entry & OF_STORY for entry in entries]


def _called(connection: Connection, wanted: str) -> list[int]:
    """The series whose name or title holds these characters."""
    key = fold(wanted)
    rows = connection.execute(select(series.c.id, series.c.name, series.c.title))
    return [number for number, name, title in rows if key in fold(name) or key in fold(title or "")]


def _is_between(query: Published) -> ColumnElement[bool]:
    """Of a story without a date this is neither true nor unknown: it is false."""
    bounds = []
    if query.since is not None:
        bounds.append(works.c.published_at >= query.since)
    if query.until is not None:
        bounds.append(works.c.published_at < query.until)
    return case((works.c.published_at.is_(None), literal(False)), else_=and_(*bounds))  # noqa: FBT003 - a value of SQL
