"""Redirects followed, until they come back to where they have been."""

from typing import Self
from urllib.parse import urldefrag

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import HtmlResponse, Request, Response
from scrapy.settings import BaseSettings
from scrapy.utils.datatypes import LocalCache

from crawler.downloader.compression import TRUNCATED
from crawler.downloader.headers import texts
from crawler.downloader.refusals import RedirectLoop, RedirectToNowhere
from crawler.downloader.rendering.guard import RENDER
from crawler.extraction.source.signpost import leads_on

_REMEMBERED = 10_000  # redirects of a run
_OK = 200
_ROBOTS = "/robots.txt"


class Redirects(RedirectMiddleware):
    """Ends as `RedirectLoop` what redirects lead back to an address they have left, before that is asked a second time.

    A redirect to what is no address ends as `RedirectToNowhere`.

    What redirected once in a run is taken to do so again where that closes a loop, so links into it cost no more
    requests than are waiting already. Addresses count as they are sent: from `http:` to `https:` or to the same path
    with a slash is no loop. A redirect that sets a cookie may lead to another answer at the same address, but only
    where cookies are kept (COOKIES_ENABLED); REDIRECT_MAX_TIMES bounds those.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._keeps_cookies = settings.getbool("COOKIES_ENABLED")
        self._targets: LocalCache[str, str] = LocalCache(_REMEMBERED)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return super().from_crawler(crawler)

    def process_request(self, request: Request) -> None:
        way = [_as_sent(url) for url in (*request.meta.get("redirect_urls", ()), request.url)]
        while target := self._targets.get(way[-1]):
            if way[-1] in way[:-1]:
                raise RedirectLoop(_in_words(way))
            way.append(target)

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy's signature
    ) -> Request | Response:
        try:
            answer = self.answer(request, response)
        except ValueError as error:
            target = texts(response.headers).get("location", "")
            raise RedirectToNowhere(f"it redirects to {target!r}, which is no address ({error})", response) from error
        if not isinstance(answer, Request):
            return answer
        sets_cookie = b"Set-Cookie" in response.headers
        if self._keeps_cookies and sets_cookie:
            return answer
        self._targets[_as_sent(request.url)] = _as_sent(answer.url)
        try:
            self.process_request(answer)
        except RedirectLoop as error:
            hint = "; it sets a cookie, and COOKIES_ENABLED keeps none" if sets_cookie else ""
            raise RedirectLoop(f"{error}{hint}") from None
        return answer

    def answer(self, request: Request, response: Response) -> Request | Response:
        """The request that the response leads to, or the response itself."""
        return super().process_response(request, response)


class Signposts(Redirects):
    """The same for pages that send their reader on: a meta refresh, or a line of script and nothing to read."""

    def answer(self, request: Request, response: Response) -> Request | Response:
        is_page = isinstance(response, HtmlResponse) and response.status == _OK and request.method == "GET"
        if not is_page or request.meta.get(RENDER) or TRUNCATED in response.flags or request.url.endswith(_ROBOTS):
            return response
        target = leads_on(response.body, response.url, texts(response.headers))
        if target is None:
            return response
        return self._redirect(self._redirect_request_using_get(request, response, target), request, "the page itself")


def _as_sent(url: str) -> str:
    return urldefrag(url).url


def _in_words(way: list[str]) -> str:
    circle = way[way.index(way[-1]) :]
    return f"its redirects run in a circle: {' -> '.join(circle)}"
