"""Servers that answer a byte at a time or never, with all the tries that a crawl makes: minutes, not seconds."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler.site import Site, serving
from tests.crawling import crawl_command, environment, run
from tests.hostile.endpoints import TRIES, slow, start
from tests.hostile.test_quick import pages_of

TIMEOUT = 8  # DOWNLOAD_TIMEOUT, seconds
PAUSE = 2  # seconds before the second try
BUSY = 60


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.mark.torture
def test_row_05_who_answers_a_byte_at_a_time_frees_its_place(site: Site, tmp_path: Path) -> None:
    ends = dict(slow())
    site.pages = {path: one.answer for path, one in ends.items()} | {"/start.html": start(ends)}
    settings = ("-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}", "-s", f"RETRY_PAUSE={PAUSE}", "-s", f"RETRY_TIMES={TRIES - 1}")
    archive = tmp_path / "archive.db"
    began = time.monotonic()
    ended = run(crawl_command(site.url("/start.html"), *settings), environment(archive), seconds=600)
    assert time.monotonic() - began < len(ends) * (TRIES * TIMEOUT + PAUSE) + BUSY
    assert ended.returncode == 20, ended.stderr
    for path, page in pages_of(archive, site, [*ends]):
        assert page.outcome in ends[path].outcomes, path
        assert site.count(path) <= TRIES
