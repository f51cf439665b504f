"""The fingerprints of texts, by which a new text finds those that resemble it.

All keys of a text go to the database as one value: sixty bound parameters a story would cost more than the look-up.
"""

import json
import struct
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, TextClause, delete, insert, select, text

from storage.schema import lsh_band, sentence, sketch
from wangqi.copies.candidates import LookAlike, foremost
from wangqi.copies.records import Fingerprint

# A sentence that this many texts share is a formula (a slogan, an imprint), no sign of a copy. It is not recorded any
# further, so that no list grows without end.
COMMON_SENTENCE: Final = 6
# The first texts of a band stand for all later ones. A band that so many share is the frame of a column; what a story
# has of its own makes other bands.
FULL_BAND: Final = 64


_FIND: Final = "SELECT {key}, text_id FROM {table} WHERE {key} IN {keys}"
_ADD: Final = (
    "INSERT INTO {table} ({key}, text_id) SELECT value, :text_id FROM {keys} AS new"
    " WHERE (SELECT count(*) FROM {table} WHERE {key} = value) < {most}"
)
_KEYS: Final = {
    "sqlite": "(SELECT value FROM json_each(:keys))",
    "postgresql": "(SELECT unnest(CAST(:keys AS bigint[])) AS value)",
}


def _statements(**names: object) -> dict[str, tuple[TextClause, TextClause]]:
    """How to find the keys of a table, and how to add those that fewer texts than `most` have; by dialect."""
    return {
        dialect: (text(_FIND.format(keys=keys, **names)), text(_ADD.format(keys=keys, **names)))
        for dialect, keys in _KEYS.items()
    }


_LEADS: Final = (
    "SELECT text.id, text.chars, sketch.signature,"
    " (SELECT coalesce(story.merged_into, story.id) FROM revision JOIN story ON story.id = revision.story_id"
    " WHERE revision.text_id = text.id ORDER BY revision.id LIMIT 1) AS story_id"
    " FROM text LEFT JOIN sketch ON sketch.text_id = text.id WHERE text.id {among}"
)
_LOOK_ALIKES: Final = {
    "sqlite": text(_LEADS.format(among="IN (SELECT value FROM json_each(:keys))")),
    "postgresql": text(_LEADS.format(among="= ANY (CAST(:keys AS bigint[]))")),
}
_BANDS: Final = _statements(table="lsh_band", key="band", most=FULL_BAND)
_SENTENCES: Final = _statements(table="sentence", key="hash", most=COMMON_SENTENCE)


def shared_bands(connection: Connection, new: Fingerprint) -> Counter[int]:
    """How many LSH bands each stored text shares with the new one."""
    return Counter(text_id for _, text_id in _find(connection, _BANDS, new.bands))


def shared_sentences(connection: Connection, new: Fingerprint) -> Counter[int]:
    """The same for its long sentences, formulas left out."""
    rows = _find(connection, _SENTENCES, new.sentences)
    carried = Counter(key for key, _ in rows)
    return Counter(text_id for key, text_id in rows if carried[key] < COMMON_SENTENCE)


def look_alikes(
    connection: Connection, same_key: Collection[int], bands: Counter[int], sentences: Counter[int]
) -> list[LookAlike]:
    """The foremost of the texts that share something; those that no page carries any more are left out."""
    text_ids = foremost(same_key, bands, sentences)
    if not text_ids:
        return []
    rows = connection.execute(_LOOK_ALIKES[connection.dialect.name], {"keys": _as_one(connection, text_ids)})
    return [
        LookAlike(
            text_id=text_id,
            story_id=story_id,
            chars=chars,
            sketch=signature and bytes(signature),
            bands=bands[text_id],
            sentences=sentences[text_id],
            is_equal=text_id in same_key,
        )
        for text_id, chars, signature, story_id in rows
        if story_id is not None
    ]


def add(connection: Connection, text_id: int, new: Fingerprint) -> None:
    """Records the sketch of a text, and those bands and sentences that still take texts."""
    if new.sketch is not None:
        left_out = struct.pack(f"<{len(new.left_out)}q", *new.left_out) or None
        row = {"text_id": text_id, "version": new.version, "signature": new.sketch, "left_out": left_out}
        connection.execute(insert(sketch), row)
    for statements, keys in ((_BANDS, new.bands), (_SENTENCES, new.sentences)):
        if keys:
            _, adding = statements[connection.dialect.name]
            connection.execute(adding, {"keys": _as_one(connection, sorted(set(keys))), "text_id": text_id})


def oldest_version(connection: Connection) -> int | None:
    """Of the constants behind the fingerprints of the oldest text that has them; None when no text has."""
    return connection.scalar(select(sketch.c.version).order_by(sketch.c.text_id).limit(1))


def forget(connection: Connection) -> None:
    """Drops all fingerprints; until they are made again, a new text finds none that it resembles."""
    for table in (lsh_band, sentence, sketch):
        connection.execute(delete(table))


def lacks(connection: Connection, text_id: int) -> bool:
    """Whether a text has no fingerprints."""
    return connection.scalar(select(sketch.c.text_id).where(sketch.c.text_id == text_id)) is None


def left_out(connection: Connection, text_id: int) -> tuple[int, ...]:
    """The hashes of the paragraphs that the fingerprints of a text were made without."""
    packed = connection.scalar(select(sketch.c.left_out).where(sketch.c.text_id == text_id)) or b""
    return struct.unpack(f"<{len(packed) // 8}q", packed)


def take_out(connection: Connection, text_id: int, old: Fingerprint) -> None:
    """Drops the fingerprints of one text, which must be told: no index leads from a text to them."""
    connection.execute(delete(sketch).where(sketch.c.text_id == text_id))
    for table, column, keys in (
        (lsh_band, lsh_band.c.band, old.bands),
        (sentence, sentence.c.hash, old.sentences),
    ):
        connection.execute(delete(table).where(column.in_(keys), table.c.text_id == text_id))


def _find(
    connection: Connection, statements: dict[str, tuple[TextClause, TextClause]], keys: Sequence[int]
) -> Sequence[Any]:
    if not keys:
        return ()
    finding, _ = statements[connection.dialect.name]
    return connection.execute(finding, {"keys": _as_one(connection, sorted(set(keys)))}).all()


def _as_one(connection: Connection, keys: Sequence[int]) -> str | list[int]:
    return json.dumps(list(keys)) if connection.dialect.name == "sqlite" else list(keys)
