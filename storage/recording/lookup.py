"""What the archive holds that a new text may be a copy of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from storage.frontier.page_state import KnownPage
from storage.texts import boilerplate, texts
from wangqi.copies.records import Candidate, Fingerprint, Judge, Trim
from wangqi.visit import MarkedReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A new text as it is to be kept, and what is like it.

    Attributes:
        fingerprint: To be recorded: made without the text's template.
        like: What is like that; `wide` is what is like the whole text besides.
        own: Ids of the texts that the page has carried; they are no candidates.
        judge: Leaves the template out as well.
    """

    fingerprint: Fingerprint
    like: texts.Hits
    wide: texts.Hits
    own: frozenset[int]
    candidates: Sequence[Candidate]
    judge: Judge | None


def look_up(
    connection: Connection, page: KnownPage, new: MarkedReading, judge: Judge | None, trim: Trim | None
) -> Found:
    """By the whole text first, then without the template when its host or series is known to have one."""
    own = texts.own_texts(connection, page.id) if page.story_id is not None else frozenset()
    text, match_key, fingerprint = new.reading.text, new.marks.match_key, new.marks.fingerprint
    whole = texts.hits(connection, match_key, fingerprint)
    candidates = _candidates(connection, text, fingerprint, whole.apart_from(own)) if judge else []
    found = Found(fingerprint=fingerprint, like=whole, wide=whole, own=own, candidates=candidates, judge=judge)
    if judge is None or trim is None:
        return found
    place = boilerplate.Place(page.host, page.series_id)
    bare, judge = trim(candidates, partial(boilerplate.stories, connection, place=place, story_id=page.story_id))
    if bare is not fingerprint:
        like = texts.hits(connection, match_key, bare)
        wide = like.beside(whole)
        candidates = _candidates(connection, text, bare, wide.apart_from(own))
        return Found(fingerprint=bare, like=like, wide=wide, own=own, candidates=candidates, judge=judge)
    return replace(found, judge=judge)


def _candidates(connection: Connection, text: str, new: Fingerprint, like: texts.Hits) -> list[Candidate]:
    return texts.candidates(connection, like, texts.likeliest(connection, text, new, like))
