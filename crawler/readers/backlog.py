"""Pages that have come and are not yet stored: while there are many, no more are asked for."""

import asyncio
import os
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.downloader.refusals import Stopped
from wangqi.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_FAILED: Final = 400  # the status from which on an answer is nothing that could be lost
_MOST: Final = max(8, 2 * (os.cpu_count() or 1))  # enough for the readers to be busy
_LONGEST: Final = 60.0  # seconds; a reader's deadline is shorter


class Backlog:
    """A server may answer faster than its pages are read.

    What has come and is not stored takes memory, and is lost with a kill: the next run has to ask for it again. So
    nobody is asked for more while this many pages wait.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        self._pages: set[str] = set()
        self._is_less = asyncio.Event()
        for signal in (signals.item_scraped, signals.item_error, signals.item_dropped):
            crawler.signals.connect(self._settle, signal)
        crawler.signals.connect(self._settle_failed, signals.spider_error)

    async def wait(self, url: str) -> None:
        """Until there is room, if the page is none of those that have come.

        Raises:
            Stopped: The crawl was told to stop meanwhile.
        """
        while url not in self._pages and len(self._pages) >= _MOST:
            self._is_less.clear()
            try:
                await asyncio.wait_for(self._is_less.wait(), _LONGEST)
            except TimeoutError:  # pages that nobody settles must not hold up the others for ever
                return
            if self._crawler.engine and not self._crawler.engine.running:
                raise Stopped(f"{url} was not asked for: the crawl was told to stop")

    def add(self, url: str) -> None:
        self._pages.add(url)

    def _settle(self, item: object) -> None:
        if isinstance(item, Visit):  # other people's spiders yield what they like
            self._leave(item.url)

    def _settle_failed(self, response: Response | Failure | None) -> None:
        if isinstance(request := getattr(response, "request", None), Request):  # none: `start` itself has failed
            self._leave(request.cb_kwargs["page"].url)

    def _leave(self, url: str) -> None:
        self._pages.discard(url)
        self._is_less.set()


_BACKLOGS: Final[WeakKeyDictionary["Crawler", Backlog]] = WeakKeyDictionary()


class UnhurriedHandler(HTTP11DownloadHandler):
    """The downloader's last step: asks for a page of the frontier when the backlog has room, for all else at once."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        if crawler not in _BACKLOGS:  # http and https share it
            _BACKLOGS[crawler] = Backlog(crawler)
        self._backlog = _BACKLOGS[crawler]

    async def download_request(self, request: Request) -> Response:
        page = request.cb_kwargs.get("page")
        if page is None:
            return await super().download_request(request)
        await self._backlog.wait(page.url)
        response = await super().download_request(request)
        if response.status < _FAILED:
            self._backlog.add(page.url)
        return response
