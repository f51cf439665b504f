"""`scrapy schedule`: each series of the catalogue at its time."""

import argparse
from concurrent.futures import wait
from datetime import UTC, datetime

from scrapy.utils.log import configure_logging

from crawler.catalogue.file import CatalogueError, read_catalogue
from crawler.cli.archive_command import row_count
from crawler.cli.command import PlainCommand
from crawler.scheduling.processes import Children
from crawler.scheduling.scheduler import Scheduler, scheduled
from crawler.scheduling.stop_signals import StopSignals
from storage import Archive
from storage.locks import scheduler_lock
from wangqi import exit_codes

_AT_ONCE = 2
_GRACE = 60
_POLL = 0.2  # seconds


class Command(PlainCommand):
    """Crawl each series of the catalogue when its `schedule` or `every` says so, until Ctrl-C or SIGTERM.

    Every crawl is a process `scrapy crawl NAME`, and no series has two at once. Runs that were missed are made up for
    by one. With --once it crawls what is due now and ends: 0, or 20 when a crawl did not end with 0.
    """

    def syntax(self) -> str:
        return "[--once] [--at-once N] [--grace SECONDS]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--once", action="store_true", help="crawl what is due now, then end (for cron)")
        parser.add_argument(
            "--at-once", metavar="N", type=row_count, default=_AT_ONCE, help=f"crawls at a time ({_AT_ONCE})"
        )
        parser.add_argument(
            "--grace", metavar="SECONDS", type=float, default=_GRACE, help=f"before a crawl is killed ({_GRACE})"
        )

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        file = self.settings["CATALOGUE"]
        if not scheduled(read_catalogue(file)):
            raise CatalogueError(
                f'No entry of the catalogue {file!r} has a schedule. Give one: schedule = "0 6 * * mon"'
            )
        configure_logging(self.settings)
        Archive(self.archive_url).close()  # makes it, or says in one line why it cannot be opened
        children = Children([part for one in opts.set for part in ("-s", one)], at_once=opts.at_once)
        with scheduler_lock(self.archive_url), StopSignals() as signals:
            scheduler = Scheduler(self.archive_url, file, children)
            try:
                return _once(scheduler, signals) if opts.once else scheduler.run(signals)
            finally:
                children.stop(opts.grace, signals)


def _once(scheduler: Scheduler, signals: StopSignals) -> int:
    waiting = set(scheduler.call_due(datetime.now(UTC)))
    codes: set[int] = set()
    while waiting:
        if signals.wait(0):
            return exit_codes.SIGNAL
        done, waiting = wait(waiting, timeout=_POLL)
        codes |= {call.result() for call in done}
    return exit_codes.PARTIAL if any(codes) else exit_codes.COMPLETE
