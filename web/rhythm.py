"""PURE: when the stories of a series were published, period by period, and which of them are held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final, Literal, TypeAlias

from storage.rows import LedgerEntry, SeriesLedger
from views.cells import READERS_ZONE
from views.timeline import positions

Step: TypeAlias = Literal["month", "quarter", "year"]
_MONTHS: Final[dict[Step, int]] = {"month": 1, "quarter": 3, "year": 12}
_MOST: Final = 60  # periods that a small plot has room for
_HELD: Final = frozenset({"stored", "copy only"})


@dataclass(slots=True, kw_only=True)
class Period:
    """A month, a quarter or a year.

    Attributes:
        held: Stories of it that can be read; `unfit` only from tampered pages; `missing` not held.
    """

    year: int
    month: int
    held: int = 0
    unfit: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        return self.held + self.unfit + self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Every period from the first dated story to the last, those without a story among them."""

    step: Step
    periods: Sequence[Period]

    @property
    def most(self) -> int:
        return max((period.total for period in self.periods), default=0)


def rhythm(ledger: SeriesLedger, zone: tzinfo = READERS_ZONE) -> Rhythm | None:
    """None of a series without two dated stories. What has no date is counted where its neighbours are."""
    entries = ledger.entries
    days = sorted(entry.published_at for entry in entries if entry.published_at)
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    months = _month(last, zone) - _month(first, zone) + 1
    step: Step = next((step for step, length in _MONTHS.items() if months / length <= _MOST), "year")
    length = _MONTHS[step]
    begin, end = _month(first, zone) // length, _month(last, zone) // length
    periods = [Period(year=at * length // 12, month=at * length % 12 + 1) for at in range(begin, end + 1)]
    for entry, moment in zip(entries, _moments(entries, first, last), strict=True):
        _count(periods[_month(moment, zone) // length - begin], entry)
    return Rhythm(step=step, periods=periods)


def _month(moment: datetime, zone: tzinfo) -> int:
    local = moment.astimezone(zone)
    return local.year * 12 + local.month - 1


def _moments(entries: Sequence[LedgerEntry], first: datetime, last: datetime) -> list[datetime]:
    """When each was published, or must have been by its place between two others."""
    found: list[datetime] = []
    places = positions(entries)
    dated = [place for place, entry in zip(places, entries, strict=True) if entry.published_at]
    left, width = min(dated), max(dated) - min(dated)
    for place, entry in zip(places, entries, strict=True):
        share = min(1.0, max(0.0, (place - left) / width)) if width else 0.0
        found.append(entry.published_at or first + timedelta(seconds=share * (last - first).total_seconds()))
    return found


def _count(period: Period, entry: LedgerEntry) -> None:
    if entry.state in _HELD:
        period.held += 1
    elif entry.story_id is not None:
        period.unfit += 1
    else:
        period.missing += 1
