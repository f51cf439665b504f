"""`scrapy export`: the stories as a file for other programs."""

import argparse
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ReadingCommand, add_date_options, add_limit_option, add_series_option
from crawler.cli.terminal import in_utf8, print_text
from storage import Archive
from storage.exports import FORMATS, export
from views.cells import json_line, safe

_FORMATS = ("jsonl", "csv")


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
        if form not in _FORMATS:
            raise UsageError(f"{form!r} is no format. Write: scrapy export --format jsonl FILE, or csv")
        form = "raw-csv" if opts.raw_csv and form == "csv" else form
        stories = archive.stories(opts.series, since=opts.since, until=opts.until, limit=opts.limit)
        if opts.file == "-":
            if sys.stdout.isatty():
                raise UsageError("An export is not for the eye: name a file, or a program that reads it")
            FORMATS[form][0](stories, in_utf8(sys.stdout))
            return
        written = export(stories, Path(opts.file), form)
        if opts.json:
            print_text(json_line({"written": written, "file": opts.file}))
        else:
            print_text(f"{written} stories written to {safe(opts.file)}.")
