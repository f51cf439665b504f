import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from crawler.readers import pool as readers
from crawler.readers.pool import Extractors, Failure
from tests.crawler.pages_that_misbehave import read_page
from tests.crawler.readers.processes import children

CHECKOUT = Path(__file__).parents[3]
Ask = Callable[..., Awaitable[Any]]


def run(asking: Callable[[Ask], Awaitable[None]], **settings: Any) -> None:
    """Run the coroutine with a pool of real processes; nothing of it is left afterwards."""

    async def main() -> None:
        pool = Extractors(read_page, **settings)
        pool.start()

        async def ask(body: str, url: str = "http://example.org/", **headers: str) -> Any:
            return await pool.extract(body.encode(), url, headers)

        try:
            await asking(ask)
        finally:
            await pool.close()

    asyncio.run(main())
    assert not children(recursive=True)


def test_a_page_comes_back_read() -> None:
    async def asking(ask: Ask) -> None:
        assert (await ask("", "http://example.org/第一期"))[0] == "http://example.org/第一期"
        assert (await ask("header etag", etag="abc"))[0] == "abc"

    run(asking)


def test_a_pool_that_was_only_launched_leaves_nothing_behind() -> None:
    async def main() -> None:
        pool = Extractors(read_page, workers=1)
        pool.launch()
        await pool.close()

    asyncio.run(main())
    assert not children(recursive=True)


def test_a_worker_learns_what_the_crawler_knows_and_what_belongs_to_the_page() -> None:
    async def main() -> None:
        pool = Extractors(read_page, workers=1)
        pool.start()
        try:
            assert (await pool.extract(b"known", "", {}, "place"))[0] == "place "  # type: ignore[index]  # no failure
            pool.configure("registry")
            assert (await pool.extract(b"die SIGKILL", "", {})).reason == "crashed"  # type: ignore[union-attr]  # one
            assert (await pool.extract(b"known", "", {}, "place"))[0] == "place registry"  # type: ignore[index]
        finally:
            await pool.close()

    asyncio.run(main())


def test_answers_belong_to_their_pages() -> None:
    async def asking(ask: Ask) -> None:
        urls = [f"http://example.org/{number}" for number in range(200)]
        answers = await asyncio.gather(*(ask(f"sleep {len(url) % 3 / 1000}", url) for url in urls))
        assert [url for url, _ in answers] == urls
        assert len({pid for _, pid in answers}) == 3

    run(asking, workers=3)


def test_a_page_over_its_deadline_costs_only_itself() -> None:
    async def asking(ask: Ask) -> None:
        began = time.monotonic()
        slow, other = await asyncio.gather(ask("sleep 60"), ask("sleep 0.1"))
        assert slow == Failure("timeout", "the page was not read within 2 seconds")
        assert other[0] == (await ask(""))[0] == "http://example.org/"
        assert time.monotonic() - began < 20

    run(asking, workers=2, deadline=2)


def test_one_large_page_is_read_at_a_time_and_small_ones_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LARGE", 1_000)

    async def asking(ask: Ask) -> None:
        began = time.monotonic()

        async def ended(body: str) -> float:
            await ask(body)
            return time.monotonic() - began

        one, other, small = await asyncio.gather(*map(ended, [f"sleep 0.3{' ' * 1_000}"] * 2 + ["sleep 0.01"]))
        assert max(one, other) >= 0.6
        assert small < max(one, other)

    run(asking, workers=2)


def test_the_deadline_reaches_into_c_code() -> None:
    async def asking(ask: Ask) -> None:
        answer = await ask("parse 100000")
        assert isinstance(answer, Failure)
        assert answer.reason == "timeout"

    run(asking, workers=1, deadline=0.5)


def test_a_page_cannot_have_all_the_memory() -> None:
    async def asking(ask: Ask) -> None:
        answer = await ask(f"fill {2**30}")
        assert isinstance(answer, Failure)
        assert answer.reason == "memory"
        assert (await ask(""))[0]

    run(asking, workers=1, memory=2**29)


def test_death_by_signal_costs_one_page() -> None:
    async def asking(ask: Ask) -> None:
        for _ in range(10):
            assert await ask("die SIGSEGV") == Failure(
                "crashed", "the worker died of SIGSEGV, as did the one before it"
            )
            assert (await ask(""))[0]

    run(asking, workers=2)


