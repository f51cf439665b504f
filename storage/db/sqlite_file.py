"""Whose an SQLite file is, by its application id: another application's is not opened, let alone written to."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from storage.db.errors import CannotOpenError

APPLICATION_ID: Final = int.from_bytes(b"wngq")  # SQLite keeps it at byte 68 of its file, and `file` prints it
_MAGIC: Final = b"SQLite format 3\0"
_ID_AT, _HEADER = 68, 100
_VERSION_TABLE: Final = "archive_version"


def refuse_foreign(path: Path) -> None:
    """Looks into a file without a write to it, or to anything beside it.

    An archive that was written before files bore an id is known by its tables, and is given one when it is next
    written to.

    Raises:
        CannotOpenError: It is no SQLite database, or another application's.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotOpenError(f"The archive {str(path)!r} cannot be read: {error.strerror}.") from error
    if not header:
        return
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise CannotOpenError(f"{str(path)!r} is no SQLite database. It is left as it is: name another file.")
    number = int.from_bytes(header[_ID_AT : _ID_AT + 4])
    if number == APPLICATION_ID:
        return
    tables = _tables(path) if number == 0 else {"?"}
    if tables and _VERSION_TABLE not in tables:
        what = f"it has the application id {number:#010x}" if number else f"it has the table {min(tables)!r}"
        raise CannotOpenError(
            f"{str(path)!r} is another application's database: {what}, and no archive. It is left as it is: name"
            " another file."
        )


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


def _tables(path: Path) -> set[str]:
    """Of what is committed, in a log beside the file as well."""
    # Without a log nothing is written beside a file that is called immutable.
    mode = "mode=ro" if has_log(path) else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True)) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    except sqlite3.Error as error:
        raise CannotOpenError(f"The archive {str(path)!r} cannot be opened: {error}.") from error
    return {str(name) for (name,) in rows}
