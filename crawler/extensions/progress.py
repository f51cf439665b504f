"""How a crawl is getting on, for the person who watches it."""

import asyncio
import contextlib
import logging
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from rich.console import Console
from rich.file_proxy import FileProxy
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.extensions.session import CrawlSession
from pipelines.standing_aside import stand_aside_unless_it_archives
from storage.db.errors import ArchiveError
from wangqi.outcomes import FAILURES, NEW_TEXTS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_REDRAW: Final = 1.0  # seconds


class Standing(NamedTuple):
    """The pages of this run so far."""

    done: int
    stored: int
    copies: int
    failed: int

    def line(self, left: int | None, seconds: float) -> str:
        """The whole in words.

        Args:
            left: Pages that are due, or None when nobody knows.
            seconds: Since the crawl began.

        >>> Standing(12, 9, 2, 1).line(3, 6.0)
        '9 stored, 2 copies, 1 failed, 3 due (2.0 pages/s)'
        """
        due = "" if left is None else f", {left} due"
        pace = self.done / seconds if seconds > 0 else 0.0
        return f"{self.stored} stored, {self.copies} copies, {self.failed} failed{due} ({pace:.1f} pages/s)"


def standing(stats: Mapping[str, Any]) -> Standing:
    """Out of the crawl's statistics, where `Persist` counts each page under `outcome/WORD`.

    >>> standing({"outcome/stored": 3, "outcome/copy": 1, "item_scraped_count": 4})
    Standing(done=4, stored=3, copies=1, failed=0)
    """
    counts = {name.removeprefix("outcome/"): count for name, count in stats.items() if name.startswith("outcome/")}
    return Standing(
        done=sum(counts.values()),
        stored=sum(counts.get(word, 0) for word in NEW_TEXTS),
        copies=counts.get("copy", 0),
        failed=sum(counts.get(word, 0) for word in FAILURES),
    )


class CrawlProgress:
    """A bar on a terminal, which log lines pass above; a line in the log every PROGRESS_INTERVAL seconds elsewhere.

    Settings:
        PROGRESS_ENABLED: Default True.
        PROGRESS_INTERVAL: Seconds between two lines, default 30.
    """

    def __init__(self, crawler: "Crawler") -> None:
        settings = crawler.settings
        if not settings.getbool("PROGRESS_ENABLED", default=True):
            raise NotConfigured("PROGRESS_ENABLED is off: the crawl runs without a word of how far it is.")
        self.crawler = crawler
        self.interval = settings.getfloat("PROGRESS_INTERVAL", 30)
        self.began = 0.0
        self._watching: asyncio.Task[None] | None = None
        self._bar: Progress | None = None
        self._borrowed: list[logging.StreamHandler[Any]] = []

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        self.began = time.monotonic()
        if sys.stderr.isatty():
            self._bar = self._draw_bar()
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    def spider_closed(self) -> None:
        if self._watching:
            self._watching.cancel()
        if self._bar:
            self._bar.stop()
            for handler in self._borrowed:
                handler.setStream(sys.stderr)
        logger.info("Crawled: %s", self._standing().line(None, time.monotonic() - self.began))

    def _standing(self) -> Standing:
        return standing(self.crawler.stats.get_stats() if self.crawler.stats else {})

    def _draw_bar(self) -> Progress:
        console = Console(stderr=True)
        bar = Progress(
            SpinnerColumn(), BarColumn(30), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
        )
        bar.start()
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.__stderr__:
                handler.setStream(FileProxy(console, sys.stderr))
                self._borrowed.append(handler)
        return bar

    async def _watch(self) -> None:
        task = self._bar.add_task("", total=None) if self._bar else TaskID(0)
        while True:
            await asyncio.sleep(_REDRAW if self._bar else self.interval)
            left = await asyncio.to_thread(_pages_due, self.crawler)
            now = self._standing()
            line = now.line(left, time.monotonic() - self.began)
            if self._bar:
                total = None if left is None else now.done + left
                self._bar.update(task, description=line, completed=now.done, total=total)
            else:
                logger.info("So far: %s", line)


def _pages_due(crawler: "Crawler") -> int | None:
    """None of a spider that has no archive, and while the archive does not answer."""
    session = crawler.get_extension(CrawlSession)
    if session is None or session.run_id is None:
        return None
    with contextlib.suppress(ArchiveError):
        counts = session.archive.counts(session.series_id)
        return counts.due + counts.leased
    return None
