"""The clock: once a minute it looks which series of the catalogue are due, and calls their crawls."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler

from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue
from crawler.catalogue.times import crontab
from crawler.scheduling.processes import Children
from crawler.scheduling.stop_signals import StopSignals
from crawler.scheduling.timing import due_by_crontab, due_by_interval
from storage import Archive
from storage.db.errors import ArchiveError, LockLostError, UnknownSeriesError
from storage.locks import is_free, keep_held
from storage.rows import RunRow
from wangqi import exit_codes

logger = logging.getLogger(__name__)

_INTERRUPTED = "interrupted"
_POLL = 1.0  # seconds


def is_due(spec: SeriesSpec, runs: Sequence[RunRow], called: datetime | None, now: datetime) -> bool:
    """PURE: whether a series is to be crawled now.

    `runs` are its newest two, newest first; one that has not ended has died. `called` is when it was last called,
    in case that it never got as far as a run. A run that died is made up for at once, but only one: if the run before
    it has died too, the schedule decides.
    """
    starts = [moment for moment in (called, *(run.started_at for run in runs[:1])) if moment is not None]
    last = max(starts, default=None)
    died = bool(runs) and runs[0].ended_at is None and (called is None or called < runs[0].started_at)
    if died and not any(run.reason == _INTERRUPTED for run in runs[1:2]):
        return True
    if spec.every is not None:
        return due_by_interval(spec.every, last, now)
    return spec.schedule is not None and due_by_crontab(crontab(spec.schedule), ZoneInfo(spec.timezone), last, now)


def scheduled(catalogue: Mapping[str, SeriesSpec]) -> dict[str, SeriesSpec]:
    """The entries that have a time of their own."""
    return {name: spec for name, spec in catalogue.items() if spec.schedule or spec.every}


class Scheduler:
    """Calls the crawls of an archive's catalogue at their times.

    All that it knows of the past is in the `run` table: a run that was missed, by however many strokes, is made up
    for once. The catalogue is read anew at each look; a broken one is told, and the last good one stays in force.
    """

    def __init__(self, archive_url: str, file: str, children: Children) -> None:
        self._url = archive_url
        self._file = file
        self._children = children
        self._catalogue = self._scheduled()
        self._told: dict[str, str] = {}
        self._called: dict[str, datetime] = {}
        self._lost: LockLostError | None = None

    def call_due(self, now: datetime) -> list[Future[int]]:
        """Calls the crawls that are due at this moment."""
        due: list[str] = []
        with self._going_on("catalogue"):
            self._reload()
        with self._going_on("archive"):
            due = list(self._due(now))
        calls = {name: self._children.call(name) for name in due}
        self._called |= {name: now for name, call in calls.items() if call}
        return [call for call in calls.values() if call]

    def run(self, signals: StopSignals) -> int:
        """Looks at once and then at every full minute, until a signal comes; answers with the exit code.

        Raises:
            LockLostError: Another scheduler has taken its place.
        """
        for name, spec in self._catalogue.items():
            logger.info("%s: %s", name, spec.schedule or f"every {spec.every}")
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else it tells of every minute
        clock = BackgroundScheduler(timezone=UTC)
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        clock.add_job(self._look, "cron", second=0, next_run_time=datetime.now(UTC), **once)
        clock.start()
        while not signals.wait(_POLL) and not self._lost:
            pass
        clock.shutdown(wait=True)
        if self._lost:
            raise self._lost
        return exit_codes.COMPLETE

    def _look(self) -> None:
        try:
            with self._going_on("lock"):
                keep_held(self._url)
                self.call_due(datetime.now(UTC))
        except LockLostError as error:
            self._lost = error

    def _due(self, now: datetime) -> Iterator[str]:
        with Archive(self._url, read_only=True) as archive:
            for name, spec in self._catalogue.items():
                try:
                    runs = archive.runs(name, limit=2)
                except UnknownSeriesError:
                    runs = []
                if is_due(spec, runs, self._called.get(name), now):
                    if is_free(self._url, name):
                        yield name
                    else:
                        logger.debug("%s: due, and being crawled already", name)

    def _reload(self) -> None:
        fresh = self._scheduled()
        if fresh != self._catalogue:
            logger.info("The catalogue has changed; scheduled are: %s", ", ".join(fresh) or "none")
            self._catalogue = fresh

    def _scheduled(self) -> dict[str, SeriesSpec]:
        return scheduled(read_catalogue(self._file))

    @contextmanager
    def _going_on(self, subject: str) -> Iterator[None]:
        """Tells an error of the subject, once and not every minute, and goes on."""
        try:
            yield
        except LockLostError:
            raise
        except (ArchiveError, CatalogueError, OSError) as error:
            if self._told.get(subject) != str(error):
                logger.error("%s", error)  # noqa: TRY400 - it says all; the traceback would say nothing more
            self._told[subject] = str(error)
        else:
            self._told.pop(subject, None)
