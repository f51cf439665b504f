"""The database as such: its pages, its indexes beside its rows, and what refers to what."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from sqlalchemy import Column, Connection, Table, not_, select, text

from storage.schema import metadata
from storage.upkeep.damage import LOST, MENDED, RECOVERED, Damage, Looking, first_few

_MOST_LINES: Final = 10_000
_TABLES: Final = text(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%' ORDER BY name"
)
_INDEX: Final = re.compile(
    r"(?:row \d+ missing from index|wrong # of entries in index) (\S+)|in (?:index|unique entry)"
)
_BTREES: Final = text(
    "SELECT pg_class.oid, pg_class.relname FROM pg_class JOIN pg_index ON pg_index.indexrelid = pg_class.oid"
    " JOIN pg_class AS of_table ON of_table.oid = pg_index.indrelid JOIN pg_am ON pg_am.oid = pg_class.relam"
    " WHERE pg_am.amname = 'btree' AND of_table.relnamespace = current_schema()::regnamespace ORDER BY pg_class.relname"
)
_HAS_AMCHECK: Final = text("SELECT count(*) FROM pg_extension WHERE extname = 'amcheck'")
_CHECK: Final = text("SELECT bt_index_check(CAST(:index AS oid)::regclass, true)")  # every row of the table, too
# What refers to a row without a foreign key, with the column that it refers to.
_LOOSE: Final = {
    "page.revision_id": "revision.id",
    "page.payload_sha256": "payload.sha256",
    "page.listed_on": "page.id",
    "story.canonical_revision_id": "revision.id",
    "lsh_band.text_id": "text.id",
    "sentence.text_id": "text.id",
    "paragraph.text_id": "text.id",
}
_DERIVED: Final = {"lsh_band", "sentence", "paragraph", "sketch"}


def check_database(looking: Looking) -> Iterator[Damage]:
    """Every page of the file and every index beside its rows; of PostgreSQL its b-trees, where it has amcheck."""
    if looking.connection.dialect.name == "sqlite":
        yield from _sqlite(looking)
    else:
        yield from _postgresql(looking)


def check_references(looking: Looking) -> Iterator[Damage]:
    """That what one row refers to is there, also where the database itself does not see to it."""
    tables = [table for table in metadata.sorted_tables if looking.part.has_name(table.name)]
    for done, table in enumerate(tables, 1):
        for column, target in _references(table):
            yield from _dangling(looking, table, column, target)
        looking.tell(done, len(tables))


def _sqlite(looking: Looking) -> Iterator[Damage]:
    names: list[str | None] = [None]
    if not looking.part.is_whole:  # pages that belong to no table are looked at when all is
        found = looking.attempt(lambda: list(looking.connection.scalars(_TABLES)))
        if isinstance(found, str):
            yield Damage(check="database", thing="the list of tables", fact=found, advice=RECOVERED)
            return
        names = [name for name in found if looking.part.has_name(name)]
    for done, name in enumerate(names, 1):
        asked = f"PRAGMA integrity_check({_MOST_LINES if name is None else _quoted(name)})"
        lines = looking.attempt(partial(_lines, looking.connection, asked))
        yield from _told([lines] if isinstance(lines, str) else lines)
        looking.tell(done, len(names))


def _lines(connection: Connection, pragma: str) -> list[str]:
    return list(connection.exec_driver_sql(pragma).scalars())


def _check_index(connection: Connection, number: int) -> None:
    connection.execute(_CHECK, {"index": number}).all()


def _told(lines: list[str]) -> Iterator[Damage]:
    """One damage for all lines that say the same of other rows."""
    kinds: dict[str, list[str]] = {}
    for line in lines:
        if line != "ok":
            kinds.setdefault(re.sub(r"\d+", "#", line), []).append(" ".join(line.split()))
    for alike in kinds.values():
        index = _INDEX.search(alike[0])
        more = f" (and {len(alike) - 1} more like it)" if len(alike) > 1 else ""
        thing = f"index {index[1]}" if index and index[1] else "the database file"
        advice = MENDED if index else RECOVERED
        yield Damage(check="database", thing=thing, fact=f"{alike[0]}{more}", advice=advice)


def _postgresql(looking: Looking) -> Iterator[Damage]:
    connection = looking.connection
    if not connection.execute(_HAS_AMCHECK).scalar():
        looking.note(
            "The indexes are not checked beside their rows: a superuser can allow it by CREATE EXTENSION amcheck."
        )
        return
    indexes = [row for row in connection.execute(_BTREES) if looking.part.has_name(row.relname)]
    for done, (number, name) in enumerate(indexes, 1):
        found = looking.attempt(partial(_check_index, connection, number))
        if isinstance(found, str):
            yield Damage(check="database", thing=f"index {name}", fact=found, advice=MENDED)
        looking.tell(done, len(indexes))


def _references(table: Table) -> Iterator[tuple["Column[object]", "Column[object]"]]:
    for key in sorted(table.foreign_keys, key=lambda one: str(one.parent)):
        yield key.parent, key.column
    for column in table.columns:
        if target := _LOOSE.get(f"{table.name}.{column.name}"):
            name, of = target.split(".")
            yield column, metadata.tables[name].c[of]


def _dangling(looking: Looking, table: Table, column: "Column[object]", target: "Column[object]") -> Iterator[Damage]:
    other = target.table.alias("other")
    is_there = select(other.c[target.name]).where(other.c[target.name] == column).exists()
    keys = list(table.primary_key.columns)
    lost = select(*keys).where(column.is_not(None), not_(is_there)).order_by(*keys)
    found = looking.attempt(lambda: looking.connection.execute(lost.limit(_MOST_LINES)).all())
    if isinstance(found, str):
        yield Damage(check="references", thing=f"the table {table.name}", fact=found, advice=RECOVERED)
    elif found:
        rows = first_few([" ".join(map(_shown, row)) for row in found])
        yield Damage(
            check="references",
            thing=f"{table.name}.{column.name}",
            fact=f"{len(found)} rows refer to a {target.table.name} that is not there: {rows}",
            advice=MENDED if table.name in _DERIVED else LOST,
        )


def _shown(value: object) -> str:
    return value.hex()[:16] if isinstance(value, bytes) else str(value)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
