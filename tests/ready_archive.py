"""Archives that begin with the tables of this release: made by the migrations once, and by their SQL from then on.

Running the migrations takes a tenth of a second, which a thousand tests need not pay. Their own tests run them.
"""

from functools import cache
from typing import Final

from sqlalchemy import Engine

from storage import Archive, archive
from storage.db.migrate import HEAD, VERSION_TABLE
from storage.db.migrate import bring_up_to_date as migrate

_TABLES: Final = "SELECT count(*) FROM sqlite_master"
# The full-text index makes its own tables.
_MADE: Final = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'story\\_fts\\_%' ESCAPE '\\'"


@cache
def statements() -> tuple[str, ...]:
    """The SQL that makes an archive in SQLite."""
    archive.bring_up_to_date, patched = migrate, archive.bring_up_to_date
    try:
        with Archive("sqlite://") as ready, ready._engine.connect() as connection:
            made = connection.exec_driver_sql(_MADE).scalars().all()
    finally:
        archive.bring_up_to_date = patched
    return (*made, f"INSERT INTO {VERSION_TABLE} VALUES ('{HEAD}')")


def bring_up_to_date(engine: Engine, name: str, *, read_only: bool) -> None:
    """As `migrate`."""
    if engine.dialect.name == "sqlite" and not read_only:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if not connection.exec_driver_sql(_TABLES).scalar():
                for statement in statements():
                    connection.exec_driver_sql(statement)
    migrate(engine, name, read_only=read_only)


def begin_ready() -> None:
    """Archives that this process makes run no migrations from now on."""
    statements()
    archive.bring_up_to_date = bring_up_to_date
