"""The full-text index beside the texts that it was made of: each story's words, at their places."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select, text

from storage.files.said import words_of
from storage.schema import page, revision, story
from storage.schema import text as words
from storage.upkeep.damage import MENDED, Damage, Hurt, Looking
from storage.upkeep.fts_pages import is_leaf, is_well_built
from storage.works.search_index import FACTS, OF_STORY, Entry, rows_of

ENTRIES: Final = (
    select(story.c.id, story.c.series_id, revision.c.published_at, words.c.body, page.c.url, revision.c.id.label("of"))
    .add_columns(*(revision.c[name] for name in FACTS))
    .join(revision, revision.c.id == story.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
    .join(words, words.c.id == revision.c.text_id)
)
_VIEW: Final = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.story_terms USING fts5vocab(main, story_fts, instance)"
_TERMS: Final = text("SELECT doc, term, col, offset FROM temp.story_terms WHERE (doc & :mask) % :of = :part")
_SIZES: Final = text("SELECT id, sz FROM story_fts_docsize WHERE (id & :mask) % :of = :part")
_PAGES: Final = text("SELECT id, block FROM story_fts_data WHERE id > 10 AND id % :of = :part")
_ALL_SIZES: Final = text("SELECT sz FROM story_fts_docsize")
_SUMS: Final = text("SELECT block FROM story_fts_data WHERE id = 1")
_SOUGHT: Final = "SELECT rowid FROM story_fts WHERE story_fts MATCH ? AND rowid = ?"
_KEPT: Final = text(
    "SELECT count(*) FROM story_fts WHERE id = :id AND part = :part AND is_part = :is_part AND series_id = :series"
    " AND words = CAST(:words AS tsvector) AND title = CAST(:title AS tsvector) AND author = CAST(:author AS tsvector)"
    " AND source = CAST(:source AS tsvector) AND subject = CAST(:subject AS tsvector)"
)
_PARTS: Final = text("SELECT count(*) FROM story_fts WHERE id = :id")
_IDS: Final = text("SELECT id FROM story_fts WHERE (id & :mask) % :of = :part ORDER BY id")
_WORD: Final = (1 << 64) - 1


@dataclass(slots=True)
class _Found:
    """What an index of SQLite holds of an entry: a sum over its words and their places, and the sizes that it noted."""

    total: int = 0
    sizes: bytes = b""


def entry_of(connection: Connection, row: Row[*tuple[Any, ...]]) -> Entry:
    """What the index should have of a row of `ENTRIES`."""
    own = {name: getattr(row, name) for name in ("series_id", "published_at", "body", *FACTS)}
    return Entry(story_id=row.id, files=words_of(connection, row.of), **own)


def check_search(looking: Looking) -> Iterator[Damage]:
    """One entry a story that is not merged, made of its title and text; and no other entry."""
    wanted = looking.keys(story.c.id, story.c.merged_into.is_(None), looking.part.among(story.c.id))
    is_sqlite = looking.connection.dialect.name == "sqlite"
    seen: dict[tuple[str, str], int] = {}
    found = looking.attempt(lambda: _terms(looking, seen) if is_sqlite else _ids(looking))
    if isinstance(found, str):
        yield Damage(check="search", thing="the search index", fact=f"it cannot be read: {found}", advice=MENDED)
        return
    for _, row in looking.rows(ENTRIES, story.c.id, wanted):
        if not isinstance(row, Row):  # what is torn there, other checks tell
            continue
        entry = entry_of(looking.connection, row)
        kept = found.pop(entry.id, None)
        if not (kept == _expected(entry) if is_sqlite else kept is not None and _is_kept(looking, entry)):
            fact = "the search index does not have its words as they are" if kept else "the search index lacks it"
            hurt = (Hurt(row.id, row.title, row.url),)
            yield Damage(check="search", thing=f"story {row.id}", key=row.id, fact=fact, advice=MENDED, stories=hurt)
    for entry_id in sorted(found):
        fact = "the search index has an entry that no story has made"
        yield Damage(check="search", thing=f"entry {entry_id}", fact=fact, advice=MENDED)
    if is_sqlite:
        for term, entry_id in _unreached(looking, seen):
            fact = f"the search index does not lead from {term!r} to entry {entry_id}, which has it"
            yield Damage(check="search", thing="the search index", fact=fact, advice=MENDED)
        yield from _pages(looking)
        if looking.part.has_name("story_fts_data"):
            yield from _sums(looking)


def _pages(looking: Looking) -> Iterator[Damage]:
    asked = _part(looking)
    for page_id, block in looking.connection.execute(_PAGES, asked):
        if is_leaf(page_id) and not is_well_built(bytes(block)):
            fact = f"its page {page_id} is not built as it should be"
            yield Damage(check="search", thing="the search index", fact=fact, advice=MENDED)


def _sums(looking: Looking) -> Iterator[Damage]:
    """The index keeps how many entries it has, and how many words in all."""
    sizes = [bytes(sz) for sz in looking.connection.execute(_ALL_SIZES).scalars()]
    sums = [len(sizes), *map(sum, zip(*map(_numbers, sizes), strict=False))]
    kept = looking.connection.execute(_SUMS).scalar() or b""
    if _numbers(bytes(kept)) != sums and any(sums):
        fact = "its sums are not those of its entries"
        yield Damage(check="search", thing="the search index", fact=fact, advice=MENDED)


def _terms(looking: Looking, seen: dict[tuple[str, str], int]) -> dict[int, _Found]:
    """Every entry of the part by its id. The index is read from end to end; only this part's words come out of it.

    In `seen`, each of these words with the last entry that has it.
    """
    connection, asked = looking.connection, _part(looking)
    connection.exec_driver_sql("PRAGMA query_only=OFF")  # the file is opened for reading alone; this is beside it
    connection.exec_driver_sql(_VIEW)
    found: dict[int, _Found] = {}
    for entry_id, sizes in connection.execute(_SIZES, asked):
        found[entry_id] = _Found(sizes=sizes)
    for entry_id, term, column, place in connection.execute(_TERMS, asked):
        one = found.setdefault(entry_id, _Found())
        one.total = (one.total + hash((term, column, place))) & _WORD
        seen[column, term] = entry_id
    return found


def _unreached(looking: Looking, seen: dict[tuple[str, str], int]) -> Iterator[tuple[str, int]]:
    """Words that reading from end to end has seen and a search does not: it takes its own way through the index."""
    cursor = looking.connection.connection.cursor()  # so many questions: SQLAlchemy takes longer for each than SQLite
    for (column, term), entry_id in seen.items():
        try:
            cursor.execute(_SOUGHT, (f'{column} : "{term}"', entry_id))
            found = cursor.fetchone()
        except sqlite3.DatabaseError:
            found = None
        if found is None or found[0] != entry_id:
            yield term, entry_id


def _part(looking: Looking) -> dict[str, int]:
    """Which entries are looked at, by the stories they are of."""
    return {"mask": OF_STORY, "of": looking.part.of, "part": looking.part.number - 1}


def _ids(looking: Looking) -> dict[int, _Found]:
    asked = _part(looking)
    return {entry_id: _Found() for entry_id in looking.connection.execute(_IDS, asked).scalars()}


def _expected(entry: Entry) -> _Found:
    columns = {"series": [str(entry.series_id)], **{name: line.split() for name, line in entry.tokens().items()}}
    total = sum(hash((term, name, at)) for name, terms in columns.items() for at, term in enumerate(terms))
    return _Found(total & _WORD, b"".join(_varint(len(terms)) for terms in columns.values()))


def _is_kept(looking: Looking, entry: Entry) -> bool:
    connection, rows = looking.connection, rows_of(looking.connection, entry)

    def kept() -> list[Any]:
        found = [connection.execute(_KEPT, row).scalar() for row in rows]
        return [*found, connection.execute(_PARTS, rows[0]).scalar()]

    return looking.attempt(kept) == [*([1] * len(rows)), len(rows)]


def _varint(number: int) -> bytes:
    """As SQLite writes numbers: seven bits a byte, the highest first.

    >>> _varint(300).hex()
    '822c'
    """
    found = [number & 0x7F]
    while number := number >> 7:
        found.append(number & 0x7F | 0x80)
    return bytes(reversed(found))


def _numbers(body: bytes) -> list[int]:
    """What `_varint` wrote, one behind the other.

    >>> _numbers(bytes.fromhex("01822c"))
    [1, 300]
    """
    found, number = [], 0
    for byte in body:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
