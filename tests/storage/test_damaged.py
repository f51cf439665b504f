"""Row 22 of issue 12: a damaged database is told in one line that says what to do, by whoever meets it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage import Archive
from storage.db.errors import ArchiveError, CannotOpenError, DamagedError
from tests.storage.stories import address, begun, record

PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """An archive whose pages are torn behind the first few, which say what tables there are."""
    file = tmp_path / "archive.db"
    with Archive(f"sqlite:///{file}") as archive:
        series, run = begun(archive)
        for number in range(1, 30):
            archive.record(record(series, run, number)).result()
    with closing(sqlite3.connect(file)) as connection:
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0 AND name IN ('story','page')")
        places = [root for (root,) in roots]
        schema = max(root for (root,) in connection.execute("SELECT min(rootpage) FROM sqlite_master WHERE rootpage>0"))
    assert min(places) > schema - 1
    body = bytearray(file.read_bytes())
    for root in places:
        body[(root - 1) * PAGE : root * PAGE] = b"\x5a" * PAGE
    file.write_bytes(body)
    return file


@pytest.mark.parametrize(
    "ask",
    [
        lambda archive: archive.series(),
        lambda archive: list(archive.stories()),
        lambda archive: archive.story(3),
        lambda archive: archive.why(address(3)),
        lambda archive: archive.ledger("河上旧事"),
    ],
    ids=["series", "stories", "show", "why", "ledger"],
)
def test_a_torn_page_is_told_in_one_line(damaged: Path, ask: Callable[[Archive], object]) -> None:
    with Archive(f"sqlite:///{damaged}", read_only=True) as archive, pytest.raises(DamagedError) as caught:
        ask(archive)
    told = str(caught.value)
    assert "damaged" in told
    assert "restore a backup" in told
    assert "\n" not in told


def test_a_torn_page_ends_the_writing_with_the_same_line(damaged: Path) -> None:
    with Archive(f"sqlite:///{damaged}") as archive, pytest.raises(DamagedError, match="damaged"):
        archive.record(record(1, None, 3)).result()


def test_a_header_that_is_torn_is_told_when_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    Archive(f"sqlite:///{file}").close()
    body = bytearray(file.read_bytes())
    body[100:PAGE] = b"\x5a" * (PAGE - 100)
    file.write_bytes(body)
    for read_only in (True, False):
        with pytest.raises(ArchiveError) as caught:
            Archive(f"sqlite:///{file}", read_only=read_only)
        assert isinstance(caught.value, DamagedError | CannotOpenError)
        assert "\n" not in str(caught.value)
