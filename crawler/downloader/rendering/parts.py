"""The files that one page asks for while it is drawn, fetched by the downloader in the browser's place."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext, suppress
from typing import Any, Final

from playwright.async_api import Error, Route
from playwright.async_api import Request as Asked
from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.downloader.headers import texts
from crawler.downloader.refusals import Refusal, RetryLater, RobotsUnreachable, TooLarge
from crawler.downloader.rendering.script_cache import Answer, Shelf
from crawler.downloader.retry import NOT_AFTER
from wangqi.urls import site

logger = logging.getLogger(__name__)

Download = Callable[[Request], Awaitable[Response]]

# Of what a text is drawn; pictures, fonts, frames and films are no part of it.
_FETCHED: Final = frozenset({"script", "xhr", "fetch"})
_METHODS: Final = frozenset({"GET", "POST"})
_MOST: Final = 200  # files a page; a page of a portal asks for 20 to 60
_LANES: Final = 4  # files of one page that wait in the downloader at a time: who is told to stop must end soon
# They are the downloader's to say, or none of a server's business.
_UNSAID: Final = frozenset(
    {"accept-encoding", "connection", "content-length", "cookie", "host", "referer", "user-agent"}
)
# They speak of the bytes on the wire, or would leave a trace from page to page.
_UNTOLD: Final = frozenset({"connection", "content-encoding", "content-length", "set-cookie", "transfer-encoding"})
_BUSY: Final = frozenset({408, 429})


class Parts:
    """Answers the browser's requests for one page.

    The page itself comes from `document`. Scripts and data come from `download`; style sheets are empty, because some
    scripts wait for them; all else is refused, and so is every attempt to lead the browser to another page.

    Args:
        url: Of the page, after redirects.
        document: What the browser is given as the page.
        seconds: How long files may be asked for.
        timeout: Seconds that one try for a file may take.
        shelf: Of scripts that other pages have asked for.
        excluded: Whether the limits of the series leave a URL out.

    Attributes:
        open: The URLs of the files that are being fetched.
        asked: Files that were asked for so far.
    """

    def __init__(
        self,
        url: str,
        document: Answer,
        *,
        seconds: float,
        timeout: float,
        download: Download,
        shelf: Shelf,
        excluded: Callable[[str], bool],
    ) -> None:
        self.url = url
        self.open: list[str] = []
        self.asked = 0
        self.refused = 0
        self._lacking: list[str] = []
        self._document: Answer | None = document
        self._until = time.monotonic() + seconds
        self._timeout = timeout
        self._download = download
        self._shelf = shelf
        self._excluded = excluded
        self._lanes = asyncio.Semaphore(_LANES)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Of the files from the page's own site that are not there (yet) the URL and the reason."""
        late = (f"{url}: it was not there in time" for url in self.open if self._is_own(url))
        return (*self._lacking, *late)

    def end(self) -> None:
        """Ask for nothing more: the page is gone, however it ended."""
        self._until = 0.0

    async def answer(self, route: Route) -> None:
        """For `Page.route`; never raises, because nobody would hear it."""
        asked = route.request
        with suppress(Error):  # the page has been closed
            if asked.is_navigation_request():
                await _give(route, self._document or _STAY)
                self._document = None
            elif asked.resource_type == "stylesheet":
                await _give(route, _NO_STYLE)
            elif asked.resource_type not in _FETCHED or asked.method not in _METHODS:
                await route.abort()
            else:
                answer = await self._counted(asked)
                await (_give(route, answer) if answer else route.abort())

    async def _counted(self, asked: Asked) -> Answer | None:
        self.asked += 1
        if self.asked > _MOST or self._excluded(asked.url):
            self.refused += 1
            return None
        self.open.append(asked.url)
        is_shared = asked.resource_type == "script"
        try:
            async with self._shelf.turn(asked.url) if is_shared else nullcontext():
                return await self._fetch(asked)
        finally:
            self.open.remove(asked.url)

    async def _fetch(self, asked: Asked) -> Answer | None:
        if known := self._shelf.find(asked.url):
            return known
        is_own = self._is_own(asked.url)
        try:
            async with self._lanes:
                if (left := self._until - time.monotonic()) <= 0:
                    return None
                meta = {"download_timeout": min(left, self._timeout), "dont_retry": not is_own, NOT_AFTER: self._until}
                response = await self._download(request_for(asked, meta))
        except Refusal as error:
            self._lack(asked.url, str(error))
            self.refused += not isinstance(error, RetryLater | RobotsUnreachable | TooLarge)
            return None
        except Exception as error:  # noqa: BLE001  # whatever it is, the page has to do without this file
            self._lack(asked.url, str(error) or type(error).__name__)
            return None
        if response.status >= 500 or response.status in _BUSY:
            self._lack(asked.url, f"the server answered {response.status}")
        answer = answer_of(response)
        if asked.resource_type == "script" and response.status == 200:
            self._shelf.keep(asked.url, answer)
        return answer

    def _is_own(self, url: str) -> bool:
        return site(url) == site(self.url)

    def _lack(self, url: str, why: str) -> None:
        logger.debug("%s is drawn without %s: %s", self.url, url, why)
        if self._is_own(url):
            self._lacking.append(f"{url}: {why}")


def request_for(asked: Asked, meta: dict[str, Any]) -> Request:
    """The same for the downloader: with the headers that the page's script has set, and without those that tell."""
    return Request(
        asked.url,
        method=asked.method,
        headers=_said(asked.headers),
        body=asked.post_data_buffer or b"",
        callback=NO_CALLBACK,
        meta=meta,
        dont_filter=True,
    )


def _said(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in _UNSAID and not name.startswith("sec-")}


def answer_of(response: Response) -> Answer:
    headers = {name: value for name, value in texts(response.headers).items() if name not in _UNTOLD}
    return Answer(response.status, headers, response.body)


# RFC 9110, 15.3.5: the browser stays on the page it has. Were it refused, it would show an error page of its own.
_STAY: Final = Answer(204, {}, b"")
_NO_STYLE: Final = Answer(200, {"content-type": "text/css"}, b"")


async def _give(route: Route, answer: Answer) -> None:
    await route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)
