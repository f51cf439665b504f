"""Row 3 of issue 12: no process of the tree that is stopped (SIGSTOP, or swapped out) hangs the crawl."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import closing

import psutil
import pytest

from crawler.readers import client
from crawler.readers.judging.process import Judging
from crawler.readers.pool import Extractors, Failure
from tests.crawler.pages_that_misbehave import read_page
from tests.crawler.readers.processes import children
from tests.crawler.readers.test_judging import NEW, candidate
from wangqi.copies.changes import Appearance
from wangqi.copies.judge import judged


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_FORK_SECONDS", 1)
    monkeypatch.setattr(client, "_DEATH_SECONDS", 1)


def run(asking: Callable[[Extractors[object], Judging], Awaitable[None]]) -> None:
    async def main() -> None:
        pool: Extractors[object] = Extractors(read_page, workers=1, deadline=5)
        pool.start()
        try:
            with closing(pool.judging()) as judging:
                await asking(pool, judging)
        finally:
            await pool.close()

    began = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - began < 60
    assert not children(recursive=True)


def stop(*processes: psutil.Process) -> None:
    for process in processes:
        os.kill(process.pid, signal.SIGSTOP)


def is_read(answer: object) -> bool:
    return isinstance(answer, tuple)


def test_a_stopped_worker_costs_one_page() -> None:
    async def asking(pool: Extractors[object], _: Judging) -> None:
        assert is_read(await pool.extract(b"", "https://a.example/", {}))
        stop(*children()[0].children())
        stopped = await pool.extract(b"", "https://a.example/", {})
        assert isinstance(stopped, Failure)
        assert stopped.reason == "timeout"
        assert is_read(await pool.extract(b"", "https://a.example/", {}))

    run(asking)


@pytest.mark.parametrize("worn", [False, True])
def test_a_stopped_fork_server_is_replaced_when_a_worker_is_wanted(*, worn: bool) -> None:
    async def asking(pool: Extractors[object], _: Judging) -> None:
        if worn:
            await pool.extract(b"", "https://a.example/", {})
            worker = children()[0].children()[0]
            stop(children()[0])
            worker.kill()
        else:
            stop(children()[0])
        assert is_read(await pool.extract(b"", "https://a.example/", {}))

    run(asking)


@pytest.mark.torture  # each question waits for its seconds first
def test_a_stopped_judge_is_replaced_and_a_stopped_fork_server_is_not_waited_for() -> None:
    async def asking(pool: Extractors[object], judging: Judging) -> None:
        expected = judged(NEW, [candidate()])
        assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected
        stop(*children()[0].children())
        assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected, "another one was asked"
        stop(children()[0], *children()[0].children())
        began = time.monotonic()
        assert await asyncio.to_thread(judging, NEW, [candidate()]) in ([], expected)
        before = Appearance(title="a", text="b")
        assert (await asyncio.to_thread(judging.weigh, before, before)).held in {None, "doubtful"}
        assert time.monotonic() - began < 30
        assert is_read(await pool.extract(b"", "https://a.example/", {}))

    run(asking)


def test_a_stopped_fork_server_does_not_keep_the_crawl_from_ending() -> None:
    async def asking(pool: Extractors[object], _: Judging) -> None:
        assert is_read(await pool.extract(b"", "https://a.example/", {}))
        stop(children()[0], *children()[0].children())

    run(asking)
