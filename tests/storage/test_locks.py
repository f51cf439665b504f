"""Locks: one holder, whatever the process, and none after the holder is gone."""

import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage import Archive
from storage.db.errors import ArchiveError, LockLostError
from storage.locks import SchedulerBusy, SeriesBusy, is_free, keep_held, scheduler_lock, series_lock
from tests.scripts import Script

HOLD = """
import sys
from storage.locks import series_lock
with series_lock(sys.argv[1], sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/archive 1.db"
    server: str = request.getfixturevalue("postgresql_url")
    return server


def test_a_series_has_one_crawl_at_a_time(url: str) -> None:
    with series_lock(url, "水乡/../x"):
        with pytest.raises(SeriesBusy, match="running already"), series_lock(url, "水乡/../x"):
            pass
        assert not is_free(url, "水乡/../x")
        with series_lock(url, "another"):
            pass
    assert is_free(url, "水乡/../x")
    with series_lock(url, "水乡/../x"):
        pass


def test_a_lock_dies_with_its_holder(url: str) -> None:
    with Script(HOLD, url, "lake") as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(SeriesBusy), series_lock(url, "lake"):
            pass
        holder.process.kill()
    end = time.monotonic() + 10
    while not is_free(url, "lake") and time.monotonic() < end:  # until PostgreSQL sees that its session is gone
        time.sleep(0.02)
    with series_lock(url, "lake"):
        pass


def test_an_archive_has_one_scheduler(url: str) -> None:
    with scheduler_lock(url), pytest.raises(SchedulerBusy, match="already"), scheduler_lock(url):
        pass


def test_an_error_leaves_no_lock_behind(url: str) -> None:
    for _ in range(10):  # at once: PostgreSQL may see later that a session was closed
        with pytest.raises(ZeroDivisionError), series_lock(url, "lake"):
            raise ZeroDivisionError
        assert is_free(url, "lake")


def test_where_no_lock_can_be_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="must be writable"), series_lock(f"sqlite:///{tmp_path}/none/a.db", "lake"):
        pass


def test_an_unreachable_server_is_told_without_its_password() -> None:
    with pytest.raises(ArchiveError) as caught, series_lock("postgresql://me:secret@127.0.0.1:9/x", "lake"):
        pass
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_archive_in_memory_needs_no_lock() -> None:
    with series_lock("sqlite://", "lake"):
        assert is_free("sqlite://", "lake")


def test_one_file_is_one_archive_however_its_driver_is_named(tmp_path: Path) -> None:
    with (
        series_lock(f"sqlite:///{tmp_path}/a.db", "lake"),
        pytest.raises(SeriesBusy),
        series_lock(f"sqlite+pysqlite:///{tmp_path}/a.db?timeout=3", "lake"),
    ):
        pass


def test_two_names_of_one_file_are_one_lock(tmp_path: Path) -> None:
    """Row 12 of issue 12."""
    file, other = tmp_path / "archive.db", tmp_path / "elsewhere" / "other.db"
    file.touch()
    other.parent.mkdir()
    other.symlink_to(file)
    (tmp_path / "folder").symlink_to(tmp_path)
    with series_lock(f"sqlite:///{file}", "river"):
        for name in (other, tmp_path / "folder" / "archive.db"):
            assert not is_free(f"sqlite:///{name}", "river")


HOLDERS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = {}"
OURS = "(SELECT oid FROM pg_database WHERE datname = current_database())"


def end_holders(url: str) -> int:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        ended = connection.execute(text(HOLDERS.format(OURS))).all()
    engine.dispose()
    return len(ended)


def test_a_lock_whose_session_postgresql_ended_is_taken_again_before_the_next_write(postgresql_url: str) -> None:
    """Row 20 of issue 12."""
    with Archive(postgresql_url) as archive, series_lock(postgresql_url, "lake"):
        assert end_holders(postgresql_url) == 1
        archive.series_named("lake")
        assert not is_free(postgresql_url, "lake")
    assert is_free(postgresql_url, "lake")


def test_who_has_lost_his_lock_to_another_writes_nothing_more(postgresql_url: str) -> None:
    """Row 20 of issue 12."""
    with Archive(postgresql_url) as archive, series_lock(postgresql_url, "lake"), scheduler_lock(postgresql_url):
        end_holders(postgresql_url)
        with Script(HOLD, postgresql_url, "lake") as other:
            assert other.stdout.readline() == "held\n"
            for _ in range(2):
                with pytest.raises(LockLostError, match=r"series lake .* taken its place"):
                    archive.series_named("lake")
            assert archive.series() == []
            other.process.kill()
        archive.series_named("river")
        keep_held(postgresql_url)
        with pytest.raises(SchedulerBusy), scheduler_lock(postgresql_url):
            pass
