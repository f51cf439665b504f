"""Opening an archive: made once, refused clearly, never guessed at."""

import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from storage import Archive
from storage.db.errors import CannotOpenError, NewerVersionError, ReadOnlyError, UnknownSeriesError
from storage.db.migrate import HEAD, alembic_config, bring_up_to_date
from tests.ready_archive import begin_ready
from tests.scripts import at_once
from tests.storage.stories import begun, record

RACE = """
import sys
from storage import archive
from storage.db.migrate import bring_up_to_date

archive.bring_up_to_date = bring_up_to_date  # the migrations, as for everybody but other tests
print("ready", flush=True)
sys.stdin.readline()
archive.Archive(sys.argv[1]).close()
"""
OPEN = "import sys; from storage import Archive; Archive(sys.argv[1]).close()"


@pytest.fixture(autouse=True)
def _migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here they run, as they do for everybody but the other tests."""
    monkeypatch.setattr("storage.archive.bring_up_to_date", bring_up_to_date)


@pytest.fixture
def postgresql_url(empty_postgresql_url: str) -> str:
    return empty_postgresql_url


def test_the_migrations_make_the_declared_schema(archive: Archive) -> None:
    with archive._engine.connect() as connection:
        config = alembic_config(connection)
        command.check(config)
        assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_first_starts_may_race(url: str) -> None:
    assert at_once(*[(RACE, url)] * 4) == [0] * 4


def test_a_current_database_opens_without_alembic(sqlite_url: str) -> None:
    Archive(sqlite_url).close()
    probe = f"{OPEN}; assert 'alembic' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", probe, sqlite_url], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_newer_database_is_refused_and_untouched(url: str) -> None:
    with Archive(url) as archive:
        archive._write(lambda c: c.execute(text("UPDATE archive_version SET version_num = '9999'")))
    for read_only in (False, True):
        with pytest.raises(NewerVersionError, match="schema version '9999'"):
            Archive(url, read_only=read_only)


def test_a_process_that_has_run_since_before_an_upgrade_writes_nothing_and_says_why(url: str) -> None:
    with Archive(url) as writer, Archive(url, read_only=True) as reader:
        series, run = begun(writer)
        with Archive(url) as later:
            for change in ("UPDATE archive_version SET version_num = '9999'", "ALTER TABLE run RENAME TO crawl"):
                later._engine.dispose()
                with later._engine.connect().execution_options(writes=True) as connection, connection.begin():
                    connection.execute(text(change))
        assert reader.series_called("河上旧事") == series, "what is as it was is read"
        for ask in (lambda: reader.runs(series), lambda: writer.rename_series(series, title="渡口")):
            with pytest.raises(NewerVersionError, match=r"'9999' by a later release while this process ran.*start it"):
                ask()
        with pytest.raises(NewerVersionError):
            writer.record(record(series, run, 1)).result()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense", "is no database address"),
        ("mysql://u@h/d", "sqlite:///FILE or postgresql"),
        ("sqlite:////no/such/folder/a.db", "there is no folder '/no/such/folder'"),
        ("postgresql://me:secret@127.0.0.1:1/x", "cannot be opened: connection failed"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(address: str, says: str) -> None:
    with pytest.raises(CannotOpenError, match=says) as caught:
        Archive(address)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("往期回顾" * 500)
    with pytest.raises(CannotOpenError, match="is no SQLite database"):
        Archive(f"sqlite:///{file}")
    assert file.read_text() == "往期回顾" * 500


def test_reading_needs_an_archive_and_changes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotOpenError, match="There is no archive"):
        Archive(sqlite_url, read_only=True)
    sqlite3.connect(tmp_path / "archive.db").close()
    (tmp_path / "archive.db").touch()
    with pytest.raises(CannotOpenError, match="holds no archive yet"):
        Archive(sqlite_url, read_only=True)


def test_a_reader_sees_what_a_writer_commits(url: str) -> None:
    with Archive(url) as writer, Archive(url, read_only=True) as reader:
        series, run = begun(writer)
        writer.record(record(series, run, 1)).result()
        assert [story.ordinal for story in reader.stories(series)] == [1]
        with pytest.raises(ReadOnlyError):
            reader.seed(series, [])


def test_an_unknown_series_names_those_there_are(archive: Archive) -> None:
    begun(archive, "山中日记")
    with pytest.raises(UnknownSeriesError, match="series '河'; it holds: 山中日记"):
        archive.series("河")
    with pytest.raises(UnknownSeriesError, match="did you mean '山中日记'"):
        archive.series("山中日志")


def test_other_tests_begin_with_what_the_migrations_make(sqlite_url: str) -> None:
    def schema(archive: Archive) -> list[tuple]:
        """Tables, indexes and views, each table with its rows."""
        question = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        found = archive._read(lambda c: [tuple(row) for row in c.exec_driver_sql(question)])
        tables = [name for kind, name, *_ in found if kind == "table"]
        counts = [
            archive._read(lambda c, name=name: c.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar())
            for name in tables
        ]
        return [*found, *zip(tables, counts, strict=True)]

    with Archive("sqlite://") as migrated:
        expected = schema(migrated)
    begin_ready()
    with Archive("sqlite://") as ready, Archive(sqlite_url) as file:
        assert schema(ready) == schema(file) == expected


def test_a_path_with_spaces_and_marks(tmp_path: Path) -> None:
    folder = tmp_path / "我的 档案 100%"
    folder.mkdir()
    with Archive(f"sqlite:///{folder}/a b.db") as archive:
        begun(archive)
    assert (folder / "a b.db").is_file()


@pytest.mark.parametrize("mode", ["read", "written"])
def test_row_36_every_connection_is_set_up_for_safety(sqlite_url: str, mode: str) -> None:
    Archive(sqlite_url).close()
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}

    def kept(connection: Connection) -> dict[str, object]:
        return {pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in expected}

    with Archive(sqlite_url, read_only=mode == "read") as archive, ExitStack() as stack:
        connections = [stack.enter_context(archive._engine.connect()) for _ in range(4)]  # more than one of the pool
        assert [kept(connection) for connection in connections] == [expected] * 4
        assert mode == "read" or archive._write(kept) == expected


@pytest.mark.parametrize("view", ["stories", "mentions_missing", "runs_latest", "pages_outcome"])
def test_the_views_answer(archive: Archive, view: str) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 9)).result()
    found = archive._read(lambda c: c.execute(text(f"SELECT * FROM {view}")).mappings().all())
    assert found
    assert all(row["series"] == "河上旧事" for row in found)


def test_an_archive_that_believed_single_answers_asks_once_more(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0007")
        connection.execute(text("INSERT INTO series (id, name, start, created_at) VALUES (1, 'x', '[]', 0)"))
        pages = [("listing", "listing", "done"), ("listing", "unchanged", "due"), ("series", "gone", "done")]
        for number, (via, outcome, state) in enumerate([*pages, ("prev", "gone", "done"), ("series", "failed", "due")]):
            row = f"{number}, x'{number:02x}', 'https://river.example/{number}', '', 1, '{via}', '', 1, 0, '{state}'"
            due = 2**53 if state == "due" else "NULL"
            connection.execute(
                text(
                    "INSERT INTO page (id, url_sha256, url, host, series_id, via, found_reason, depth, discovered_at,"
                    " state, due_at, watch, attempts, interval_days, outcome, outcome_at, reason, etag)"
                    f" VALUES ({row}, {due}, 0, 0, 0, '{outcome}', 5, '', 'x')"
                )
            )
    engine.dispose()
    with Archive(f"sqlite:///{file}") as archive:
        assert [page.outcome for page in archive.unconfirmed(1)] == ["failed"]
        due = {page.url[-1]: page.etag for page in archive.claim(1, archive.begin_run(1))}
    assert due == {"0": "x", "1": None, "2": None}
