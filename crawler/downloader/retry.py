"""Failed tries repeated, after the pause that the server asks for or a growing one."""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf
from typing import TYPE_CHECKING, Final, Self

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response
from scrapy.utils.datatypes import LocalCache
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import load_object
from scrapy.utils.response import response_status_message

from crawler.downloader.compression import TRUNCATED
from crawler.downloader.refusals import RetryLater, Stopped, TruncatedBody

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_HOUR: Final = 3600.0
_BUSY: Final = frozenset({429, 503})  # the whole host is asked to be left alone, not the page
_NOT_BEFORE: Final = "retry_not_before"
NOT_AFTER: Final = "retry_not_after"  # monotonic; who asks has no use for an answer by then


class Retry:
    """Repeats what may be a passing fault: 408, 429, 5xx, timeouts, broken connections, cut bodies.

    The second try comes after RETRY_PAUSE seconds, each next one after twice as long. A Retry-After counts for the
    whole host; up to RETRY_WAIT it is waited for, beyond that the page and all others of the host end as
    `RetryLater`, so that the frontier can bring them back when the pause is over. A body that is cut off at every try
    ends as `TruncatedBody`. Nothing is repeated of a request with `meta["dont_retry"]`, after the time that
    `meta["retry_not_after"]` holds, or once the crawl was told to stop: what has waited until then ends as `Stopped`.

    Settings:
        RETRY_TIMES: Tries after the first.
        RETRY_HTTP_CODES, RETRY_EXCEPTIONS: What is tried again, as in Scrapy.
        RETRY_PAUSE: Seconds, default 2; 0 asks again at once.
        RETRY_WAIT: Seconds that a run waits for a host, default 30, as long as a try may take: a run that is
            told to stop still ends soon.
    """

    def __init__(self, crawler: "Crawler") -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.statuses = frozenset(map(int, settings.getlist("RETRY_HTTP_CODES")))
        self.exceptions = tuple(load_object(kind) for kind in settings.getlist("RETRY_EXCEPTIONS"))
        self.pause = settings.getfloat("RETRY_PAUSE", 2)
        self.wait = settings.getfloat("RETRY_WAIT", 30)
        self._rests: LocalCache[str, float] = LocalCache(1000)  # host -> when it may be asked again, monotonic

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).netloc
        while (left := self._rests.get(host, 0.0) - time.monotonic()) > 0:
            if left > self.wait:
                self._count("later")
                raise RetryLater(f"{host} asks to be left alone for {left:.0f} seconds", again_after=left)
            await asyncio.sleep(left)
        await asyncio.sleep(max(0.0, request.meta.pop(_NOT_BEFORE, 0.0) - time.monotonic()))
        if self._is_stopping:
            raise Stopped(f"{request.url} was not asked for: the crawl was told to stop")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if self._is_last(request):
            return _whole(response)
        if response.status in self.statuses:
            return self._answer_to_status(request, response)
        if TRUNCATED in response.flags:
            return self._again(request, TRUNCATED) or _whole(response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if isinstance(exception, self.exceptions) and not self._is_last(request):
            return self._again(request, exception)
        return None

    def _answer_to_status(self, request: Request, response: Response) -> Request | Response:
        host = urlparse_cached(request).netloc
        seconds = retry_after(response.headers.get(b"Retry-After"), datetime.now(UTC))
        if seconds is None and response.status in _BUSY:
            seconds = self._growing_pause(request)
        if seconds:
            self._rests[host] = max(self._rests.get(host, 0.0), time.monotonic() + min(seconds, _HOUR))
        if seconds and seconds > self.wait:
            self._count("later")
            raise RetryLater(
                f"{host} answered {response.status} and asks for a pause of {seconds:.0f} seconds",
                response,
                again_after=min(seconds, _HOUR),
            )
        return self._again(request, response_status_message(response.status)) or response

    def _again(self, request: Request, reason: str | Exception) -> Request | None:
        spider = self.crawler.spider
        assert spider
        again = get_retry_request(request, spider=spider, reason=reason)
        if again:
            again.meta[_NOT_BEFORE] = time.monotonic() + self._growing_pause(request)
        return again

    @property
    def _is_stopping(self) -> bool:
        return self.crawler.engine is not None and not self.crawler.engine.running

    def _is_last(self, request: Request) -> bool:
        is_over = request.meta.get(NOT_AFTER, inf) < time.monotonic() or self._is_stopping
        return is_over or bool(request.meta.get("dont_retry"))

    def _growing_pause(self, request: Request) -> float:
        times: int = request.meta.get("retry_times", 0)
        return self.pause * 2.0**times

    def _count(self, word: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"retry/{word}")


def _whole(response: Response) -> Response:
    """The response, if it is whole.

    Raises:
        TruncatedBody: It is not.
    """
    if TRUNCATED not in response.flags:
        return response
    fault = response.flags[response.flags.index(TRUNCATED) + 1]
    raise TruncatedBody(f"{response.url}: {fault} after {len(response.body)} bytes", response)


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """The seconds of a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3); None without a sense.

    Args:
        value: The header, or None.
        now: Aware.

    >>> retry_after(b"120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after(b"Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal() and text.isascii():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())
