"""PURE: how often a series is to be looked at: by its own dates, and by what the visits so far have found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

SHORTEST: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=14)
LONGEST_OF_THE_SILENT: Final = timedelta(days=30)
_UNKNOWN_PACE: Final = timedelta(days=2)  # of a series with fewer than three days of publication
_NEEDED_DAYS: Final = 3
_RECENT_DAYS: Final = 20
# After a visit with news, and after one without: they hold the balance where one visit in three or four has news.
_ON_NEWS: Final = 0.5
_ON_NONE: Final = 4 / 3
_SILENT: Final = 3  # times its pace since the newest story, from which on a series is asked ever more rarely


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a series is looked at now.

    Attributes:
        every: Between two visits.
        why: In words.
    """

    every: timedelta
    why: str


def rhythm(published: Iterable[datetime], visits: Sequence[bool], now: datetime) -> Rhythm:
    """The time between two visits that suits a series.

    It is at most half of the time between two days of publication and at least an eighth of it, and an hour to two
    weeks: it begins with the half, is halved by each visit that found something new, and grows by a third with each
    that found nothing. Of a series that has been silent for three times that time it is at most a third of the silence,
    and at most a month.

    Args:
        published: When its stories were published, those that are known, in any order.
        visits: Whether each visit so far found something new, the oldest first.
        now: Aware.
    """
    days = sorted({moment.date() for moment in published if moment <= now})[-_RECENT_DAYS:]
    known = len(days) >= _NEEDED_DAYS
    pauses = [(later - earlier).days for earlier, later in pairwise(days)]
    pace = timedelta(days=median(pauses)) if known else _UNKNOWN_PACE
    shortest = _within(pace / 8)
    every = longest = _within(pace / 2)
    silence = now.date() - days[-1] if days else timedelta()
    if silence > _SILENT * pace:
        longest = min(max(longest, silence / 3), LONGEST_OF_THE_SILENT)
    for has_news in visits:
        every = min(max(every * (_ON_NEWS if has_news else _ON_NONE), shortest), longest)
    every = min(max(every, shortest), longest)
    told = [f"a story every {_told(pace)}" if known else "no rhythm is known yet", *_of_visits(visits)]
    if silence > _SILENT * pace:
        told.append(f"silent for {_told(silence)}")
    return Rhythm(every=_whole(every), why=", ".join(told))


def _within(time: timedelta) -> timedelta:
    return min(max(time, SHORTEST), LONGEST)


def _whole(time: timedelta) -> timedelta:
    return timedelta(minutes=round(time / timedelta(minutes=1)))


def _of_visits(visits: Sequence[bool]) -> list[str]:
    """What the newest visits have in common."""
    if not visits:
        return []
    same = next((at for at, has_news in enumerate(reversed(visits)) if has_news != visits[-1]), len(visits))
    found = "something" if visits[-1] else "nothing"
    return [f"the last visit found {found} new" if same == 1 else f"the last {same} visits found {found} new"]


def _told(time: timedelta) -> str:
    days = time / timedelta(days=1)
    return f"{days:.0f} day{'s' if round(days) != 1 else ''}" if days >= 1 else f"{days * 24:.0f} hours"
