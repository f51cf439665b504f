"""The full-text index of both databases: what it keeps of each story.

An entry's id begins with the minute of publication, so that the index itself lists the newest story first: 0.5 ms at
300,000 stories where sorting by relevance takes 164. Stories without a date come last.

A tsvector of PostgreSQL counts 256 places of a token and none above 16,383. There a longer text has several rows, which
overlap by the longest phrase that can be asked for.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, text

from storage.files.said import words_of_each
from storage.schema.columns import Moment
from wangqi.search.bigrams import index_words
from wangqi.search.parsing import LONGEST_PHRASE
from wangqi.search.query import TEXT_FIELDS

logger = logging.getLogger(__name__)
_TELL: Final = 5.0  # seconds between two lines of how far an index is filled
_STORY_BITS: Final = 32
OF_STORY: Final = 2**_STORY_BITS - 1  # `entry id & OF_STORY` is the story's
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_PLACES: Final = 255
_LAST_PLACE: Final = 12_000  # a tsvector ends at 1 MB, too
_MOST_PARTS: Final = 500  # of one text; of what lies behind, the places of a token that fills it are left out
_BATCH: Final = 200

FACTS: Final = TEXT_FIELDS
_ADD: Final = {
    "sqlite": text(
        "INSERT INTO story_fts (rowid, series, words, title, author, source, subject)"
        " VALUES (:id, :series, :words, :title, :author, :source, :subject)"
    ),
    "postgresql": text(
        "INSERT INTO story_fts (id, part, is_part, series_id, words, title, author, source, subject)"
        " VALUES (:id, :part, :is_part, :series, CAST(:words AS tsvector), CAST(:title AS tsvector),"
        " CAST(:author AS tsvector), CAST(:source AS tsvector), CAST(:subject AS tsvector))"
    ),
}
_DROP: Final = {
    "sqlite": text(
        "INSERT INTO story_fts (story_fts, rowid, series, words, title, author, source, subject)"
        " VALUES ('delete', :id, :series, :words, :title, :author, :source, :subject)"
    ),
    "postgresql": text("DELETE FROM story_fts WHERE id = :id"),
}
_STORIES: Final = text(
    "SELECT story.id AS story_id, story.series_id, story.published_at, text.body, revision.title, revision.author,"
    " revision.source, revision.subject, revision.id AS revision_id"
    " FROM story JOIN revision ON revision.id = story.canonical_revision_id JOIN text ON text.id = revision.text_id"
    " WHERE story.merged_into IS NULL AND story.id > :behind ORDER BY story.id LIMIT :most"
).columns(published_at=Moment)
_COUNT: Final = text("SELECT count(*) FROM story WHERE merged_into IS NULL AND canonical_revision_id IS NOT NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the index knows of a story: the facts and the text of its canonical revision.

    Attributes:
        words: `index_words` of the text, where somebody has worked it out already.
        files: What its pictures and attachments say, in their order; found as the text is, behind it.
    """

    story_id: int
    series_id: int
    published_at: datetime | None
    title: str
    author: str | None
    source: str | None
    subject: str | None
    body: str
    words: str | None = None
    files: str = ""

    @property
    def id(self) -> int:
        minute = 0 if self.published_at is None else (self.published_at - _EPOCH) // timedelta(minutes=1)
        return (minute << _STORY_BITS) + self.story_id

    def tokens(self) -> dict[str, str]:
        """Of each field, parted by spaces."""
        words = index_words(self.body) if self.words is None else self.words
        if self.files:
            words = f"{words} {index_words(self.files)}"
        return {"words": words, **{name: index_words(getattr(self, name) or "") for name in FACTS}}


def add(connection: Connection, entry: Entry) -> None:
    connection.execute(_ADD[connection.dialect.name], rows_of(connection, entry))


def drop(connection: Connection, entry: Entry) -> None:
    """Takes out an entry. It must be told exactly what was put in: the index keeps no text."""
    rows = rows_of(connection, entry) if connection.dialect.name == "sqlite" else [{"id": entry.id}]
    connection.execute(_DROP[connection.dialect.name], rows)


def fill(connection: Connection, *, with_files: bool = True, behind: int = 0) -> int:
    """Puts every story into an index that is empty, and answers how many; the log says how far a long one is.

    `with_files`: also what its files say, for which an older archive has no table yet. `behind`: the index has the
    stories up to this one.
    """
    done = 0
    of, told = connection.execute(_COUNT).scalar_one(), time.monotonic()
    while found := connection.execute(_STORIES, {"behind": behind, "most": _BATCH}).mappings().all():
        files = words_of_each(connection, [row["revision_id"] for row in found]) if with_files else {}
        entries = []
        for row in found:
            values = dict(row)
            entries.append(Entry(files=files.get(values.pop("revision_id"), ""), **values))
        connection.execute(_ADD[connection.dialect.name], [row for one in entries for row in rows_of(connection, one)])
        behind, done = found[-1]["story_id"], done + len(found)
        if time.monotonic() - told >= _TELL:
            logger.warning("The search index is made anew, once: %s of %s stories", f"{done:,}", f"{of:,}")
            told = time.monotonic()
    return done


def rows_of(connection: Connection, entry: Entry) -> list[dict[str, object]]:
    """The values of its rows."""
    tokens = entry.tokens()
    row = {"id": entry.id, "series": str(entry.series_id), **tokens}
    if connection.dialect.name == "sqlite":
        return [row]
    parts = list(_parts(tokens.pop("words").split()))
    facts = {name: _tsvector(line.split()) for name, line in tokens.items()}
    shared = {"id": entry.id, "series": entry.series_id, "is_part": len(parts) > 1}
    return [
        {**shared, "part": number, "words": _tsvector(part), **(facts if number == 0 else dict.fromkeys(facts, ""))}
        for number, part in enumerate(parts)
    ]


def _parts(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    """The text in pieces that a tsvector can hold, at least one."""
    start = number = 0
    while True:
        end = _end(tokens, start) if number < _MOST_PARTS else min(len(tokens), start + _LAST_PLACE)
        yield tokens[start:end]
        if end == len(tokens):
            return
        start, number = end - LONGEST_PHRASE, number + 1


def _end(tokens: Sequence[str], start: int) -> int:
    """How far a piece reaches that begins here."""
    counted: defaultdict[str, int] = defaultdict(int)
    for place in range(start, min(len(tokens), start + _LAST_PLACE)):
        counted[tokens[place]] += 1
        if counted[tokens[place]] > _MOST_PLACES:
            return place
    return min(len(tokens), start + _LAST_PLACE)


def _tsvector(tokens: Sequence[str]) -> str:
    """The literal. Tokens are letters and digits only, so that nothing in them needs quoting."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens, 1):
        places[token].append(place)
    return " ".join(f"'{token}':{','.join(map(str, where[:_MOST_PLACES]))}" for token, where in places.items())
