"""`scrapy move`: an archive in another database."""

import argparse
from dataclasses import asdict

from scrapy.exceptions import UsageError

from crawler.cli.command import PlainCommand
from crawler.cli.standing_line import StandingLine
from crawler.cli.terminal import print_error, print_text, print_told
from storage.db.errors import DamagedError, masked
from storage.upkeep.move import move
from views.cells import json_line, safe
from wangqi import exit_codes


class Command(PlainCommand):
    """Copy the archive into an empty database, SQLite or PostgreSQL, and prove that it is the same there.

    All of it arrives in one transaction, or nothing. Then every row is read there again and held beside what was sent.
    The archive itself stays as it is; let ARCHIVE_URL name the other one from then on.

    Exit codes: 0 it is there, and the same; 4 it would not be, and nothing is there; 3 disk full; 1 error; 2 wrong
    usage.
    """

    def syntax(self) -> str:
        return "--to URL [--json]    (sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="URL", help="the database that it is copied into")
        parser.add_argument("--json", action="store_true", help="print what was copied as one JSON object")

    def work(self, opts: argparse.Namespace) -> int:
        if not opts.to:
            raise UsageError("Name the database to copy the archive into: --to sqlite:///FILE or postgresql://…")
        try:
            with StandingLine() as line:
                moved = move(self.archive_url, opts.to, line.tell)
        except DamagedError as error:
            print_error(error)
            return exit_codes.DAMAGED
        if opts.json:
            print_text(json_line({"to": masked(opts.to), **asdict(moved)}))
            return 0
        total = sum(moved.rows.values())
        print_told(
            f"{safe(masked(opts.to))} holds the archive: {total} rows in {len(moved.rows)} tables, all the same."
        )
        print_told(f"The digest of both is {moved.digest}.")
        if moved.open_runs:
            print_error(
                f"{moved.open_runs} {'run' if moved.open_runs == 1 else 'runs'} had not ended: what they store from"
                " now on goes into the old archive alone."
            )
        return 0
