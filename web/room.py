"""The room as its pages see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from storage import Archive
from storage.rows import SeriesRow
from views.cells import READERS_ZONE
from views.stories import series_titles
from web.config import Config, Sign
from web.fresh import Fresh
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
    _rows: Fresh[tuple[tuple[int, ...], Sequence[SeriesRow]]]
    _health: Fresh[Mapping[str, Sequence[Sign]]]

    @classmethod
    def of(cls, config: Config) -> "Room":
        opened = Opened(config.archive_url)
        return cls(
            config=config,
            opened=opened,
            ledgers=Ledgers(opened.archive, config.zones),
            _rows=Fresh(partial(_rows_of, opened)),
            _health=Fresh(lambda: config.health(opened.archive())),
        )

    @property
    def archive(self) -> Archive:
        """Raises `storage.db.errors.ArchiveError` where it cannot be opened."""
        return self.opened.archive()

    def rows(self) -> Sequence[SeriesRow]:
        """Every series, a few seconds old at most, and without what is missing, which the ledgers know."""
        pulse, rows = self._rows.at_most(_ROWS_KEPT)
        return rows if pulse == self.archive.pulse() else self._rows.at_most(_ROWS_FRESH)[1]

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
        return self._health.at_most(_HEALTH_KEPT)

    def close(self) -> None:
        self.ledgers.close()
        self.opened.let_go()


def _rows_of(opened: Opened) -> tuple[tuple[int, ...], Sequence[SeriesRow]]:
    """With the state of the archive that they are of."""
    archive = opened.archive()
    pulse = archive.pulse()
    return pulse, archive.series(with_missing=False)
