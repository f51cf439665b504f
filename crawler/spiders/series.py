"""Follow one series: due pages out of the archive, requests to the downloader, one visit a page back."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import ClassVar, Final

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.catalogue.file import SeriesSpec
from crawler.downloader.refusals import Stopped
from crawler.extensions.session import CrawlSession
from crawler.run.failures import finish_reason
from crawler.run.requests import request_for, what_to_draw
from crawler.run.waiting import give_up_waiting
from crawler.spiders.visiting import Visiting
from storage.db.errors import ArchiveError
from storage.rows import DuePage
from wangqi.visit import Visit

logger = logging.getLogger(__name__)

_MOST_IN_FLIGHT: Final = 32  # pages; each of them is asked for before more is known of the series


class SeriesSpider(scrapy.Spider):
    """Archives the series of one story.

    Arguments (`-a NAME=VALUE`):
        url: Where to start; any story of the series. An entry of the catalogue brings its own.
        warc: A WARC file to take the pages from instead of the network.
        refresh: `all` reads every stored page again; else only what is due.
        render: `1` has a browser draw every page, `listing` only the columns, `0` none, whatever the catalogue says.

    The archive's `page` table is the frontier: `start` ends when no page is due and none is in flight, and a
    killed crawl goes on where it stopped.
    """

    name = "series"
    spec: ClassVar[SeriesSpec | None] = None

    session: CrawlSession
    visiting: Visiting

    def __init__(
        self,
        url: str | None = None,
        warc: str | None = None,
        refresh: str | None = None,
        render: str | None = None,
        **kwargs: str,
    ) -> None:
        super().__init__(**kwargs)
        self.series = self.series_of(url)
        self.warc = warc
        self.refresh = refresh
        self.render = what_to_draw(self.series, render)

    @classmethod
    def series_of(cls, url: str | None) -> SeriesSpec:
        """What this spider archives: its entry of the catalogue, or the series of the story at `url`.

        Raises:
            ValueError: There is neither an entry nor a usable URL.
        """
        return cls.spec or SeriesSpec.of_url(url)

    def begin(self) -> None:
        """Begin the run; its pages are due from now on."""
        self.session = CrawlSession.of(self.crawler)
        self.session.begin()
        assert self.crawler.engine
        self.visiting = Visiting(self.session, self.crawler.engine.download_async)

    async def start(self) -> AsyncIterator[Request | Visit]:
        try:
            self.begin()
            async for request in self.due_requests():
                yield request
        except asyncio.CancelledError:  # the crawl was told to stop
            give_up_waiting(self.crawler)
            raise
        except ArchiveError as error:
            logger.exception("The archive gave no pages", exc_info=error)
            raise CloseSpider(finish_reason(error)) from error

    async def due_requests(self) -> AsyncIterator[Request | Visit]:
        """Waits for pages in flight, which may lead to more, and ends when none is left."""
        session, in_flight = self.session, self.session.in_flight
        room = min(_MOST_IN_FLIGHT, 2 * self.settings.getint("CONCURRENT_REQUESTS"))
        while True:
            in_flight.begin_watching()
            limit = session.budget.limit()
            free = 0 if limit else in_flight.free(room)
            pages = await session.claim(session.budget.room(free)) if free >= room // 2 else []
            for page in pages:
                in_flight.add(page.url)
                yield await self.request_or_visit(page)
            if not pages and not in_flight.has_settled:  # else what has just settled may have led to more
                if not in_flight.urls:
                    if not limit and await session.look():
                        continue
                    session.stopped = limit if limit and session.archive.counts(session.series_id).due else None
                    await self.fetch_files()
                    return
                await in_flight.wait()

    async def fetch_files(self) -> None:
        """The pages are read: their pictures and attachments."""
        assert self.crawler.engine
        with contextlib.suppress(Stopped):  # the next run asks for the others
            await self.session.fetch_files(self.crawler.engine.download_async)

    async def request_or_visit(self, page: DuePage) -> Request | Visit:
        """The request for a page; or how it ends without one."""
        if left_out := await self.session.decide(self.visiting.left_out, page):
            return left_out
        self.session.budget.asked += 1
        return request_for(page, self.render, self.fail)

    async def parse(self, response: Response, page: DuePage) -> Visit:
        return await self.visiting.visit(response, page)

    def fail(self, failure: Failure) -> Visit | None:
        if isinstance(failure.value, Stopped):
            return None  # the next run takes it
        page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]  # Scrapy sets it on every failure
        return self.visiting.fail(failure, page)
