"""`scrapy export`: the stories as a file for other programs."""

import argparse
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ArchiveCommand, add_date_options, add_limit_option, add_series_option
from crawler.cli.question import add_query_option, question
from crawler.cli.terminal import in_utf8, print_text
from storage import Archive
from storage.exports import FORMATS, export
from views.cells import json_line, safe
from wangqi.program import program


class Command(ArchiveCommand):
    """Write stories with their texts to a file, or to stdout (-). A file is replaced only when the new one is whole."""

    def syntax(self) -> str:
        return f"[--format {'|'.join(FORMATS)}] [--query QUERY] [--series NAME] [--since DATE] [--until DATE] FILE"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("file")
        add_query_option(parser)
        add_series_option(parser)
        add_limit_option(parser)
        add_date_options(parser)
        parser.add_argument("--format", metavar="FORMAT", help=f"{' or '.join(FORMATS)}; else as FILE ends")
        parser.add_argument("--raw-csv", action="store_true", help="do not guard cells that a spreadsheet would run")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        if not opts.file:
            raise UsageError("The name of the file is empty. Name one, or - for stdout")
        form = opts.format or Path(opts.file).suffix.removeprefix(".")
        if form not in FORMATS:
            raise UsageError(f"{form!r} is no format. Write: {program()} export --format {' or '.join(FORMATS)} FILE")
        asked = question(opts.query)
        stories = archive.stories(opts.series, since=opts.since, until=opts.until, limit=opts.limit, query=asked)
        if opts.file == "-":
            if sys.stdout.isatty():
                raise UsageError("An export is not for the eye: name a file, or a program that reads it")
            write = FORMATS[form].write_raw if opts.raw_csv else FORMATS[form].write
            write(stories, in_utf8(sys.stdout))
            return
        written = export(stories, Path(opts.file), form, is_raw=opts.raw_csv)
        if opts.json:
            print_text(json_line({"written": written, "file": opts.file}))
        else:
            print_text(f"{written} stories written to {safe(opts.file)}.")
