"""The spider's loop over the frontier, with a frontier that answers at the worst moment."""

import asyncio
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.catalogue.file import SeriesSpec
from crawler.extensions.session import CrawlSession
from crawler.readers.pool import Extractors
from crawler.scope.links import Scope
from crawler.spiders.series import SeriesSpider
from crawler.spiders.visiting import Visiting
from storage.rows import DuePage
from wangqi.visit import Visit

if TYPE_CHECKING:
    from storage import Archive

FIRST, SECOND = "https://river.example/1", "https://river.example/2"


def due(url: str) -> DuePage:
    return DuePage(
        page_id=1, url=url, via="series", title=None, attempts=0, etag=None, last_modified=None, depth=1, outcome=None
    )


async def no_download(request: Request) -> Response:
    raise AssertionError(request.url)


class Late(CrawlSession):
    """Its first page settles, and makes the second one due, while the frontier is saying that none is."""

    def __init__(self) -> None:
        spec = SeriesSpec.of_url(FIRST)
        super().__init__(cast("Archive", None), Extractors("crawler.readers.read_page:prepare"), spec)
        self.series_id, self.run_id = 1, 1
        self.scope = Scope(spec)
        self.answers = [[due(FIRST)], [], [due(SECOND)], []]

    async def claim(self, limit: int) -> list[DuePage]:
        del limit
        answer = self.answers.pop(0) if self.answers else []
        if not answer:
            for url in list(self.in_flight.urls):
                self.settle(Visit(series_id=1, run_id=1, url=url, outcome="stored"))
        return answer


class WithoutFiles(SeriesSpider):
    """There is no engine that could be asked for any."""

    async def fetch_files(self) -> None:
        pass


def test_a_page_that_became_due_while_the_frontier_was_asked_is_not_left_behind() -> None:
    async def asked() -> list[str]:
        spider = WithoutFiles(url=FIRST)
        spider.settings, spider.session = Settings(), Late()
        spider.visiting = Visiting(spider.session, no_download)
        return [request.url async for request in spider.due_requests() if isinstance(request, Request)]

    assert asyncio.run(asked()) == [FIRST, SECOND]
