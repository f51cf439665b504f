"""Each kept payload, text and revision beside the digest that it was stored with."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Row, func, or_, select

from storage.recording import payloads, seals
from storage.schema import capture, page, payload, revision, story, text
from storage.texts.texts import digest
from storage.upkeep.damage import FETCHED, LOST, MENDED, RECOVERED, Damage, Hurt, Looking
from storage.works.canonical import COPIED
from wangqi.seals import seal_of
from wangqi.text.forms import match_key
from wangqi.urls import url_digest

_GONE: Final = "its row is gone, or one that it refers to"
_REREAD: Final = "`{program} repair` mends it where the kept bytes of its page still yield the very same text"
_text = select(text.c.sha256, text.c.key_sha256, text.c.chars, text.c.body)
_page = select(page.c.url, page.c.url_sha256)


def check_payloads(looking: Looking) -> Iterator[Damage]:
    """The bytes of pages."""
    keys = looking.keys(payload.c.sha256, looking.part.between(payload.c.sha256))
    for key, row in looking.rows(payloads.BODY, payload.c.sha256, keys):
        if fact := _unsound(row, lambda row, key=key: payloads.unpacked(row.codec, row.size, row.body, key) and None):
            by = select(page.c.story_id).join(capture, capture.c.page_id == page.c.id)
            hurt = looking.hurt(by.where(capture.c.payload_sha256 == key))
            yield Damage(
                check="payloads", thing=f"payload {key.hex()}", key=key, fact=fact, advice=FETCHED, stories=hurt
            )


def check_texts(looking: Looking) -> Iterator[Damage]:
    """The words of stories, and the keys by which they are found."""
    for key, row in looking.rows(_text, text.c.id, looking.keys(text.c.id, looking.part.among(text.c.id))):
        if fact := _unsound(row, _text_fact):
            is_derived = fact in {_OTHER_KEY, _OTHER_LENGTH}
            hurt = looking.hurt(select(revision.c.story_id).where(revision.c.text_id == key))
            advice = MENDED if is_derived else _REREAD
            yield Damage(check="texts", thing=f"text {key}", key=key, fact=fact, advice=advice, stories=hurt)


def check_revisions(looking: Looking) -> Iterator[Damage]:
    """Title, credits, dates and details of every reading, tied to its address, its bytes and its text."""
    keys = looking.keys(revision.c.id, looking.part.among(revision.c.id))
    for key, row in looking.rows(seals.sealed(), revision.c.id, keys):
        if fact := _unsound(row, _revision_fact):
            hurt = looking.hurt(select(revision.c.story_id).where(revision.c.id == key))
            yield Damage(check="revisions", thing=f"revision r{key}", key=key, fact=fact, advice=LOST, stories=hurt)


def check_pages(looking: Looking) -> Iterator[Damage]:
    """The digest of each address, by which its page is found."""
    for key, row in looking.rows(_page, page.c.id, looking.keys(page.c.id, looking.part.among(page.c.id))):
        if fact := _unsound(row, _page_fact):
            hurt = looking.hurt(select(page.c.story_id).where(page.c.id == key))
            yield Damage(check="pages", thing=f"page {key}", key=key, fact=fact, advice=MENDED, stories=hurt)


def check_stories(looking: Looking) -> Iterator[Damage]:
    """What a story has of the revision that stands for it."""
    differs = or_(*(story.c[name].is_distinct_from(revision.c[name]) for name in COPIED))
    query = select(story.c.id, story.c.title, page.c.url).join(revision, revision.c.id == story.c.canonical_revision_id)
    query = query.join(page, page.c.id == revision.c.page_id).where(differs, story.c.merged_into.is_(None))
    found = looking.attempt(
        lambda: looking.connection.execute(query.where(looking.part.among(story.c.id)).order_by(story.c.id)).all()
    )
    if isinstance(found, str):
        yield Damage(check="stories", thing="the table story", fact=found, advice=RECOVERED)
        return
    count = looking.attempt(
        lambda: looking.connection.scalar(select(func.count()).where(looking.part.among(story.c.id)))
    )
    looking.tell(*(count, count) if isinstance(count, int) else (0, 0))
    for row in found:
        yield Damage(
            check="stories",
            thing=f"story {row.id}",
            key=row.id,
            fact="its title, dates or credits are not those of the revision that stands for it",
            advice=MENDED,
            stories=(Hurt(row.id, row.title, row.url),),
        )


_OTHER_KEY: Final = "the key by which copies of it are found is not that of its words"
_OTHER_LENGTH: Final = "it is not as long as its row says"


def _text_fact(row: Row[*tuple[Any, ...]]) -> str | None:
    if digest(row.body) != row.sha256 or hashlib.sha256(row.body.encode()).digest() != row.sha256:
        return "its words have another digest than when they were stored"
    if digest(match_key(row.body)) != row.key_sha256:
        return _OTHER_KEY
    return None if len(row.body) == row.chars else _OTHER_LENGTH


def _revision_fact(row: Row[*tuple[Any, ...]]) -> str | None:
    if row.sha256 is None:
        return "it has no seal"
    if seal_of(seals.record(row)) == row.sha256:
        return None
    return "its title, credits, dates, details, address, bytes or text are not those that it was sealed with"


def _page_fact(row: Row[*tuple[Any, ...]]) -> str | None:
    return None if url_digest(row.url) == row.url_sha256 else "its address has another digest"


def _unsound(row: Row[*tuple[Any, ...]] | str | None, fact_of: Any) -> str | None:  # noqa: ANN401 - Callable[[Row], str | None]
    if row is None:
        return _GONE
    if isinstance(row, str):
        return f"it cannot be read: {row}"
    try:
        fact: str | None = fact_of(row)
    except ValueError as error:
        return str(error)
    except (TypeError, AttributeError):
        return "a column of its row holds what it never does"
    return fact
