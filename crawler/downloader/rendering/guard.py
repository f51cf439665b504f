"""Pages that a script draws, drawn."""

import logging
from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Request, Response

from crawler.downloader.compression import TRUNCATED
from crawler.downloader.refusals import TooLarge

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.downloader.rendering.renderer import Renderer

logger = logging.getLogger(__name__)

RENDER: Final = "render"
# Headers of a capture that a browser has drawn.
NOTE: Final = "X-Rendered"
LACKING: Final = "X-Rendered-Without"
OURS: Final = frozenset({NOTE.lower(), LACKING.lower()})
DRAWN: Final = "drawn"  # a flag of ours; a site may send such headers, too
# They speak of the page as it was sent: the drawn one may change while they stay.
_OF_THE_SOURCE: Final = (
    b"Accept-Ranges",
    b"Content-Digest",
    b"Content-Length",
    b"Content-Md5",
    b"Digest",
    b"Etag",
    b"Last-Modified",
    b"Transfer-Encoding",
)
_MOST_NAMED: Final = 5


class Rendering:
    """Replaces the body of each page that a request marks (`meta["render"]`) by what a browser makes of it.

    Only of whole web pages that came with status 200. The body is then UTF-8, and its headers say so; those that speak
    of the body that was sent are left out, and `X-Rendered` says how the page was drawn, `X-Rendered-Without` what of
    its own site was lacking.

    Raises:
        BrowserMissing: There is no browser or no driver, when the crawl starts.
    """

    def __init__(self, crawler: "Crawler", renderer: "Renderer") -> None:
        self.stats = crawler.stats
        self.limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.renderer = renderer

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        spider = crawler.spider
        series = getattr(spider, "series", None)
        if not getattr(spider, "render", False) or not series:
            raise NotConfigured  # the usual case, so without the warning that a sentence would be logged as
        if getattr(spider, "warc", None):
            logger.info("Pages out of a WARC are taken as they were captured: none is drawn")
            raise NotConfigured
        from crawler.downloader.rendering.browser import driver_version  # noqa: PLC0415 - every crawl would pay for it

        driver_version()  # says what is missing where the extra `js` is not installed; the next line would only fail
        from crawler.downloader.rendering.renderer import Renderer  # noqa: PLC0415 - see the line above

        return cls(crawler, Renderer(crawler, series.excludes))

    async def process_response(self, request: Request, response: Response) -> Response:
        is_page = isinstance(response, HtmlResponse) and response.status == 200 and TRUNCATED not in response.flags
        if not request.meta.get(RENDER) or not is_page or not response.body:
            return response
        drawn = await self.renderer.render(response)
        body = drawn.html.encode("utf-8", "replace")  # a script may leave half of a surrogate pair
        if self.limit and len(body) > self.limit:
            raise TooLarge(f"{response.url} is larger than DOWNLOAD_MAXSIZE ({self.limit} bytes) when drawn")
        headers = response.headers.copy()
        for name in _OF_THE_SOURCE:
            headers.pop(name, None)
        headers[b"Content-Type"] = "text/html; charset=utf-8"
        headers[NOTE] = drawn.note
        if drawn.lacking:
            self._count("lacking")
            headers[LACKING] = _in_one_line(" | ".join(drawn.lacking[:_MOST_NAMED]))
        self._count("pages")
        flags = [*response.flags, DRAWN]
        return response.replace(cls=HtmlResponse, body=body, headers=headers, encoding="utf-8", flags=flags)

    def _count(self, word: str) -> None:
        if self.stats:
            self.stats.inc_value(f"rendering/{word}")


def _in_one_line(text: str) -> str:
    """As a header can hold it; an error may bring along what a server has said."""
    return " ".join(text.split()).encode("ascii", "backslashreplace").decode("ascii")[:2000]
