"""What the archive holds that a new text may be a copy of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from storage.frontier.page_state import KnownPage
from storage.texts import boilerplate, texts
from wangqi.visit import Candidate, Judge, StoryText, Trim


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A new text as it is to be kept, and what is like it.

    Attributes:
        text: With the fingerprints to be recorded, made without its template.
        like: What is like that; `wide` is what is like the whole text besides.
        own: Ids of the texts that the page has carried; they are no candidates.
        judge: Leaves the template out as well.
    """

    text: StoryText
    like: texts.Likeness
    wide: texts.Likeness
    own: frozenset[int]
    candidates: Sequence[Candidate]
    judge: Judge | None


def look_up(connection: Connection, page: KnownPage, new: StoryText, judge: Judge | None, trim: Trim | None) -> Found:
    """By the whole text first, then without the template when its host or series is known to have one."""
    own = texts.own_texts(connection, page.id) if page.story_id is not None else frozenset()
    whole = texts.likeness(connection, new)
    candidates = _candidates(connection, new, whole.apart_from(own)) if judge else []
    found = Found(text=new, like=whole, wide=whole, own=own, candidates=candidates, judge=judge)
    if judge is None or trim is None:
        return found
    place = boilerplate.Place(page.host, page.series_id)
    bare, judge = trim(candidates, partial(boilerplate.stories, connection, place=place, story_id=page.story_id))
    if bare is not new:
        like = texts.likeness(connection, bare)
        wide = like.beside(whole)
        candidates = _candidates(connection, bare, wide.apart_from(own))
        return Found(text=bare, like=like, wide=wide, own=own, candidates=candidates, judge=judge)
    return replace(found, judge=judge)


def _candidates(connection: Connection, new: StoryText, like: texts.Likeness) -> list[Candidate]:
    return texts.candidates(connection, like, texts.likeliest(connection, new, like))
