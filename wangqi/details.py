"""What is read of a story beside its facts and its text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

from wangqi.text.sanitise import Written


class Details(TypedDict, total=False):
    """As JSON holds it. A revision has the keys that the release knew which read it.

    Attributes:
        credits: Names with their parts in the story: role, name, raw, place.
        origins: Where title, date, author and source were read: field, place, raw, certainty, doubt.
        blocks: The pieces of the body in their order: kind, text, url, credit, level.
        attachments: Files that it leads to and that no block has, as blocks; none of a story without.
        cut: What was taken off the body: why, and the text.
        rival_dates: Other dates of the page: value, precision, source, raw.
        canonical_url: What the page calls its own address or that of its original, canonical.
        head_title: What only searchers see, as `keywords` and `description`.
        parts: The other documents of the story: role, url, number, lacks.
        encoding: That it was decoded with; `declared_encoding` is what the page said.
        replaced: How many characters could not be decoded.
        warnings: Words of `text.reading_quality`.
        remarks: What was not taken for the series and why, as sentences.
        rule: What the rule of its host has done: name, version, matched, missed, flaws; or None.
        held_by: Who had held the page that the text was read from, and since when; none of one that its site sent.
        at_home: The page is on a site where the series lives, not on one that copies from it.
    """

    credits: Sequence[Mapping[str, Any]]
    origins: Sequence[Mapping[str, Any]]
    blocks: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]
    cut: Sequence[Sequence[str]]
    rival_dates: Sequence[Mapping[str, Any]]
    canonical_url: str | None
    head_title: str | None
    keywords: str | None
    description: str | None
    parts: Sequence[Mapping[str, Any]]
    encoding: str
    declared_encoding: str | None
    replaced: int
    warnings: Sequence[str]
    remarks: Sequence[str]
    rule: Mapping[str, Any] | None
    held_by: str
    at_home: bool


def unwritten(details: Details | Written) -> Details:
    """The details, also where they are written as JSON already."""
    return cast("Details", json.loads(details)) if isinstance(details, Written) else details
