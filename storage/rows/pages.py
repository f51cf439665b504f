"""Answers about series, runs, pages and their captures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage.rows.stories import MentionRow, RevisionRow

RunKind: TypeAlias = Literal["crawl", "fill", "import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """A page that a run has leased to fetch.

    Attributes:
        via: The kind of link that led here, `entry` for a page a person named.
        title: The link's text, or None.
        attempts: Failed visits since the last good one.
        outcome: Of the last visit, None before the first.
        reason: Why the link was followed, in words.
        etag: Of the last good answer, for a conditional request; or None. `last_modified` likewise.
    """

    page_id: int
    url: str
    via: str
    title: str | None
    attempts: int
    etag: str | None
    last_modified: str | None
    depth: int
    outcome: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """A page of a series that the archive knows, read or not.

    Attributes:
        found_reason: Why the link to it was followed, in words.
        found_on: The page on which that link stood, or None.
        is_of_another: Whether it was read and is surely of another work than the members that turn to it.
        is_elsewhere: Whether it was read and refused, as it is filed where no member is.
    """

    url: str
    found_reason: str
    has_story: bool
    found_on: str | None = None
    is_of_another: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierCounts:
    """The pages of a series by what is to be done with them.

    Attributes:
        due: To be fetched now.
        later: To be fetched at a later time.
        leased: Being fetched by a run.
        done: Not to be fetched again unless somebody asks.
    """

    due: int = 0
    later: int = 0
    leased: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A series and its sums.

    Attributes:
        title: As its stories name it, or None.
        start: The pages a person named.
        cadence_days: Median days between its stories, None before three of them carry a date.
        missing: Distinct titles named by stored stories and not stored.
    """

    id: int
    name: str
    title: str | None
    publisher: str | None
    start: Sequence[str]
    cadence_days: float | None
    created_at: datetime
    stories: int
    pages: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSpan:
    """From when to when a series has stories.

    Attributes:
        id: Of the newest story by its date; the facts are its own.
        first_at: When the oldest was published.
    """

    id: int
    title: str
    published_at: datetime
    published_precision: str | None
    first_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page: its place in the frontier and what it carries.

    Attributes:
        state: `due`, `leased` or `done`.
        outcome: Of the last visit, None before the first one.
        unconfirmed_since: Since when its answers are such that later visits have to confirm them; None when they are
            believed, and of good ones.
        row_count: That it listed when it was last believed to be a listing; None of a page that never was one.
        relation: Of its text to its story's: `same`, `altered`, …; None without a story.
        discovered_from: The URL of the page that first led here, or None.
        title: The text of the link that first led here, or None.
    """

    id: int
    url: str
    series_id: int
    via: str
    title: str | None
    depth: int
    state: str
    outcome: str | None
    outcome_at: datetime | None
    reason: str
    attempts: int
    due_at: datetime | None
    watch: bool
    story_id: int | None
    relation: str | None
    discovered_from: str | None
    discovered_at: datetime
    unconfirmed_since: datetime | None = None
    row_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtRow:
    """Something that pages of a series showed and that was not followed.

    Attributes:
        words: A sentence.
        url: The first page that gave it.
        pages: How many gave it.
    """

    words: str
    url: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRow:
    """One fetch of a page.

    Attributes:
        kind: `response`, `revisit` (the same bytes as the time before) or `error` (no answer).
        url: Where the bytes came from, after redirects.
        payload_sha256: Hexadecimal; None without bytes.
        outcome: The page's outcome word at that visit; `reason` likewise.
        change: What became other than before (see `outcomes.Change`), or None.
    """

    id: int
    page_id: int
    run_id: int | None
    kind: str
    url: str
    fetched_at: datetime
    status: int | None
    headers: Mapping[str, str]
    payload_sha256: str | None
    outcome: str
    change: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCapture:
    """A capture, and the page that it is of.

    Attributes:
        page_url: The canonical one.
        story_title: Of the story that the page carries now, or None.
    """

    page_url: str
    story_title: str | None
    capture: CaptureRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHistory:
    """Why a page is what it is.

    Attributes:
        path: The URLs that led here, the first one named by a person.
        doubts: What its newest reading showed and nobody followed.
    """

    page: PageRow
    path: Sequence[str]
    captures: Sequence[CaptureRow]
    revisions: Sequence[RevisionRow]
    named_by: Sequence[MentionRow]
    doubts: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One crawl of one series, or one taking in of what others hold of it.

    Attributes:
        kind: `crawl`, `fill` or `import`.
        ended_at: None while it runs.
        reason: Why it ended; `interrupted` for a run whose process died.
        counts: Pages by outcome word.
        missing: Named stories that were neither held nor known to be gone when it ended; None where it did not say.
    """

    id: int
    series_id: int
    series: str
    pid: int
    started_at: datetime
    ended_at: datetime | None
    reason: str | None
    counts: Mapping[str, int]
    requests: int
    exit_code: int | None
    missing: int | None = None
    kind: str = "crawl"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRow:
    """What a person decided about a series.

    Attributes:
        kind: `rename`, `join`, `belongs` or `foreign`.
        url: Of the page that it is about, or None.
        former_name: Under which the series, or the one that was joined to it, was known; or None.
        undone_by: Who took it back, `undone_at` when; None while it holds.
    """

    id: int
    series: str
    kind: str
    reason: str
    url: str | None
    former_name: str | None
    decided_by: str
    decided_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRow:
    """A page of which a person may know better: refused as not of its series, or taken for its own word alone.

    Attributes:
        title: Of its story, else of the link that led to it, or None.
        story_id: None of a page that was refused.
        found_reason: Why the link was followed; `reason` is why the page was refused.
    """

    series: str
    title: str | None
    story_id: int | None
    url: str
    reason: str
    found_reason: str
