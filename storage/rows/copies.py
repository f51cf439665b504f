"""Answers about copies: what stands for a story, what was decided, which sites are trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.rows.stories import FindingRow, RelationRow, StoryRow
from wangqi.copies.ranks import Trust
from wangqi.details import Details


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """The text that a person named.

    Attributes:
        standing: As in `Marks`.
    """

    revision_id: int
    story_id: int
    page_id: int
    text_id: int
    url: str
    host: str
    title: str
    published_at: datetime | None
    recorded_at: datetime
    standing: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """One page that carries a story, with its newest revision of it, or with the older one that stands for the story.

    Attributes:
        relation: Of its text to the story's: `same`, `altered`, …; None for the page it was first read from.
        standing_reason: Why it stands as it does, in words.
        change: What this revision changed of its page (see `outcomes.Change`), None for the first.
        is_canonical: Whether it stands for the story.
        now_story_id: The story that the page's newest text is filed under; another one when the page has gone on.
        page_story_id: The story that the page counts for; another one when this text was only seen there.
        listed_at: When a column was first seen showing it, or None.
        original_url: The address that it calls the original of its text, or None.
        flaws: In what it was read badly, in words, or None.
    """

    page_id: int
    revision_id: int
    text_id: int
    url: str
    host: str
    title: str
    relation: str | None
    outcome: str | None
    reason: str
    standing: int
    standing_reason: str
    change: str | None
    recorded_at: datetime
    is_canonical: bool
    now_story_id: int | None
    page_story_id: int | None
    listed_at: datetime | None
    original_url: str | None
    flaws: str | None
    findings: Sequence[FindingRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A change of a story's copies.

    Attributes:
        kind: `canonical`, `merge` (this story became part of the other), `split` (the other was taken out of this one),
            `status` (whether a copy is fit to stand for it).
        decided_by: `auto`, or the person.
    """

    id: int
    story_id: int
    other_story_id: int | None
    kind: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """A story as its copies have it, the best copy first.

    Attributes:
        reason: Why the one that stands for it does, and not the next best; None when there is no other.
        sought_at: When a story without a fit copy was last looked for elsewhere, or None.
    """

    story: StoryRow
    reason: str | None
    sought_at: datetime | None
    copies: Sequence[CopyRow]
    decisions: Sequence[DecisionRow]
    links: Sequence[RelationRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Two texts of which a person should say whether they are one story.

    Attributes:
        verdict: What the judge could say: `review`, or a `sibling` near the line.
    """

    story_id: int
    other_story_id: int
    title: str
    other_title: str
    url: str
    other_url: str
    verdict: str
    score: float
    reason: str
    evidence: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A page whose newest text does not stand, until a person has decided.

    Attributes:
        held: `tampered`, `other_story`, `doubtful` or `truncated`.
        title: That stands; `new_title` that of the text that is held.
        held_visits: That have brought it, in a row.
        reason: What speaks against it, in words.
    """

    series: str
    revision_id: int
    story_id: int | None
    held: str
    title: str
    new_title: str
    held_visits: int
    recorded_at: datetime
    reason: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a person's word has changed.

    Attributes:
        story_id: Of the first text from now on; `other_story_id` of the second.
    """

    story_id: int
    other_story_id: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRow:
    """A site and how far it is trusted; its subdomains likewise, unless they have a row of their own.

    Attributes:
        registrable: The domain that somebody has registered, as `example.org` for `www.example.org`.
        icp: Its licence number (备案号), or None.
        evidence: Every edit: by whom, when, what and why.
    """

    host: str
    registrable: str
    trust: Trust
    icp: str | None
    owner: str | None
    evidence: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpinPairRow:
    """A word and what spinners put in its place.

    Attributes:
        seen: How often; `copies` in how many independent ones: mirrors of one spun text, and one site, count once.
        status: `proposed`; `counts` after two such copies or a person's word; `rejected` by a person.
        source: The first place where it was seen, in words.
    """

    spun: str
    original: str
    seen: int
    copies: int
    source: str
    status: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A page whose newest revision has a text."""

    revision_id: int
    url: str
    title: str
    standing: int
    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A stored text as the judge would have seen it when it was new.

    Attributes:
        bearers: The pages that carry it now; at most 50.
        is_alone: No other page's text belongs to its story.
        is_marked: It has fingerprints.
        left_out: The hashes of the paragraphs that they were made without.
    """

    text_id: int
    story_id: int
    text: str
    title: str
    published_at: datetime | None
    hosts: Sequence[str]
    bearers: Sequence[Bearer]
    is_alone: bool
    is_marked: bool
    left_out: Sequence[int] = ()
