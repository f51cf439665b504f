"""One crawl of a series at a time, one scheduler of an archive: locks that die with their holder."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from storage.db.errors import CannotOpenError, ConnectionLostError, LockLostError, archive_error, masked
from storage.db.sqlite_file import refuse_second_name

if TYPE_CHECKING:
    import psycopg

_DRIVER: Final = re.compile(r"^postgres(ql)?(\+\w+)?://")
_SQLITE: Final = re.compile(r"^sqlite(\+\w+)?:///")
_LAST_MOMENTS: Final = 5  # seconds: a server's process that ends tells its client first, and gives up its locks then


# Sessions of PostgreSQL in which this process holds locks, by the archive's address.
_HELD: Final[dict[str, list["_Session"]]] = defaultdict(list)


class SeriesBusy(Exception):  # noqa: N818 - a state of things, not a mistake
    """Raised when another crawl of the series is running, in whatever process or, with PostgreSQL, machine."""


class SchedulerBusy(Exception):  # noqa: N818 - that another scheduler runs is no mistake
    """Raised when the archive has a scheduler already."""


@contextmanager
def series_lock(archive_url: str, series_name: str) -> Iterator[None]:
    """Holds the series.

    SQLite: a file in the folder `FILE-locks` beside the database. PostgreSQL: a session's advisory lock. An archive in
    memory has no neighbours and needs none.

    Raises:
        SeriesBusy: at once, when somebody else holds it.
        ArchiveError: when no lock can be had at all.
    """
    with _held(archive_url, f"series {series_name}") as mine:
        if not mine:
            raise SeriesBusy(f"A crawl of the series {series_name!r} is running already. Run again when it has ended.")
        yield


@contextmanager
def scheduler_lock(archive_url: str) -> Iterator[None]:
    """Holds the place of the archive's scheduler; where it is kept, see `series_lock`.

    Raises:
        SchedulerBusy: at once, when somebody else holds it.
        ArchiveError: when no lock can be had at all.
    """
    with _held(archive_url, "scheduler") as mine:
        if not mine:
            raise SchedulerBusy(f"The archive {masked(archive_url)} has a scheduler already; it needs no second one.")
        yield


def is_free(archive_url: str, series_name: str) -> bool:
    """Whether no crawl of the series is running at this moment."""
    with _held(archive_url, f"series {series_name}") as mine:
        return mine


def sqlite_file(archive_url: str) -> Path | None:
    """The file of an archive, or None when it is no file.

    >>> sqlite_file("sqlite:///archive.db").name, sqlite_file("sqlite://")
    ('archive.db', None)
    """
    file = _SQLITE.sub("", archive_url).partition("?")[0]
    return Path(file) if _SQLITE.match(archive_url) and file not in {"", ":memory:"} else None


def keep_held(archive_url: str) -> None:
    """Takes the locks of this process again which PostgreSQL has let go of, as it does when it ends their sessions.

    Called in each transaction that writes, when it has its turn: whoever took such a lock in the meantime can have
    written nothing yet, or is found.

    Raises:
        LockLostError: Somebody else holds one now.
        ConnectionLostError: There is no server to ask.
    """
    for session in tuple(_HELD.get(archive_url, ())):
        session.keep()


@contextmanager
def _held(archive_url: str, name: str) -> Iterator[bool]:
    key = sha256(name.encode("utf-8", "surrogatepass"))
    if _DRIVER.match(archive_url):
        with _advisory(archive_url, name, int.from_bytes(key.digest()[:8], "big", signed=True)) as mine:
            yield mine
        return
    file = sqlite_file(archive_url)
    if file is None:
        yield True
        return
    from filelock import FileLock, Timeout  # noqa: PLC0415 - who only asks the archive locks nothing

    refuse_second_name(file)
    folder = Path(f"{file.resolve()}-locks")  # of the file, whatever symbolic links lead to it
    # No fallback: a lock that is only a file's existence would outlive a killed crawl.
    lock = FileLock(folder / f"{key.hexdigest()[:24]}.lock", fallback_to_soft=False)
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    except (OSError, NotImplementedError) as error:
        raise archive_error(error, archive_url) or CannotOpenError(
            f"No lock can be made in {str(folder)!r}: {error}. The archive's folder must be writable."
        ) from error
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _advisory(archive_url: str, name: str, key: int) -> Iterator[bool]:
    session = _Session(archive_url, name, key)
    try:
        is_mine = session.take()
        if is_mine:
            _HELD[archive_url].append(session)
        yield is_mine
    finally:
        if session in _HELD[archive_url]:
            _HELD[archive_url].remove(session)
        session.end()


class _Session:
    """A session of PostgreSQL with one advisory lock, which goes when the session ends, whoever ends it."""

    def __init__(self, archive_url: str, name: str, key: int) -> None:
        from psycopg import Error, connect  # noqa: PLC0415 - an optional extra

        self._errors = Error
        self._connect = connect
        self._url = archive_url
        self._name = name
        self._key = key
        self._connection: psycopg.Connection[Any] | None = None
        self._process: int | None = None  # of the server
        self._gate = threading.Lock()  # the thread that writes looks after it, another one ends it
        self._is_over = False

    def take(self) -> bool:
        try:
            address = _DRIVER.sub("postgresql://", self._url)
            self._connection = self._connect(address, autocommit=True, connect_timeout=10)
            self._process = self._connection.info.backend_pid
            row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (self._key,)).fetchone()
        except self._errors as error:
            cause = masked(" ".join(str(error).split()), self._url)
            raise CannotOpenError(f"The archive {masked(self._url)} cannot be reached: {cause}.") from error
        return bool(row and row[0])

    def keep(self) -> None:
        with self._gate:
            if self._is_over or self._is_alive():
                return
            try:
                is_mine = self._take_again()
            except (CannotOpenError, self._errors) as error:
                raise ConnectionLostError(masked(str(error), self._url)) from error
            if not is_mine:
                self._close()
                raise LockLostError(
                    f"PostgreSQL ended the session that held the {self._name} of the archive {masked(self._url)}, and"
                    " another process has taken its place: this one stops, and has written nothing since."
                )

    def _take_again(self) -> bool:
        """The session that has just told its end may hold the lock yet: that is waited for, as nobody else holds it."""
        ended, until = self._process, time.monotonic() + _LAST_MOMENTS
        while not (is_mine := self.take()) and self._runs(ended) and time.monotonic() < until:
            self._close()
            time.sleep(0.02)
        return is_mine

    def _runs(self, process: int | None) -> bool:
        """Whether the server still has this process."""
        asked = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
        return self._connection is not None and bool(self._connection.execute(asked, (process,)).fetchone())

    def end(self) -> None:
        """The lock is free when this returns: the server may see only later that a session was closed."""
        with self._gate:
            self._is_over = True
            if self._connection is not None:
                with suppress(self._errors):  # a session that has ended holds none
                    self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._close()

    def _is_alive(self) -> bool:
        try:
            return self._connection is not None and bool(self._connection.execute("SELECT 1").fetchone())
        except self._errors:
            self._close()
            return False

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
