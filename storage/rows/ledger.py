"""A series as a whole: what is held and what is not, in its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from storage.rows.pages import DoubtRow, PageRow, SeriesRow

if TYPE_CHECKING:
    from wangqi.series.gaps import Silence

State = Literal["stored", "copy only", "tampered only", "failed", "waiting", "title only", "never found"]


class PlacedStory(NamedTuple):
    """A story that is held, as its place in a series needs it."""

    id: int
    title: str
    ordinal: int | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One story of a series, held or not.

    Attributes:
        state: `stored`; `copy only` held from no site where the series lives and from no verified one; `tampered only`
            held only from pages with strong signs of tampering, or of distrusted sites; `failed` its page brought no
            story; `waiting` its page has not been visited; `title only` named without an address; `never found` named
            by nobody, but its number is between two others.
        place: From 1, the oldest first.
        title: None of a story that is known by its number alone.
        volume: The year or season in which its number counts; None where numbers go on.
        story_id: None of a story that is not held.
        reason: Why it is not held, or not held well; empty of one that is stored.
        flaws: In what it was read badly, in words; empty of one that was read whole.
        named_by: Titles of the stories whose 往期 blocks name it.
    """

    state: State
    place: int
    title: str | None
    ordinal: int | None = None
    volume: int | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    story_id: int | None = None
    url: str | None = None
    copies: int = 0
    reason: str = ""
    flaws: str = ""
    named_by: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLedger:
    """All that is known of how whole a series is.

    Attributes:
        conflicts: Where numbers, dates and 往期 blocks disagree about the order, in words.
        unread: Pages of its columns that could not be read at their last visit: nobody knows what only they list.
        doubts: What pages of the series showed and nobody followed: it may have more than is known.
        completeness: Held stories (tampered ones are not) by known ones, 0 to 1; None of a series without any.
    """

    series: SeriesRow
    entries: Sequence[LedgerEntry]
    silences: "Sequence[Silence]" = ()
    conflicts: Sequence[str] = ()
    unread: Sequence[PageRow] = ()
    doubts: Sequence[DoubtRow] = ()
    completeness: float | None = None
