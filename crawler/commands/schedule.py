"""`scrapy schedule`: each series of the catalogue at its time."""

import argparse
import math
import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import wait
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from socket import gethostname
from typing import Final

from scrapy.utils.log import configure_logging

from crawler.catalogue.channels import Channel
from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue, read_channels
from crawler.catalogue.times import AUTO, length_of
from crawler.cli.archive_command import row_count
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_error, print_rows, print_told
from crawler.scheduling.delivery import MISSING, send
from crawler.scheduling.due import Made
from crawler.scheduling.plan import runs_to_come
from crawler.scheduling.processes import Children
from crawler.scheduling.scheduler import Scheduler, made_so_far, scheduled
from crawler.scheduling.stop_signals import StopSignals
from crawler.scheduling.watch import Watch
from storage import Archive
from storage.db.errors import ArchiveError
from storage.locks import SchedulerBusy, scheduler_lock, sqlite_file
from views.cells import safe
from wangqi import exit_codes
from wangqi.recrawls.rhythm import rhythm

_AT_ONCE = 2
_GRACE = 60
_OVERTIME = 30
_POLL = 0.2  # seconds
_ASKS = 15
_DAYS = 7
_LOOKS: Final = timedelta(minutes=5)  # it looks every minute; a busy archive may hold one up
_FURTHEST: Final = timedelta(days=9 * 366)  # a crontab of a leap day


