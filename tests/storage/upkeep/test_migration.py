"""Row 47: an older archive is brought up to date whole or not at all, also where the migration is killed."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect

from storage import Archive
from storage.db.engine import archive_engine
from storage.db.errors import CannotOpenError
from storage.db.migrate import HEAD, alembic_config, bring_up_to_date
from storage.upkeep.backup import back_up
from storage.upkeep.migration import Step, steps, versions
from tests.storage.upkeep.filled import damages, fill

_FTS = ("story_fts_data", "story_fts_idx", "story_fts_docsize")
# Dies in the middle of the migration, with a part of its rows sealed.
DIE = """
import os, signal, sys
import wangqi.seals
whole, calls = wangqi.seals.seal_of, []
def seal_of(record):
    calls.append(record)
    if len(calls) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(record)
wangqi.seals.seal_of = seal_of
from storage import Archive
Archive(sys.argv[1])
"""


def earlier(file: Path, version: str) -> None:
    """An archive as the release of that schema left it, with six stories in it."""
    now = file.with_name("now.db")
    fill(f"sqlite:///{now}", 6)
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), version)
    engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS now", (str(now),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0"
        ).fetchall()
        for (table,) in tables:
            if table == "archive_version" or (table.startswith("story_fts") and table not in _FTS):
                continue
            old, new = (columns(connection, of, table) for of in ("main", "now"))
            names = ", ".join(name for name in old if name in new)
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
    now.unlink()


def columns(connection: sqlite3.Connection, of: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {of}.table_info({table})")]


def version_of(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return str(connection.execute("SELECT version_num FROM archive_version").fetchone()[0])


@pytest.mark.parametrize("version", ["0009", "0010"])
def test_row_47_a_migration_that_is_killed_is_as_if_it_had_not_begun(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.archive.bring_up_to_date", bring_up_to_date)
    file = tmp_path / "archive.db"
    earlier(file, version)
    done = subprocess.run([sys.executable, "-c", DIE, f"sqlite:///{file}"], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert version_of(file) == version
    with Archive(f"sqlite:///{file}") as archive:
        assert len(list(archive.stories())) == 6
    assert version_of(file) == HEAD
    assert damages(f"sqlite:///{file}") == []


def empty_of(url: str, version: str) -> None:
    """An archive without a row, as the release of that schema made it."""
    engine = archive_engine(url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), version)
    engine.dispose()


def test_who_reads_an_older_archive_is_told_what_brings_it_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    empty_of(url, "0010")
    with pytest.raises(CannotOpenError, match=rf"schema 0010, this one has {HEAD}\): `scrapy migrate`"):
        Archive(url, read_only=True)
    assert versions(url) == ("0010", HEAD)


def test_an_older_archive_is_copied_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    file, copy = tmp_path / "archive.db", tmp_path / "copy.db"
    earlier(file, "0010")
    assert back_up(f"sqlite:///{file}", copy, lambda *_: None) == copy.stat().st_size
    assert (version_of(file), version_of(copy)) == ("0010", "0010")
    with Archive(f"sqlite:///{copy}") as archive:
        assert len(list(archive.stories())) == 6


def test_the_statements_that_are_shown_are_those_that_run(tmp_path: Path) -> None:
    by_hand, by_us = tmp_path / "by_hand.db", tmp_path / "by_us.db"
    for file in (by_hand, by_us):
        empty_of(f"sqlite:///{file}", "0010")
    shown = steps(f"sqlite:///{by_hand}")
    assert version_of(by_hand) == "0010"
    assert {step.version for step in shown if step.fills} >= {"0011", "0012"}
    assert not any(step.fills for step in shown if step.version == "0013")
    with closing(sqlite3.connect(by_hand)) as connection:
        connection.executescript(";\n".join(statement for step in shown for statement in step.statements))
    with Archive(f"sqlite:///{by_us}"):
        pass
    assert schema(by_hand) == schema(by_us)
    assert version_of(by_hand) == HEAD
    assert steps(f"sqlite:///{by_us}") == []


def schema(file: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'story_fts_%'")
        return {(name, (sql or "").strip()) for name, sql in rows}


def test_showing_the_statements_leaves_nothing_in_postgresql(empty_postgresql_url: str) -> None:
    empty_of(empty_postgresql_url, "0010")
    shown: list[Step] = steps(empty_postgresql_url)
    assert [step.version for step in shown][-1] == HEAD
    engine = archive_engine(empty_postgresql_url)
    assert "wangqi_migration_preview" not in inspect(engine).get_schema_names()
    engine.dispose()
    assert versions(empty_postgresql_url) == ("0010", HEAD)
    with Archive(empty_postgresql_url):
        assert versions(empty_postgresql_url) == (HEAD, HEAD)
