"""Texts, each distinct one kept once, and the search for those that may be copies of a new one."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, func, insert, select

from storage import fingerprints
from storage.records import Candidate, StoryText
from storage.sanitise import storable
from storage.schema import page, revision, story, text

MOST_CANDIDATES: Final = 12
# Below this, equal texts are often a caption or a notice, so the titles must be equal as well.
SHORT_KEY: Final = 50

_by_sha = select(text.c.id).where(text.c.sha256 == bindparam("sha"))
_by_key = select(text.c.id).where(text.c.key_sha256 == bindparam("key")).limit(MOST_CANDIDATES)
_bodies = select(text.c.id, text.c.body).where(text.c.id.in_(bindparam("ids", expanding=True)))
_carriers = (
    select(
        revision.c.text_id,
        func.coalesce(story.c.merged_into, story.c.id).label("story_id"),
        revision.c.title,
        revision.c.title_key,
        revision.c.published_at,
        revision.c.page_id,
        page.c.host,
        page.c.url,
    )
    .join(story, story.c.id == revision.c.story_id)
    .join(page, page.c.id == revision.c.page_id)
    .where(revision.c.text_id.in_(bindparam("ids", expanding=True)))
    .order_by(revision.c.id)
)
_own_texts = select(revision.c.text_id).where(revision.c.page_id == bindparam("page"))
_add_text = insert(text).returning(text.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What the indexes say of a new text.

    Attributes:
        same_key: Ids of the texts with an equal match key.
        bands: Shared LSH bands by text id; `sentences` likewise.
        open_bands: Those of the new text's that are still recorded; `open_sentences` likewise.
    """

    same_key: frozenset[int]
    bands: Counter[int]
    sentences: Counter[int]
    open_bands: Sequence[int]
    open_sentences: Sequence[int]

    def best(self, apart_from: frozenset[int]) -> list[int]:
        """At most twelve text ids, the likeliest first."""
        known = (self.same_key | self.bands.keys() | self.sentences.keys()) - apart_from
        return sorted(known, key=self._rank)[:MOST_CANDIDATES]

    def _rank(self, text_id: int) -> tuple[bool, int, int, int]:
        return (text_id not in self.same_key, -self.bands[text_id], -self.sentences[text_id], text_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A page that carries a text, with the story it counts for there."""

    text_id: int
    story_id: int
    title: str
    title_key: str
    page_id: int
    url: str


def digest(words: str) -> bytes:
    return hashlib.sha256(storable(words).encode()).digest()


def known_id(connection: Connection, sha256: bytes) -> int | None:
    return connection.scalar(_by_sha, {"sha": sha256})


def likeness(connection: Connection, new: StoryText) -> Likeness:
    """Must be asked before the text is added."""
    same_key = frozenset(connection.scalars(_by_key, {"key": digest(new.match_key)}))
    bands, open_bands = fingerprints.shared_bands(connection, new)
    sentences, open_sentences = fingerprints.shared_sentences(connection, new)
    return Likeness(
        same_key=same_key,
        bands=bands,
        sentences=sentences,
        open_bands=open_bands,
        open_sentences=open_sentences,
    )


def add(connection: Connection, new: StoryText, sha256: bytes, like: Likeness) -> int:
    """Keeps a new text with its fingerprints; answers its id."""
    row = {"sha256": sha256, "key_sha256": digest(new.match_key), "chars": len(storable(new.text)), "body": new.text}
    text_id: int = connection.execute(_add_text, row).scalar_one()
    fingerprints.add(connection, text_id, new, like.open_bands, like.open_sentences)
    return text_id


def own_texts(connection: Connection, page_id: int) -> frozenset[int]:
    """The texts that this page has carried."""
    return frozenset(connection.scalars(_own_texts, {"page": page_id}))


def carriers(connection: Connection, text_id: int) -> list[Carrier]:
    """Oldest first."""
    rows = connection.execute(_carriers, {"ids": [text_id]})
    return [
        Carrier(
            text_id=row.text_id,
            story_id=row.story_id,
            title=row.title,
            title_key=row.title_key,
            page_id=row.page_id,
            url=row.url,
        )
        for row in rows
    ]


def candidates(connection: Connection, like: Likeness, text_ids: Sequence[int]) -> list[Candidate]:
    """The texts with all a judge needs, in the order given."""
    if not text_ids:
        return []
    bodies = {row.id: row.body for row in connection.execute(_bodies, {"ids": list(text_ids)})}
    hosts: dict[int, list[str]] = {text_id: [] for text_id in text_ids}
    newest = {}
    for row in connection.execute(_carriers, {"ids": list(text_ids)}):
        newest[row.text_id] = row
        if row.host not in hosts[row.text_id]:
            hosts[row.text_id].append(row.host)
    exact: Literal["key"] = "key"
    return [
        Candidate(
            text_id=text_id,
            story_id=newest[text_id].story_id,
            text=bodies[text_id],
            title=newest[text_id].title,
            published_at=newest[text_id].published_at,
            exact=exact if text_id in like.same_key else None,
            shared_bands=like.bands[text_id],
            shared_sentences=like.sentences[text_id],
            hosts=hosts[text_id],
        )
        for text_id in text_ids
        if text_id in newest
    ]
