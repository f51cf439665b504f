"""What one fetch of one page yields: plain frozen records, from the spider to the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from wangqi.bibliography import Bibliography
from wangqi.copies.ranks import Standing
from wangqi.copies.records import Finding, Fingerprint
from wangqi.details import Details
from wangqi.outcomes import Outcome
from wangqi.readings.files import StoryFile
from wangqi.series.revisits import RECENT
from wangqi.text.sanitise import Written


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
    headers: Mapping[str, str] | None = field(default=None, repr=False)
    body: bytes | None = field(default=None, repr=False)


# How the reason begins why a page that was refused is read once more: something speaks for it that did not then.
HEARD_AGAIN: Final = "heard again: "
# How the reason begins why a page that was named as a member is none, and is missed by nobody.
CHAPTER_LISTED: Final = "the contents of a chapter: "


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
class Reading(Bibliography):
    """A story as it was read from its page.

    Attributes:
        series_title: What the page calls its series.
        text: Display form, one paragraph a line.
        details: What else was read; written as JSON already where that was done by the process that read the page.
        extractor_version: Of the code that read it, and of the rule of the catalogue, if one had a part in it.
        files: The pictures and attachments that it shows.
    """

    text: str = field(repr=False)
    series_title: str | None = None
    details: Details | Written = field(default_factory=Details, repr=False)
    extractor_version: str = ""
    files: Sequence[StoryFile] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a reading shows by itself; worked out once, by whoever reads the page.

    Attributes:
        match_key: Of the whole text; hashed, never stored.
        title_key: Match key of the title.
        fingerprint: By which copies are found.
        findings: Signs of tampering seen on this text alone.
        standing: How fit this copy is to stand for its story; from `ranks.TAMPERED` on no story should rest on it.
        original_url: The address that the page calls the original of its text (rel=canonical or og:url), canonical;
            None when it names none, or itself.
        flaws: In what it was read badly, in words; empty when it was read whole.
        search_words: Of the text, as `bigrams.index_words` gives them; None leaves that to the archive.
    """

    match_key: str
    title_key: str
    fingerprint: Fingerprint
    standing: Standing
    findings: Sequence[Finding] = ()
    original_url: str | None = None
    flaws: str = ""
    search_words: str | None = None


class MarkedReading(NamedTuple):
    """The story of a visit, as the archive takes it."""

    reading: Reading
    marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One fetch of one page and all that it yields; it is stored in one transaction or not at all.

    Attributes:
        url: The canonical URL of the page row.
        outcome: Of a story leave it `stored`, or `filled` where its page has not brought it itself: the archive finds
            out whether it is `unchanged`, `revised` or a `copy`.
        reason: In words, for a person.
        capture: What came; None where nothing was asked for.
        reading: None unless the page is a story.
        marks: Of the reading; None until they are worked out, which is before the archive takes the visit.
        named: The lines of the page's 往期 blocks.
        discoveries: Pages to visit.
        parts: The other documents of its story.
        lacks: Which of them, and which that have no address, are not in its text, and why; "" of a whole one.
        aliases: Canonical URLs that are this very page by its platform's word; they are known by it and not fetched.
        revisit_at: When the page is due again; None leaves that to the archive (see `series.revisits`).
        recent: So long after its publication a story is read every day, and so is a list that shows it.
        rows: That a listing lists.
        is_guess: Nobody has named the page: it was tried because its address looked likely.
        doubts: What the reading showed and nobody follows, as sentences: the series may have more than is known of it.
            None where nothing was read.
    """

    series_id: int
    run_id: int | None
    url: str
    outcome: Outcome
    reason: str = ""
    capture: Capture | None = None
    reading: Reading | None = None
    marks: Marks | None = field(default=None, repr=False)
    named: Sequence[NamedStory] = field(default=(), repr=False)
    discoveries: Sequence[Discovery] = field(default=(), repr=False)
    parts: Sequence[PartRecord] = field(default=(), repr=False)
    lacks: str = ""
    aliases: Sequence[str] = field(default=(), repr=False)
    revisit_at: datetime | None = None
    recent: timedelta = RECENT
    rows: int | None = None
    is_guess: bool = False
    doubts: Sequence[str] | None = field(default=None, repr=False)

    @property
    def story(self) -> MarkedReading | None:
        """The story that it brings.

        Raises:
            ValueError: The story has no marks.
        """
        if self.reading is None:
            return None
        if self.marks is None:
            raise ValueError(f"The story at {self.url} has no marks: `pipelines.analyse.marks_of` works them out.")
        return MarkedReading(self.reading, self.marks)


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
