"""The ledgers of the series, kept as long as nothing has changed: the dearest answers that pages are made of."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import tzinfo
from threading import Lock
from typing import Final

from storage import Archive
from storage.rows import LedgerEntry, SeriesLedger, SeriesRow, State
from views.cells import READERS_ZONE
from web.rhythm import Rhythm, rhythm

_QUICK: Final = 0.25  # seconds that a reader may wait for a ledger which is up to date
_OLDEST: Final = 60.0  # of a ledger that is shown while a crawl goes on changing it
_LARGE: Final = 5_000  # stories of a series whose ledger takes many seconds
_HELD: Final = frozenset[State]({"stored", "copy only"})
_KEPT_FOR: Final = 300.0  # where nothing seems to have changed: a person may have taken a decision back


class NotReady(Exception):  # noqa: N818 - it says what it is
    """Raised where a ledger takes longer than a reader would wait; it is being made, and a later request finds it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ledger with the state of the archive that it is of.

    Attributes:
        made_at: On the clock of `time.monotonic`; `took` that many seconds.
        by_story: Where in its entries each story stands.
        by_title: The story of each title.
        held: Entries of stories that can be read; `lacking` the others; both in their order.
        counts: How many entries are in each state.
    """

    ledger: SeriesLedger
    pulse: tuple[int, ...]
    made_at: float
    took: float
    by_story: Mapping[int, int]
    by_title: Mapping[str, int]
    held: Sequence[LedgerEntry]
    lacking: Sequence[LedgerEntry]
    counts: Mapping[State, int]
    rhythm: Rhythm | None

    @classmethod
    def of(cls, ledger: SeriesLedger, pulse: tuple[int, ...], begun: float, zone: tzinfo) -> "Kept":
        """With all that is counted over every entry, once for all the pages that show some of them."""
        entries = ledger.entries
        ids = [(at, entry.title, entry.story_id) for at, entry in enumerate(entries) if entry.story_id is not None]
        by_story = {story_id: at for at, _, story_id in ids}
        by_title = {title: story_id for _, title, story_id in ids if title}
        held = [entry for entry in entries if entry.state in _HELD]
        lacking = [entry for entry in entries if entry.state not in _HELD]
        counts = Counter(entry.state for entry in entries)
        plot = rhythm(ledger, zone)
        now = time.monotonic()
        return cls(ledger, pulse, now, now - begun, by_story, by_title, held, lacking, counts, plot)


@dataclass(slots=True)
class Ledgers:
    """Answers at once where it can: with an older ledger while a crawl writes, and the new one is being made."""

    archive: Callable[[], Archive]
    zones: Mapping[str, tzinfo]
    _kept: dict[int, Kept] = field(default_factory=dict)
    _being_made: dict[int, Future[Kept]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _workers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "ledgers"))

    def of(self, series: SeriesRow, wait: float) -> Kept:
        """The ledger of a series.

        Args:
            series: Its row.
            wait: Seconds after which it is given up for this time.

        Raises:
            NotReady: as above.
        """
        pulse = self.archive().pulse()
        kept = self._kept.get(series.id)
        if kept is not None:
            age = time.monotonic() - kept.made_at
            if kept.pulse == pulse and age < _KEPT_FOR:
                return kept
            if kept.took > _QUICK and age < _OLDEST + 2 * kept.took:
                self._begin(series)
                return kept
        try:
            return self._begin(series).result(wait)
        except TimeoutError as error:
            raise NotReady from error

    def ready(self, series: SeriesRow) -> bool:
        """Whether it is at hand, or small and soon made: pages that can do without it ask for no more."""
        return series.id in self._kept or series.stories <= _LARGE

    def forget(self) -> None:
        """A person has decided something: all are made anew."""
        self._kept.clear()

    def close(self) -> None:
        """Waits for what is being made."""
        self._workers.shutdown(cancel_futures=True)

    def _begin(self, series: SeriesRow) -> Future[Kept]:
        """Of many readers, one has it made."""
        with self._lock:
            future = self._being_made.get(series.id)
            if future is None:
                future = self._being_made[series.id] = self._workers.submit(self._make, series)
            return future

    def _make(self, series: SeriesRow) -> Kept:
        try:
            begun, pulse = time.monotonic(), self.archive().pulse()
            zone = self.zones.get(series.name, READERS_ZONE)
            kept = self._kept[series.id] = Kept.of(self.archive().ledger(series.id, zone), pulse, begun, zone)
            return kept
        finally:
            with self._lock:
                self._being_made.pop(series.id, None)