def test_a_worker_that_died_for_another_reason_is_asked_again() -> None:
    async def asking(ask: Ask) -> None:
        _, pid = await ask("")
        os.kill(pid, signal.SIGKILL)
        assert (await ask(""))[1] not in {pid, None}

    run(asking, workers=1)


def test_the_workers_come_back_after_their_fork_server_was_killed() -> None:
    async def asking(ask: Ask) -> None:
        await ask("")
        [server] = children()
        server.kill()
        assert (await ask("", "http://example.org/after"))[0] == "http://example.org/after"

    run(asking, workers=1)


@pytest.mark.parametrize("wanted", ["ValueError: bad", "SystemExit: 1"])
def test_an_exception_is_an_answer(wanted: str) -> None:
    async def asking(ask: Ask) -> None:
        name, _, argument = wanted.partition(": ")
        assert await ask(f"raise {name} {argument}") == Failure("error", wanted)

    run(asking, workers=1)


def test_workers_are_replaced() -> None:
    async def asking(ask: Ask) -> None:
        pids = [(await ask(""))[1] for _ in range(20)]
        assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [8, 8, 4]

    run(asking, workers=1, recycle_pages=8)


def test_a_worker_that_has_grown_is_replaced() -> None:
    async def asking(ask: Ask) -> None:
        _, first = await ask("")
        assert (await ask(""))[1] == first
        await ask(f"fill {200 * 2**20}")
        assert (await ask(""))[1] != first

    run(asking, workers=1, recycle_rss=150 * 2**20)


def test_ten_megabytes_pass() -> None:
    async def asking(ask: Ask) -> None:
        assert (await ask(" " * 10 * 2**20))[0]

    run(asking, workers=1)


def test_cancelling_frees_the_place() -> None:
    async def asking(ask: Ask) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask("sleep 60"), 0.2)
        assert (await ask(""))[0]

    run(asking, workers=1)


def test_a_function_that_is_not_there_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"cannot load 'crawler.nowhere:read'.*ModuleNotFoundError"):
        Extractors("crawler.nowhere:read").start()


SPIDER = """
import os
import sys

sys.path.insert(0, {checkout!r})

import psutil
import scrapy

from crawler.readers.pool import Extractors


class Reader(scrapy.Spider):
    name = "reader"
    custom_settings = {{"TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "LOG_LEVEL": "ERROR"}}

    async def start(self):
        pool = Extractors("tests.crawler.pages_that_misbehave:read_page", workers=2)
        pool.start()
        for body in self.bodies.split(","):
            print(body, await pool.extract(body.encode(), "http://example.org/", {{}}), flush=True)
            print("modules", sorted({{p.cmdline()[1] for p in psutil.Process().children(recursive=True)}}), flush=True)
        await pool.close()
        print("left", len(psutil.Process().children(recursive=True)), flush=True)
        return
        yield
"""


def scrapy_process(directory: Path, bodies: str) -> subprocess.Popen[str]:
    directory.mkdir()
    spider = directory / "spider.py"
    spider.write_text(SPIDER.format(checkout=str(directory.parent / "a checkout")))
    script = shutil.which("scrapy", path=Path(sys.executable).parent)
    assert script
    return subprocess.Popen(
        [script, "runspider", str(spider), "-a", f"bodies={bodies}"],
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose path holds a space."""
    link = tmp_path / "a checkout"
    link.symlink_to(CHECKOUT)
    return link


def test_it_works_inside_scrapy(checkout: Path) -> None:
    process = scrapy_process(checkout.parent / "works here", "header,die SIGSEGV,ok")
    said, _ = process.communicate(timeout=60)
    assert "ok ('http://example.org/'" in said
    assert "the worker died of SIGSEGV" in said
    assert "left 0" in said
    assert process.returncode == 0


def test_kill_9_of_the_crawler_leaves_no_worker(checkout: Path) -> None:
    process = scrapy_process(checkout.parent / "dies here", "ok,sleep 600")
    assert process.stdout
    assert any("modules" in line for line in process.stdout)
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 2  # the fork server and a worker
    time.sleep(0.2)  # now one of them is busy
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(family, timeout=60)
    assert not alive


def test_ctrl_c_does_not_reach_the_workers() -> None:
    async def asking(ask: Ask) -> None:
        _, pid = await ask("")
        for child in children(recursive=True):
            child.send_signal(signal.SIGINT)
            child.send_signal(signal.SIGTERM)
        assert (await ask(""))[1] == pid

    run(asking, workers=1)
