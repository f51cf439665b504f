"""Copies judged in another process, which may end at any time."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import psutil

from crawler.readers.judging.process import Judging
from crawler.readers.pool import Extractors
from tests.crawler.pages_that_misbehave import read_page
from tests.crawler.readers.processes import children
from tests.wangqi.copies.stories import SPUN, STORY
from wangqi.copies.judge import judged
from wangqi.copies.records import Candidate, NewText

NEW = NewText(text=SPUN, title="林海生")


def candidate(text: str = STORY) -> Candidate:
    return Candidate(
        text_id=1,
        story_id=1,
        text=text,
        title="林海生",
        published_at=None,
        exact=None,
        shared_bands=9,
        shared_sentences=9,
        hosts=("a.example",),
    )


def run(asking: Callable[[Extractors[object], Judging], Awaitable[None]], pages: int = 500) -> None:
    async def main() -> None:
        pool: Extractors[object] = Extractors(read_page, workers=1, recycle_pages=pages)
        pool.start()
        try:
            judging = pool.judging()
            await asking(pool, judging)
            judging.close()
        finally:
            await pool.close()

    asyncio.run(main())
    assert not children(recursive=True)


def workers() -> list[psutil.Process]:
    (forkserver,) = children()
    return forkserver.children()


def test_another_process_says_what_this_one_would_and_lasts_longer_than_a_reader() -> None:
    async def asking(_: Extractors[object], judging: Judging) -> None:
        expected = judged(NEW, [candidate()])
        assert expected[0].relation == "altered"
        assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected
        (worker,) = workers()
        for _ in range(3):
            assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected
        assert workers() == [worker]

    run(asking, pages=2)


def test_a_verdict_comes_although_the_worker_is_killed() -> None:
    async def asking(pool: Extractors[object], judging: Judging) -> None:
        expected = judged(NEW, [candidate()])
        for _ in range(2):
            assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected
            for worker in workers():
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait()
            assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected
        assert isinstance(await pool.extract(b"", "https://a.example/", {}), tuple)

    run(asking)


def test_a_verdict_comes_before_the_pool_is_there_and_after_it_is_closed() -> None:
    async def main() -> None:
        expected = judged(NEW, [candidate()])
        pool: Extractors[object] = Extractors(read_page, workers=1)
        judging = pool.judging()
        assert judging(NEW, [candidate()]) == expected
        pool.start()
        assert await asyncio.to_thread(judging, NEW, [candidate()]) == expected
        await pool.close()
        assert judging(NEW, [candidate()]) == expected

    asyncio.run(main())
