"""Row 41: a signal at a random moment ends a crawl soon, a second one at once; nothing is lost either way."""

import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.crawler.site import Site, serving
from tests.torture.large_site import begun, check_archive, serve_series
from tests.warm_start import Begun

TIMEOUT = 4  # DOWNLOAD_TIMEOUT
FIRST, SECOND = 11, 13
# Seconds. Two signals of a kind are one to a process that gets no turn between them.
LONGEST_END = {FIRST: TIMEOUT + 5, SECOND: 2}
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
    last, ends = 0.0, Counter[int]()
    slowest = dict.fromkeys(LONGEST_END, 0.0)
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
            code = process.wait()
            ends[code] += 1
            slowest[code] = max(slowest.get(code, 0.0), time.monotonic() - sent)
            last = max(last, site.hits[-1][2] - sent)
            if number % 10 == 9:
                check_archive(archive_url, tmp_path, site, length, is_complete=False)
        told = f"codes {dict(ends)}, slowest {slowest}, last request after {last:.1f} s"
        print(told)
        assert set(ends) <= ({FIRST, SECOND} if is_second else {FIRST}), told
        assert b"Traceback" not in (tmp_path / "told").read_bytes()
        assert begun(archive_url, tmp_path, start).wait() in {0, 20}
        check_archive(archive_url, tmp_path, site, length)
        assert last < PATIENCE * SENT, told
        assert all(slowest[code] < PATIENCE * longest for code, longest in LONGEST_END.items()), told
