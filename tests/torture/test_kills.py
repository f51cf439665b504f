"""Row 34: killed at random moments and begun again, a crawl loses nothing it has acknowledged, nor doubles anything.

The small form is in `tests/test_again.py`.
"""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.crawler.site import Site, serving
from tests.torture.large_site import acknowledged, begun, check_archive, refetched, serve_series
from tests.warm_start import Begun

LENGTH = 1_800
LAST = 100  # so many pages are left when the last kill is due, and the crawl has not ended before
MOST = 16  # pages that are stored before a kill; more come with the transaction of the last
BEGINNING = 1.0  # seconds, about, that a crawl takes to begin
WAITING = max(8, 2 * (os.cpu_count() or 1)) + 2  # pages that may have come and not be stored, and what is on its way


def killed(process: Begun) -> bool:
    """Whether it was still going."""
    is_alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return is_alive


class Moments:
    """Random ones of a crawl: in its beginning, at its first request, after a number of pages."""

    def __init__(self, dice: random.Random, site: Site, folder: Path) -> None:
        self._dice = dice
        self._site = site
        self._folder = folder

    def one(self, process: Begun, ahead: float) -> None:
        """Waits for one, or for the end of the crawl; so many pages ahead of the kills it has to be an early one."""
        is_ahead = ahead > 0
        if self._dice.random() < (0.5 if is_ahead else 0.1) + ahead / LAST:
            time.sleep(self._dice.uniform(0, BEGINNING))
            return
        asked, stored = len(self._site.hits), len(acknowledged(self._folder)) + self._dice.randint(0, MOST)
        while process.poll() is None:
            if len(self._site.hits) > asked if is_ahead else len(acknowledged(self._folder)) > stored:
                break
            time.sleep(0.02)
        time.sleep(self._dice.uniform(0, 0.1))


def storm(archive_url: str, folder: Path, *, kills: int, length: int, seed: int) -> None:
    """Kills a crawl of a series so often, spread over all of its pages, and lets it end."""
    again: list[int] = []
    with serving() as site:
        moments = Moments(random.Random(seed), site, folder)
        start = serve_series(site, length)
        while len(again) < kills:
            before = len(site.hits)
            ahead = len(acknowledged(folder)) - (length - LAST) * len(again) / kills
            process = begun(archive_url, folder, start)
            moments.one(process, ahead)
            is_alive = killed(process)
            if again:
                again[-1] = refetched(site.hits, before)
            if not is_alive:
                break
            again.append(0)
            if len(again) % 10 == 0:
                check_archive(archive_url, folder, site, length, is_complete=False)
        before = len(site.hits)
        assert begun(archive_url, folder, start).wait() in {0, 20}
        again[-1] += refetched(site.hits, before)
        told = (
            f"{len(again)} kills, {len(site.hits)} requests, asked for again: {sum(again)}, at most {max(again)} a kill"
        )
        print(told)
        check_archive(archive_url, folder, site, length)
        assert sum(again) <= WAITING * len(again), told  # a later run may be the one that asks again
        assert b"Traceback" not in (folder / "told").read_bytes()
    assert len(again) == kills, f"the crawl had ended after {len(again)}"


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_200_kills(sqlite_url: str, tmp_path: Path) -> None:
    storm(sqlite_url, tmp_path, kills=200, length=LENGTH, seed=35)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_50_kills_with_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    storm(postgresql_url, tmp_path, kills=50, length=LENGTH // 3, seed=36)
