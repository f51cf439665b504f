"""Pictures and attachments, asked for through the downloader and all its guards once the pages are read."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.downloader.refusals import NotInWarc, Stopped
from crawler.readers.file_reading import Read
from crawler.run.answers import capture_of
from crawler.run.fetch_outcomes import outcome_of_answer, outcome_of_error
from crawler.run.files.by_settings import Limits
from storage import Archive
from storage.rows.files import WantedFile
from wangqi.outcomes import RETRIED, Outcome
from wangqi.readings.files import PAGE_IN_PLACE, why_unfit
from wangqi.visit import Capture

_MOST_FAILURES: Final = 3  # in a row of one host, after which a run asks it for no more files


@dataclass(slots=True)
class Fetching:
    """Asks for the files that a series wants, one after the other, each once.

    They are asked for when no page is due, so that no story waits for them, and kept one in a transaction: who is
    stopped goes on with the next one.

    Args:
        download: Of the engine: nothing but the downloader's middlewares see the request.
        archive: Where the files are kept.
        series_id: Of the archive, as is `run_id`.
        limits: Bytes that a file of each kind may have; what is not named is not asked for.
        is_over: Whether the run has no time left.
        asks_all: Also for those of which it is believed that they never come.

    Attributes:
        left: How many are wanted and were not asked for: their host does not answer, or the time was over.
        counts: How many ended in each word; `kept` among them.
        absent: How many of these are not in the WARC that answers instead of the network.
    """

    download: Callable[[Request], Awaitable[Response]]
    archive: Archive
    series_id: int
    run_id: int
    limits: Limits
    is_over: Callable[[], bool]
    asks_all: bool = False
    left: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    absent: int = 0
    _failures: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        """How many may come when they are asked for again: what a WARC does not hold never comes from it."""
        return self.left + sum(count for word, count in self.counts.items() if word in RETRIED) - self.absent

    async def fetch_all(self, reading: AbstractAsyncContextManager[Read]) -> None:
        """`reading` tells what a file says; it is entered when there is a file to read."""
        after = 0
        if not self.limits or not await self._next(0, 1):
            return
        async with reading as read:
            while found := await self._next(after, 100):
                after = found[-1].id
                for at, one in enumerate(found):
                    if self.is_over():
                        self.left += len(found) - at
                        return
                    await self._one(one, read)

    async def _next(self, after: int, limit: int) -> list[WantedFile]:
        return await asyncio.to_thread(
            self.archive.wanted_files, self.series_id, tuple(self.limits), after, limit, all_of_them=self.asks_all
        )

    async def _one(self, wanted: WantedFile, read: Read) -> None:
        host = urlsplit(wanted.url).netloc
        if self._failures[host] >= _MOST_FAILURES:
            self.left += 1
            return
        before = self.absent
        came, outcome, reason = await self._ask(wanted)
        if outcome is None and (why := why_unfit(wanted.kind, came.body or b"")):
            outcome, reason = "soft_404" if why == PAGE_IN_PLACE else "unreadable", why
        if outcome is None:
            said = await read(came.body or b"", wanted.url) if wanted.kind == "document" else None
            await asyncio.to_thread(self.archive.keep_file, wanted.id, self.run_id, came, said)
        else:
            await asyncio.to_thread(self.archive.refuse_file, wanted.id, self.run_id, outcome, reason, came)
        has_failed = outcome in RETRIED and self.absent == before
        self._failures[host] = self._failures[host] + 1 if has_failed else 0
        self.counts[outcome or "kept"] += 1

    async def _ask(self, wanted: WantedFile) -> tuple[Capture, Outcome | None, str]:
        """What came, and why it is not to be kept."""
        limit = self.limits[wanted.kind]
        request = Request(wanted.url, meta={"download_maxsize": limit}, dont_filter=True)
        try:
            response = await self.download(request)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the downloader raises is an outcome of this file
            capture = capture_of(wanted.url, getattr(error, "response", None), now=datetime.now(UTC))
            outcome, reason = outcome_of_error(error)
            self.absent += isinstance(error, NotInWarc)
            return capture, outcome, f"it is larger than {limit:,} bytes" if outcome == "too_large" else reason
        capture = capture_of(wanted.url, response, now=datetime.now(UTC))
        if len(response.body) > limit:
            return capture, "too_large", f"it is larger than {limit:,} bytes"
        ending = outcome_of_answer(response)
        return (capture, *ending) if ending else (capture, None, "")
