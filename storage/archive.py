"""The archive: every question and every change has its method here, and its SQL in the module named for its subject."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from storage import frontier, recording
from storage.clock import Clock
from storage.db.asking_again import again_when_cut_off
from storage.db.engine import archive_engine, is_in_memory
from storage.db.errors import ArchiveError, ReadOnlyError, archive_error, cannot_open, masked
from storage.db.migrate import bring_up_to_date, check_not_moved_on
from storage.db.sqlite_file import stays
from storage.db.writer import Writer
from storage.filing import Filing
from storage.handing_over import HandingOver
from storage.locks import keep_held, sqlite_file
from storage.maintenance import Maintenance
from storage.proving import Proving
from storage.questions import Questions
from storage.reviewing import Reviewing
from storage.timekeeping import Timekeeping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy import Connection

    from storage.rows import (
        DuePage,
        FrontierCounts,
        RunKind,
    )
    from wangqi.copies.changes import Weigh
    from wangqi.copies.records import Judge, Trim
    from wangqi.visit import Discovery, Recorded, Visit

T = TypeVar("T")

DEFAULT_URL = "sqlite:///archive.db"


class Archive(Questions, Reviewing, Maintenance, Proving, Timekeeping, Filing, HandingOver):
    """An archive of article series, in SQLite or PostgreSQL.

    A series is named by its id, its name or its title. Times are aware; those that come back are in UTC. Every method
    may be called from any thread. Writing methods return when their transaction has committed, except `record`.

    Args:
        url: `sqlite:///FILE` (made when missing), `sqlite://` (in memory), or `postgresql://USER:PASSWORD@HOST/NAME`.
        read_only: Nothing is created or changed, and writing methods raise `ReadOnlyError`.

    Raises:
        CannotOpenError: when the address leads to nothing that can be used.
        NewerVersionError: when a later release has written the database.
        DiskFullError: when there is no room to make it. `BusyError`: when another process does not let go of it.
    """

    def __init__(self, url: str = DEFAULT_URL, *, read_only: bool = False) -> None:
        self._url = url
        self._engine = archive_engine(url, read_only=read_only)
        try:
            # A database in memory lives as long as one of its connections.
            self._anchor = self._engine.connect() if is_in_memory(self._engine) else None
            again_when_cut_off(lambda: bring_up_to_date(self._engine, masked(url), read_only=read_only))
        except Exception as error:
            self._engine.dispose()
            if isinstance(error, ArchiveError):
                raise
            raise cannot_open(error, url) from error
        self._writer = None if read_only else Writer(self._engine, url, guard=self._guard())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Commits what was submitted, then lets go of the database. A second call does nothing."""
        if self._writer is not None:
            self._writer.close()
        if self._anchor is not None:
            self._anchor.close()
        self._engine.dispose()

    # Series and runs

    def series_named(
        self, name: str, *, title: str | None = None, start: Sequence[str] = (), publisher: str | None = None
    ) -> int:
        """The id of the series of this name, made if there is none."""
        return self._write(
            lambda c: frontier.series.named(c, name, _now(), title=title, start=start, publisher=publisher)
        )

    def series_called(self, name: str) -> int | None:
        """The id of the series that has, or once had, this name; None when there is none."""
        return self._read(lambda c: frontier.series.called(c, name))

    def series_of_page(self, url: str) -> str | None:
        """The name of the series that the page of this canonical URL is of; None of a page without a story of one."""
        return self._read(lambda c: frontier.series.of_page(c, url))

    def rename_series(self, series_id: int, *, name: str | None = None, title: str | None = None) -> None:
        """Gives a series the name or title that its stories were found to use."""
        self._write(lambda c: frontier.series.rename(c, series_id, name=name, title=title))

    def begin_run(self, series_id: int, kind: RunKind = "crawl") -> int:
        """Opens a run: older ones left open are closed as `interrupted`, leases freed, watch pages and listings due."""
        return self._write(lambda c: frontier.runs.begin(c, series_id, os.getpid(), _now(), kind))

    def end_run(
        self,
        run_id: int,
        *,
        reason: str,
        counts: Mapping[str, int],
        exit_code: int | None = None,
        requests: int = 0,
        missing: int | None = None,
    ) -> None:
        """Closes a run, and makes its manifest. `counts` are pages by outcome word, `missing` open titles."""
        self._write(
            lambda c: frontier.runs.end(
                c,
                run_id,
                _now(),
                reason=reason,
                counts=counts,
                exit_code=exit_code,
                requests=requests,
                missing=missing,
            )
        )
        self.make_manifests()

    # Pages

    def record(
        self, visit: Visit, judge: Judge | None = None, trim: Trim | None = None, weighing: Weigh | None = None
    ) -> Future[Recorded]:
        """Stores all that one fetch of a page yields, in one transaction.

        The future resolves when it has committed; it fails with `DiskFullError`, `BusyError` or `ConnectionLostError`
        when the transaction did, and with the database's own error when only this visit was refused. Without a judge
        only equal texts are copies; without `trim` a template counts like any other text. `weighing`, by
        default `wangqi.copies.changes.weigh`, says whether a
        stranger could have made what changed: such a text is kept, and does not stand.
        """
        return self._submit(lambda c: recording.visit.record_visit(c, visit, judge, _now(), trim, weighing=weighing))

    def kept_part(self, url: str) -> recording.parts.KeptPart | None:
        """What the page at this canonical URL held when it was last read as a part of a story; None if it never was."""
        return self._read(lambda c: recording.parts.kept(c, url))

    def seed(self, series_id: int, urls: Iterable[str], *, watch: bool = False) -> int:
        """Puts canonical URLs that a person named into the frontier; answers how many were new to the series."""
        named = list(urls)
        return self._write(lambda c: frontier.due.seed(c, series_id, named, _now(), watch=watch))

    def add_leads(self, series_id: int, leads: Sequence[Discovery]) -> None:
        """Puts pages into the frontier that a crawl wants to look at, each found on another page of the series."""
        self._write(lambda c: frontier.discovery.add_leads(c, series_id, leads, _now()))

    def claim(self, series_id: int, run_id: int, limit: int = 100, now: datetime | None = None) -> list[DuePage]:
        """Leases due pages to a run, the longest due first. An empty list: nothing is due."""
        return self._write(lambda c: frontier.due.claim(c, series_id, run_id, limit, now or _now()))

    def release_leases(self, series_id: int) -> int:
        """Makes every page that is leased to a run of the series due again; answers how many."""
        return self._write(lambda c: frontier.due.release_leases(c, series_id))

    def make_due(self, series_id: int, *which: str) -> int:
        """Makes pages due now: by outcome words, `watch`, `all`, or URLs; answers how many."""
        return self._write(lambda c: frontier.due.make_due(c, series_id, which, _now()))

    def counts(self, series_id: int) -> FrontierCounts:
        """The pages of a series by what is to be done with them."""
        return self._read(lambda c: frontier.due.counts(c, series_id, _now()))

    def outcomes(self, run_id: int) -> dict[str, int]:
        """The pages of a run by outcome word, as they are now; a page counts for the last run that visited it."""
        return self._read(lambda c: frontier.runs.outcomes(c, run_id))

    # How it is done

    def _guard(self) -> Callable[[Connection], None]:
        file = sqlite_file(self._url)
        is_ours = stays(file) if file else partial(keep_held, self._url)

        def guard(connection: Connection) -> None:
            is_ours()
            check_not_moved_on(connection, masked(self._url))

        return guard

    def _submit(self, work: Callable[[Connection], T], *, flush: bool = False) -> Future[T]:
        if self._writer is None:
            raise ReadOnlyError(f"The archive {masked(self._url)!r} was opened for reading only.")
        return self._writer.submit(work, flush=flush)

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._submit(work, flush=True).result()

    def _read(self, question: Callable[[Connection], T]) -> T:
        if self._anchor is not None:  # in memory, only one connection at a time can see a settled state
            return self._write(question)

        def asked() -> T:
            with self._engine.connect() as connection:
                return question(connection)

        try:
            return again_when_cut_off(asked)
        except SQLAlchemyError as error:
            whole = archive_error(error, self._url)
            if whole is None:
                again_when_cut_off(self._check_not_moved_on)
                raise
            raise whole from error

    def _check_not_moved_on(self) -> None:
        with self._engine.connect() as connection:
            check_not_moved_on(connection, masked(self._url))


_now: Final = Clock().now
