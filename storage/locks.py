"""One crawl of a series at a time, one scheduler of an archive: locks that die with their holder."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from storage.db.errors import CannotOpenError, archive_error, masked
from storage.db.sqlite_file import refuse_second_name

_DRIVER: Final = re.compile(r"^postgres(ql)?(\+\w+)?://")
_SQLITE: Final = re.compile(r"^sqlite(\+\w+)?:///")


class SeriesBusy(Exception):  # noqa: N818 - a state of things, not a mistake
    """Raised when another crawl of the series is running, in whatever process or, with PostgreSQL, machine."""


class SchedulerBusy(Exception):  # noqa: N818 - as above
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


@contextmanager
def _held(archive_url: str, name: str) -> Iterator[bool]:
    key = sha256(name.encode("utf-8", "surrogatepass"))
    if _DRIVER.match(archive_url):
        with _advisory(archive_url, int.from_bytes(key.digest()[:8], "big", signed=True)) as mine:
            yield mine
        return
    file = sqlite_file(archive_url)
    if file is None:
        yield True
        return
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
def _advisory(archive_url: str, key: int) -> Iterator[bool]:
    import psycopg  # noqa: PLC0415 - an optional extra

    try:
        connection = psycopg.connect(_DRIVER.sub("postgresql://", archive_url), autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise CannotOpenError(
            f"The archive {masked(archive_url)} cannot be reached: {masked(' '.join(str(error).split()), archive_url)}."
        ) from error
    with connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
        yield bool(row and row[0])  # the lock goes with the session
