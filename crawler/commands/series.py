"""`scrapy series`: what is known, stored and missing."""

import argparse
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.reading_command import ReadingCommand
from crawler.showing.ledger import completeness, entry_row, remarks
from crawler.showing.tables import READERS_ZONE, json_line, print_rows, print_text, safe
from crawler.showing.timeline import timeline_svg
from storage import Archive
from storage.rows import SeriesLedger


class Command(ReadingCommand):
    """List the series; or, of one, its stories in their order: which are stored, which are missing, and why."""

    def syntax(self) -> str:
        return "[NAME] [--json] [--svg FILE]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("name", nargs="?")
        parser.add_argument("--svg", metavar="FILE", type=Path, help="write a picture of the series along its time")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        if opts.name:
            (series,) = archive.series(opts.name)
            zone = self.zones().get(series.name, READERS_ZONE)
            ledger = archive.ledger(series.id, zone)
            if opts.svg:
                _draw(ledger, opts.svg, zone)
            (_print_json if opts.json else _print)(ledger, zone)
            return
        if opts.svg:
            raise UsageError("Name the series to draw: scrapy series NAME --svg FILE", print_help=False)
        print_rows(
            map(asdict, archive.series()),
            as_json=opts.json,
            columns=("title", "stories", "missing", "pages", "cadence_days", "name"),
            nothing="The archive holds no series yet. Begin one: scrapy crawl series -a url=https://…",
        )


def _draw(ledger: SeriesLedger, file: Path, zone: tzinfo) -> None:
    try:
        file.write_text(timeline_svg(ledger, completeness(ledger), zone), "utf-8")
    except OSError as error:
        raise UsageError(f"The picture {str(file)!r} cannot be written: {error.strerror}.", print_help=False) from error


def _print_json(ledger: SeriesLedger, zone: tzinfo) -> None:
    for entry in ledger.entries:
        print_text(json_line({"stored": entry.story_id is not None, **entry_row(entry, zone)}))


def _print(ledger: SeriesLedger, zone: tzinfo) -> None:
    print_rows(
        (entry_row(entry, zone) for entry in ledger.entries),
        as_json=False,
        columns=("place", "story_id", "state", "published", "ordinal", "title", "reason", "named_by"),
        nothing="No story of this series is known yet.",
    )
    print_text(f"\n{completeness(ledger)}")
    for remark in remarks(ledger):
        print_text(safe(remark))
