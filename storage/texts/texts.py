"""Texts, each distinct one kept once, and the search for those that may be copies of a new one."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.schema import page, revision, story, text
from storage.texts import fingerprints
from wangqi.copies.candidates import MOST_CANDIDATES, choose
from wangqi.copies.records import Candidate, Fingerprint
from wangqi.text.sanitise import storable

MOST_CARRIERS: Final = 50  # only the first pages with a text are looked at
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
        revision.c.published_at,
        page.c.host,
        page.c.url,
    )
    .join(story, story.c.id == revision.c.story_id)
    .join(page, page.c.id == revision.c.page_id)
    .where(revision.c.text_id == bindparam("text"), revision.c.held.is_(None))
    .order_by(revision.c.id)
    .limit(MOST_CARRIERS)
)
_titled_carriers = _carriers.where(revision.c.title_key == bindparam("key"))
_own_texts = select(revision.c.text_id).where(revision.c.page_id == bindparam("page"))
_add_text = insert(text).returning(text.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What the indexes say of a new text.

    Attributes:
        same_key: Ids of the texts with an equal match key.
        bands: Shared LSH bands by text id; `sentences` likewise.
        sketches: Of the text in each form by which it is looked for.
    """

    same_key: frozenset[int]
    bands: Counter[int]
    sentences: Counter[int]
    sketches: Sequence[bytes | None]

    def apart_from(self, text_ids: frozenset[int]) -> "Hits":
        """The same without these texts."""
        return replace(
            self,
            same_key=self.same_key - text_ids,
            bands=Counter({key: number for key, number in self.bands.items() if key not in text_ids}),
            sentences=Counter({key: number for key, number in self.sentences.items() if key not in text_ids}),
        )

    def beside(self, whole: "Hits") -> "Hits":
        """Also what shares bands with the whole of the text.

        The first stories of a series were fingerprinted before anybody knew what it repeats.
        """
        return replace(self, bands=self.bands | whole.bands, sketches=(*self.sketches, *whole.sketches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A page that carries a text, with the story it counts for there."""

    text_id: int
    story_id: int
    title: str
    published_at: datetime | None
    host: str
    url: str


def digest(words: str) -> bytes:
    return hashlib.sha256(storable(words).encode()).digest()


def known_id(connection: Connection, sha256: bytes) -> int | None:
    return connection.scalar(_by_sha, {"sha": sha256})


def hits(connection: Connection, match_key: str, new: Fingerprint) -> Hits:
    """Must be asked before the text is added. `match_key` is of the whole text."""
    return Hits(
        same_key=frozenset(connection.scalars(_by_key, {"key": digest(match_key)})),
        bands=fingerprints.shared_bands(connection, new),
        sentences=fingerprints.shared_sentences(connection, new),
        sketches=(new.sketch,),
    )


def likeliest(connection: Connection, body: str, new: Fingerprint, like: Hits) -> list[int]:
    """The ids of the texts to compare with the new one, the likeliest first; at most twelve."""
    leads = fingerprints.look_alikes(connection, like.same_key, like.bands, like.sentences)
    return choose(leads, sketches=like.sketches, chars=len(body), sentences=len(new.sentences))


def add(connection: Connection, body: str, match_key: str, new: Fingerprint) -> int:
    """Keeps a new text with its fingerprint; answers its id."""
    row = {"sha256": digest(body), "key_sha256": digest(match_key), "chars": len(storable(body)), "body": body}
    text_id: int = connection.execute(_add_text, row).scalar_one()
    fingerprints.add(connection, text_id, new)
    return text_id


def own_texts(connection: Connection, page_id: int) -> frozenset[int]:
    """The texts that this page has carried."""
    return frozenset(connection.scalars(_own_texts, {"page": page_id}))


def carriers(connection: Connection, text_id: int, title_key: str | None = None) -> list[Carrier]:
    """The first pages that carried a text, oldest first; with a key only those under that title."""
    asked = {"text": text_id, "key": title_key}
    rows = connection.execute(_carriers if title_key is None else _titled_carriers, asked)
    return [Carrier(**row._asdict()) for row in rows]


def candidates(connection: Connection, like: Hits, text_ids: Sequence[int]) -> list[Candidate]:
    """The texts with all a judge needs, in the order given."""
    if not text_ids:
        return []
    bodies = {row.id: row.body for row in connection.execute(_bodies, {"ids": list(text_ids)})}
    return [
        _candidate(like, bodies[text_id], pages) for text_id in text_ids if (pages := carriers(connection, text_id))
    ]


def _candidate(like: Hits, body: str, pages: Sequence[Carrier]) -> Candidate:
    first = pages[0]
    return Candidate(
        text_id=first.text_id,
        story_id=first.story_id,
        text=body,
        title=first.title,
        published_at=first.published_at,
        exact="key" if first.text_id in like.same_key else None,
        shared_bands=like.bands[first.text_id],
        shared_sentences=like.sentences[first.text_id],
        hosts=tuple(dict.fromkeys(page.host for page in pages)),
    )
