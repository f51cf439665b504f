"""PURE: which crawls are to be called now, from the catalogue, the run table, the calls made so far, and the time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.times import AUTO
from crawler.scheduling.timing import due_by_interval, is_of_a_wrong_clock, stroke_since
from storage.rows import CallRow, RunRow
from wangqi import exit_codes
from wangqi.recrawls.rhythm import Rhythm

# Reasons of a run that somebody has cut short: its process died, or it was told to stop.
_CUT_SHORT: Final = frozenset({"interrupted", "shutdown"})
_FAILED: Final = frozenset({exit_codes.ERROR, exit_codes.DISK})
# How long after its call a crawl is called once more, by the attempts so far; then the schedule decides.
_AFTER_A_CUT: Final = tuple(timedelta(minutes=minutes) for minutes in (0, 30, 60))
_AFTER_A_FAILURE: Final = tuple(timedelta(minutes=minutes) for minutes in (30, 60, 120))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was done for a series so far.

    Attributes:
        runs: Its newest ones, newest first: all since the last call.
        call: The last one, or None.
        rhythm: Of an entry whose `schedule` is "auto".
    """

    runs: Sequence[RunRow] = ()
    call: CallRow | None = None
    rhythm: Rhythm | None = None

    def every(self, spec: SeriesSpec) -> timedelta | None:
        """The time between two starts; None of an entry that has set times, or none."""
        return spec.every or (self.rhythm.every if self.rhythm and spec.schedule == AUTO else None)


def due_now(
    catalogue: Mapping[str, SeriesSpec], made: Mapping[str, Made], now: datetime
) -> Iterator[tuple[str, datetime]]:
    """The entries to crawl, in the order of the catalogue, each with the moment of its schedule that is answered.

    However many moments were missed, the newest one is answered, once. Whether a crawl of the series is running is
    left to who asks: one that is due while it runs is due when it has ended.
    """
    nothing = Made()
    for name, spec in catalogue.items():
        if (moment := due(spec, made.get(name, nothing), now)) is not None:
            yield name, moment


def due(spec: SeriesSpec, made: Made, now: datetime) -> datetime | None:
    """The moment for which a series is to be crawled now, or None.

    A run that was called and cut short (by a death of the scheduler, for one) is called again for the same moment, at
    once at first; one that never began or that failed likewise, ever later; four times at most.
    """
    call = made.call
    if call is not None and is_of_a_wrong_clock(call.called_at, now):
        call = None
    begun = made.runs[0].started_at if made.runs else None
    if begun is not None and is_of_a_wrong_clock(begun, now):
        begun = None
    if every := made.every(spec):
        moment = now if due_by_interval(every, last_start(made), now) else None
    elif spec.schedule is not None and spec.schedule != AUTO:
        answered = _later(begun, call.due_at if call else None)
        moment = stroke_since(spec.schedule, ZoneInfo(spec.timezone), answered, now)
    else:
        return None
    if moment is None and call is not None and (pause := _again_after(call, made.runs)) is not None:
        return call.due_at if now - call.called_at >= pause else None
    return moment


def last_start(made: Made) -> datetime | None:
    """From when an interval counts: the call of the last run, whenever that has begun; the start of one by hand."""
    begun, call = (made.runs[0].started_at if made.runs else None), made.call
    is_by_hand = call is None or len(_called(call, made.runs)) > 1
    return _later(begun if is_by_hand else None, call.called_at if call else None)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _called(call: CallRow, runs: Sequence[RunRow]) -> list[RunRow]:
    """The run that was called, and those that were begun by hand since; none where it never began."""
    return [run for run in reversed(runs) if run.id > call.after_run]


def _again_after(call: CallRow, runs: Sequence[RunRow]) -> timedelta | None:
    """How long after its call it is to be called once more; None when it needs not, or was often enough."""
    run = next(iter(_called(call, runs)), None)
    if run is None or run.ended_at is None or run.reason in _CUT_SHORT:
        pauses = _AFTER_A_CUT
    elif run.exit_code in _FAILED:
        pauses = _AFTER_A_FAILURE
    else:
        return None
    return pauses[call.attempts - 1] if call.attempts <= len(pauses) else None
