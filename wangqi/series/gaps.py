"""PURE: what a series must have had, by its numbers and by its rhythm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Protocol

from wangqi.series.counting import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A pause in the rhythm that is too long for it.

    Attributes:
        after: The place of the story before it.
        days: Between that story and the next.
        expected: How many stories the rhythm lets expect there.
        known: How many the ledger has there that are not held.
    """

    after: int
    days: int
    expected: int
    known: int


_COVERED = 0.5  # of the numbers from the first to the last, for them to count the stories at all
_FEWEST_NUMBERS = 3
_LONGEST_RUN = 200  # numbers missing in one piece; more is a new way of counting
_FEWEST_DATES = 5
_TOO_LONG = 2.5  # times the usual pause
_AT_LEAST = 3  # days beyond the usual pause: a weekend is no gap in a daily
_ENDED = 12  # times the usual pause after which a series is over rather than late


class Placed(Protocol):
    """A story of a series in its order; `place` counts from 1, `story_id` is None of one that is not held."""

    @property
    def place(self) -> int: ...
    @property
    def story_id(self) -> int | None: ...
    @property
    def published_at(self) -> datetime | None: ...


def missing_numbers(numbers: Iterable[int]) -> list[int]:
    """The numbers that are wanting between the first and the last, where numbers count the stories."""
    known = sorted(set(numbers))
    if len(known) < _FEWEST_NUMBERS or len(known) < _COVERED * (known[-1] - known[0] + 1):
        return []
    return [number for one, other in pairwise(known) if other - one <= _LONGEST_RUN for number in range(one + 1, other)]


def missing_issues(issues: Iterable[Issue]) -> list[Issue]:
    """The same of numbers that begin anew with each volume; of two volumes the later begins with 1."""
    by_volume: dict[int, list[int]] = {}
    for volume, number in issues:
        by_volume.setdefault(volume, []).append(number)
    first = min(by_volume, default=0)
    found: list[Issue] = []
    for volume, numbers in sorted(by_volume.items()):
        known = {*numbers, 0} if volume > first else set(numbers)
        found += [(volume, number) for number in missing_numbers(known)]
    return found


def silences(entries: Sequence[Placed], cadence_days: float | None) -> list[Silence]:
    """Pauses between two dated stories that are too long for the rhythm; `entries` in their order."""
    dated = [entry for entry in entries if entry.published_at]
    if not cadence_days or len(dated) < _FEWEST_DATES:
        return []
    found: list[Silence] = []
    latest = datetime.min.replace(tzinfo=UTC)  # the latest so far: entries need not be ordered by date
    for one, other in pairwise(dated):
        assert one.published_at
        assert other.published_at
        latest = max(latest, one.published_at)
        days = (other.published_at - latest).days
        if days >= max(_TOO_LONG * cadence_days, cadence_days + _AT_LEAST):
            between = entries[one.place : other.place - 1]
            expected = max(1, round(days / cadence_days) - 1)
            known = sum(entry.story_id is None for entry in between)
            found.append(Silence(after=one.place, days=days, expected=expected, known=known))
    return found


def is_overdue(
    newest: datetime | None, cadence_days: float | None, now: datetime, *, even_if_ended: bool = False
) -> bool:
    """Whether the rhythm expected another story by now; of a series that has been silent for long it expects none."""
    if newest is None or not cadence_days:
        return False
    days = (now - newest).total_seconds() / 86_400
    if days > _ENDED * max(cadence_days, 1):
        return even_if_ended
    return days >= max(_TOO_LONG * cadence_days, cadence_days + _AT_LEAST)
