"""How long the reactor was kept from its other work, and what the whole tree of processes used meanwhile."""

import asyncio
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil
from scrapy import signals
from scrapy.crawler import Crawler

_BEAT = 0.02  # seconds
_LOOK = 0.5  # between two looks at the processes


def memory() -> int:
    """Bytes of this process and all its descendants; a page of memory that several share counts once."""
    total = 0
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total


class Heartbeat:
    """Writes to the file that HEARTBEAT names, when the crawl ends, a JSON object.

    It holds the longest gap, in seconds of CPU of the reactor's thread (`computed`) and of the clock (`waited`), and
    the peak memory of the tree in bytes (`peak`). The CPU counts where the machine is busy with other things: then a
    thread waits for those, and nobody for the thread.
    """

    def __init__(self) -> None:
        self.computed = self.waited = 0.0
        self.peak = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        made = cls()
        crawler.signals.connect(made.begin, signals.spider_opened)
        crawler.signals.connect(made.end, signals.spider_closed)
        return made

    def begin(self) -> None:
        self.beating = asyncio.ensure_future(self.beat())

    async def beat(self) -> None:
        looked = 0.0
        while True:
            cpu, clock = time.thread_time(), time.monotonic()
            await asyncio.sleep(_BEAT)
            self.computed = max(self.computed, time.thread_time() - cpu)
            self.waited = max(self.waited, time.monotonic() - clock - _BEAT)
            if clock - looked > _LOOK:
                looked = clock
                self.peak = max(self.peak, await asyncio.to_thread(memory))

    def end(self) -> None:
        self.beating.cancel()
        said = {"computed": self.computed, "waited": self.waited, "peak": self.peak}
        Path(os.environ["HEARTBEAT"]).write_text(json.dumps(said), encoding="utf-8")
