"""`scrapy series`: what is known, stored and missing."""

import argparse
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final

from scrapy.exceptions import UsageError

from crawler.catalogue.file import is_name
from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.review_command import decider
from crawler.cli.terminal import print_rows, print_text, print_told
from storage import Archive
from storage.db.errors import DISK_FULL
from storage.exports.whole_file import whole_file
from storage.locks import series_lock
from storage.rows import SeriesLedger
from views.cells import READERS_ZONE, json_line, safe
from views.ledger import NOT_WHOLE, completeness, entry_row, remarks
from views.timeline import timeline_svg
from wangqi.program import program

_UNKNOWN: Final = "No story of this series is known yet."


class Command(ArchiveCommand):
    """List the series; or, of one, its stories in their order: which are stored, which are missing, and why."""

    def syntax(self) -> str:
        return "[NAME [--missing]] [--json] [--svg FILE] [--rename NEW | --join OTHER] [--by NAME]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("name", metavar="NAME", nargs="?", help="of this one: its name or title")
        parser.add_argument("--missing", action="store_true", help="only what is known and not held, and why")
        parser.add_argument("--rename", metavar="NEW", help="call it so; its former name leads to it")
        parser.add_argument("--join", metavar="OTHER", help="make another series part of this one")
        parser.add_argument("--by", metavar="NAME", help="who decides; else the name of your account")
        parser.add_argument("--svg", metavar="FILE", type=Path, help="write a picture of the series along its time")

    def work(self, opts: argparse.Namespace) -> int:
        if opts.rename is None and opts.join is None:
            return super().work(opts)
        if not opts.name or (opts.rename is not None and opts.join is not None):
            raise UsageError(f"Name one series, and one change of it. Write: {program()} series {self.syntax()}")
        with Archive(self.archive_url) as archive:
            print_told(safe(_changed(archive, self.archive_url, opts)))
        return 0

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        if opts.name is not None:
            (series,) = archive.series(opts.name)
            zone = self.zones().get(series.name, READERS_ZONE)
            ledger = archive.ledger(series.id, zone)
            if opts.svg:
                _draw(ledger, opts.svg, zone)
            shown = [one for one in ledger.entries if not opts.missing or one.state in NOT_WHOLE]
            rows = (entry_row(entry, zone) for entry in shown)
            if opts.json:
                _print_json(rows)
            else:
                _print(ledger, rows, "No story of it is missing." if ledger.entries else _UNKNOWN)
            return
        if opts.svg:
            raise UsageError(f"Name the series to draw: {program()} series NAME --svg FILE", print_help=False)
        if opts.missing:
            raise UsageError(f"Name the series: {program()} series NAME --missing", print_help=False)
        print_rows(
            map(asdict, archive.series()),
            as_json=opts.json,
            columns=("title", "stories", "missing", "pages", "cadence_days", "name"),
            nothing=f"The archive holds no series yet. Begin one: {program()} crawl series -a url=https://…",
        )


def _changed(archive: Archive, url: str, opts: argparse.Namespace) -> str:
    """Renames or joins, while no crawl of the series is running; says what was done and how it is taken back."""
    by = decider(opts)
    (series,) = archive.series(opts.name)
    with series_lock(url, series.name):
        if opts.rename is not None:
            if not is_name(opts.rename):
                raise UsageError(
                    f"{opts.rename!r} is no name for a series. Use letters, digits, - and _, and not `series` itself."
                )
            done = archive.name_series(series.id, opts.rename, by=by)
        else:
            (other,) = archive.series(opts.join)
            with nullcontext() if other.id == series.id else series_lock(url, other.name):
                done = archive.join_series(series.id, other.id, by=by)
    return f"{done.reason}. To take it back: {program()} review undo {done.id}"


def _draw(ledger: SeriesLedger, file: Path, zone: tzinfo) -> None:
    try:
        with whole_file(file, "utf-8") as picture:
            picture.write(timeline_svg(ledger, completeness(ledger), zone))
    except OSError as error:
        if error.errno in DISK_FULL:  # of the disk, and not of the name
            raise
        raise UsageError(f"The picture {str(file)!r} cannot be written: {error.strerror}.", print_help=False) from error


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        print_text(json_line({"stored": row["story_id"] is not None, **row}))


def _print(ledger: SeriesLedger, rows: Iterable[dict[str, Any]], nothing: str) -> None:
    print_rows(
        rows,
        as_json=False,
        columns=("place", "story_id", "state", "published", "ordinal", "title", "reason", "named_by"),
        nothing=nothing,
    )
    print_told(f"\n{completeness(ledger)}")
    for remark in remarks(ledger):
        print_told(safe(remark))
