"""Rows 37 to 39 and 51: what a crawl stands on gives way in its middle. It ends in time, and the next one completes it.

Each trouble is made inside the crawl's own process, by a pipeline that waits for so many pages.
"""

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawler.site import Site, response, serving
from tests.crawling import ROOT, environment, run
from tests.test_exit_codes import until
from tests.torture.large_site import acknowledged, check_archive, command, environment_for, page, serve_series

LENGTH = 60
AFTER = 12  # pages
LOCKED = 20  # seconds
ENDS = 200  # seconds
LARGE = 6 * 2**20  # bytes of a page that needs more memory than is left
GIVES_UP = 300  # seconds: nine times the ten that SQLite waits, and the pauses between
TROUBLING = """
import datetime, os, resource, sys, time
from sqlalchemy import event
from crawler.extensions.session import CrawlSession

real, real_time = datetime.datetime, time.time
KIND = os.environ["TROUBLE"]
LEFT = {"no memory at all": 0, "next to no memory": 2**21, "little memory": 2**24}
JUMPS = {"a clock put forward": 86_400, "a clock put back": -86_400, "a clock ten years ahead": 315_360_000}

class Anything(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)

class Jumped(real, metaclass=Anything):
    @classmethod
    def now(cls, zone=None):
        return real.now(zone) + datetime.timedelta(seconds=JUMPS[KIND])

def refuse(connection, _):
    connection.execute("PRAGMA query_only=ON")

class Troubling:
    def __init__(self, crawler):
        self.crawler, self.pages = crawler, 0

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    def process_item(self, item):
        self.pages += 1
        if self.pages == AFTER:
            self.trouble()
        return item

    def trouble(self):
        if KIND in LEFT:
            pages = int(open("/proc/self/statm").read().split()[0])
            limit = pages * resource.getpagesize() + LEFT[KIND]
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        elif KIND == "no more descriptors":
            most = max(map(int, os.listdir("/proc/self/fd"))) + 1
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        elif KIND == "a file that may not be written":
            engine = CrawlSession.of(self.crawler).archive._engine
            event.listen(engine, "connect", refuse)
            engine.dispose()
        elif KIND == "a file that is taken away":
            os.rename(os.environ["ARCHIVE_FILE"], os.environ["ARCHIVE_FILE"] + ".away")
        else:
            time.time = lambda: real_time() + JUMPS[KIND]
            for name, module in list(sys.modules.items()):
                ours = name.partition(".")[0] in {"storage", "crawler", "pipelines", "wangqi", "views"}
                if ours and vars(module).get("datetime") is real:
                    module.datetime = Jumped
"""
# With the codes that a crawl may end with.
TROUBLES = {
    "no memory at all": {0, 1, 20},
    "next to no memory": {0, 1, 20},
    "little memory": {0, 1, 20},
    "no more descriptors": {0, 1, 20},
    "a file that may not be written": {1},
    "a file that is taken away": {1},
    "a clock put forward": {0},
    "a clock put back": {0},
    "a clock ten years ahead": {0},
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def begun(folder: Path, start: str, trouble: str = "") -> "subprocess.Popen[str]":
    (folder / "troubling.py").write_text(TROUBLING.replace("AFTER", str(AFTER)), "utf-8")
    more, behind = ((), ("troubling.Troubling",)) if trouble else (("-s", "DOWNLOAD_DELAY=0.1"), ())
    file = folder / "archive.db"
    return subprocess.Popen(
        command(start, folder, *more, behind=behind),
        env=environment(file) | environment_for(folder) | {"TROUBLE": trouble, "ARCHIVE_FILE": str(file)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_completed(folder: Path, start: str, site: Site) -> None:
    url = f"sqlite:///{folder / 'archive.db'}"
    check_archive(url, folder, site, LENGTH, is_complete=False)
    again = run(
        command(start, folder, "-a", "refresh=failed"), environment(folder / "archive.db") | environment_for(folder)
    )
    assert again.returncode == 0, again.stdout + again.stderr
    check_archive(url, folder, site, LENGTH)


@pytest.mark.torture
@pytest.mark.timeout(400)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_crawl_whose_ground_gives_way(site: Site, tmp_path: Path, trouble: str) -> None:
    start = serve_series(site, LENGTH)
    if "memory" in trouble:
        for number in range(AFTER + 16, LENGTH, 8):
            _, _, document = page(number, LENGTH).partition(b"\r\n\r\n")
            site.pages[f"/{number}.html"] = response(document + b"<!--" + b"x" * LARGE + b"-->")
    process = begun(tmp_path, start, trouble)
    began = time.monotonic()
    try:
        printed, told = process.communicate(timeout=ENDS)
    finally:
        process.kill()
    kept = len(acknowledged(tmp_path))
    print(f"{trouble}: code {process.returncode} after {time.monotonic() - began:.0f} s, {kept} acknowledged")
    print(told[:3000])
    assert process.returncode in TROUBLES[trouble], printed + told
    away = tmp_path / "archive.db.away"
    if away.exists():
        away.replace(tmp_path / "archive.db")
    if "memory" not in trouble:
        assert "Traceback" not in told
    assert kept >= AFTER
    check_completed(tmp_path, start, site)


@pytest.mark.torture
@pytest.mark.timeout(600)
@pytest.mark.parametrize("is_for_ever", [False, True])
def test_a_database_that_another_one_holds(site: Site, tmp_path: Path, *, is_for_ever: bool) -> None:
    start = serve_series(site, LENGTH)
    process = begun(tmp_path, start)
    until(lambda: len(acknowledged(tmp_path)) >= AFTER, ENDS)
    with closing(sqlite3.connect(tmp_path / "archive.db", isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        if not is_for_ever:
            time.sleep(LOCKED)
            other.execute("ROLLBACK")
        printed, told = process.communicate(timeout=GIVES_UP)
    print(f"for ever: {is_for_ever}, code {process.returncode} after {time.monotonic() - began:.0f} s\n{told[:2000]}")
    assert process.returncode == (1 if is_for_ever else 0), printed + told
    assert ("is held by another process" in told) == is_for_ever
    assert "Traceback" not in told
    check_completed(tmp_path, start, site)
