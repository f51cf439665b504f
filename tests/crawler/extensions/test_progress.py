import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import pytest

from crawler.extensions.progress import Standing, standing
from tests.crawler.crawling import crawl
from tests.crawler.site import Site, response, serving
from tests.crawling import ROOT


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages = {"/slow": response("", "503 Busy", retry_after="1")}
        yield site


def test_standing() -> None:
    counts = {
        "outcome/stored": 5,
        "outcome/revised": 1,
        "outcome/copy": 2,
        "outcome/dead": 1,
        "outcome/gone": 1,
        "x": 9,
    }
    assert standing(counts) == Standing(done=10, stored=6, copies=2, failed=1)
    assert standing({}).line(None, 0) == "0 stored, 0 copies, 0 failed (0.0 pages/s)"
    assert standing(counts).line(7, 4) == "6 stored, 2 copies, 1 failed, 7 due (2.5 pages/s)"


def test_lines_in_a_log(site: Site) -> None:
    done = crawl(site.url("/slow"), PROGRESS_INTERVAL=0.3, RETRY_TIMES=1)
    assert "INFO: So far: 0 stored" in done.log
    assert "INFO: Crawled: 0 stored" in done.log
    assert "\x1b" not in done.log


def test_silence(site: Site) -> None:
    assert "So far" not in crawl(site.url("/slow"), PROGRESS_INTERVAL=0.3, RETRY_TIMES=1, PROGRESS_ENABLED=False).log


def test_a_bar_on_a_terminal(site: Site) -> None:
    order = {"urls": [site.url("/slow")], "settings": {"PROGRESS_INTERVAL": 0.5}, "arguments": {}}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crawler.crawling"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    assert process.stdin
    process.stdin.write(json.dumps(order).encode())
    process.stdin.close()
    seen = b""
    while True:
        try:
            seen += os.read(ours, 65536)
        except OSError:  # the other end has closed
            break
    os.close(ours)
    assert process.wait(30) == 0
    assert "0 stored, 0 copies" in seen.decode()
    assert "So far" not in seen.decode()
    assert "Spider closed" in seen.decode()
