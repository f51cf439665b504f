"""What a series with `schedule = "auto"` has shown so far, and how often it is looked at for that."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from storage import Archive
from storage.rows import RunRow
from wangqi import exit_codes
from wangqi.recrawls.rhythm import Rhythm, rhythm

AUTO_RUNS: Final = 20  # newest ones of a series that say how often it is looked at
# Runs that have seen what there was; one that failed says nothing of the series.
_SEEN: Final = frozenset({exit_codes.COMPLETE, exit_codes.PARTIAL, exit_codes.SILENT, exit_codes.LIMIT})


def rhythm_of(archive: Archive, series: str | int | None, runs: Sequence[RunRow], now: datetime) -> Rhythm:
    """From the dates of its stories and its newest runs, newest first; `series` is None of one never crawled."""
    published = archive.published(series) if series is not None else []
    visits = [bool(run.counts.get("stored")) for run in reversed(runs) if run.exit_code in _SEEN]
    return rhythm(published, visits, now)
