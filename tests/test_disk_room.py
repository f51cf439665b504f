"""Row 37: a crawl begins with room to end in order, and no file is left torn on a full disk."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from crawler.extensions import disk
from tests.crawler.commands.conftest import fill
from tests.crawling import AT_HOME, command, environment, run
from wangqi.exit_codes import DISK, DISK_FULL, FAILED_BY_ARCHIVE


def test_row_37_no_crawl_begins_with_too_little_room(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    settings = [part for value in (*AT_HOME, f"DISK_RESERVE={2**60}") for part in ("-s", value)]
    done = run([*command("crawl", "series", "-a", "url=http://127.0.0.1:9/"), *settings], environment(archive))
    assert done.returncode == DISK
    assert "MiB are free in" in done.stderr
    assert "DISK_RESERVE" in done.stderr
    assert not archive.exists()


@pytest.mark.parametrize(
    "arguments", [("series", "shuixiang", "--svg"), ("diff", "1", "2", "--html"), ("export", "--force")]
)
def test_row_37_a_full_disk_leaves_no_torn_file(arguments: tuple[str, ...], tmp_path: Path) -> None:
    archive, folder = tmp_path / "archive.db", tmp_path / "out"
    fill(f"sqlite:///{archive}")
    with closing(sqlite3.connect(archive)) as connection:  # to be read without a file beside it
        assert connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
    folder.mkdir()
    written = folder / ("all.jsonl" if arguments[0] == "export" else "picture")
    written.write_text("old")
    done = run(command(*arguments, str(written)), environment(archive), largest_file=256)
    assert done.returncode == DISK, done.stderr
    assert "Traceback" not in done.stderr
    assert f"There is no room for {str(written)!r}" in done.stderr
    assert [(one.name, one.read_text()) for one in folder.iterdir()] == [(written.name, "old")]


def test_row_37_a_crawl_ends_in_order_before_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(disk, "_EVERY", 0.01)
    reasons: list[str] = []

    async def watched() -> None:
        ended = asyncio.Event()

        async def close(*, reason: str) -> None:
            reasons.append(reason)
            ended.set()

        settings = Settings({"ARCHIVE_URL": f"sqlite:///{tmp_path / 'archive.db'}", "DISK_RESERVE": 2**60})
        watch = disk.DiskWatch(SimpleNamespace(settings=settings, engine=SimpleNamespace(close_spider_async=close)))
        watch.spider_opened()
        await asyncio.wait_for(ended.wait(), 30)
        watch.spider_closed()

    asyncio.run(watched())
    assert reasons == [DISK_FULL]
    assert FAILED_BY_ARCHIVE[DISK_FULL] == DISK
    assert "MiB are free in" in caplog.text


def test_the_room_is_looked_at_often_enough() -> None:
    # A page a second of at most 10 MiB, each with all that is made of it.
    assert disk._EVERY * 10 * 2**20 < 500 * 2**20 / 5
