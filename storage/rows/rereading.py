"""What is kept of a page and read anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from wangqi.readings.rereading import Difference, Line
from wangqi.visit import Reading, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page whose bytes are kept, by what is needed to know whether it is to be read anew.

    Attributes:
        fetched_at: Its newest bytes, or those of the text that stands.
        read_with: By which version they were read last, whatever that found; None: as `extractor_version` says.
        extractor_version: Of the newest revision; None of a page without a story.
    """

    page_id: int
    url: str
    fetched_at: datetime
    read_with: str | None
    extractor_version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """A reading of kept bytes: the text that a page carries, one that stands for a story, or one that was refused.

    Attributes:
        revision_id: None of a page that is no story, as `story_id`, `text_id` and `reading` are then.
        title: The text of the link that first led to the page, or None; `via` and `found_reason` are of that link.
        outcome: Of the page's last visit.
        is_newest: It is what the page carries.
        is_canonical: It stands for its story.
        held: As in the table.
        source_url: Where the bytes came from, after redirects.
        lines: Of the page's 往期 blocks: their titles; empty unless the reading is the newest.
    """

    page_id: int
    url: str
    series_id: int
    series: str
    series_title: str | None
    title: str | None
    via: str
    found_reason: str
    outcome: str | None
    revision_id: int | None
    story_id: int | None
    text_id: int | None
    reading: Reading | None
    original_url: str | None
    flaws: str | None
    standing: int
    standing_reason: str
    is_newest: bool
    is_canonical: bool
    held: str | None
    held_visits: int
    capture_id: int
    source_url: str
    headers: Mapping[str, str]
    fetched_at: datetime
    payload_sha256: bytes
    lines: Mapping[Line, str]


Does = Literal["revision", "links", "visit", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """Kept bytes as they are read now, beside what is stored of them.

    Attributes:
        kind: What the page is, by the word of `crawler.extraction.model.Kind`; `part` of a further part of a story.
        visit: The new reading as a visit would bring it; None where there is none.
        difference: Of the two readings; None where one of them is none.
        problem: Why nothing could be read, in words; "" where it could.
    """

    kept: KeptReading
    kind: str = ""
    visit: Visit | None = field(default=None, repr=False)
    difference: Difference | None = None
    problem: str = ""

    @property
    def does(self) -> Does:
        """What `read_anew` makes of it.

        `revision` (the reading follows the one before, its links with it), `links` alone, `visit` (the page is due: it
        was no story, and is one by now), or `nothing`.
        """
        if self.kept.reading is None:
            return "visit" if self.visit is not None else "nothing"
        if self.difference is None or not self.difference.what:
            return "nothing"
        return "revision" if self.difference.is_of_reading else "links"

    @property
    def is_told(self) -> bool:
        """Whether something differs: a fact, the text, the links, the kind; or nothing could be read."""
        is_lost = self.kept.reading is not None and self.visit is None
        return bool(self.problem) or is_lost or self.does != "nothing"
