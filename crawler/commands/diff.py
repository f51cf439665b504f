"""`scrapy diff`: two texts word by word."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.diff_terminal import console_of_width, heading, marked, print_rows_of
from crawler.cli.review_command import text_name
from crawler.cli.terminal import print_text, print_told
from storage import Archive
from storage.exports.whole_file import whole_file
from views.cells import json_line, safe
from views.diff_page import page
from views.diff_pieces import compared, side_by_side


class Command(ArchiveCommand):
    """Compare two texts word by word: what is swapped, put in, left out, and which numbers and names differ."""

    def syntax(self) -> str:
        return "TEXT TEXT [--html FILE] [--json]    (TEXT: the id of a story, r and that of a revision, or a URL)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("first")
        parser.add_argument("second")
        parser.add_argument("--html", metavar="FILE", help="write both side by side to a file")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        first, second = (archive.text(text_name(word)) for word in (opts.first, opts.second))
        comparison = compared(first, second)
        rows = side_by_side(first.text, second.text, comparison)
        if opts.html:
            with whole_file(Path(opts.html), "utf-8") as file:
                file.write(page(first, second, comparison, rows))
        if opts.json:
            print_text(json_line({"first": asdict(first), "second": asdict(second), **asdict(comparison)}))
            return
        print_told(heading(first, second, comparison) + "\n")
        if opts.html:
            print_told(f"Side by side in {safe(opts.html)}.")
        elif sys.stdout.isatty():
            print_rows_of(rows, console_of_width())
        else:
            print_text("\n".join(marked(rows)))
