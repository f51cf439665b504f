"""What a spider yields: exactly one item a page, a `Story` or a `PageOutcome`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wangqi.visit import Marks


@dataclass(slots=True, kw_only=True)
class PageOutcome:
    """A page whose end is known and that is no story.

    Attributes:
        url: The canonical URL of the page row.
        outcome: The outcome word (see `wangqi.outcomes`).
        reason: In words, for a person.
        final_url: Where the bytes came from, after redirects; None when nothing came.
        fetched_at: Aware, UTC.
        body: The decompressed bytes, kept out of the log.
        named: The lines of the page's 往期 blocks: dicts with position, title, url.
        discovered: Pages to visit: dicts with url, via, title, reason.
        parts: The other documents of its story: dicts with url, outcome, reason, and the facts of the answer.
        lacks: What is not in its text of those documents, in words; "" of a whole story.
        aliases: Canonical URLs that are this very page by its platform's word.
        revisit_at: Not before this time, as the server asked; None leaves it to the archive.
        rows: That a listing lists.
        is_guess: Nobody has named the page: it was tried because its address looked likely.
        doubts: What its reading showed and nobody follows, as sentences: the series may have more than is known of it.
            Whoever decides not to follow something adds to them; None where nothing was read.
        story_id: Of the story in the archive that the page carries; set by Persist.
        copy_of: From where the archive knows the story that the page copies; set by Persist.
    """

    series_id: int
    url: str
    outcome: str
    reason: str = ""
    final_url: str | None = None
    fetched_at: datetime | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    named: list[dict[str, Any]] = field(default_factory=list, repr=False)
    discovered: list[dict[str, Any]] = field(default_factory=list, repr=False)
    aliases: list[str] = field(default_factory=list, repr=False)
    parts: list[dict[str, Any]] = field(default_factory=list, repr=False)
    lacks: str = ""
    revisit_at: datetime | None = None
    rows: int | None = None
    is_guess: bool = False
    doubts: list[str] | None = field(default=None, repr=False)
    copy_of: str | None = None
    story_id: int | None = None


@dataclass(slots=True, kw_only=True)
class Story(PageOutcome):
    """A page that is a story, as extracted and then filled in by the pipelines.

    Attributes:
        text: As extracted, then in display form.
        details: Credits, blocks, what was cut, encoding, warnings, as JSON can hold it; then as JSON.
        at_home: The page is on a site where the series lives, not on one that copies from it.
        match_key: Of the text in display form; set by Normalise, as `title_key`, if no worker has done it.
        marks: Of its text; set by Deduplicate, if no worker has done it.
    """

    title: str
    text: str = field(repr=False)
    outcome: str = "stored"
    subtitle: str | None = None
    series_title: str | None = None
    ordinal: int | None = None
    subject: str | None = None
    author: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_source: str | None = None
    language: str | None = None
    extractor_version: str = ""
    details: dict[str, Any] | str = field(default_factory=dict, repr=False)
    at_home: bool = False
    match_key: str = field(default="", repr=False)
    title_key: str = ""
    marks: Marks | None = field(default=None, repr=False)
