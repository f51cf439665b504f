"""Row 41: a signal at a random moment ends a crawl soon, a second one at once; nothing is lost either way."""

import random
import signal
import time
from pathlib import Path

import pytest

from tests.crawler.site import Site, serving
from tests.torture.large_site import acknowledged, begun, check_archive, serve_series
from tests.warm_start import Begun

TIMEOUT = 4  # DOWNLOAD_TIMEOUT
FIRST, SECOND = 11, 13
# The machine may be busy with other things: what is promised is DOWNLOAD_TIMEOUT + 5 s, and 2 s.
PATIENCE = 3
LONGEST = 100  # seconds that a crawl may take which is sent a signal
SENT = 2  # seconds after a signal in which the site may hear of a request


def wait_for(site: Site, process: Begun, seconds: float) -> None:
    """Until it has asked for something, and so long beyond."""
    before = len(site.hits)
    while len(site.hits) == before and process.poll() is None:
        time.sleep(0.01)
    time.sleep(seconds)


@pytest.mark.parametrize("is_second", [False, True])
@pytest.mark.parametrize("times", [pytest.param(50, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])])
def test_signals_at_random_moments(tmp_path: Path, times: int, *, is_second: bool) -> None:
    dice = random.Random(41)
    archive_url = f"sqlite:///{tmp_path / 'archive.db'}"
    slowest, last, codes = 0.0, 0.0, list[int]()
    length = 20 * times
    with serving() as site:
        start = serve_series(site, length)
        for number in range(times):
            process = begun(archive_url, tmp_path, start, "-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}", seconds=LONGEST)
            wait_for(site, process, dice.uniform(0, 1.5))
            sent = time.monotonic()
            process.send_signal(dice.choice((signal.SIGTERM, signal.SIGINT)))
            if is_second:
                time.sleep(dice.uniform(0, 0.3))
                sent = time.monotonic()
                process.send_signal(signal.SIGTERM)
            codes.append(process.wait())
            slowest = max(slowest, time.monotonic() - sent)
            last = max(last, site.hits[-1][2] - sent)
            if number % 10 == 9:
                check_archive(archive_url, tmp_path, site, length, is_complete=False)
        ends = f"{codes.count(FIRST)} × 11, {codes.count(SECOND)} × 13"
        told = f"{ends}, slowest {slowest:.1f} s, last request after {last:.1f} s"
        print(told)
        assert set(codes) <= ({FIRST, SECOND} if is_second else {FIRST}), told
        assert b"Traceback" not in (tmp_path / "told").read_bytes()
        assert begun(archive_url, tmp_path, start).wait() in {0, 20}
        check_archive(archive_url, tmp_path, site, length)
        assert len(acknowledged(tmp_path)) >= length - times
        assert last < PATIENCE * SENT, told
        assert slowest < PATIENCE * (2 if is_second else TIMEOUT + 5), told
