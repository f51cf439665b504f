"""Bodies decompressed within limits, with their end checked; replaces Scrapy's HttpCompressionMiddleware."""

import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import DownloadCancelledError
from scrapy.http import HtmlResponse, Request, Response
from scrapy.responsetypes import responsetypes

from crawler.downloader.decoding import decode, mislabelled
from crawler.downloader.refusals import TooLarge

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

TRUNCATED: Final = "truncated"
NO_END: Final = "no_html_end"
_HOLDERS: Final = (b"script", b"style", b"article", b"section", b"main", b"div", b"table", b"ul")
_HOLDS: Final = re.compile(rb"<(/?(?:" + b"|".join(_HOLDERS) + rb"))[\s>]")
_ASIDE: Final = re.compile(rb"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL)
_IDENTITY: Final = b"identity"
_END_WITHIN: Final = 4096  # bytes; counters and comments stand behind `</html>`


class Compression:
    """Undoes Content-Encoding (gzip, deflate, br, zstd).

    A stream that misses its end, or is damaged, gives a response with the flag `truncated`, which `Retry` asks
    for again. A body over DOWNLOAD_MAXSIZE ends as `TooLarge`, compressed or not. A page that calls itself gzip or
    zstd and is not is asked for once more without compression, then taken as it is. An HTML page without
    `</html>` near its end gets the flag `no_html_end`, and when it breaks off `truncated`, too: a Content-Length that
    was too short, or a connection that was closed early, shows in no other way.

    Settings:
        DOWNLOAD_MAXSIZE: Bytes after decompression; 0 is no limit.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self.stats = crawler.stats
        self.limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.headers.setdefault(b"Accept-Encoding", b"gzip, deflate, br, zstd")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if request.method == "HEAD" or not response.body:
            return response
        encodings = _encodings(response)
        if encodings and mislabelled(response.body, encodings):
            self._count("mislabelled")
            if request.headers.get(b"Accept-Encoding") != _IDENTITY:
                headers = request.headers.copy()
                headers[b"Accept-Encoding"] = _IDENTITY
                return request.replace(headers=headers, dont_filter=True)
            encodings = ()
        if encodings or b"Content-Encoding" in response.headers:
            response = self._decoded(response, encodings)
        if _misses_its_end(response):
            self._count("no_html_end")
            response.flags.append(NO_END)
            if fault := cut_in(response.body):
                self._count(TRUNCATED)
                response.flags += [TRUNCATED, fault]
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """The downloader says no more of a body over the limit than that it has cancelled it."""
        if isinstance(exception, DownloadCancelledError):
            self._count("too_large")
            raise TooLarge(f"{request.url} is larger than DOWNLOAD_MAXSIZE ({self.limit} bytes)") from exception

    def _decoded(self, response: Response, encodings: tuple[str, ...]) -> Response:
        decoded = decode(response.body, encodings, self.limit)
        if decoded.too_large:
            self._count("too_large")
            raise TooLarge(
                f"{response.url} is {len(response.body)} bytes, and more than DOWNLOAD_MAXSIZE "
                f"({self.limit} bytes) when decompressed"
            )
        headers = response.headers.copy()
        del headers[b"Content-Encoding"]
        if decoded.unknown:
            headers[b"Content-Encoding"] = ", ".join(decoded.unknown)
            logger.warning("%s is in an encoding that we cannot undo: %s", response.url, ", ".join(decoded.unknown))
        kind = responsetypes.from_args(headers=headers, url=response.url, body=decoded.body)
        result = response.replace(cls=kind, body=decoded.body, headers=headers)
        if decoded.fault:
            self._count(TRUNCATED)
            result.flags += [TRUNCATED, decoded.fault]
        return result

    def _count(self, word: str) -> None:
        if self.stats:
            self.stats.inc_value(f"compression/{word}")


def cut_in(page: bytes) -> str | None:
    """Where a page without `</html>` breaks off; None of one whose author only left the last tags out.

    Of 971 real pages none has neither `</body>` nor the ends of what it opened.
    """
    low = _ASIDE.sub(b"", page.lower())
    if b"</body" in low:
        return None
    end = max(low.rfind(b">"), 0)
    if low.rfind(b"<") > end:
        return "it ends inside a tag"
    if low[end + 1 :].strip():
        return "it ends in the middle of its text"
    counts = Counter(match[1] for match in _HOLDS.finditer(low))
    unended = [name.decode() for name in _HOLDERS if counts[name] > counts[b"/" + name]]
    return f"it ends before its </{unended[0]}>" if unended else None


def _encodings(response: Response) -> tuple[str, ...]:
    labels = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1").lower()
    return tuple(name for label in labels.split(",") if (name := label.strip()) and name != "identity")


def _misses_its_end(response: Response) -> bool:
    """Of whole pages only: a fragment has no end, and a frame of scripts begins otherwise."""
    if not isinstance(response, HtmlResponse) or response.status != 200 or TRUNCATED in response.flags:
        return False
    begins = response.body[:_END_WITHIN].lower()
    return b"<html" in begins and b"</html" not in response.body[-_END_WITHIN:].lower()
