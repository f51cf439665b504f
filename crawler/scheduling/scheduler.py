"""The clock: once a minute it looks which series of the catalogue are due, and calls their crawls."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from socket import gethostname
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler

from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue
from crawler.catalogue.times import AUTO
from crawler.scheduling.due import Made, due_now
from crawler.scheduling.processes import Children
from crawler.scheduling.rhythms import AUTO_RUNS, rhythm_of
from crawler.scheduling.stop_signals import StopSignals
from crawler.scheduling.watch import Watch
from storage import Archive
from storage.db.errors import ArchiveError, LockLostError, NewerVersionError, UnknownSeriesError
from storage.locks import is_free, keep_held
from storage.rows import CallRow, RunRow
from wangqi import exit_codes

logger = logging.getLogger(__name__)

_POLL = 1.0  # seconds
_HOUR: Final = timedelta(hours=1)
_LAST: Final = (LockLostError, NewerVersionError)  # after which no look is of use


def scheduled(catalogue: Mapping[str, SeriesSpec]) -> dict[str, SeriesSpec]:
    """The entries that have a time of their own."""
    return {name: spec for name, spec in catalogue.items() if spec.schedule or spec.every}


def made_so_far(archive_url: str, catalogue: Mapping[str, SeriesSpec], now: datetime) -> dict[str, Made]:
    """What was done for each of these entries."""
    with Archive(archive_url, read_only=True) as archive:
        calls = archive.calls()
        return {name: _made(archive, spec, calls.get(name), now) for name, spec in catalogue.items()}


def _made(archive: Archive, spec: SeriesSpec, call: CallRow | None, now: datetime) -> Made:
    try:
        runs: Sequence[RunRow] = archive.runs(spec.name, limit=AUTO_RUNS, kind="crawl")
    except UnknownSeriesError:
        runs = []
    found = rhythm_of(archive, spec.name if runs else None, runs, now) if spec.schedule == AUTO else None
    return Made(runs=runs, call=call, rhythm=found)


class Scheduler:
    """Calls the crawls of an archive's catalogue at their times.

    All that it knows of the past is in the archive: a run that was missed, by however many strokes, is made up for
    once. The catalogue is read anew at each look; a broken one is told, and the last good one stays in force.
    """

    def __init__(self, archive_url: str, file: str, children: Children, watch: Watch | None = None) -> None:
        self._url = archive_url
        self._file = file
        self._children = children
        self._watch = watch
        self._examined: datetime | None = None
        self._open: frozenset[str] = frozenset()
        self._catalogue = self._scheduled()
        self._told: dict[str, str] = {}
        self._ended_by: ArchiveError | None = None
        with Archive(archive_url) as archive:
            archive.begin_schedule(os.getpid(), gethostname(), datetime.now(UTC))

    def call_due(self, now: datetime) -> list[Future[int]]:
        """Calls the crawls that are due at this moment."""
        with self._going_on("catalogue"):
            self._reload()
        calls: list[Future[int]] = []
        with self._going_on("archive"):
            calls += self._call(self._due(now), now)
        return calls

    def run(self, signals: StopSignals) -> int:
        """Looks at once and then at every full minute, until a signal comes; answers with the exit code.

        Raises:
            LockLostError: Another scheduler has taken its place.
            NewerVersionError: A later release was installed, and has upgraded the archive.
        """
        for name, spec in self._catalogue.items():
            logger.info("%s: %s", name, spec.schedule or f"every {spec.every}")
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else it tells of every minute
        clock = BackgroundScheduler(timezone=UTC)
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        clock.add_job(self._look, "cron", second=0, next_run_time=datetime.now(UTC), **once)
        if self._watch:
            # A job of its own: a channel that hangs holds up no look.
            clock.add_job(self._send, "cron", second=30, **once)
        clock.start()
        while not signals.wait(_POLL) and not self._ended_by:
            pass
        clock.shutdown(wait=True)
        if self._ended_by:
            raise self._ended_by
        return exit_codes.COMPLETE

    def _look(self) -> None:
        with self._ending():
            with self._going_on("lock"):
                keep_held(self._url)
                self.call_due(datetime.now(UTC))
            with self._going_on("archive"), Archive(self._url) as archive:
                archive.has_looked(datetime.now(UTC))
            self._examine(datetime.now(UTC))

    def _examine(self, now: datetime) -> None:
        """When a crawl has ended, and else once an hour, since silence and a full disk come by themselves."""
        before, self._open = self._open, self._children.names()
        has_ended = bool(before - self._open)
        if self._watch and (has_ended or self._examined is None or not timedelta() < now - self._examined < _HOUR):
            with self._going_on("health"):
                self._watch.examine(now, self._open)
            self._examined = now

    def _send(self) -> None:
        assert self._watch
        with self._ending(), self._going_on("notices"):
            self._watch.send(datetime.now(UTC))

    def tell_all(self) -> None:
        """Examines and sends now, as `--once` does at its end."""
        if self._watch:
            with self._going_on("health"):
                self._watch.examine(datetime.now(UTC))
            self._send()

    def _due(self, now: datetime) -> list[tuple[str, datetime]]:
        return [*due_now(self._catalogue, made_so_far(self._url, self._catalogue, now), now)]

    def _call(self, due: Sequence[tuple[str, datetime]], now: datetime) -> Iterator[Future[int]]:
        waiting = [(name, moment) for name, moment in due if self._may_begin(name)]
        if not waiting:
            return
        with Archive(self._url) as archive:
            for name, moment in waiting:
                archive.note_call(name, moment, now)
                yield self._children.call(name, self._catalogue[name].max_minutes)

    def _may_begin(self, name: str) -> bool:
        if self._children.has(name):
            return False
        if not is_free(self._url, name):
            logger.debug("%s: due, and being crawled already", name)
            return False
        return True

    def _reload(self) -> None:
        whole = read_catalogue(self._file)
        if not whole:
            raise CatalogueError(f"The catalogue {self._file!r} has no entries any more; those it had stay in force.")
        fresh = scheduled(whole)
        if fresh != self._catalogue:
            logger.info("The catalogue has changed; scheduled are: %s", ", ".join(fresh) or "none")
            self._catalogue = fresh

    def _scheduled(self) -> dict[str, SeriesSpec]:
        return scheduled(read_catalogue(self._file))

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Keeps the error after which no look is of use, for the thread that waits in `run`."""
        try:
            yield
        except LockLostError as error:
            self._ended_by = error
        except NewerVersionError as error:
            told = "This scheduler has run since before that, and ends, so that what is installed now takes its place."
            self._ended_by = NewerVersionError(f"{error} {told}")

    @contextmanager
    def _going_on(self, subject: str) -> Iterator[None]:
        """Tells an error of the subject, once and not every minute, and goes on."""
        try:
            yield
        except _LAST:
            raise
        except (ArchiveError, CatalogueError, OSError) as error:
            if self._told.get(subject) != str(error):
                logger.error("%s", error)  # noqa: TRY400 - it says all; the traceback would say nothing more
            self._told[subject] = str(error)
        else:
            self._told.pop(subject, None)
