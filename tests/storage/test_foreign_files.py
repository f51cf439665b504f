"""Row 17 of issue 12: another application's SQLite file is told from an archive, and not touched by a byte."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import Archive
from storage.db.errors import CannotOpenError
from storage.db.sqlite_file import APPLICATION_ID
from tests.scripts import Script
from tests.storage.stories import begun, record


def made(file: Path, *statements: str, log: bool = False) -> None:
    """A database by those statements; with `log` what they do stands only in the file's log."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        if log:
            connection.execute("PRAGMA journal_mode=WAL")
        for statement in statements:
            connection.execute(statement)


FOREIGN = {
    "tables": ("CREATE TABLE places (id INTEGER)",),
    "the name of one of ours": ("CREATE TABLE page (id INTEGER)",),
    "an id": ("PRAGMA application_id=252006674", "CREATE TABLE meta (x)"),
    "an id and no table": ("PRAGMA application_id=1", "PRAGMA user_version=3"),
}


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("log", [True, False])
def test_another_applications_file_is_left_as_it_is(tmp_path: Path, what: str, *, log: bool, read_only: bool) -> None:
    file = tmp_path / "history.db"
    made(file, *FOREIGN[what], log=log)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(CannotOpenError, match="another application's"):
        Archive(f"sqlite:///{file}", read_only=read_only)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear archive, …", "utf-8")
    with pytest.raises(CannotOpenError, match="no SQLite database"):
        Archive(f"sqlite:///{file}")
    assert file.read_text("utf-8") == "Dear archive, …"


@pytest.mark.parametrize("empty", [True, False])
def test_an_archive_bears_its_id(tmp_path: Path, *, empty: bool) -> None:
    file = tmp_path / "archive.db"
    if empty:
        file.touch()
    with Archive(f"sqlite:///{file}") as archive:
        archive.record(record(*begun(archive), 9)).result()
    assert int.from_bytes(file.read_bytes()[68:72]) == APPLICATION_ID


def test_an_archive_from_before_opens_as_it_is_and_is_given_its_id(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    with Archive(f"sqlite:///{file}") as archive:
        archive.record(record(*begun(archive), 9)).result()
    made(file, "PRAGMA application_id=0")
    before = file.read_bytes()
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        assert len(list(archive.stories())) == 1
    assert file.read_bytes() == before
    Archive(f"sqlite:///{file}").close()
    assert int.from_bytes(file.read_bytes()[68:72]) == APPLICATION_ID


@pytest.mark.parametrize("log", [True, False])
def test_an_archive_where_nothing_can_be_written_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, log: bool
) -> None:
    """Row 15 of issue 12."""
    file = tmp_path / "archive.db"
    with Archive(f"sqlite:///{file}") as archive:
        archive.record(record(*begun(archive), 9)).result()
    if log:
        file.with_name("archive.db-wal").write_bytes(b"")
    before = {path.name for path in tmp_path.iterdir()}
    monkeypatch.setattr("storage.db.engine.os.access", lambda _, mode: mode != os.W_OK)
    with Archive(f"sqlite:///{file}", read_only=True) as archive:
        assert len(list(archive.stories())) == 1
        assert {path.name for path in tmp_path.iterdir()} == before, "nothing is written beside it"


LOOK = """
import sys
from storage import Archive
with Archive(sys.argv[1]) as archive:
    print(*sorted(series.name for series in archive.series()))
"""


def test_who_opens_an_archive_twice_keeps_its_log(tmp_path: Path) -> None:
    """The second opening used to take away the locks of the first: the next process to end deleted the log under it."""
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    with Archive(url) as archive:
        with Archive(url, read_only=True) as second:
            assert second.series() == []
        for name in ("lake", "river"):
            archive.series_named(name)
            with Script(LOOK, url) as look:
                looked = look.stdout.read()
        assert looked == "lake river\n", "what is committed is there for all"


def test_a_file_with_a_second_name_is_not_written_to(tmp_path: Path) -> None:
    """Row 12 of issue 12: SQLite keeps a log for each name."""
    file, other = tmp_path / "archive.db", tmp_path / "other.db"
    with Archive(f"sqlite:///{file}") as archive:
        archive.series_named("river")
        other.hardlink_to(file)
        with pytest.raises(CannotOpenError, match="has 2 names"):
            Archive(f"sqlite:///{other}")
    with pytest.raises(CannotOpenError, match=r"cp .*archive\.db"):
        Archive(f"sqlite:///{file}")
    with Archive(f"sqlite:///{other}", read_only=True) as archive:
        assert [series.name for series in archive.series()] == ["river"]
    other.unlink()
    Archive(f"sqlite:///{file}").close()


def test_an_archive_whose_writer_died_while_it_copied_its_log_is_opened(tmp_path: Path) -> None:
    """Then the header counts pages that the file has not yet, and only the log has all of them."""
    file, torn = tmp_path / "archive.db", tmp_path / "torn.db"
    with Archive(f"sqlite:///{file}") as archive:
        series, run = begun(archive)
        for number in range(1, 40):
            archive.record(record(series, run, number)).result()
        log = file.with_name("archive.db-wal")
        assert log.stat().st_size
        torn.write_bytes(file.read_bytes())
        torn.with_name("torn.db-wal").write_bytes(log.read_bytes())
    with torn.open("r+b") as header:
        header.seek(28)
        header.write((1_000_000).to_bytes(4))
        header.seek(24)
        changes = header.read(4)
        header.seek(92)
        header.write(changes)  # else the count of pages is not believed
    with (
        closing(sqlite3.connect(f"file:{torn}?mode=ro&immutable=1", uri=True)) as alone,
        pytest.raises(sqlite3.DatabaseError, match="malformed"),
    ):
        alone.execute("PRAGMA application_id").fetchall()
    with Archive(f"sqlite:///{torn}") as archive:
        assert len(list(archive.stories())) == 39
