"""Answers about stories, their texts and what names them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from wangqi.bibliography import Bibliography
from wangqi.details import Details

if TYPE_CHECKING:
    from storage.rows.files import FileRow
    from storage.rows.pages import PageRow


Sort: TypeAlias = Literal["published", "seen", "number", "title", "series", "author", "source", "length", "copies"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
# Beside the texts that stand for stories: those that pages carry now, or carried at any time.
Which: TypeAlias = Literal["copies", "revisions"]


@dataclass(frozen=True, kw_only=True)
class _Filed:
    """Where a story is filed; in exports these columns stand before its facts.

    Attributes:
        series: The name of its series: the address of its start for one that has no entry in the catalogue.
        series_title: What people call that series; its name until a page has given it a title.
    """

    id: int
    series_id: int
    series: str
    series_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow(Bibliography, _Filed):
    """A story as its canonical revision has it.

    Attributes:
        status: `ok`, `only_tampered_copies` or `merged`.
        merged_into: The id of the story that it turned out to be, or None.
        url: Of the page that carries the canonical revision.
        copies: How many pages carry the story.
        canonical_reason: Why the page of `url` stands for it and not the next best copy; None when there is no other.
        revision_id: The canonical one.
    """

    status: str
    merged_into: int | None
    first_seen_at: datetime
    canonical_reason: str | None
    revision_id: int
    url: str
    copies: int
    chars: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow(Bibliography):
    """A page's text at a time.

    Attributes:
        parent_id: The revision of the same page before it, or None.
        details: What else was read.
        change: What became other than in the page's revision before (see `outcomes.Change`), None for the first.
        capture_id: Of the answer that it was read from, or None.
        standing: As in `Marks`; `standing_reason` likewise.
    """

    id: int
    page_id: int
    url: str
    story_id: int
    text_id: int
    parent_id: int | None
    chars: int
    change: str | None
    standing: int
    standing_reason: str
    extractor_version: str
    details: Details
    recorded_at: datetime
    capture_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """One line of a 往期 block.

    Attributes:
        by_url: The page that carries the line.
        by_story_id: The story of that page, None for a page that is no story.
        story_id: The stored story that the line names, or None.
    """

    position: int
    title: str
    url: str | None
    story_id: int | None
    by_url: str
    by_story_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One sign of tampering on one revision.

    Attributes:
        summary: One line for a person.
    """

    revision_id: int
    detector: str
    detector_version: str
    label: str
    score: float
    summary: str
    evidence: Any
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """How one text stands to another.

    Attributes:
        decided_by: `auto`, or the person.
        open: A person should decide.
    """

    text_id: int
    other_text_id: int
    relation: str
    score: float
    evidence: Any
    decided_by: str
    decided_at: datetime
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDetail:
    """All that is known of one story.

    Attributes:
        revisions: Of all its pages, oldest first.
        mentions: The stories it names, in the order of its canonical page.
        named_by: The lines elsewhere that name it.
        files: The pictures and attachments of its canonical revision, with what was read in them.
    """

    story: StoryRow
    pages: "Sequence[PageRow]"
    revisions: Sequence[RevisionRow]
    mentions: Sequence[MentionRow]
    named_by: Sequence[MentionRow]
    findings: Sequence[FindingRow]
    relations: Sequence[RelationRow]
    files: "Sequence[FileRow]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedStory:
    """A story with what was read of it beside its text, and whence.

    Attributes:
        fetched_at: When the bytes were fetched that its text was read from; None of a text that came without bytes.
        payload_sha256: Of these bytes, hexadecimal.
        files: Its pictures and attachments, without what was read in them.
    """

    story: StoryRow
    details: Details
    fetched_at: datetime | None
    payload_sha256: str | None
    files: "Sequence[FileRow]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlawedStory:
    """A story that was read badly, and in what, in words."""

    id: int
    title: str
    flaws: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingStory:
    """A story that stored pages name and the archive does not hold.

    Attributes:
        url: None when no line that names it carries a link.
        outcome: Of its page's last visit; None when it has not been visited or has no link.
        is_confirmed: That outcome is believed; later visits may find another one of any other.
        reason: Why it is missing, in words.
        named_by: The titles of the stories that name it (or the URL of a page that is no story).
    """

    title: str
    url: str | None
    outcome: str | None
    reason: str
    named_by: Sequence[str]
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """Something new about a story.

    Attributes:
        what: `new` (first stored), `revised` (a page has another text), `held` (a page has a text that does not stand
            until it is confirmed), `reread` (the same bytes were read anew by another version), `tampered` (a page's
            text shows strong signs), `gone` (a page brings it no more).
        reason: What is strange about the text, or why the page is gone; may be empty.
    """

    at: datetime
    what: str
    series: str
    story_id: int
    title: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story that search found.

    Attributes:
        snippet: The text around the first word found, in one line.
        marks: Where in it the words stand: first character and the one behind the last.
        url: Of the page whose text it is; `revision_id` is the text's. In a search of stories those of the story.
        file: Of a snippet out of one of its pictures or attachments, what that one is called; else None.
    """

    story: StoryRow
    snippet: str
    url: str
    revision_id: int
    marks: tuple[tuple[int, int], ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many stories answer a question, in all and by value; what has no date, or no source, is in `total` alone."""

    total: int
    series: Mapping[str, int]
    years: Mapping[int, int]
    sources: Mapping[str, int]


class Hits(list[Hit]):
    """What search found, as far as it was asked for.

    Attributes:
        total: How many there are in all; None: more than a thousand.
        order: `best` or `newest`, which come first.
    """

    def __init__(self, hits: Iterable[Hit], total: int | None, order: Literal["best", "newest"]) -> None:
        super().__init__(hits)
        self.total = total
        self.order = order
