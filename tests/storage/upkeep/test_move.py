"""An archive moved to another database is the same there."""

from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Archive
from storage.db.errors import CannotOpenError, DamagedError
from storage.upkeep import move as moving
from storage.upkeep.damage import Damage
from storage.upkeep.move import digest_of, move
from storage.upkeep.verify import verify
from tests.storage.stories import begun
from tests.storage.upkeep.filled import fill, visit


def quiet(*_: object) -> None:
    """Nobody watches."""


def damages(url: str) -> list[Damage]:
    return list(verify(url))


def test_there_and_back_again(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    fill(sqlite_url)
    back = f"sqlite:///{tmp_path / 'back.db'}"
    first = move(sqlite_url, postgresql_url, quiet)
    second = move(postgresql_url, back, quiet)
    assert first == second
    assert first.digest == digest_of(sqlite_url) == digest_of(postgresql_url) == digest_of(back)
    assert first.rows["revision"] > 0
    for url in (postgresql_url, back):
        assert damages(url) == []
        with Archive(sqlite_url) as old, Archive(url) as new:
            assert [*old.stories()] == [*new.stories()]
            assert [hit.story.id for hit in old.search("渡口", newest=True)] == [
                hit.story.id for hit in new.search("渡口", newest=True)
            ]
            series, run = begun(new)  # and it goes on, with numbers of its own
            assert new.record(visit(series, run, 400)).result().story_id
        assert damages(url) == []
        assert digest_of(url) != first.digest


def test_a_database_that_holds_something_is_refused(url: str, tmp_path: Path) -> None:
    fill(url)
    source = f"sqlite:///{tmp_path / 'source.db'}"
    fill(source)
    before = digest_of(url)
    with pytest.raises(CannotOpenError, match="holds an archive already"):
        move(source, url, quiet)
    with pytest.raises(CannotOpenError, match="is the archive itself"):
        move(source, source, quiet)
    with pytest.raises(CannotOpenError, match="There is no archive"):
        move(f"sqlite:///{tmp_path / 'none.db'}", url, quiet)
    assert digest_of(url) == before


def test_what_is_stopped_halfway_leaves_nothing_and_is_begun_again(url: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    fill(source)

    def stop(step: str, *_: int) -> None:
        if step == "revision":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(source, url, stop)
    with Archive(url, read_only=True) as archive:
        assert archive.series() == []
    assert move(source, url, quiet).digest == digest_of(source)


def test_what_arrives_otherwise_is_told_and_not_kept(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    fill(source)
    real = moving.search_index.fill

    def spoil(connection):  # type: ignore[no-untyped-def]  # as the one that it stands for
        real(connection)
        connection.execute(text("UPDATE text SET body = body || '。' WHERE id = 1"))

    monkeypatch.setattr(moving.search_index, "fill", spoil)
    with pytest.raises(DamagedError, match="The table text"):
        move(source, url, quiet)
    with Archive(url, read_only=True) as archive:
        assert archive.series() == []
