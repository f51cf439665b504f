"""Bringing a database to this release's schema, once, however many processes start at the same time."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, Select, column, inspect, select, table, text

from storage.db.engine import WRITE_LOCK
from storage.db.errors import CannotOpenError, NewerVersionError
from wangqi.program import program

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"
_KNOWN: Final = frozenset(file.name.split("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
HEAD: Final = max(_KNOWN)
VERSION_TABLE: Final = "archive_version"
_VERSION: Final[Select[Any]] = select(column("version_num")).select_from(table(VERSION_TABLE))


def bring_up_to_date(engine: Engine, name: str, *, read_only: bool) -> None:
    """Creates the tables of an empty database, upgrades an older one, leaves a current one alone.

    `name` is how errors name it.

    Raises:
        NewerVersionError: for a database of a later release, which is left untouched.
        CannotOpenError: when it was opened for reading and is empty or of an earlier release.
    """
    with engine.connect() as connection:
        version = version_of(connection)
    if version == HEAD:
        return
    if read_only:
        if version is None:
            raise CannotOpenError(f"The database {name} holds no archive yet. A crawl makes one.")
        if is_of_earlier_release(version):
            raise CannotOpenError(
                f"The database {name} is of an earlier release (schema {version}, this one has {HEAD}): "
                f"`{program()} migrate` brings it up to date, as the next crawl does."
            )
        raise _newer(name, version)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK})
        version = version_of(connection)  # again, now that nobody else can change it
        if version == HEAD:
            return
        if version is not None and version not in _KNOWN:
            raise _newer(name, version)
        from alembic import command  # noqa: PLC0415 - 0.1 s that only a first start should pay

        command.upgrade(alembic_config(connection), "head")


def check_not_moved_on(connection: Connection, name: str) -> None:
    """Raises NewerVersionError where a later release has upgraded the database since this process opened it."""
    version = connection.scalar(_VERSION)
    if version is not None and version not in _KNOWN:
        raise NewerVersionError(
            f"The database {name} was brought to schema version {version!r} by a later release while this process ran,"
            f" which knows {HEAD!r} at most: start it again."
        )


def is_of_earlier_release(version: str | None) -> bool:
    """Whether a schema version can be brought up to date; False of this release's, of later ones and of none."""
    return version in _KNOWN and version != HEAD


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration without an ini file, bound to an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - of Alembic, which only a migration should load

    config = Config(stdout=sys.stdout)  # its default is the stdout of the time of the import
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def version_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.scalar(_VERSION)
    return version


def _newer(name: str, version: str) -> NewerVersionError:
    return NewerVersionError(
        f"The database {name} has schema version {version!r}, this release knows {HEAD!r} at most: "
        "use the release that wrote it, or a later one."
    )
