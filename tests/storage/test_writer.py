"""The writing thread: groups, failures, replays, a full disk, sudden death."""

import random
import sqlite3
import threading
import time
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event, text

from storage import Archive
from storage.db import writer
from storage.db.errors import ArchiveError, BusyError, ConnectionLostError, DiskFullError, RefusedError
from storage.db.writer import GROUP
from tests.scripts import Script
from tests.storage.stories import address, begun, record, rows

# Writes without end and prints the number of each record whose commit was confirmed.
CRAWL = """
import sys
from storage import Archive
from tests.storage.stories import begun, record
with Archive(sys.argv[1]) as archive:
    series, run = begun(archive)
    start = int(sys.argv[2])
    for first in range(start, start + 300, 8):
        futures = [(n, archive.record(record(series, run, n))) for n in range(first, first + 8)]
        for n, future in futures:
            future.result()
            print(n, flush=True)
"""


def test_items_that_wait_together_share_a_commit(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        commits = []
        event.listen(archive._engine, "commit", lambda _: commits.append(1))
        futures = [archive.record(record(series, run, n)) for n in range(1, GROUP + 1)]
        assert {future.result().outcome for future in futures} == {"stored"}
        assert len(commits) < GROUP / 4


def test_closing_commits_what_was_submitted_and_ends(url: str) -> None:
    archive = Archive(url)
    series, run = begun(archive)
    futures = [archive.record(record(series, run, n)) for n in range(1, 31)]
    archive.close()
    archive.close()
    assert all(future.done() and future.exception() is None for future in futures)
    with pytest.raises(ArchiveError, match="is closed"):
        archive.record(record(series, run, 31))
    with Archive(url, read_only=True) as reader:
        assert rows(reader, "story") == 30


def test_an_error_of_the_thread_itself_keeps_nobody_waiting(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)

        def settle(*_: object) -> None:
            monkeypatch.undo()
            raise MemoryError

        monkeypatch.setattr(writer.Writer, "_settle", settle)
        with pytest.raises(MemoryError):
            archive.record(record(series, run, 1)).result(timeout=20)
        assert archive.record(record(series, run, 1)).result(timeout=20).outcome == "stored"


def test_an_error_that_cannot_even_be_told_stops_nobody_else(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 50: the thread died of it, and every page after it waited for ever."""
    untold = []
    tell = Future.set_exception

    def cannot(self: "Future[object]", error: BaseException | None) -> None:
        if len(untold) < 2:  # by the transaction, and by the thread itself
            untold.append(error)
            raise MemoryError
        tell(self, error)

    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        monkeypatch.setattr(Future, "set_exception", cannot)
        archive._submit(lambda connection: connection.exec_driver_sql("no SQL"), flush=True)
        while len(untold) < 2:
            time.sleep(0.01)
        assert archive.record(record(series, run, 1)).result(timeout=20).outcome == "stored"


def test_a_full_disk_fails_whole_and_heals(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        archive.record(record(series, run, 1)).result()
        pages = archive._read(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())

        def limit(connection: sqlite3.Connection, number: int) -> None:
            connection.execute(f"PRAGMA max_page_count={number}")

        archive._engine.dispose()
        squeeze = lambda connection, _: limit(connection, pages + 20)  # noqa: E731
        event.listen(archive._engine, "connect", squeeze)
        outcomes = [archive.record(record(series, run, n)) for n in range(2, 200)]
        errors = [future.exception() for future in outcomes]
        full = [error for error in errors if error]
        assert full
        assert all(isinstance(error, DiskFullError) and "No room left" in str(error) for error in full)
        stored = errors.count(None) + 1
        assert rows(archive, "story") == stored
        event.remove(archive._engine, "connect", squeeze)
        archive._engine.dispose()
        assert archive.record(record(series, run, 500)).result().outcome == "stored"
        assert archive._read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"


def test_a_file_that_may_not_be_written_fails_whole_and_heals(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        refuse = lambda connection, _: connection.execute("PRAGMA query_only=ON")  # noqa: E731 - an argument with a name
        archive._engine.dispose()
        event.listen(archive._engine, "connect", refuse)
        errors = [archive.record(record(series, run, n)).exception() for n in range(3)]
        assert [type(error) for error in errors] == [RefusedError] * 3
        assert "(attempt to write a readonly database). Look after its disk" in str(errors[0])
        event.remove(archive._engine, "connect", refuse)
        archive._engine.dispose()
        assert archive.record(record(series, run, 1)).result().outcome == "stored"


def test_a_server_that_may_not_be_written_fails_whole(postgresql_url: str) -> None:
    with Archive(postgresql_url) as archive:
        series, run = begun(archive)

        def refused(connection: Connection) -> None:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text("CREATE TABLE x (y int)"))

        futures = [archive._submit(refused), archive.record(record(series, run, 1))]
        assert isinstance(futures[0].exception(), RefusedError)
        assert archive.record(record(series, run, 2)).result().outcome == "stored"


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_file_that_is_taken_away_while_it_is_written_is_told(
    sqlite_url: str, tmp_path: Path, *, is_replaced: bool
) -> None:
    file, away = tmp_path / "archive.db", tmp_path / "away.db"
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        archive.record(record(series, run, 1)).result()
        file.rename(away)
        if is_replaced:
            file.touch()
        with pytest.raises(RefusedError, match="was moved, replaced or removed while it was open"):
            archive.record(record(series, run, 2)).result()
        away.replace(file)
        assert archive.record(record(series, run, 3)).result().outcome == "stored"
        assert rows(archive, "story") == 2


def test_a_lost_connection_is_replayed_and_nothing_is_stored_twice(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.db.writer._FIRST_PAUSE", 0.02)
    monkeypatch.setattr("storage.db.writer._LONGEST_PAUSE", 0.1)
    killer = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    writing = "pid <> pg_backend_pid() AND backend_xid IS NOT NULL AND datname = current_database()"
    query = text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {writing}")

    def kill(times: int) -> None:
        with killer.connect() as connection:
            while times:
                times -= bool(connection.execute(query).all())
                time.sleep(0.01)

    with Archive(postgresql_url) as archive:
        series, run = begun(archive)
        thread = threading.Thread(target=kill, args=(3,))
        thread.start()
        futures = [archive.record(record(series, run, n)) for n in range(1, 41)]
        assert {future.result(timeout=60).outcome for future in futures} == {"stored"}
        thread.join()
        assert (rows(archive, "story"), rows(archive, "capture")) == (40, 40)
    killer.dispose()


def test_a_group_whose_sessions_end_before_it_does_is_written_in_parts(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.db.writer._FIRST_PAUSE", 0.001)
    attempt = writer._Attempt.run

    def run(self: writer._Attempt) -> list:
        if len(self._group) > 2:
            raise ConnectionLostError("it took too long")
        return attempt(self)

    monkeypatch.setattr(writer._Attempt, "run", run)
    with Archive(sqlite_url) as archive:
        series, opened = begun(archive)
        futures = [archive.record(record(series, opened, n)) for n in range(1, 21)]
        assert {future.result(timeout=60).outcome for future in futures} == {"stored"}
        assert rows(archive, "capture") == 20


def test_a_question_whose_session_is_ended_is_asked_again(postgresql_url: str) -> None:
    ended = iter([True, False])

    def question(connection: Connection) -> int:
        if next(ended):
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return connection.execute(text("SELECT 7")).scalar_one()

    with Archive(postgresql_url) as archive:
        assert archive._read(question) == 7


def test_a_locked_file_is_waited_for_and_then_named(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.db.engine.BUSY_MS", 50)
    monkeypatch.setattr("storage.db.writer._FIRST_PAUSE", 0.001)
    monkeypatch.setattr("storage.db.writer._LONGEST_PAUSE", 0.1)
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        with closing(sqlite3.connect(tmp_path / "archive.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(BusyError, match="is held by another process"):
                archive.record(record(series, run, 1)).result()
            late = archive.record(record(series, run, 2))
            other.execute("ROLLBACK")
            assert late.result().outcome == "stored"
        assert rows(archive, "story") == 1


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=[pytest.mark.torture, pytest.mark.timeout(2000)])])
def test_what_was_confirmed_survives_sudden_death(sqlite_url: str, kills: int) -> None:
    chance = random.Random(kills)
    confirmed: set[int] = set()
    for death in range(kills):
        start = 1 + death * 300  # what numbers a story may have is bounded
        with Script(CRAWL, sqlite_url, str(start)) as crawl:
            confirmed.add(int(crawl.stdout.readline()))
            time.sleep(chance.random() * 0.4)
            crawl.process.kill()
            confirmed |= {int(line) for line in crawl.stdout.read().splitlines() if line}
    assert len(confirmed) >= kills
    with Archive(sqlite_url) as archive:
        assert archive._read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"
        assert not archive._read(lambda c: c.exec_driver_sql("PRAGMA foreign_key_check").all())
        stored = {page.ordinal for page in archive.stories()}
        assert confirmed <= stored
        half = "SELECT count(*) FROM page WHERE outcome = 'stored' AND (revision_id IS NULL OR story_id IS NULL)"
        assert archive._read(lambda c: c.exec_driver_sql(half).scalar()) == 0
        series, run = begun(archive)
        known = archive.record(record(series, run, min(confirmed))).result()
        assert known.outcome == "unchanged"
        assert archive.why(address(min(confirmed)))[0].page.story_id == known.story_id


FULL = """
import resource, sys
from storage import Archive
from storage.db.errors import DiskFullError
from tests.storage.stories import begun, record
with Archive(sys.argv[1]) as archive:
    series, run = begun(archive)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    for n in range(1, 2_000):
        try:
            archive.record(record(series, run, n)).result()
        except DiskFullError as error:
            print(n - 1, error)
            break
"""


def test_a_limit_on_the_size_of_files_is_a_full_disk(sqlite_url: str) -> None:
    with Script(FULL, sqlite_url) as writer:
        assert writer.process.wait() == 0
        told = writer.stdout.read()
    assert "No room left for the archive" in told
    with Archive(sqlite_url) as archive:
        assert rows(archive, "story") == int(told.split()[0])
        assert archive._read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"


def test_two_crawls_that_read_the_same_stories_at_once_store_each_once(url: str) -> None:
    with Archive(url) as one, Archive(url) as two, Archive(url, read_only=True) as reader:
        futures = []
        crawls = [(archive, *begun(archive, f"series {place}")) for place, archive in enumerate((one, two))]
        for n in range(1, 25):
            for archive, series, run in crawls:
                page = record(series, run, n, url=f"https://mirror{series}.example/{n}")
                futures.append(archive.record(page))
        while not all(future.done() for future in futures):
            assert rows(reader, "story") <= 24
            assert len(reader.search("渡口")) <= 20
        outcomes = [future.result().outcome for future in futures]
        assert (outcomes.count("stored"), outcomes.count("copy")) == (24, 24)
        assert (rows(reader, "story"), rows(reader, "text")) == (24, 24)
