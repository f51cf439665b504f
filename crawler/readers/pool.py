"""The pool of worker processes that read pages, so that no page can block, fill or crash the crawler."""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar, cast

from crawler.readers.client import Worker, WorkerDiedError, Workers
from crawler.readers.deadline import deadline
from crawler.readers.forkserver import Duty, Limits
from crawler.readers.judging.process import Judging

_LARGE: Final = 4 * 2**20  # bytes of a page and its parts; a reader may take fifty times as many
Reason = Literal["timeout", "memory", "crashed", "error"]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page could not be read.

    Attributes:
        reason: `timeout` over the deadline; `memory` over the limit; `crashed` two workers died of it;
            `error` the function raised.
        detail: In words, for a person.
    """

    reason: Reason
    detail: str


class Extractors(Generic[Result]):
    """Worker processes around one function that reads a page; one page in flight each.

    A page that runs over its deadline or kills its worker costs that one page: the worker is replaced and the
    others go on. No worker outlives the crawler, however it ends.

    pebble's ProcessPool holds the deadline and survives signals too, but its workers run the `scrapy` script
    again before their first page (0.17 s and 38 MB each, measured), it replaces them by count and never by
    memory, and it brings three threads that poll. This is asyncio on one socket a worker, and a new worker is
    one fork away (about 10 ms).

    Args:
        function: `module:name`, or a function that a new process can import, called with what `extract` is given.
            Given by name it is never imported in this process.
        workers: None is one for each core that this process may use.
        deadline: Seconds that a page may take in the worker: of its CPU, where a busy machine gives it little.
        memory: Bytes of address space that a worker may have (RLIMIT_AS).
        recycle_pages: Pages after which a worker is replaced.
        recycle_rss: Bytes of peak RSS after which a worker is replaced.
    """

    def __init__(
        self,
        function: str | Callable[..., Result],
        *,
        workers: int | None = None,
        deadline: float = 20,
        memory: int = 2 * 2**30,
        recycle_pages: int = 500,
        recycle_rss: int = 300 * 2**20,
    ) -> None:
        name = function if isinstance(function, str) else f"{function.__module__}:{function.__qualname__}"
        self.workers = workers or _cores()
        self.deadline = deadline
        self._source = Workers(name, Limits(memory, recycle_pages, recycle_rss))
        # Of each place in the pool its worker, or None before one is forked. The last one used is the warmest.
        self._idle: asyncio.LifoQueue[Worker | None] = asyncio.LifoQueue()
        self._large = asyncio.Lock()  # one large page is read at a time, beside small ones

    def launch(self) -> None:
        """Let the process that forks the workers begin with its imports, for half a second and more."""
        self._source.launch()

    def start(self) -> None:
        """Start the process that forks the workers, if it is not launched; blocks until it has imported the function.

        Raises:
            RuntimeError: The function cannot be imported.
        """
        self._source.start()
        for _ in range(self.workers):
            self._idle.put_nowait(None)

    def configure(self, known: object) -> None:
        """What the function is given as `known` by every worker that is forked from now on."""
        self._source.duty = Duty(known=known)

    def judging(self) -> Judging:
        """A worker beside them that judges copies, for the thread that writes."""
        return Judging(self._source, self.deadline)

    async def extract(self, body: bytes, url: str, headers: Mapping[str, str], *more: object) -> Result | Failure:
        """What the function made of the page, or why it could not.

        Raises:
            RuntimeError: The pool was not started or is closed; never because of a page.
        """
        page = pickle.dumps((body, url, dict(headers), *more), pickle.HIGHEST_PROTOCOL)
        died = ""
        async with self._large if len(page) > _LARGE else nullcontext():
            for _ in range(2):  # the first death may have been the worker's own
                try:
                    return await self._extract_once(page)
                except WorkerDiedError as error:
                    died = str(error)
        return Failure("crashed", f"{died}, as did the one before it")

    async def _extract_once(self, page: bytes) -> Result | Failure:
        worker = await self._idle.get()
        ended = True
        try:
            # timeout() holds a reference to this task. Without one, the task and the stream reader refer to each other
            # only, and may be collected as garbage in the middle of a page.
            if worker is None:
                async with asyncio.timeout(self.deadline):
                    worker = await self._source.fork()
            async with deadline(self.deadline, worker.pid):
                word, answer, ended = await worker.read(page)
        except TimeoutError:
            return Failure("timeout", f"the page was not read within {self.deadline:g} seconds")
        finally:  # also when we are cancelled: a worker that is still busy cannot take the next page
            if worker and ended:
                worker.close()
                self._source.kill(worker.pid)
            self._idle.put_nowait(None if ended else worker)
        return cast("Result", answer) if word == "ok" else Failure(cast("Reason", word), answer)

    async def close(self) -> None:
        """End every worker, also those in the middle of a page."""
        while not self._idle.empty():
            if worker := self._idle.get_nowait():
                worker.close()
        await self._source.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
