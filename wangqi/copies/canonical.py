"""PURE: which of a story's copies stands for it, and why it and not another, in words.

The order is lexicographic: a later step is asked only about the copies that the earlier ones found alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from wangqi.copies.corroboration import Support

# Sightings within it are one: they tell of the order in which a crawl went, not of who published first.
_AT_ONCE: Final = timedelta(days=1)
_THIN: Final = 0.8  # of the characters of the longest; a copy with fewer was not read whole
_ZONE: Final = ZoneInfo("Asia/Shanghai")  # the librarians' clock, for dates in reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that may stand for its story.

    Attributes:
        standing: As in `Marks`, with its reason; `flaws` likewise.
        listed_at: When a column of a site that is not distrusted was first seen showing it, or None.
        read_at: When it was first fetched.
        originals: How many other sites name its address as the original of their copy.
    """

    revision_id: int
    url: str
    host: str
    standing: int
    standing_reason: str
    support: Support
    chars: int
    read_at: datetime
    listed_at: datetime | None = None
    originals: int = 0
    flaws: str = ""

    @property
    def seen_at(self) -> datetime:
        """The earliest sighting; what a page claims of its own date does not count, since mirrors fake it."""
        return self.read_at if self.listed_at is None else min(self.listed_at, self.read_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The copy that stands for the story.

    Attributes:
        reason: Why it and not the next best one; empty when there is no other.
        passed_over: Of each other copy, why not that one, by revision.
    """

    revision_id: int
    reason: str
    passed_over: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the choice: the copies with the lowest value stay; `words` says why another one was passed over."""

    value: Callable[[Copy, Sequence[Copy]], Any]
    words: Callable[[Copy, Copy], str]


def choose(copies: Sequence[Copy], present: int | None = None) -> Choice:
    """The best of the copies; of those that are alike in everything the present one, else the one read first.

    Raises ValueError without any.
    """
    left = list(copies)
    passed_over: dict[int, str] = {}
    for step in _STEPS:
        values = {copy.revision_id: step.value(copy, left) for copy in left}
        best = min(values.values())
        kept = [copy for copy in left if values[copy.revision_id] == best]
        for loser in left:
            if loser not in kept:
                passed_over[loser.revision_id] = step.words(kept[0], loser)
        left = kept
    first = min(left, key=lambda copy: (copy.revision_id != present, copy.read_at, copy.revision_id))
    for loser in left:
        if loser is not first:
            passed_over[loser.revision_id] = f"it was read first, and {_named(loser, first)} is as good"
    return Choice(
        revision_id=first.revision_id,
        reason=list(passed_over.values())[-1] if passed_over else "",
        passed_over=passed_over,
    )


def _named(other: Copy, best: Copy) -> str:
    """A name for a copy that tells it from the best one: its host, or its address where both have one host."""
    if other.url == best.url:
        return "another text of the same page"
    return f"the copy on {other.host}" if other.host != best.host else f"the copy {other.url}"


def _standing(best: Copy, other: Copy) -> str:
    return f"it is on {best.standing_reason}, and {_named(other, best)} is on {other.standing_reason}"


def _carried(best: Copy, other: Copy) -> str:
    known, less = best.support.carried, other.support.carried
    return f"it has {known} sentences that other sites carry as well, and {_named(other, best)} has {less}"


def _contradicted(best: Copy, other: Copy) -> str:
    return f"in {other.support.contradicted} sentences of {_named(other, best)} most sites have other numbers"


def _is_late(copy: Copy, copies: Sequence[Copy]) -> bool:
    return copy.seen_at - min(each.seen_at for each in copies) >= _AT_ONCE


def _seen(best: Copy, other: Copy) -> str:
    return f"{_sighting(best)}, and {_named(other, best)} came later: {_sighting(other)}"


def _sighting(copy: Copy) -> str:
    day = copy.seen_at.astimezone(_ZONE).strftime("%Y-%m-%d")
    is_listed = copy.listed_at is not None and copy.listed_at <= copy.read_at
    return f"its column showed it on {day}" if is_listed else f"it was first read on {day}"


def _original(best: Copy, other: Copy) -> str:
    sites = "1 other site names" if best.originals == 1 else f"{best.originals} other sites name"
    return f"{sites} it as the original, and {other.originals or 'none'} {_named(other, best)}"


def _flawed(best: Copy, other: Copy) -> str:
    return f"it was read whole, and of {_named(other, best)} {other.flaws}"


def _is_thin(copy: Copy, copies: Sequence[Copy]) -> bool:
    return copy.chars < _THIN * max(each.chars for each in copies)


def _thin(best: Copy, other: Copy) -> str:
    return f"it has {best.chars} characters, and {_named(other, best)} only {other.chars}"


# The order of findings/copies.md, 4.1; the first step is the site and the worst sign together.
_STEPS: Final = (
    _Step(lambda copy, _: copy.standing, _standing),
    _Step(lambda copy, _: -copy.support.carried, _carried),
    _Step(lambda copy, _: copy.support.contradicted, _contradicted),
    _Step(_is_late, _seen),
    _Step(lambda copy, _: -copy.originals, _original),
    _Step(lambda copy, _: bool(copy.flaws), _flawed),
    _Step(_is_thin, _thin),
)
