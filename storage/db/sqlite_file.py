"""Whose an SQLite file is, and how it is called: another application's is not opened, let alone written to.

It is looked into by SQLite alone. A descriptor of our own would, when it is closed, take away the locks (POSIX) that
this process has on the file, and the next process that ends would delete the log under a crawl that still writes to it:
https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
"""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from storage.db.errors import CannotOpenError, RefusedError, archive_damaged

APPLICATION_ID: Final = int.from_bytes(b"wngq")  # SQLite keeps it at byte 68 of its file, and `file` prints it
_VERSION_TABLE: Final = "archive_version"
_IMMUTABLE: Final = "&immutable=1"


def refuse_unfit(path: Path, *, read_only: bool) -> None:
    """Looks whether a file may be opened.

    Raises:
        CannotOpenError: It is another application's, or has a second name and is to be written to.
    """
    refuse_foreign(path)
    if not read_only:
        refuse_second_name(path)


def refuse_foreign(path: Path) -> None:
    """Looks into a file without a write to it, or to anything beside it.

    An archive that was written before files bore an id is known by its tables, and is given one when it is next
    written to.

    Raises:
        CannotOpenError: It is no SQLite database, or another application's.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotOpenError(f"The archive {str(path)!r} cannot be read: {error.strerror}.") from error
    if not os.access(path, os.R_OK):
        raise CannotOpenError(f"The archive {str(path)!r} cannot be read: {os.strerror(errno.EACCES)}.")
    # The id is in the header, whatever stands in a log beside it; what is called immutable is not locked.
    (number,) = _asked(path, "PRAGMA application_id", f"mode=ro{_IMMUTABLE}")[0]
    if number == APPLICATION_ID:
        return
    tables = _tables(path) if number == 0 else {"?"}
    if tables and _VERSION_TABLE not in tables:
        number %= 2**32  # SQLite gives it with a sign
        what = f"it has the application id {number:#010x}" if number else f"it has the table {min(tables)!r}"
        raise CannotOpenError(
            f"{str(path)!r} is another application's database: {what}, and no archive. It is left as it is: name"
            " another file."
        )


def refuse_second_name(path: Path) -> None:
    """A file with a second name is not written to.

    Of a symbolic link SQLite finds the file. Of a hard link it cannot: two processes that use two names keep two logs
    of one file, and each overwrites what the other has written.

    Raises:
        CannotOpenError: The file has another name, by a hard link.
    """
    names = path.stat().st_nlink if path.exists() else 1
    if names > 1:
        raise CannotOpenError(
            f"The archive {str(path)!r} has {names} names (hard links), and SQLite keeps a log for each: what is"
            f" written by one would be lost under the other. Give it a file of its own, while nobody uses it:"
            f" cp {path} {path}.new && mv {path}.new {path}"
        )


def stays(path: Path) -> Callable[[], None]:
    """Makes a look whether the file still has its name, for each transaction that writes.

    SQLite goes on writing to a file that was removed or moved, and all of it is lost, or torn from its log.

    Raises:
        RefusedError: (The look) The file has been moved, replaced or removed.
    """
    known = _identity(path)

    def look() -> None:
        if _identity(path) != known:
            raise RefusedError(
                f"The archive {str(path)!r} was moved, replaced or removed while it was open: nothing more is written."
                " Put the file back, if it was moved, and run again."
            )

    return look


def claim(connection: sqlite3.Connection) -> None:
    """Writes our id into a file that has none; another writer may be at it, then the next one does it."""
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    if number == 0:
        with suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def has_log(path: Path) -> bool:
    """Whether something that was committed stands in the log beside the file, and not yet in it."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _tables(path: Path) -> set[str]:
    """Of what is committed, in a log beside the file as well."""
    # Without a log nothing is written beside a file that is called immutable.
    mode = "mode=ro" if has_log(path) else f"mode=ro{_IMMUTABLE}"
    return {str(name) for (name,) in _asked(path, "SELECT name FROM sqlite_master WHERE type = 'table'", mode)}


def _asked(path: Path, question: str, mode: str) -> list[Any]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True)) as connection:
            return connection.execute(question).fetchall()
    except sqlite3.Error as error:
        if mode.endswith(_IMMUTABLE) and error.sqlite_errorname.startswith("SQLITE_CORRUPT") and has_log(path):
            # Somebody copies the log into the file, or died doing so: only both together are whole.
            return _asked(path, question, mode.removesuffix(_IMMUTABLE))
        if error.sqlite_errorname == "SQLITE_NOTADB":
            raise CannotOpenError(
                f"{str(path)!r} is no SQLite database. It is left as it is: name another file."
            ) from error
        if error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            raise archive_damaged(f"sqlite:///{path}", str(error)) from error
        raise CannotOpenError(f"The archive {str(path)!r} cannot be opened: {error}.") from error
