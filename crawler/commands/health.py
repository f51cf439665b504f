"""`scrapy health`: how the series fare, for people and for monitoring."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue
from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.terminal import print_rows
from crawler.run.disk import check_room
from crawler.scheduling.health import Past, Sign, signs_of
from crawler.scheduling.pasts import pasts
from storage import Archive
from storage.db.errors import DiskFullError

_WELL, _LOOK, _BROKEN = 0, 1, 2  # what monitoring reads: OK, WARNING, CRITICAL


class Command(ArchiveCommand):
    """Say how each series fares, by its own past. Told are crawls that did not begin or went wrong, sites that refuse
    us, a silence that the rhythm does not explain, facts that the newest stories lack, and a disk that is nearly full.

    Exit codes, as monitoring reads them: 0 all is well; 1 something is to be seen; 2 something is broken, the archive
    cannot be read, or wrong usage.
    """

    _fault: str | None = None  # of the catalogue

    def syntax(self) -> str:
        return "[SERIES] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("series", nargs="?")

    def _fail(self, error: object, code: int) -> None:  # noqa: ARG002 - whatever it is, monitoring reads one code
        super()._fail(error, _BROKEN)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int:
        now, rows, worst = datetime.now(UTC), [], _WELL
        for name, title, past in pasts(archive, self.archive_url, self._catalogue(), opts.series):
            signs = signs_of(past, now)
            rows += list(_rows(name, title, past, signs))
            worst = max([worst, *(_BROKEN if sign.level == "broken" else _LOOK for sign in signs)])
        if self._fault:  # no schedule could be held beside what was crawled
            rows.append(
                {"series": None, "series_title": None, "health": "broken", "what": "catalogue", "fact": self._fault}
            )
            worst = _BROKEN
        if full := self._disk():
            rows.append({"series": None, "series_title": None, "health": "broken", "what": "disk", "fact": full})
            worst = _BROKEN
        print_rows(
            rows,
            as_json=opts.json,
            columns=("series_title", "health", "fact"),
            nothing="The archive holds no series, and the catalogue names none.",
        )
        return worst

    def _catalogue(self) -> dict[str, SeriesSpec]:
        assert self.settings is not None
        try:
            return dict(read_catalogue(self.settings["CATALOGUE"]))
        except CatalogueError as error:
            self._fault = str(error)
            return {}

    def _disk(self) -> str | None:
        assert self.settings is not None
        try:
            check_room(self.archive_url, self.settings.getint("DISK_RESERVE"))
        except DiskFullError as error:
            return str(error)
        return None


def _rows(name: str, title: str, past: Past, signs: list[Sign]) -> Iterator[dict[str, Any]]:
    for sign in signs:
        yield {"series": name, "series_title": title, "health": sign.level, "what": sign.what, "fact": sign.fact}
    if not signs:
        yield {
            "series": name,
            "series_title": title,
            "health": "well",
            "what": None,
            "fact": _of_one_that_is_well(past),
        }


def _of_one_that_is_well(past: Past) -> str:
    if not past.runs or past.row is None:
        return "it was never crawled"
    last = past.runs[0]
    ended = "runs" if past.is_running else f"ended with {last.exit_code}"
    return f"{past.row.stories} stories; its last crawl {ended}, begun {last.started_at:%Y-%m-%d %H:%M} UTC"
