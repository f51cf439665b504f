"""What can go wrong with an archive as a whole.

    ArchiveError
    ├── CannotOpenError        no such file, no permission, no server, not a database
    │   └── NewerVersionError  written by a later release than this one
    ├── DiskFullError          nothing was torn; the same call succeeds once there is room
    ├── BusyError              another process held the archive longer than the waiting time
    ├── DamagedError           the database itself is broken: it has to be restored or recovered
    ├── RefusedError           the system or the server refuses it: read-only, no right, a bad disk
    ├── ConnectionLostError    the server went away and did not come back in time
    ├── LockLostError          PostgreSQL ended the session that held a lock, and another process has taken it
    ├── ReadOnlyError          a writing method of an archive that was opened for reading
    ├── UnknownSeriesError     a name or id that the archive does not hold
    ├── UnknownTextError       the same of a story, a revision or a page
    └── UndecidableError       a decision that would change nothing, or that cannot be carried out

A record that the database refuses fails alone, with the error SQLAlchemy gives for it.
"""

import errno
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote, unquote_plus

from sqlalchemy.exc import DBAPIError, OperationalError

from wangqi.program import program

# All up to the last @, since a password may hold any other sign; and what a query or a conninfo calls so.
_USER: Final = re.compile(r"(?:(?<=://)|(?<![^\s'\"]))([^/@:\s?#'\"]*):(?!//)[^\s]*@")
_NAMED: Final = re.compile(r"(\w*(?:password|passwd|pwd|secret|token)\w*\s*=\s*)('[^']*'|[^&;\s'\"]+)", re.IGNORECASE)
_SHORTEST: Final = 2  # characters of a password that is looked for by itself
DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# PostgreSQL's: https://www.postgresql.org/docs/current/errcodes-appendix.html
_DISK_STATES: Final = frozenset({"53100", "58030"})


class ArchiveError(Exception):
    """Any trouble with the archive itself, worded for the person at the terminal."""


class CannotOpenError(ArchiveError):
    """Raised by `Archive()` when the address leads to nothing that can be used."""


class NewerVersionError(CannotOpenError):
    """Raised by `Archive()` for a database whose schema a later release has written."""


class DiskFullError(ArchiveError):
    """Raised by any write that finds no room; its whole transaction was rolled back."""


class BusyError(ArchiveError):
    """Raised by a write that could not get its turn, after every retry."""


class DamagedError(ArchiveError):
    """Raised by whatever meets a torn page of the database, or one that says what cannot be."""


class RefusedError(ArchiveError):
    """Raised by what would be refused whatever it asked or wrote; its whole transaction was rolled back."""


class ConnectionLostError(ArchiveError):
    """Raised by a read or write whose server went away, after every retry."""


class LockLostError(ArchiveError):
    """Raised by every write of a process whose place another one has taken; it has written nothing since."""


class ReadOnlyError(ArchiveError):
    """Raised by every writing method of an archive that was opened with `read_only=True`."""


class UnknownSeriesError(ArchiveError, LookupError):
    """Raised when a series is asked for that the archive does not hold."""


class UnknownTextError(ArchiveError, LookupError):
    """Raised when a text is named that the archive does not hold."""


class UndecidableError(ArchiveError, ValueError):
    """Raised when a person's word cannot be carried out."""


# By SQLite's names (https://www.sqlite.org/rescode.html) and PostgreSQL's states, the first that fits.
_KINDS: Final[Mapping[type[ArchiveError], tuple[tuple[str, ...], frozenset[str]]]] = {
    DamagedError: (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS"),
        frozenset({"XX001", "XX002"}),
    ),
    BusyError: (("SQLITE_BUSY", "SQLITE_LOCKED"), frozenset({"40001", "40P01", "55P03"})),
    RefusedError: (  # whatever is asked: a file or server that is read-only, no right, no memory
        ("SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"),
        frozenset({"25006", "42501", "53200"}),
    ),
    ConnectionLostError: ((), frozenset({"57P01", "57P02", "57P03", "57P05", "08000", "08003", "08006"})),
}
_WORDS: Final[Mapping[type[ArchiveError], str]] = {
    DiskFullError: ("No room left for the archive {where} ({cause}). Free some space and run again; nothing is torn."),
    DamagedError: (
        "The archive {where} is damaged ({cause}). Keep a copy of it as it is; `{program} verify` names what is"
        " damaged, `{program} repair` makes anew what can be. Else restore a backup (`{program} backup`), or recover"
        " what is left (SQLite: sqlite3 FILE .recover)."
    ),
    BusyError: "The archive {where} is held by another process ({cause}). Run again when it has finished.",
    RefusedError: (
        "The system refuses the archive {where} ({cause}). Look after its disk, its folder and who may write"
        " there, and run again; nothing is torn."
    ),
    ConnectionLostError: "The database server of {where} is not reachable ({cause}). Run again when it is back.",
}


