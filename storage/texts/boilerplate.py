"""Which paragraphs the stories of a host or series share: editor's notes, footers, 往期 lists.

A row says that a text carries a paragraph. Which story, host and series that is, is asked of its first revision, so
that stories may be merged and split without a word here. A row is some 20 bytes, and a story has eight paragraphs.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from storage.schema import page, paragraph, relation, revision
from wangqi.text.paragraphs import STORIES

# Texts that a paragraph is counted of: one that has spread so far over hosts and series is nobody's boilerplate.
MOST_TEXTS: Final = 12

_CARRIERS: Final = """
    SELECT paragraph.hash, paragraph.text_id, coalesce(story.merged_into, story.id) AS story_id, page.host,
        page.series_id
    FROM paragraph
    JOIN revision ON revision.id = (SELECT min(id) FROM revision WHERE text_id = paragraph.text_id)
    JOIN story ON story.id = revision.story_id
    JOIN page ON page.id = revision.page_id
    WHERE paragraph.hash {of}"""
_find: Final = {
    "sqlite": text(_CARRIERS.format(of="IN (SELECT value FROM json_each(:hashes))")),
    "postgresql": text(_CARRIERS.format(of="= ANY (CAST(:hashes AS bigint[]))")),
}
_parts: Final = select(relation.c.other_text_id, relation.c.relation).where(
    relation.c.text_id == bindparam("text"),
    relation.c.other_text_id.in_(bindparam("others", expanding=True)),
    relation.c.relation.in_(("excerpt", "superset")),
)
_place: Final = (
    select(page.c.host, page.c.series_id)
    .join(revision, revision.c.page_id == page.c.id)
    .where(revision.c.text_id == bindparam("text"))
    .order_by(revision.c.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is read."""

    host: str
    series_id: int


@dataclass(frozen=True, slots=True)
class _Carrier:
    text_id: int
    story_id: int
    place: Place


def place_of(connection: Connection, text_id: int) -> Place:
    """Where a stored text was first read."""
    row = connection.execute(_place, {"text": text_id}).one()
    return Place(row.host, row.series_id)


def stories(
    connection: Connection, hashes: Sequence[int], place: Place, story_id: int | None, before: int | None = None
) -> dict[int, int]:
    """How many stories carry each paragraph on the one host, or in the one series, where most do.

    The story that asks, at its place, is one of them. One that is not stored yet has no id. With `before`, an id, only
    texts that came before that one are asked.
    """
    found = _carriers(connection, hashes)
    if before is not None:
        found = {key: [one for one in carriers if one.text_id < before] for key, carriers in found.items()}
    return {key: _counted(carriers, place, story_id) for key, carriers in found.items()}


def count(connection: Connection, text_id: int, hashes: Sequence[int], place: Place, story_id: int) -> None:
    """Counts the paragraphs of a text, once it has its story and its relations; a second time nothing changes.

    A story counts once, however many texts it has. A text that holds another one whole does not count for what that
    one says; and when the part comes after the collections that hold it, it takes their place: else three collections
    would make template of a story.
    """
    found = _carriers(connection, hashes)
    parts = _parts_of(connection, text_id, found)
    added = []
    for key in dict.fromkeys(hashes):
        carriers = found.get(key, ())
        gone = [one.text_id for one in carriers if parts.get(one.text_id) == "excerpt"]
        if gone:
            connection.execute(delete(paragraph).where(paragraph.c.hash == key, paragraph.c.text_id.in_(gone)))
        left = [one for one in carriers if one.text_id not in gone]
        is_counted = any(one.text_id == text_id for one in left)
        if not is_counted and _is_new(left, parts, place, story_id):
            added.append({"hash": key, "text_id": text_id})
    if added:
        connection.execute(insert(paragraph), added)


def _is_new(carriers: Collection[_Carrier], parts: Mapping[int, str], place: Place, story_id: int) -> bool:
    if any(one.story_id == story_id or parts.get(one.text_id) == "superset" for one in carriers):
        return False
    return len(carriers) < MOST_TEXTS and _counted(carriers, place, story_id) <= STORIES


def _counted(carriers: Collection[_Carrier], place: Place, story_id: int | None) -> int:
    known: defaultdict[str | int, set[int | None]] = defaultdict(set)
    for one in carriers:
        known[one.place.host].add(one.story_id)
        known[one.place.series_id].add(one.story_id)
    for where in (place.host, place.series_id):
        known[where].add(story_id)
    return max(map(len, known.values()))


def _carriers(connection: Connection, hashes: Sequence[int]) -> dict[int, list[_Carrier]]:
    found: defaultdict[int, list[_Carrier]] = defaultdict(list)
    if hashes:
        dialect = connection.dialect.name
        asked = json.dumps(list(hashes)) if dialect == "sqlite" else list(hashes)
        for row in connection.execute(_find[dialect], {"hashes": asked}):
            found[row.hash].append(_Carrier(row.text_id, row.story_id, Place(row.host, row.series_id)))
    return found


def _parts_of(connection: Connection, text_id: int, found: Mapping[int, Sequence[_Carrier]]) -> dict[int, str]:
    """What the text is to those that carry its paragraphs, where one of the two is a part of the other."""
    carrying = {one.text_id for carriers in found.values() for one in carriers}
    others = sorted(carrying - {text_id})
    if not others:
        return {}
    return {row.other_text_id: row.relation for row in connection.execute(_parts, {"text": text_id, "others": others})}
