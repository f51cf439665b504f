"""An archive copied into another database, SQLite or PostgreSQL, and proved to be the same there."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    Connection,
    Double,
    Float,
    LargeBinary,
    Table,
    TableClause,
    Text,
    column,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import TypeEngine

from storage.archive import Archive
from storage.db.dialects import by_code_point
from storage.db.engine import archive_engine
from storage.db.errors import CannotOpenError, DamagedError, archive_error, cannot_open, masked
from storage.schema import metadata, run
from storage.schema.columns import Flag, Json, Words
from storage.works import search_index

_ROWS: Final = 500  # a step
_FOREIGN_KEYS: Final = text(
    "SELECT conrelid::regclass::text, conname FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
)
_TABLES: Final = metadata.sorted_tables
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was copied.

    Attributes:
        rows: By table.
        digest: SHA-256 over every value of every row, in hexadecimal; the same of the same archive in any database.
        open_runs: Runs that had not ended: what they store from then on is not in the copy.
    """

    rows: dict[str, int]
    digest: str
    open_runs: int


def move(source: str, target: str, tell: Tell) -> Moved:
    """Copies an archive into a database that holds none, in one transaction: all of it is there, or nothing.

    Args:
        source: Its address; it is read as it is at one moment, and not changed.
        target: Of a database that is empty, or an archive without a row.
        tell: Is told of each step how far it is.

    Raises:
        CannotOpenError: One of them cannot be used, or the target holds something.
        DamagedError: What arrived is not what was sent; the target is as it was.
    """
    if source == target:
        raise CannotOpenError(f"{masked(target)!r} is the archive itself. Name another database.")
    Archive(source, read_only=True).close()
    Archive(target).close()  # makes the tables
    reading, writing = archive_engine(source, read_only=True), archive_engine(target)
    try:
        with writing.connect().execution_options(writes=True) as there, there.begin():
            _refuse_filled(there, target)
            with _unchecked(there), reading.connect().execution_options(**_snapshot(reading.dialect.name)) as here:
                open_runs = here.scalar(select(func.count()).where(run.c.ended_at.is_(None))) or 0
                sent = {one.name: _copied(one, here, there, tell) for one in _TABLES}
            tell("search", 0, 1)
            search_index.fill(there)
            for number, one in enumerate(_TABLES):
                tell("proof", number, len(_TABLES))
                if _digest(one, there) != sent[one.name]:
                    raise DamagedError(
                        f"The table {one.name} is not in {masked(target)} as it is in the archive: nothing was copied."
                    )
            _count_on(there)
    except SQLAlchemyError as error:
        raise archive_error(error, target) or cannot_open(error, target) from error
    finally:
        reading.dispose()
        writing.dispose()
    return Moved(rows={name: count for name, (count, _) in sent.items()}, digest=_whole(sent), open_runs=open_runs)


def digest_of(url: str) -> str:
    """The digest of an archive, as `move` gives it."""
    engine = archive_engine(url, read_only=True)
    try:
        with engine.connect().execution_options(**_snapshot(engine.dialect.name)) as connection:
            return _whole({one.name: _digest(one, connection) for one in _TABLES})
    finally:
        engine.dispose()


def _snapshot(dialect: str) -> dict[str, str]:
    """That a connection sees one moment; a transaction of SQLite does by itself."""
    return {"isolation_level": "REPEATABLE READ"} if dialect == "postgresql" else {}


@contextmanager
def _unchecked(there: Connection) -> Iterator[None]:
    """What refers to what is looked at when all is there: rows name others that come later."""
    if there.dialect.name == "sqlite":
        there.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        return
    keys = there.execute(_FOREIGN_KEYS).all()
    for name, key in keys:
        there.execute(text(f'ALTER TABLE {name} ALTER CONSTRAINT "{key}" DEFERRABLE INITIALLY DEFERRED'))
    yield
    there.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for name, key in keys:
        there.execute(text(f'ALTER TABLE {name} ALTER CONSTRAINT "{key}" NOT DEFERRABLE'))


def _count_on(there: Connection) -> None:
    """Lets PostgreSQL number new rows behind those that came."""
    if there.dialect.name != "postgresql":
        return
    for one in _TABLES:
        sequence = there.scalar(select(func.pg_get_serial_sequence(one.name, "id"))) if "id" in one.c else None
        last = there.scalar(select(func.max(one.c.id))) if sequence else None
        if last is not None:
            there.execute(select(func.setval(sequence, last)))


def _refuse_filled(there: Connection, target: str) -> None:
    for one in _TABLES:
        if there.execute(select(text("1")).select_from(one).limit(1)).first() is not None:
            raise CannotOpenError(
                f"{masked(target)} holds an archive already (rows in {one.name}). Name an empty database."
            )


def _copied(one: Table, here: Connection, there: Connection, tell: Tell) -> tuple[int, str]:
    """How many rows were sent, and their digest."""
    plain = _plain(one)
    count = here.scalar(select(func.count()).select_from(plain)) or 0
    sent, told = 0, hashlib.sha256()
    rows = _rows(one, plain, here)
    while some := list(islice(rows, _ROWS)):
        for row in some:
            told.update(_record(row))
        _put(plain, there, some)
        sent += len(some)
        tell(one.name, sent, count)
    return sent, told.hexdigest()


def _digest(one: Table, connection: Connection) -> tuple[int, str]:
    count, told = 0, hashlib.sha256()
    for row in _rows(one, _plain(one), connection):
        told.update(_record(row))
        count += 1
    return count, told.hexdigest()


def _whole(tables: dict[str, tuple[int, str]]) -> str:
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def _record(row: Sequence[Any]) -> bytes:
    """A row in one spelling, whichever database it is from."""
    plain = [value.hex() if isinstance(value, bytes) else value for value in row]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _plain(one: Table) -> TableClause:
    """The table with its values as they are stored, past all that the archive makes of them."""
    return table(one.name, *(column(each.name, _type(each)) for each in one.columns))


def _type(each: Column[Any]) -> TypeEngine[Any]:
    if isinstance(each.type, Flag):
        return Boolean()
    if isinstance(each.type, LargeBinary):
        return LargeBinary()
    if isinstance(each.type, Float):
        return Double()
    return Text() if isinstance(each.type, Text | Words | Json) else BigInteger()


def _rows(one: Table, plain: TableClause, connection: Connection) -> Iterator[Sequence[Any]]:
    """In the order of their keys, alike in both databases."""
    keys: list[ColumnClause[Any]] = [plain.c[each.name] for each in one.primary_key]
    order = [by_code_point(key) if isinstance(key.type, Text) else key for key in keys]
    query = select(plain).order_by(*order).execution_options(yield_per=_ROWS)
    with closing(connection.execute(query)) as rows:
        for row in rows:
            yield tuple(row)


def _put(plain: TableClause, there: Connection, rows: Sequence[Sequence[Any]]) -> None:
    names = [each.name for each in plain.columns]
    if there.dialect.name == "postgresql":
        cursor = there.connection.cursor()
        listed = ", ".join(f'"{name}"' for name in names)
        with cursor.copy(f'COPY "{plain.name}" ({listed}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    there.execute(insert(plain), [dict(zip(names, row, strict=True)) for row in rows])
