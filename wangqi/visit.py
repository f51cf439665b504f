"""What goes into the archive: plain frozen records, one a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from wangqi.bibliography import Bibliography
from wangqi.outcomes import Outcome
from wangqi.text.sanitise import Written

Relation = Literal["same", "altered", "excerpt", "superset", "sibling", "not_same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One answer to one request.

    Attributes:
        url: Where the bytes came from, after redirects.
        fetched_at: Aware.
        status: The HTTP status, or None when there was no answer.
        headers: Of the response, names in lower case.
        body: The decompressed bytes, or None when there was no answer.
    """

    url: str
    fetched_at: datetime
    status: int | None = None
    headers: Mapping[str, str] | None = None
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """A page that this page leads to.

    Attributes:
        url: Canonical.
        via: The kind of link: `series`, `prev`, `next`, `listing`, `page`, `entry`, `lead`.
        title: The link's text, or None.
        reason: Why it is taken to belong to the series, in words.
        found_on: The canonical URL of the page that has the link, where it is an earlier one; None is this page.
        is_excluded: The series' limits leave it out: it is known, ends as `out_of_scope`, and is not fetched.
    """

    url: str
    via: str
    title: str | None = None
    reason: str = ""
    found_on: str | None = None
    is_excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """Another document that the page's story stands in, or should: its second part, or a frame with its body.

    Attributes:
        url: Canonical.
        outcome: `part`, or what kept it out of the text.
        reason: In words, for a person.
    """

    url: str
    outcome: Outcome
    reason: str
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStory:
    """One line of a 往期 block.

    Attributes:
        title_key: The match key of the title; two titles with one key are one title.
        url: Canonical, or None when the title carries no link.
    """

    position: int
    title: str
    title_key: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText(Bibliography):
    """The story as read from a page.

    Attributes:
        text: Display form, one paragraph a line.
        match_key: Of the whole text; hashed, never stored.
        title_key: Match key of the title.
        details: What else was read (credits, blocks, what was cut, encoding, warnings), as JSON can hold it.
        words: Of title and text, as `search.index_words` gives them; None leaves that to the archive.
        sketch: MinHash signature, or None for a text that is too short.
        bands: LSH band keys, signed 64-bit.
        sentences: Hashes of its long sentences, signed 64-bit.
        sketch_version: Of the constants behind the three above.
        left_out: Hashes of the paragraphs that the three were made without, signed 64-bit.
        paragraphs: Hashes of those that may prove to be template, signed 64-bit.
        findings: Signs of tampering seen on this text alone; dicts with detector, version, label, score, evidence.
        standing: How fit this copy is to stand for its story, the lower the fitter; from `fittest.TAMPERED` on no
            story should rest on it.
        standing_reason: Why, in words.
        original_url: The address that the page calls the original of its text (rel=canonical or og:url), canonical;
            None when it names none, or itself.
        flaws: In what it was read badly, in words; empty when it was read whole.
    """

    title_key: str
    text: str
    match_key: str
    series_title: str | None = None
    extractor_version: str = ""
    details: Mapping[str, Any] | Written | None = None
    words: str | None = None
    sketch: bytes | None = None
    bands: Sequence[int] = ()
    sentences: Sequence[int] = ()
    sketch_version: int = 0
    left_out: Sequence[int] = ()
    paragraphs: Sequence[int] = ()
    findings: Sequence[Mapping[str, Any]] = ()
    standing: int = 1
    standing_reason: str = ""
    original_url: str | None = None
    flaws: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """All that one fetch of one page yields; it is stored in one transaction or not at all.

    Attributes:
        url: The canonical URL of the page row.
        outcome: Of a story leave it `stored`: the archive finds out whether it is `unchanged`, `revised` or a `copy`.
        reason: In words, for a person.
        story: None unless the page is a story.
        parts: The other documents of its story.
        lacks: Which of them, and which that have no address, are not in its text, and why; "" of a whole one.
        aliases: Canonical URLs that are this very page by its platform's word; they are known by it and not fetched.
        revisit_at: When the page is due again; None leaves that to the archive (see `frontier`).
        rows: That a listing lists.
        is_guess: Nobody has named the page: it was tried because its address looked likely.
        doubts: What the reading showed and nobody will follow, as sentences; None where nothing was read.
    """

    series_id: int
    run_id: int | None
    url: str
    outcome: Outcome
    reason: str = ""
    capture: Capture | None = None
    story: StoryText | None = None
    named: Sequence[NamedStory] = ()
    discoveries: Sequence[Discovery] = ()
    parts: Sequence[PartRecord] = ()
    lacks: str = ""
    aliases: Sequence[str] = ()
    revisit_at: datetime | None = None
    rows: int | None = None
    is_guess: bool = False
    doubts: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored text that may be a copy of the one being stored.

    Attributes:
        exact: `text` same display form, `key` same match key, or None.
        shared_bands: Of 42.
        shared_sentences: Sentence hashes in common.
        hosts: Of the pages that carry it.
    """

    text_id: int
    story_id: int
    text: str
    title: str
    published_at: datetime | None
    exact: Literal["text", "key"] | None
    shared_bands: int
    shared_sentences: int
    hosts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a judge says of the new text and one candidate.

    Attributes:
        joins: The new text is a copy of the candidate's story; else the two are only linked.
        evidence: As JSON can hold it.
        against: Signs that the comparison has shown on the candidate; dicts as in `StoryText.findings`.
        open: A person should decide.
        swaps: Words that a spinner put in: spun, original, how often.
        spun: Which of the two texts has them, None when nobody can say.
    """

    text_id: int
    relation: Relation
    joins: bool
    score: float
    evidence: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]] = ()
    against: Sequence[Mapping[str, Any]] = ()
    open: bool = False
    swaps: Sequence[tuple[str, str, int]] = ()
    spun: Literal["new", "candidate"] | None = None


# Called inside the transaction with the candidates, best first (at most 12); answers with the verdicts worth keeping.
Judge = Callable[[Sequence[Candidate]], Sequence[Verdict]]
# Answers, of paragraphs by their hashes, how many stories of one host or series carry each.
Sharing = Callable[[Sequence[int]], Mapping[int, int]]
# Called before the judge, with what the whole text is like; answers with the text as it is to be found without its
# template (the same object when there is none), and the judge that leaves it out as well.
Trim = Callable[[Sequence[Candidate], Sharing], tuple[StoryText, Judge]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of a record.

    Attributes:
        outcome: The page's outcome word.
        new_pages: How many pages were discovered that the archive did not know.
        known: The same story elsewhere, for a `copy`.
    """

    page_id: int
    outcome: Outcome
    reason: str
    story_id: int | None = None
    revision_id: int | None = None
    new_pages: int = 0
    known: str | None = None
