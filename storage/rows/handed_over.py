"""Answers for another archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.rows.files import FileSaid
from wangqi.bibliography import Bibliography
from wangqi.details import Details


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedText(Bibliography):
    """The newest text of a page that carries a story.

    Attributes:
        series: The name of the series that holds the page.
        fetched_at: When its bytes came; None of a text that came without.
        named: The lines of its 往期 blocks: place, title, address or None.
    """

    page_id: int
    series: str
    url: str
    text: str
    details: Details
    extractor_version: str
    series_title: str | None
    recorded_at: datetime
    fetched_at: datetime | None
    named: Sequence[tuple[int, str, str | None]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BarePage:
    """A page that was visited and brought no story."""

    page_id: int
    series: str
    url: str
    title: str | None
    outcome: str
    outcome_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFile:
    """A picture or an attachment that was asked for: its bytes have come, or the reason why they have not.

    Attributes:
        outcome: `kept`, or a word of `wangqi.outcomes`.
        answered_url: Of the answer that brought it; None of one that is not kept. `headers` and `sha256` likewise.
        said: What a program has read in it.
    """

    file_id: int
    series: str
    kind: str
    url: str
    outcome: str
    reason: str
    answered_url: str | None
    fetched_at: datetime | None
    status: int | None
    headers: Mapping[str, str] | None
    size: int | None
    sha256: str | None
    said: FileSaid | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfTexts:
    """A person's word on the texts of two pages.

    Attributes:
        word: `same` or `not_same`.
    """

    one: str
    other: str
    word: str
    decided_by: str
