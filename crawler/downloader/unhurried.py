"""The downloader's last step: a page is asked for when those that have come are on their way into the archive."""

from typing import TYPE_CHECKING, Final

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response

from crawler.downloader.backlog import backlog_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_FAILED: Final = 400  # the status from which on an answer is nothing that could be lost


class UnhurriedHandler(HTTP11DownloadHandler):
    """Asks for a page of the frontier when the backlog has room; for the further documents of one page at once."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._backlog = backlog_of(crawler)

    async def download_request(self, request: Request) -> Response:
        page = request.cb_kwargs.get("page")
        if page is None:
            return await super().download_request(request)
        await self._backlog.wait(page.url)
        response = await super().download_request(request)
        if response.status < _FAILED:
            self._backlog.add(page.url)
        return response
