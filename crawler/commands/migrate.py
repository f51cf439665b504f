"""`scrapy migrate`: brings an archive of an earlier release to this one's schema."""

import argparse

from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_text, print_told
from storage import Archive
from storage.db.errors import masked
from storage.upkeep.migration import Step, steps, versions
from views.cells import safe


class Command(PlainCommand):
    """Bring an archive of an earlier release up to date, whole or not at all; the next crawl would do so, too.

    With --sql it prints what would run, for whoever looks after the database, and changes nothing. Make a copy before:
    an archive is never taken back a version.

    Exit codes: 0 it is up to date; 4 the archive is damaged; 3 disk full; 1 error; 2 wrong usage.
    """

    def syntax(self) -> str:
        return "[--sql]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--sql", action="store_true", help="print the statements, and change nothing")

    def work(self, opts: argparse.Namespace) -> int:
        name, (old, new) = safe(masked(self.archive_url)), versions(self.archive_url)
        if opts.sql:
            for step in steps(self.archive_url):
                _print(step)
            if old == new:
                print_told(f"-- Nothing would run: schema {new} is up to date.")
            return 0
        with Archive(self.archive_url):
            pass
        if old == new:
            print_told(f"{name} is up to date: schema {new}.")
        else:
            print_told(f"{name} was brought from schema {old} to {new}." if old else f"{name} is new: schema {new}.")
        return 0


def _print(step: Step) -> None:
    print_told(f"-- {step.version}: {step.says}")
    for statement in step.statements:
        print_text(f"{statement.rstrip(';')};")
    if step.fills:
        print_told("-- It also fills rows that are worked out of others: the command does that, no statement can.")
    print_text("")
