"""Row 47: a backup while others write is whole, and is an archive like any other."""

import threading
from pathlib import Path

import pytest

from storage import Archive
from storage.db.errors import CannotOpenError, DamagedError
from storage.upkeep import backup
from storage.upkeep.backup import back_up
from tests.storage.stories import rows
from tests.storage.upkeep.filled import damages, fill, raw, visit


def test_a_copy_that_is_made_while_another_one_writes_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_PAGES", 8)  # many steps, so that much is written between two
    url, copy = f"sqlite:///{tmp_path / 'archive.db'}", tmp_path / "copy.db"
    fill(url, 30)
    written, enough = [0], threading.Event()

    def write() -> None:
        with Archive(url) as archive:
            number, run = 100, archive.begin_run(1)
            while not enough.is_set():
                archive.record(visit(1, run, number)).result()
                written[0], number = written[0] + 1, number + 1

    writer = threading.Thread(target=write)
    writer.start()
    steps: list[str] = []
    try:
        while not written[0]:
            enough.wait(0.01)
        before = written[0]
        back_up(url, copy, lambda step, done, of: steps.append(step))
        during = written[0] - before
    finally:
        enough.set()
        writer.join()
    assert during > 0
    assert steps.count("copy") > 10
    assert damages(f"sqlite:///{copy}") == []
    with Archive(f"sqlite:///{copy}") as restored:  # it goes on as the archive would have
        assert 30 < rows(restored, "text") <= 31 + written[0]
        restored.record(visit(1, restored.begin_run(1), 999)).result()
        assert restored.search("编号999的渡口")
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith((".", "copy"))) == ["copy.db"]


def test_the_copy_of_a_damaged_archive_takes_no_place(tmp_path: Path) -> None:
    file, copy = tmp_path / "archive.db", tmp_path / "copy.db"
    fill(f"sqlite:///{file}", 3)
    copy.write_text("the older copy")
    with raw(file) as connection:
        connection.execute("UPDATE text SET body = body || '。' WHERE id = 2")
    with pytest.raises(DamagedError, match="1 things in it are damaged"):
        back_up(f"sqlite:///{file}", copy, lambda *_: None)
    assert copy.read_text() == "the older copy"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def test_what_cannot_be_copied_is_told(postgresql_url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotOpenError, match="pg_dump --format=custom"):
        back_up(postgresql_url, tmp_path / "copy.db", lambda *_: None)
    file = tmp_path / "archive.db"
    fill(f"sqlite:///{file}", 1)
    with pytest.raises(CannotOpenError, match="the archive itself"):
        back_up(f"sqlite:///{file}", file, lambda *_: None)
