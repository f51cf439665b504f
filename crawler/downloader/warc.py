"""A WARC file in place of the network."""

import logging
from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.http.headers import Headers
from scrapy.responsetypes import responsetypes

from crawler.downloader.refusals import NotInWarc, TooLarge
from crawler.downloader.warcs.index import WarcIndex
from wangqi.urls import canonical_url

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

TORN: Final = "warc/torn"  # among the numbers of a crawl: what could not be read of the file
logger = logging.getLogger(__name__)

# They speak of the bytes on the wire, which are unwrapped here.
_OF_THE_WIRE: Final = ("transfer-encoding", "content-length", "connection")


class Warc:
    """Answers every request out of the WARC that the spider's argument `warc` names.

    What is not in it ends as `NotInWarc`. URLs are the same when their canonical forms are. Of several captures
    the newest answers. robots.txt is not asked: who made the WARC has asked it. `meta["warc_date"]` of an answered
    request is the time of the capture.

    Raises:
        WarcError: The file cannot be read, when the crawl starts.
    """

    def __init__(self, crawler: "Crawler", index: WarcIndex) -> None:
        self.stats = crawler.stats
        self.limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.index = index

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        path = getattr(crawler.spider, "warc", None)
        if not path:
            raise NotConfigured  # the usual case, so without the warning that a sentence would be logged as
        index = WarcIndex(path, canonical_url)
        logger.info("Pages come from %s: %d URLs", path, len(index))
        if crawler.stats:
            crawler.stats.set_value(TORN, index.torn)
        return cls(crawler, index)

    def process_request(self, request: Request) -> Response:
        capture = self.index.find(request.url, self.limit)
        if not capture and (other := self.index.with_other_slash(request.url)):
            return Response(request.url, status=301, headers={"Location": other})
        if not capture:
            self._count("missing")
            raise NotInWarc(f"{request.url} is not in {self.index.path}")
        if self.limit and len(capture.body) > self.limit:
            raise TooLarge(f"{request.url} in {self.index.path} is larger than DOWNLOAD_MAXSIZE ({self.limit} bytes)")
        self._count("found")
        request.meta["warc_date"] = capture.date
        request.meta["dont_retry"] = True  # the file will not change its mind
        headers = Headers()
        for name, value in capture.headers:
            if name.lower() not in _OF_THE_WIRE:
                headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=capture.body)
        return kind(request.url, status=capture.status, headers=headers, body=capture.body)

    def _count(self, word: str) -> None:
        if self.stats:
            self.stats.inc_value(f"warc/{word}")
