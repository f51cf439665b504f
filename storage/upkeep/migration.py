"""What stands between an older archive and this release: its version, and the SQL that would bring it up to date."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Connection, event, make_url, text

from storage.db.engine import archive_engine
from storage.db.migrate import HEAD, alembic_config, version_of
from storage.schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import Script

_READS: Final = re.compile(r"\s*(?:SELECT|PRAGMA|WITH|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
_OUR_ROWS: Final = re.compile(rf"\bFROM\s+(?:{'|'.join(metadata.tables)})\b", re.IGNORECASE)
_PREVIEW: Final = "wangqi_migration_preview"  # a schema that is rolled back, for a database that has no memory


class Step(NamedTuple):
    """One migration.

    Attributes:
        version: That it leads to.
        says: What it is for.
        statements: Its SQL, in order.
        fills: It also writes rows that the program derives from others, which no SQL does.
    """

    version: str
    says: str
    statements: tuple[str, ...]
    fills: bool


def versions(url: str) -> tuple[str | None, str]:
    """The schema version of the archive, None of an empty database; and this release's.

    Raises:
        CannotOpenError: The database is not there, or cannot be reached.
    """
    engine = archive_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            return version_of(connection), HEAD
    finally:
        engine.dispose()


def steps(url: str) -> list[Step]:
    """The migrations that the archive still needs; it is not changed, and its rows are not read.

    They are run on empty tables of its version: in memory, or in a schema of its PostgreSQL that is rolled back, for
    which the role needs the right to create one.
    """
    from alembic import command  # noqa: PLC0415 - 0.1 s that no other command should pay
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - of Alembic, which only this command should load

    version, _ = versions(url)
    with _empty_tables(url) as connection:
        config = alembic_config(connection)
        if version:
            command.upgrade(config, version)
        script = ScriptDirectory.from_config(config)
        ahead = [one for one in script.walk_revisions() if one.revision > (version or "")]
        return [_step(connection, config, one) for one in reversed(ahead)]


@contextmanager
def _empty_tables(url: str) -> Iterator[Connection]:
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = archive_engine("sqlite://" if is_sqlite else url)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin() as begun:
            if not is_sqlite:
                connection.execute(text(f"CREATE SCHEMA {_PREVIEW}"))
                connection.execute(text(f"SET LOCAL search_path TO {_PREVIEW}"))
            yield connection
            begun.rollback()
    finally:
        engine.dispose()


def _step(connection: Connection, config: "Config", script: "Script") -> Step:
    from alembic import command  # noqa: PLC0415 - of Alembic, which only this command should load

    said: list[str] = []

    def hear(_: Connection, __: object, statement: str, *___: object) -> None:
        said.append(statement.strip())

    event.listen(connection, "before_cursor_execute", hear)
    try:
        command.upgrade(config, script.revision)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return Step(
        script.revision,
        (script.doc or "").splitlines()[0],
        tuple(one for one in said if not _READS.match(one)),
        any(_READS.match(one) and _OUR_ROWS.search(one) for one in said),
    )
