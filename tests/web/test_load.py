"""Twenty readers for a minute while a crawl writes: nobody is refused, on either database."""

import http.client
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from urllib.parse import urlsplit

import pytest

from storage import Archive
from tests.crawling import ROOT
from tests.storage.stories import begun, record
from tests.web.serving import served

pytestmark = pytest.mark.torture
READERS, SECONDS = 20, 60
_STORIES = 60
_PATHS = (
    "/",
    "/series/1",
    "/story/{}",
    "/search?q=%E6%B8%A1%E5%8F%A3",
    "/changes",
    "/runs",
    "/story/{}.json",
    "/why",
    "/review",
)
# A process of its own, as a crawl is.
_WRITER = """
import sys, time
from storage import Archive
from tests.storage.stories import record
until = time.monotonic() + float(sys.argv[2])
with Archive(sys.argv[1]) as archive:
    number = 100
    while time.monotonic() < until:
        number += 1
        archive.record(record(1, None, number)).result()
print(number - 100)
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite_url", "postgresql_url"])
def test_twenty_readers_while_a_crawl_writes(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    with Archive(url) as archive:
        series, run = begun(archive)
        for number in range(1, _STORIES + 1):
            archive.record(record(series, run, number)).result()
    with served(url) as home:
        command = [sys.executable, "-c", _WRITER, url, str(SECONDS)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            until = time.monotonic() + SECONDS
            with ThreadPoolExecutor(READERS) as readers:
                told = list(readers.map(lambda reader: _read(home, reader, until), range(READERS)))
            written = int(writer.communicate()[0])
    statuses = sum((one for one, _ in told), Counter())
    times = sorted(took for _, some in told for took in some)
    middle, slow = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"\n{kind}: {statuses.total()} pages, median {middle:.3f} s, p95 {slow:.3f} s; {written} stories written")
    assert statuses.keys() == {200}
    assert written > 0


def _read(home: str, reader: int, until: float) -> tuple[Counter[int], list[float]]:
    statuses: Counter[int] = Counter()
    times: list[float] = []
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=60)
    for turn, path in enumerate(cycle(_PATHS)):
        if time.monotonic() > until:
            break
        begun_at = time.monotonic()
        connection.request("GET", path.format((turn + reader) % _STORIES + 1))
        answer = connection.getresponse()
        times.append(time.monotonic() - begun_at)
        answer.read()
        statuses[answer.status] += 1
    connection.close()
    return statuses, times
