"""`scrapy backup`: a verified copy, also while a crawl runs."""

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.cli.command import PlainCommand
from crawler.cli.standing_line import StandingLine
from crawler.cli.terminal import print_error, print_text, print_told
from storage.db.errors import DamagedError
from storage.upkeep.backup import back_up
from views.cells import json_line, safe
from wangqi import exit_codes


class Command(PlainCommand):
    """Copy the archive to a file, also while crawls write to it. The copy is verified before it takes its name.

    To restore it, let ARCHIVE_URL name the copy, or put it in the archive's place while no crawl runs.

    Exit codes: 0 it is written and sound; 4 the archive is damaged, and no copy is written; 3 disk full; 1 error;
    2 wrong usage.
    """

    def syntax(self) -> str:
        return "FILE [--force] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("file")
        parser.add_argument("--force", action="store_true", help="replace a file of that name, once the copy is sound")
        parser.add_argument("--json", action="store_true", help="print what was written as one JSON object")

    def work(self, opts: argparse.Namespace) -> int:
        if not opts.file:
            raise UsageError("The name of the file is empty. Name one")
        file = Path(opts.file)
        if file.exists() and not opts.force:
            raise UsageError(f"{str(file)!r} is there already. Name another file, or replace it with --force")
        try:
            with StandingLine() as line:
                size = back_up(self.archive_url, file, line.tell)
        except DamagedError as error:
            print_error(error)
            return exit_codes.DAMAGED
        if opts.json:
            print_text(json_line({"file": opts.file, "bytes": size}))
        else:
            print_told(f"{safe(opts.file)} is a sound copy of the archive, {size / 2**20:.1f} MiB.")
        return 0
