"""Row 34: killed at random moments and begun again, a crawl loses nothing it has acknowledged, nor doubles anything.

The small form is in `tests/test_again.py`.
"""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.crawler.site import serving
from tests.crawling import ROOT, environment
from tests.torture.large_site import acknowledged, check_archive, command, environment_for, refetched, serve_series

LENGTH = 1_800
BEGINNING = 3.0  # seconds, about, that a crawl takes to begin
WAITING = max(8, 2 * (os.cpu_count() or 1)) + 2  # pages that may have come and not be stored, and what is on its way


def crawl(archive_url: str, folder: Path, start: str) -> "subprocess.Popen[bytes]":
    with (folder / "told").open("ab") as told:
        return subprocess.Popen(
            command(start, folder),
            env=environment(folder) | environment_for(folder) | {"ARCHIVE_URL": archive_url},
            cwd=ROOT,
            stdout=told,
            stderr=told,
        )


def killed(process: "subprocess.Popen[bytes]", folder: Path, most: int, dice: random.Random) -> bool:
    """Kills a crawl, mostly after a number of pages that is no larger than `most`; whether it was still going."""
    enough = len(acknowledged(folder)) + dice.randint(0, most)
    if dice.random() < 0.1:
        time.sleep(dice.uniform(0, BEGINNING))
    else:
        while process.poll() is None and len(acknowledged(folder)) <= enough:
            time.sleep(0.02)
        time.sleep(dice.uniform(0, 0.1))
    is_alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return is_alive


def storm(archive_url: str, folder: Path, *, kills: int, length: int, seed: int) -> None:
    """Kills a crawl of a series so often, spread over all of its pages, and lets it end."""
    dice = random.Random(seed)
    again: list[int] = []
    with serving() as site:
        start = serve_series(site, length)
        while len(again) < kills:
            before = len(site.hits)
            left = (length - len(acknowledged(folder))) / (kills - len(again))
            is_alive = killed(crawl(archive_url, folder, start), folder, max(0, int(1.6 * left)), dice)
            if again:
                again[-1] = refetched(site.hits, before)
            if not is_alive:
                break
            again.append(0)
            if len(again) % 10 == 0:
                check_archive(archive_url, folder, site, length, is_complete=False)
        before = len(site.hits)
        assert crawl(archive_url, folder, start).wait(1200) in {0, 20}
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
