"""Pages that have come and are not yet stored: while there are many, no more are asked for."""

import asyncio
import os
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from crawler.downloader.refusals import Stopped

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_MOST: Final = max(8, 2 * (os.cpu_count() or 1))  # enough for the readers to be busy


class Backlog:
    """A server may answer faster than its pages are read.

    What has come and is not stored takes memory, and is lost with a kill: the next run has to ask for it again. So
    nobody is asked for more while this many pages wait.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        self._pages: set[str] = set()
        self._is_less = asyncio.Event()

    async def wait(self, url: str) -> None:
        """Until there is room, if the page is none of those that have come.

        Raises:
            Stopped: The crawl was told to stop meanwhile.
        """
        while url not in self._pages and len(self._pages) >= _MOST:
            self._is_less.clear()
            await self._is_less.wait()
            if self._crawler.engine and not self._crawler.engine.running:
                raise Stopped(f"{url} was not asked for: the crawl was told to stop")

    def add(self, url: str) -> None:
        self._pages.add(url)

    def settle(self, url: str) -> None:
        self._pages.discard(url)
        self._is_less.set()


_BACKLOGS: Final[WeakKeyDictionary["Crawler", Backlog]] = WeakKeyDictionary()


def backlog_of(crawler: "Crawler") -> Backlog:
    """That of a crawl, made when it is first asked for."""
    return _BACKLOGS.setdefault(crawler, Backlog(crawler))
