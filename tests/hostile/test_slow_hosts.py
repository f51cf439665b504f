"""Hosts that do not answer, and names that nobody resolves: what others of the same crawl wait for them."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.crawler.site import Site, serving
from tests.crawling import ROOT, crawl_command, environment
from tests.story_pages import story

SILENT = [f"127.0.0.{number}" for number in range(11, 19)]
HANGING = [f"{word}.hang.example" for word in ("gu", "ye", "lin", "shan", "shui", "feng", "yun", "yu", "xue", "hai")]
PAGES = 4  # of each host that is silent: as many as a crawl asks for at once
QUICK = 12  # pages of the one that answers
TIMEOUT = 10  # DOWNLOAD_TIMEOUT, seconds
# Others may lose 5 s, and the machine may be busy; but who waits for those that hang waits for all of TIMEOUT.
WAIT = TIMEOUT - 2
BUSY = 5
PAUSES = ("-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}", "-s", "RETRY_TIMES=0", "-s", "DNS_TIMEOUT=9")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(*SILENT) as served:
        yield served


def name(host: str, number: int) -> str:
    return f"等船的人｜{host.replace('.', '号')}第{number}天"


def begin(site: Site, hosts: list[str]) -> list[str]:
    """A start page that names the pages of hosts that are silent, then those of its own; answers with the latter."""

    async def never(_: asyncio.StreamWriter, __: Mapping[str, str]) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(100)

    slow = [(name(host, n), site.url(f"/{host}/{n}.html", host)) for host in hosts for n in range(PAGES)]
    own = [(name("本站", n), f"/own/{n}.html") for n in range(QUICK)]
    site.pages = {f"/{host}/{n}.html": never for host in hosts for n in range(PAGES)}
    site.pages |= {path: story(title) for title, path in own} | {"/start.html": story("等船的人", [*slow, *own])}
    return [path for _, path in own]


def hostile(archive: Path) -> dict[str, str]:
    watched = {"SCRAPY_SETTINGS_MODULE": "tests.hostile.settings", "HEARTBEAT": os.devnull}
    return environment(archive) | watched


@pytest.mark.torture
@pytest.mark.parametrize("hosts", [SILENT, HANGING], ids=["silent", "unresolved"])
def test_row_05_and_row_41_hosts_that_hang_keep_neither_others_nor_a_signal_waiting(
    hosts: list[str], site: Site, tmp_path: Path
) -> None:
    own = begin(site, hosts)
    crawling = subprocess.Popen(
        crawl_command(site.url("/start.html"), *PAUSES), env=hostile(tmp_path / "archive.db"), cwd=ROOT
    )
    try:
        until = time.monotonic() + 60
        while not all(map(site.count, own)) and time.monotonic() < until:
            time.sleep(0.1)
        crawling.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code = crawling.wait(60)
        took = time.monotonic() - began
    finally:
        crawling.kill()
        crawling.wait()
    at = {path: when for _, path, when in site.hits}
    assert max(at[path] for path in own) - at["/start.html"] < WAIT
    assert code == 11
    assert took < TIMEOUT + 5 + BUSY
