"""The ledgers of the series, kept as long as nothing has changed: the dearest answers that pages are made of."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import tzinfo
from threading import Lock
from typing import Final

from storage import Archive
from storage.rows import LedgerEntry, SeriesLedger, SeriesRow
from views.cells import READERS_ZONE

_QUICK: Final = 0.25  # seconds that a reader may wait for a ledger which is up to date
_OLDEST: Final = 60.0  # of a ledger that is shown while a crawl goes on changing it
_KEPT_FOR: Final = 300.0  # where nothing seems to have changed: a person may have taken a decision back


@dataclass(slots=True)
class _Kept:
    """A ledger with the state of the archive that it is of."""

    ledger: SeriesLedger
    pulse: tuple[int, ...]
    made_at: float
    took: float
    by_story: Mapping[int, int]


@dataclass(slots=True)
class Ledgers:
    """Answers at once where it can: with an older ledger while a crawl writes, and the new one is being made."""

    archive: Callable[[], Archive]
    zones: Mapping[str, tzinfo]
    _kept: dict[int, _Kept] = field(default_factory=dict)
    _locks: dict[int, Lock] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _refreshed: set[int] = field(default_factory=set)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ledgers"))

    def of(self, series: SeriesRow) -> SeriesLedger:
        """The ledger of a series."""
        return self._of(series).ledger

    def place(self, series: SeriesRow, story_id: int) -> tuple[SeriesLedger, int | None]:
        """The ledger, and where in its entries the story stands; None where it does not count."""
        kept = self._of(series)
        return kept.ledger, kept.by_story.get(story_id)

    def forget(self) -> None:
        """A person has decided something: all are made anew."""
        self._kept.clear()

    def close(self) -> None:
        """Waits for what is being made."""
        self._worker.shutdown(cancel_futures=True)

    def _of(self, series: SeriesRow) -> _Kept:
        pulse = self.archive().pulse()
        kept = self._kept.get(series.id)
        if kept is not None:
            age = time.monotonic() - kept.made_at
            if kept.pulse == pulse and age < _KEPT_FOR:
                return kept
            if kept.took > _QUICK and age < _OLDEST:
                self._refresh(series)
                return kept
        return self._made(series, pulse)

    def _refresh(self, series: SeriesRow) -> None:
        with self._lock:
            if series.id in self._refreshed:
                return
            self._refreshed.add(series.id)

        def make() -> None:
            try:
                self._made(series, self.archive().pulse())
            finally:
                self._refreshed.discard(series.id)

        self._worker.submit(make)

    def _made(self, series: SeriesRow, pulse: tuple[int, ...]) -> _Kept:
        with self._lock:
            lock = self._locks.setdefault(series.id, Lock())
        with lock:  # of many readers one makes it
            kept = self._kept.get(series.id)
            if kept is not None and kept.pulse == pulse and time.monotonic() - kept.made_at < _KEPT_FOR:
                return kept
            begun = time.monotonic()
            ledger = self.archive().ledger(series.id, self.zones.get(series.name, READERS_ZONE))
            by_story = {entry.story_id: at for at, entry in enumerate(ledger.entries) if entry.story_id is not None}
            ended = time.monotonic()
            self._kept[series.id] = kept = _Kept(ledger, pulse, ended, ended - begun, by_story)
            return kept


def is_held(entry: LedgerEntry) -> bool:
    """Whether a text of it can be read."""
    return entry.story_id is not None
