"""`scrapy health`: how the series fare, for people and for monitoring."""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue
from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.terminal import print_rows, print_text
from crawler.run.disk import check_room
from crawler.scheduling.health import Past, Sign, signs_of
from crawler.scheduling.pasts import pasts
from storage import Archive
from storage.db.errors import DiskFullError
from storage.exports.whole_file import whole_file
from storage.locks import sqlite_file
from views.cells import safe_lines
from views.health.prometheus import Figures, Whole, prometheus_text
from wangqi import exit_codes

_WELL, _LOOK, _BROKEN = 0, 1, 2  # what monitoring reads: OK, WARNING, CRITICAL


class Command(ArchiveCommand):
    """Say how each series fares, by its own past. Told are crawls that did not begin or went wrong, sites that refuse
    us, a silence that the rhythm does not explain, facts that the newest stories lack, and a disk that is nearly full.

    Exit codes, as monitoring reads them: 0 all is well; 1 something is to be seen; 2 something is broken, the archive
    cannot be read, or wrong usage.
    """

    _fault: str | None = None  # of the catalogue

    def syntax(self) -> str:
        return "[SERIES] [--json | --prometheus FILE|-]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("series", nargs="?")
        parser.add_argument("--prometheus", metavar="FILE", help="write it for Prometheus; - is the standard output")

    def _fail(self, error: object, code: int) -> None:  # noqa: ARG002 - whatever it is, monitoring reads one code
        super()._fail(error, _BROKEN)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int:
        now = datetime.now(UTC)
        catalogue = self._catalogue()
        whole = [*self._of_the_whole()]
        is_full = any(sign.what == "disk" for sign in whole)
        found = [
            (name, title, past, signs_of(past, now, is_disk_full=is_full))
            for name, title, past in pasts(archive, self.archive_url, catalogue, opts.series)
        ]
        if opts.prometheus:
            self._write(archive, found, whole, opts.prometheus)
        else:
            rows = [row for one in found for row in _rows(*one)]
            if rows and not opts.series and (size := _size_of(self.archive_url)):
                rows.append({"series": None, "series_title": None, "health": "well", "what": "size", "fact": size})
            rows += [
                {"series": None, "series_title": None, "health": sign.level, "what": sign.what, "fact": sign.fact}
                for sign in whole
            ]
            print_rows(
                rows,
                as_json=opts.json,
                columns=("series_title", "health", "fact"),
                nothing="The archive holds no series, and the catalogue names none.",
            )
        signs = [*whole, *(sign for _, _, _, some in found for sign in some)]
        return max((_BROKEN if sign.level == "broken" else _LOOK for sign in signs), default=_WELL)

    def _of_the_whole(self) -> Iterator[Sign]:
        if self._fault:  # no schedule could be held beside what was crawled
            yield Sign(level="broken", what="catalogue", fact=self._fault)
        if full := self._disk():
            yield Sign(level="broken", what="disk", fact=full)

    def _write(
        self, archive: Archive, found: Sequence[tuple[str, str, Past, list[Sign]]], whole: Sequence[Sign], place: str
    ) -> None:
        file, scheduler = sqlite_file(self.archive_url), archive.scheduler()
        text = prometheus_text(
            [_figures(name, past, signs) for name, _, past, signs in found],
            Whole(
                signs=[(sign.what, sign.level) for sign in whole],
                size=file.stat().st_size if file else None,
                waiting_notices=len(archive.waiting_notices()),
                looked_at=scheduler.looked_at if scheduler else None,
            ),
        )
        if place == "-":
            print_text(safe_lines(text.removesuffix("\n")))
            return
        with whole_file(Path(place), "utf-8") as written:
            written.write(safe_lines(text))

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
    fact = f"{past.row.stories} stories; its last crawl {ended}, begun {last.started_at:%Y-%m-%d %H:%M} UTC"
    return f"{fact}; it is not known to be whole" if last.exit_code == exit_codes.PARTIAL else fact


def _size_of(archive_url: str) -> str | None:
    """Of an archive in a file, with what is free beside it."""
    file = sqlite_file(archive_url)
    if file is None:
        return None
    size, free = file.stat().st_size, shutil.disk_usage(file.absolute().parent).free
    return f"the archive has {size / 2**20:.1f} MiB, and {free / 2**30:.1f} GiB are free beside it"


def _figures(name: str, past: Past, signs: Sequence[Sign]) -> Figures:
    last = past.runs[0] if past.runs else None
    return Figures(
        series=name,
        signs=[(sign.what, sign.level) for sign in signs],
        stories=past.row.stories if past.row else 0,
        missing=past.row.missing if past.row else 0,
        last_run=last.started_at if last else None,
        last_exit=last.exit_code if last else None,
        newest=past.newest,
    )
