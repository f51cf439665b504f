"""The room as its pages see it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from storage import Archive
from storage.rows import SeriesRow
from views.cells import READERS_ZONE
from views.stories import series_titles
from web.config import Config, Sign
from web.ledgers import Ledgers
from web.opened import Opened

_HEALTH_KEPT = 60.0  # seconds; the others likewise
_ROWS_KEPT, _ROWS_FRESH = 300.0, 3.0


@dataclass(slots=True)
class Room:
    """What all pages share."""

    config: Config
    opened: Opened
    ledgers: Ledgers
    _health: Mapping[str, Sequence[Sign]] = field(default_factory=dict)
    _health_of: float = float("-inf")
    _rows: Sequence[SeriesRow] = ()
    _rows_of: float = float("-inf")
    _pulse: tuple[int, ...] = ()

    @classmethod
    def of(cls, config: Config) -> "Room":
        opened = Opened(config.archive_url)
        return cls(config=config, opened=opened, ledgers=Ledgers(opened.archive, config.zones))

    @property
    def archive(self) -> Archive:
        """Raises `storage.db.errors.ArchiveError` where it cannot be opened."""
        return self.opened.archive()

    def rows(self) -> Sequence[SeriesRow]:
        """Every series, a few seconds old at most, and without what is missing, which the ledgers know."""
        pulse, now = self.archive.pulse(), time.monotonic()
        if now - self._rows_of > (_ROWS_KEPT if pulse == self._pulse else _ROWS_FRESH):
            self._rows, self._rows_of, self._pulse = self.archive.series(with_missing=False), now, pulse
        return self._rows

    def titles(self) -> Mapping[str, str]:
        """What people call each series, by its name."""
        return series_titles(self.rows())

    def series(self, wanted: int) -> SeriesRow:
        """The series of this number, or the one that it was joined to. Raises `UnknownSeriesError`."""
        known = next((row for row in self.rows() if row.id == wanted), None)
        return known or self.archive.series(wanted, with_missing=False)[0]

    def zone(self, series: str) -> tzinfo:
        """The clock that its pages keep."""
        return self.config.zones.get(series, READERS_ZONE)

    def health(self) -> Mapping[str, Sequence[Sign]]:
        """By the name of the series; at most a minute old."""
        now = time.monotonic()
        if now - self._health_of > _HEALTH_KEPT:
            self._health = self.config.health(self.archive)
            self._health_of = now
        return self._health

    def close(self) -> None:
        self.ledgers.close()
        self.opened.let_go()