class Command(PlainCommand):
    """Crawl each series of the catalogue when its `schedule` or `every` says so, until Ctrl-C or SIGTERM.

    Every crawl is a process `scrapy crawl NAME`, and no series has two at once. Runs that were missed are made up for
    by one. With --once it crawls what is due now and ends: 0, or 20 when a crawl did not end with 0. With --list or
    --dry-run it crawls nothing and says what is scheduled, or what would run when.
    """

    def syntax(self) -> str:
        return (
            "[--once | --list | --dry-run [--days N] | --alive | --try-notify] [--at-once N] [--grace SECONDS]"
            " [--overtime MINUTES] [--json]"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--once", action="store_true", help="crawl what is due now, then end (for cron)")
        group.add_argument("--list", action="store_true", help="say what is scheduled, with the last run and the next")
        group.add_argument(
            "--alive", action="store_true", help="end with 0 if a scheduler looked in the last minutes, else 1"
        )
        group.add_argument("--try-notify", action="store_true", help="send a line to each address of notify")
        group.add_argument("--dry-run", action="store_true", help="say what would run when")
        parser.add_argument("--days", metavar="N", type=row_count, default=_DAYS, help=f"of --dry-run ({_DAYS})")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.add_argument(
            "--at-once", metavar="N", type=row_count, default=_AT_ONCE, help=f"crawls at a time ({_AT_ONCE})"
        )
        parser.add_argument(
            "--grace", metavar="SECONDS", type=_amount, default=_GRACE, help=f"before a crawl is killed ({_GRACE})"
        )

        parser.add_argument(
            "--overtime",
            metavar="MINUTES",
            type=_amount,
            default=_OVERTIME,
            help=f"beyond its own limit (max_minutes) after which a crawl is stopped ({_OVERTIME})",
        )

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        if opts.alive:
            return self._is_looking()
        file = self.settings["CATALOGUE"]
        channels = read_channels(file)
        if channels and find_spec("apprise") is None:
            raise CatalogueError(f"The catalogue {file!r} has notify, and {MISSING}")
        if opts.try_notify:
            return _try(channels)
        if not scheduled(read_catalogue(file)):
            raise CatalogueError(
                f'No entry of the catalogue {file!r} has a schedule. Give one: schedule = "0 6 * * mon"'
            )
        if opts.list or opts.dry_run:
            return self._foretell(opts)
        configure_logging(self.settings)
        Archive(self.archive_url).close()  # makes it, or says in one line why it cannot be opened
        children = Children(
            [part for one in opts.set for part in ("-s", one)],
            at_once=opts.at_once,
            max_minutes=self.settings.getfloat("RUN_MAX_MINUTES"),
            overtime=opts.overtime,
        )
        try:
            with scheduler_lock(self.archive_url), StopSignals() as signals:
                watch = Watch(
                    self.archive_url,
                    file,
                    reserve=self.settings.getint("DISK_RESERVE"),
                    room=self.settings["READING_ROOM"],
                )
                scheduler = Scheduler(self.archive_url, file, children, watch)
                try:
                    code = _once(scheduler, signals) if opts.once else scheduler.run(signals)
                finally:
                    children.stop(opts.grace, signals)
                if opts.once:
                    scheduler.tell_all()
                return code
        except SchedulerBusy as error:
            raise SchedulerBusy(f"{error}{self._holder()}") from error

    def _is_looking(self) -> int:
        with Archive(self.archive_url, read_only=True) as archive:
            its = archive.scheduler()
        if its is None:
            print_error("No scheduler has ever looked at this archive.")
            return exit_codes.ERROR
        ago = datetime.now(UTC) - its.looked_at
        print_told(safe(f"process {its.pid} on {its.host} looked {ago / timedelta(seconds=1):.0f} s ago"))
        return exit_codes.COMPLETE if abs(ago) < _LOOKS else exit_codes.ERROR

    def _holder(self) -> str:
        """Who is the scheduler, as a sentence: one that has just begun tells it in a moment."""
        for _ in range(_ASKS):
            with suppress(ArchiveError), Archive(self.archive_url, read_only=True) as archive:
                if (its := archive.scheduler()) and (its.host != gethostname() or _is_alive(its.pid)):
                    return f" It is process {its.pid} on {its.host}, since {its.started_at:%Y-%m-%d %H:%M:%S} UTC."
            time.sleep(_POLL)
        return ""

    def _foretell(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        catalogue, now = scheduled(read_catalogue(self.settings["CATALOGUE"])), datetime.now(UTC)
        made = self._made(catalogue, now)

        def to_come(name: str, length: timedelta) -> Iterator[datetime]:
            return runs_to_come(catalogue[name], made[name], now, now + length)

        if opts.list:
            rows = [
                {
                    "series": name,
                    "when": f"every {length_of(every)}" if (every := made[name].every(spec)) else spec.schedule,
                    "zone": spec.timezone,
                    "last": next((run.started_at for run in made[name].runs), None),
                    "next": next(to_come(name, _FURTHEST), None),
                    "why": _why(spec, made[name]),
                }
                for name, spec in catalogue.items()
            ]
            print_rows(rows, as_json=opts.json, columns=("series", "when", "zone", "last", "next", "why"), nothing="")
            return exit_codes.COMPLETE
        planned = sorted((moment, name) for name in catalogue for moment in to_come(name, timedelta(days=opts.days)))
        print_rows(
            ({"at": moment, "series": name} for moment, name in planned),
            as_json=opts.json,
            columns=("at", "series"),
            nothing=f"Nothing is to run in the next {opts.days} days.",
        )
        return exit_codes.COMPLETE

    def _made(self, catalogue: Mapping[str, SeriesSpec], now: datetime) -> dict[str, Made]:
        file = sqlite_file(self.archive_url)
        if file is not None and not file.exists():  # the first crawl makes it
            return {name: Made(rhythm=rhythm([], [], now)) for name in catalogue}
        return made_so_far(self.archive_url, catalogue, now)


def _amount(text: str) -> float:
    """Of seconds or minutes."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of time. Write a number, 0 or more")
    return number


def _try(channels: Mapping[str, Channel]) -> int:
    """Sends each address a line, and says of each whether it was taken."""
    if not channels:
        raise CatalogueError('No notify is in the catalogue. Above all entries: notify = "ADDRESS"')
    failed = False
    for name, channel in channels.items():
        for number, address in enumerate(channel.addresses, start=1):
            trouble = send(
                address, "Wangqi: a first line", "This channel will hear of what is wrong, and when it is over."
            )
            print_told(safe(f"address {number} of {name or 'the whole archive'}: {trouble or 'taken'}"))
            failed |= trouble is not None
    return exit_codes.ERROR if failed else exit_codes.COMPLETE


def _why(spec: SeriesSpec, made: Made) -> str:
    return f"auto: {made.rhythm.why}" if made.rhythm and spec.schedule == AUTO else "series.toml"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # of another user
        return True
    return True


def _once(scheduler: Scheduler, signals: StopSignals) -> int:
    waiting = set(scheduler.call_due(datetime.now(UTC)))
    codes: set[int] = set()
    while waiting:
        if signals.wait(0):
            return exit_codes.SIGNAL
        done, waiting = wait(waiting, timeout=_POLL)
        codes |= {call.result() for call in done}
    return exit_codes.PARTIAL if any(codes) else exit_codes.COMPLETE
