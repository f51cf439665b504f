"""The room as its pages see it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from storage import Archive
from storage.rows import SeriesRow
from views.cells import READERS_ZONE
from web.config import Config, Sign
from web.ledgers import Ledgers
from web.opened import Opened

_HEALTH_KEPT = 60.0  # seconds


@dataclass(slots=True)
class Room:
    """What all pages share."""

    config: Config
    opened: Opened
    ledgers: Ledgers
    _health: Mapping[str, Sequence[Sign]] = field(default_factory=dict)
    _health_of: float = float("-inf")

    @classmethod
    def of(cls, config: Config) -> "Room":
        opened = Opened(config.archive_url)
        return cls(config=config, opened=opened, ledgers=Ledgers(opened.archive, config.zones))

    @property
    def archive(self) -> Archive:
        """Raises `storage.db.errors.ArchiveError` where it cannot be opened."""
        return self.opened.archive()

    def series(self, wanted: int | str | None = None) -> list[SeriesRow]:
        """Without what is missing, which the ledgers know."""
        return self.archive.series(wanted, with_missing=False)

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
