"""Connections to the archive's database, set up the way the archive needs them."""

import os
import sqlite3
import time
import uuid
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.db.errors import CannotOpenError, masked
from storage.db.sqlite_file import claim, has_log, refuse_unfit

BUSY_MS: Final = 10_000
OLDEST_SQLITE: Final = (3, 37)  # STRICT tables
# The advisory lock of PostgreSQL that a writer holds. Any fixed number does; this one spells "wangqi" in base 36.
WRITE_LOCK: Final = int("wangqi", 36)
# A writer that hangs, or whose machine vanished, must not hold the others for ever.
_TIMEOUTS: Final = "-c lock_timeout=60s -c idle_in_transaction_session_timeout=300s"
# One commit may find another process switching the file to WAL; that lock ignores the busy timeout.
_WAL_TRIES: Final = 50
# synchronous=FULL: an acknowledged story survives a power cut.
_PRAGMAS: Final = ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY")
# In KiB, being negative. Who only reads passes by most pages once: an export of a large archive is to stay small.
# What writes needs room for one transaction; more would only grow through a long run, to save reads of a file that the
# system keeps in memory anyway.
_CACHES: Final = {False: "cache_size=-32768", True: "cache_size=-16384"}


def archive_engine(address: str, *, read_only: bool = False) -> Engine:
    """An engine for `sqlite:///FILE`, `sqlite://` (in memory) or `postgresql://…`.

    A connection with the execution option `writes=True` takes the write lock at its beginning.

    Raises:
        CannotOpenError: for an address that is none, or a file that is not there to be read.
    """
    url = _parsed(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=read_only)
    if url.get_backend_name() == "postgresql":
        return _postgresql_engine(url, read_only=read_only)
    raise CannotOpenError(
        f"The archive cannot live in {masked(address)!r}: use sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


def is_in_memory(engine: Engine) -> bool:
    """Whether the archive vanishes with the process."""
    return engine.dialect.name == "sqlite" and "mode=memory" in (engine.url.database or "")


def _parsed(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise CannotOpenError(
            f"{masked(address)!r} is no database address: use sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    return url


def _sqlite_engine(url: URL, *, read_only: bool) -> Engine:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise CannotOpenError(f"SQLite {sqlite3.sqlite_version} is too old for the archive: 3.37 or later is needed.")
    file = url.database
    if not file or file == ":memory:":
        # A name of its own, so that two archives in memory are two.
        place = f"file:{uuid.uuid4().hex}?mode=memory&cache=shared"
    else:
        path = Path(file)
        if path.is_dir():
            raise CannotOpenError(f"{file!r} is a folder. Name the archive in it: sqlite:///{path / 'archive.db'}.")
        if read_only and not path.is_file():
            raise CannotOpenError(f"There is no archive at {file!r}. A crawl makes one.")
        if not path.parent.is_dir():
            raise CannotOpenError(f"The archive {file!r} cannot be made: there is no folder {str(path.parent)!r}.")
        refuse_unfit(path, read_only=read_only)
        place = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
        if read_only and not os.access(path.parent, os.W_OK) and not has_log(path):
            place += "&immutable=1"  # a reader of a file with a log needs a file beside it, which cannot be made there
    engine = create_engine(
        url.set(database=place, query={"uri": "true"}),
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
    )

    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the transactions are begun below, not by the driver
        for pragma in (*_PRAGMAS, _CACHES[read_only]):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            _switch_to_wal(connection)
            claim(connection)

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    for remaining in reversed(range(_WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not remaining:
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    # Deferred transactions that write fail at once with BUSY_SNAPSHOT: 146 of 900 when two processes wrote.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_engine(url: URL, *, read_only: bool) -> Engine:
    options = f"{_TIMEOUTS} -c default_transaction_read_only=on" if read_only else _TIMEOUTS
    arguments: dict[str, Any] = {"connect_timeout": 10, "options": options}
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, pool_pre_ping=True, connect_args=arguments)
    except ModuleNotFoundError as error:
        raise CannotOpenError(
            f"PostgreSQL needs the driver {error.name}: install the project with its extra `postgresql`."
        ) from error
