"""A question of words as the full-text index of each database takes it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    cast,
    column,
    desc,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
)

from storage.works.search_index import OF_STORY
from wangqi.search.query import And, Not, Or, Query, Words

# A hit in a title counts ten times one in the text, one in another field three times.
_WEIGHTS: Final = {"words": 1, "title": 10, "author": 3, "source": 3, "subject": 3}
_ANYWHERE: Final = ("words", "title")


def is_findable(query: Query) -> bool:
    """Whether the index alone can answer: words only, and some of them must be there."""
    if isinstance(query, And):
        return all(map(is_of_words, query.parts)) and any(map(is_findable, query.parts))
    return isinstance(query, Words) or (isinstance(query, Or) and all(map(is_findable, query.parts)))


def entries(connection: Connection, query: Query, series_ids: Sequence[int] | None = None) -> Select[int]:
    """The ids of the entries that answer a findable question, in no order."""
    return _of(connection).entries(query, series_ids)


def ranked(connection: Connection, query: Query, ids: Sequence[int]) -> list[int]:
    """These entries, those first in which the words of the question stand in the title, or often."""
    return list(connection.scalars(_of(connection).ranking(query, ids)))


def story_of(entry: ColumnElement[int]) -> ColumnElement[int]:
    """The id of an entry's story, which its lower bits are."""
    return entry.bitwise_and(literal_column(str(OF_STORY)))


def is_of_words(query: Query) -> bool:
    """Whether it is findable, or refuses what is."""
    return is_findable(query.part if isinstance(query, Not) else query)


class _SQLite:
    """FTS5: https://www.sqlite.org/fts5.html#full_text_query_syntax."""

    _index = table("story_fts", column("rowid", BigInteger))

    def entries(self, query: Query, series_ids: Sequence[int] | None) -> Select[int]:
        asked = self._written(query)
        if series_ids is not None:
            of_series = " OR ".join(f'series : "{number}"' for number in series_ids)
            asked = f"({asked}) AND ({of_series})"
        return select(self._index.c.rowid.label("id")).where(_matches(asked))

    def ranking(self, query: Query, ids: Sequence[int]) -> Select[int]:
        rank = func.bm25(literal_column("story_fts"), literal(0), *map(literal, _WEIGHTS.values()))
        among = literal_column("+rowid").in_(ids)  # the sign keeps SQLite from asking the index once an entry
        chosen = select(self._index.c.rowid).where(_matches(self._written(query)), among)
        return chosen.order_by(rank, self._index.c.rowid.desc())

    def _written(self, query: Query) -> str:
        if isinstance(query, Words):
            columns = query.field or f"{{{' '.join(_ANYWHERE)}}}"
            return f'{columns} : "{" ".join(query.phrase.tokens)}"{" *" if query.phrase.is_prefix else ""}'
        parts = query.parts if isinstance(query, And | Or) else ()
        wanted = [f"({self._written(part)})" for part in parts if not isinstance(part, Not)]
        refused = [f" NOT ({self._written(part.part)})" for part in parts if isinstance(part, Not)]
        return (" OR " if isinstance(query, Or) else " AND ").join(wanted) + "".join(refused)


class _PostgreSQL:
    """Columns of tsvectors. Of a story in several rows, each word is looked for in any of them."""

    _index = table(
        "story_fts",
        column("id", BigInteger),
        column("part", BigInteger),
        column("is_part", Boolean),
        column("series_id", BigInteger),
        *(column(name) for name in _WEIGHTS),
    )

    def entries(self, query: Query, series_ids: Sequence[int] | None) -> Select[int]:
        row = self._index
        in_one = and_(not_(row.c.is_part), self._written(query, self._in_this_row))
        in_parts = and_(row.c.is_part, row.c.part == 0, self._written(query, self._in_any_row))
        found = select(row.c.id).where(or_(in_one, in_parts))
        return found if series_ids is None else found.where(row.c.series_id.in_(series_ids))

    def ranking(self, query: Query, ids: Sequence[int]) -> Select[int]:
        row = self._index
        rank = sum(
            (
                weight * func.ts_rank(row.c[name], _tsquery(words))
                for words in _wanted(query)
                for name, weight in _WEIGHTS.items()
                if name in _columns(words)
            ),
            literal(0),
        )
        return (
            select(row.c.id).where(row.c.id.in_(ids)).group_by(row.c.id).order_by(desc(func.sum(rank)), row.c.id.desc())
        )

    def _written(self, query: Query, of_words: Callable[[Words], ColumnElement[bool]]) -> ColumnElement[bool]:
        if isinstance(query, Words):
            return of_words(query)
        if isinstance(query, Not):
            return not_(self._written(query.part, of_words))
        assert isinstance(query, And | Or)
        parts = [self._written(part, of_words) for part in query.parts]
        return and_(*parts) if isinstance(query, And) else or_(*parts)

    def _in_this_row(self, words: Words) -> ColumnElement[bool]:
        return or_(*(self._index.c[name].bool_op("@@")(_tsquery(words)) for name in _columns(words)))

    def _in_any_row(self, words: Words) -> ColumnElement[bool]:
        other = self._index.alias()
        holds = or_(*(other.c[name].bool_op("@@")(_tsquery(words)) for name in _columns(words)))
        return self._index.c.id.in_(select(other.c.id).where(other.c.is_part, holds))


_DATABASES: Final[dict[str, _SQLite | _PostgreSQL]] = {"sqlite": _SQLite(), "postgresql": _PostgreSQL()}


def _of(connection: Connection) -> _SQLite | _PostgreSQL:
    return _DATABASES[connection.dialect.name]


def _columns(words: Words) -> tuple[str, ...]:
    return (words.field,) if words.field else _ANYWHERE


def _wanted(query: Query) -> Iterable[Words]:
    """The words that must or may stand in a hit."""
    if isinstance(query, Words):
        yield query
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from _wanted(part)


def _matches(asked: str) -> ColumnElement[bool]:
    return literal_column("story_fts").bool_op("MATCH")(bindparam(None, asked))


def _tsquery(words: Words) -> ColumnElement[Any]:
    """Tokens are letters and digits only, so that nothing in them needs quoting."""
    from sqlalchemy.dialects.postgresql import TSQUERY  # noqa: PLC0415 - SQLite does without its drivers

    tokens = [f"'{token}'" for token in words.phrase.tokens]
    if words.phrase.is_prefix:
        tokens[-1] += ":*"
    return cast(" <-> ".join(tokens), TSQUERY)