def masked(text: str, place: str = "") -> str:
    """The text with the passwords of database URLs replaced, however they are written.

    Args:
        text: That a person or a log is shown.
        place: The address of the archive that it speaks of: a driver may quote its password alone.

    >>> masked("postgresql://me:sec/r@t@db/archive"), masked("postgresql://db/archive?user=me&password=secret&x=1")
    ('postgresql://me:***@db/archive', 'postgresql://db/archive?user=me&password=***&x=1')
    >>> masked('no role "me" with s3cr3t', "postgresql://me:s3cr3t@db/archive")
    'no role "me" with ***'
    """
    for secret in _secrets(place):
        text = text.replace(secret, "***")
    return _NAMED.sub(r"\1***", _USER.sub(r"\1:***@", text))


def _secrets(place: str) -> list[str]:
    """The passwords in an address as it spells them and as they are, the longest first; very short ones are words."""
    found = {match[0][len(match[1]) + 1 : -1] for match in _USER.finditer(place)}
    found |= {match[2].strip("'") for match in _NAMED.finditer(place)}
    found |= {unquote(each) for each in found} | {unquote_plus(each) for each in found}
    return sorted((each for each in found if len(each) > _SHORTEST), key=len, reverse=True)


def archive_error(error: BaseException, place: str) -> ArchiveError | None:
    """The error of the tree that a driver's or system's error stands for, or None if it is about one statement only.

    Args:
        error: As raised.
        place: The archive's URL, password and all.
    """
    # A transaction that SQLite has rolled back by itself fails once more at its savepoint: look behind that error too.
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, ArchiveError):
            return link
        found = _translated(link, place)
        if found is not None:
            return found
        link = link.__cause__ or link.__context__
    return None


def archive_damaged(place: str, cause: str) -> DamagedError:
    """What to raise where a file is found damaged before anything is asked of it."""
    return DamagedError(_WORDS[DamagedError].format(where=masked(place), cause=cause, program=program()))


def cannot_open(error: BaseException, place: str) -> ArchiveError:
    """What to raise when the error met the first question to the archive."""
    whole = archive_error(error, place)
    if whole is None or isinstance(whole, (ConnectionLostError, RefusedError)):
        return CannotOpenError(f"The archive {masked(place)} cannot be opened: {masked(cause_of(error), place)}.")
    return whole


def _translated(error: BaseException, place: str) -> ArchiveError | None:
    kind = _kind(error)
    if kind is None:
        return None
    where, cause = masked(place), masked(cause_of(error), place)
    return kind(_WORDS[kind].format(where=where, cause=cause, program=program()))


def _kind(error: BaseException) -> type[ArchiveError] | None:
    if _is_disk_full(error):
        return DiskFullError
    if not isinstance(error, DBAPIError):
        return None
    name, state = getattr(error.orig, "sqlite_errorname", ""), getattr(error.orig, "sqlstate", "")
    for kind, (names, states) in _KINDS.items():
        if name.startswith(names) or state in states:
            return kind
    no_server = isinstance(error, OperationalError) and state is None  # psycopg could not connect at all
    return ConnectionLostError if error.connection_invalidated or no_server else None


def cause_of(error: BaseException) -> str:
    """What the driver or the system says, in one line; it may hold a password."""
    source = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    # psycopg's words go on with a piece of the statement, which is ours.
    said = getattr(getattr(source, "diag", None), "message_primary", None) or str(source)
    return " ".join(said.split()) or type(source).__name__


def _is_disk_full(error: BaseException) -> bool:
    if isinstance(error, DBAPIError):
        name = getattr(error.orig, "sqlite_errorname", "")
        # A limit on the size of a file (RLIMIT_FSIZE) reaches SQLite as a failed write.
        if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE"):
            return True
        return getattr(error.orig, "sqlstate", None) in _DISK_STATES
    return isinstance(error, OSError) and error.errno in DISK_FULL
