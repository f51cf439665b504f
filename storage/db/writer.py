"""The one thread that writes: group commit, and a savepoint for each item where one of them fails."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Engine, text

from storage.db.engine import WRITE_LOCK
from storage.db.errors import (
    ArchiveError,
    BusyError,
    ConnectionLostError,
    DiskFullError,
    RefusedError,
    archive_error,
    masked,
)
from storage.faults import passing

T = TypeVar("T")

GROUP: Final = 64  # items a transaction
LINGER: Final = 0.02  # seconds that a transaction waits for company
REPLAYS: Final = 8
# Seconds before the first replay; each next one waits four times as long, at most 10: 54 in all, a server's restart.
_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 10.0
# Writers of one archive take turns, as SQLite makes them do: two mirrors that two crawls read at the same time must
# not become two stories.
_ONE_WRITER: Final = text("SELECT CAST(pg_current_xact_id() AS text), pg_advisory_xact_lock(:lock)")


@dataclass(slots=True)
class _Item(Generic[T]):
    work: Callable[[Connection], T]
    flush: bool
    future: Future[T] = field(default_factory=Future)


class Writer:
    """Runs each piece of work inside a transaction of its own thread.

    Args:
        engine: Its connections begin immediately when they carry the option `writes`.
        place: The archive's address, as its user wrote it.
        linger: Seconds that a transaction waits for more items.
        guard: Called with the connection of each transaction when it has its turn; what it raises fails it.
    """

    def __init__(
        self, engine: Engine, place: str, *, linger: float = LINGER, guard: Callable[[Connection], object] = bool
    ) -> None:
        self._engine = engine
        self._place = place
        self._linger = linger
        self._guard = guard
        self._items: queue.SimpleQueue[_Item[Any] | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._given_up = False
        self._thread = threading.Thread(target=self._run, name="archive-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, flush: bool = False) -> Future[T]:
        """The future resolves when the transaction that holds the work has committed, or fails with its error.

        Work may run more than once, each time in a fresh transaction: it must do nothing but read and write through
        its connection. With `flush` it is committed as soon as the thread is free, for a caller who waits.
        """
        item = _Item(work, flush)
        with self._gate:
            if self._closed:
                raise ArchiveError(f"The archive {masked(self._place)} is closed.")
            self._items.put(item)
        return item.future

    def close(self) -> None:
        """Commits what was submitted, then ends the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._items.put(None)
        self._thread.join()

    def _run(self) -> None:
        open_ = True
        while open_:
            group: list[_Item[Any]] = []
            try:
                open_ = self._gather(group)
                group = [item for item in group if item.future.set_running_or_notify_cancel()]
                if group:
                    self._settle(group)
            except BaseException as error:  # noqa: BLE001 - out of memory: the thread goes on, and nobody waits for ever
                _fail(group, error)

    def _gather(self, group: list[_Item[Any]]) -> bool:
        """Adds the items of the next transaction; answers whether more may come."""
        until = 0.0
        while len(group) < GROUP:
            try:
                wait = None if not group else max(0.0, until - time.monotonic())
                item = self._items.get(timeout=wait)
            except queue.Empty:
                break
            if item is None:
                return False
            group.append(item)
            if item.flush:
                until = 0.0
            elif len(group) == 1:
                until = time.monotonic() + self._linger
        return True

    def _settle(self, group: Sequence[_Item[Any]]) -> None:
        try:
            try:
                results = self._commit_with_replays(group, apart=False)
            except _SpoiltError:
                results = self._commit_with_replays(group, apart=True)
        except BaseException as error:  # noqa: BLE001 - a future that never resolves would hang its caller
            for item in group:
                item.future.set_exception(error)
            return
        for item, result in zip(group, results, strict=True):
            if isinstance(result, _Failed):
                item.future.set_exception(result.error)
            else:
                item.future.set_result(result)

    def _commit_with_replays(self, group: Sequence[_Item[Any]], *, apart: bool) -> list[Any]:
        pause = _FIRST_PAUSE
        has_failed = False
        # Once a group has used up its retries, later groups get one attempt each.
        for remaining in reversed(range(1 if self._given_up else REPLAYS + 1)):
            attempt = _Attempt(self._engine, self._place, group, self._guard, apart=apart)
            try:
                results: list[Any] | None = attempt.run()
            except (BusyError, ConnectionLostError) as error:
                results = attempt.results_if_committed()
                if results is None and isinstance(error, ConnectionLostError) and len(group) > 1 and has_failed:
                    # Where sessions end all the time, a shorter transaction may come to its end.
                    middle = len(group) // 2
                    halves = (group[:middle], group[middle:])
                    return [one for half in halves for one in self._commit_with_replays(half, apart=apart)]
                has_failed = True
                if results is None and not remaining:
                    self._given_up = True
                    raise
            if results is not None:
                self._given_up = False
                return results
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 4)
        raise AssertionError("unreachable")


def _fail(group: Sequence[_Item[Any]], error: BaseException) -> None:
    """Tells who waits; and the others, where there is no memory to tell one of them."""
    for item in group:
        with suppress(MemoryError):
            if not item.future.done():
                item.future.set_exception(error)


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class _SpoiltError(Exception):
    """An item has failed in a transaction without savepoints, which is to be done again with them."""


class _Attempt:
    """One try at one transaction.

    Args:
        guard: See `Writer`.
        apart: A savepoint keeps each item apart from the others; two statements more an item, hardly ever needed.
    """

    def __init__(
        self,
        engine: Engine,
        place: str,
        group: Sequence[_Item[Any]],
        guard: Callable[[Connection], object],
        *,
        apart: bool,
    ) -> None:
        self._engine = engine
        self._place = place
        self._group = group
        self._guard = guard
        self._apart = apart
        self._results: list[Any] = []
        self._transaction_id: str | None = None

    def run(self) -> list[Any]:
        """The result, or the `_Failed`, of every item; raises when the transaction as a whole failed."""
        try:
            with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    self._transaction_id = connection.execute(_ONE_WRITER, {"lock": WRITE_LOCK}).scalar()
                self._guard(connection)
                passing("begin")
                self._results = [self._run_item(connection, item) for item in self._group]
                passing("commit")
            passing("confirm")
        except Exception as error:
            whole = archive_error(error, self._place)
            if whole is None:
                raise
            raise whole from error
        return self._results

    def _run_item(self, connection: Connection, item: _Item[Any]) -> Any:  # noqa: ANN401 - as the work returns
        try:
            with connection.begin_nested() if self._apart else nullcontext():
                result = item.work(connection)
                passing("write")
                return result
        except Exception as error:
            whole = archive_error(error, self._place)
            if isinstance(whole, (DiskFullError, BusyError, ConnectionLostError, RefusedError)):
                raise  # the transaction is lost, not this item alone
            if not self._apart:
                raise _SpoiltError from error
            return _Failed(error)

    def results_if_committed(self) -> list[Any] | None:
        """What `run` would have returned, if the connection was lost only after the server had committed."""
        if self._transaction_id is None or len(self._results) != len(self._group):
            return None
        try:
            with self._engine.connect() as connection:
                status = connection.scalar(
                    text("SELECT pg_xact_status(CAST(:id AS xid8))"), {"id": self._transaction_id}
                )
        except Exception as error:
            if isinstance(archive_error(error, self._place), ConnectionLostError):
                return None
            raise
        return self._results if status == "committed" else None
