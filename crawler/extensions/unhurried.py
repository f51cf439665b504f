"""The downloader's last step: no page of the frontier is asked for while many that have come wait to be stored."""

from typing import TYPE_CHECKING, Final

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response

from crawler.downloader.refusals import Stopped
from crawler.extensions.session import CrawlSession
from storage.rows import DuePage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_FAILED: Final = 400  # the status from which on an answer is nothing that could be lost


class UnhurriedHandler(HTTP11DownloadHandler):
    """Asks for a page of the frontier when there is room for it among those in flight, for all else at once."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._crawler = crawler

    async def download_request(self, request: Request) -> Response:
        """As Scrapy has it.

        Raises:
            Stopped: The crawl was told to stop while the page waited.
        """
        page, session = request.cb_kwargs.get("page"), self._crawler.get_extension(CrawlSession)
        if session is None or not isinstance(page, DuePage):
            return await super().download_request(request)
        in_flight = session.in_flight
        if await in_flight.wait_for_room(page.url) and self._is_stopped():
            raise Stopped(f"{page.url} was not asked for: the crawl was told to stop")
        response = await super().download_request(request)
        if response.status < _FAILED:
            in_flight.come(page.url, len(response.body))
        return response

    def _is_stopped(self) -> bool:
        return self._crawler.engine is not None and not self._crawler.engine.running
