"""`scrapy export`: the stories as a file for other programs."""

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.export_files import WRITERS, write_stories
from crawler.reading_command import ReadingCommand, add_date_options, add_limit_option, add_series_option
from crawler.tables import json_line, print_text, safe
from storage import Archive


class Command(ReadingCommand):
    """Write stories with their texts to a file, or to stdout (-). A file is replaced only when the new one is whole."""

    def syntax(self) -> str:
        return "[--format jsonl|csv] [--series NAME] [--since DATE] [--until DATE] FILE"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("file")
        add_series_option(parser)
        add_limit_option(parser)
        add_date_options(parser)
        parser.add_argument("--format", metavar="FORMAT", help="jsonl or csv; else as FILE ends")
        parser.add_argument("--raw-csv", action="store_true", help="do not guard cells that a spreadsheet would run")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        form = opts.format or Path(opts.file).suffix.removeprefix(".")
        if form not in WRITERS:
            raise UsageError(f"{form!r} is no format. Write: scrapy export --format jsonl FILE, or csv")
        stories = archive.stories(opts.series, since=opts.since, until=opts.until, limit=opts.limit)
        written = write_stories(stories, opts.file, form, raw_csv=opts.raw_csv)
        if opts.json and opts.file != "-":
            print_text(json_line({"written": written, "file": opts.file}))
        elif opts.file != "-":
            print_text(f"{written} stories written to {safe(opts.file)}.")
