"""One page at a time given to the browser, and taken back when its scripts have drawn it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as BrowserTimeout
from scrapy import Request, signals
from scrapy.http import Response
from scrapy_playwright.handler import (  # type: ignore[import-untyped]  # it ships no types
    ScrapyPlaywrightDownloadHandler,
)

from crawler.downloader.refusals import NotRendered, TooLarge
from crawler.downloader.rendering.browser import find_browser, launch_options
from crawler.downloader.rendering.family import end_family
from crawler.downloader.rendering.parts import Parts, answer_of
from crawler.downloader.rendering.script_cache import Answer, Shelf
from crawler.extraction.source.decode import decode

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# Seconds without a request and without a new element, after which a page is taken as drawn. Playwright's own
# "networkidle" waits as long: https://playwright.dev/python/docs/api/class-page#page-wait-for-load-state
_QUIET: Final = 0.5
_READING: Final = 5.0  # seconds beyond the limit in which what has been drawn can be read
_CLOSING: Final = 5.0  # seconds
_STARTING: Final = 30.0  # seconds
_PAGES: Final = 2  # drawn at a time; one takes a core
_STATE: Final = "[document.readyState, document.getElementsByTagName('*').length]"
# What leads away from the page, or would pile up beside it.
_TAMED: Final = "window.open = () => null"
_SIZE: Final = "document.documentElement ? document.documentElement.outerHTML.length : 0"
# Tall, so that what waits to be scrolled to is drawn.
_WINDOW: Final = {"width": 1280, "height": 6000}
_ERROR_PAGE: Final = "chrome-error:"


class Rendered(NamedTuple):
    """A page as drawn.

    Attributes:
        note: By what and from how much, in words.
        lacking: What could not be had of the page's own site; see `Parts.lacking`.
    """

    html: str
    note: str
    lacking: tuple[str, ...]


class _SilentError(Exception):
    """The browser, or its driver, does not answer: it is stopped, or swapped out."""


class Renderer:
    """Holds scrapy-playwright's download handler, which starts the browser and ends it with the crawl.

    A browser that gives no sign of life is killed, with all that it has started, and another one draws the page.

    Settings:
        RENDER_BROWSER, RENDER_SANDBOX: See `crawler.downloader.rendering.browser`.
        RENDER_TIMEOUT: Seconds that a page may take; what there is by then is taken.
        RENDER_SILENCE: Seconds that the browser has to give a sign of life, whatever the pages do that it draws.
        DOWNLOAD_MAXSIZE: Bytes of the drawn page; 0 is no limit.

    Raises:
        BrowserMissing: There is no browser, when the crawl starts.
    """

    def __init__(self, crawler: "Crawler", excluded: Callable[[str], bool]) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.limit = settings.getfloat("RENDER_TIMEOUT")
        self._silent = settings.getfloat("RENDER_SILENCE")
        self.timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self.most = settings.getint("DOWNLOAD_MAXSIZE")
        self._context = {
            "user_agent": settings["USER_AGENT"],
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "viewport": _WINDOW,
            "service_workers": "block",
            "accept_downloads": False,
        }
        self._excluded = excluded
        self._shelf = Shelf()
        self._room = asyncio.Semaphore(_PAGES)
        self._numbers = count()
        self._replacing = asyncio.Lock()
        self.handler = self._new_handler()
        crawler.signals.connect(self.close, signals.engine_stopped)

    def _new_handler(self) -> ScrapyPlaywrightDownloadHandler:
        settings = self.crawler.settings
        handler = ScrapyPlaywrightDownloadHandler.from_crawler(self.crawler)
        # Of a browser elsewhere nobody knows what it dials.
        handler.config = replace(
            handler.config,
            cdp_url=None,
            connect_url=None,
            browser_type_name="chromium",
            launch_options=launch_options(
                find_browser(settings["RENDER_BROWSER"]), sandbox=settings.getbool("RENDER_SANDBOX")
            ),
            startup_context_kwargs={"first": {}},  # starts the browser with the crawl, in nobody's time
            navigation_timeout_ms=1000 * self.limit,
            download_timeout_secs=0,
            target_closed_max_retries=0,  # a page is given once
        )
        return handler

    async def render(self, response: Response) -> Rendered:
        """What the scripts of the page make of it.

        Raises:
            NotRendered: The browser failed, or its time was up before there was a page.
            TooLarge: The drawn page is over the limit.
        """
        async with self._room:
            for _ in range(2):
                handler = self.handler
                try:
                    return await self._render_once(response)
                except _SilentError:
                    await self._replace(handler)
                except NotRendered:
                    if self.handler is handler:
                        raise
        raise NotRendered("the browser gave no sign of life, nor did the one that was started in its place", response)

    async def _render_once(self, response: Response) -> Rendered:
        engine = self.crawler.engine
        assert engine
        parts = Parts(
            response.url,
            _document(response),
            seconds=self.limit,
            timeout=self.timeout,
            download=engine.download_async,
            shelf=self._shelf,
            excluded=self._excluded,
        )
        name = f"page-{next(self._numbers)}"
        try:
            async with asyncio.timeout(self.limit + _READING):
                return await self._unless_stopped(self._draw(response, parts, name), response)
        except (TimeoutError, BrowserTimeout) as error:
            why = f"the browser did not draw it within {self.limit:g} seconds"
            raise NotRendered(why, response) from error
        except Error as error:
            why = f"the browser could not draw it: {error.message.splitlines()[0]}"
            raise NotRendered(why, response) from error
        finally:
            parts.end()
            await self._close_context(name)

    async def _replace(self, silent: ScrapyPlaywrightDownloadHandler) -> None:
        """Another browser, once for all pages that found this one silent."""
        async with self._replacing:
            if self.handler is not silent:
                return
            logger.warning("The browser gives no sign of life: it is killed, and another one is started")
            logging.getLogger("asyncio").addFilter(_is_news)
            end_family()
            await self._end(silent)
            self.handler = self._new_handler()
            try:
                async with asyncio.timeout(_STARTING):
                    await self.handler._launch()  # noqa: SLF001 - else it does so only when a crawl begins
            except (Error, TimeoutError) as error:
                logger.warning("No other browser could be started: %s", error or "it did not answer")

    async def _unless_stopped(self, drawing: Coroutine[Any, Any, Rendered], response: Response) -> Rendered:
        """A crawl that is told to stop does not wait for scripts; its next run begins with the page."""
        task = asyncio.create_task(drawing)
        clock = asyncio.get_running_loop().time
        asked_at = clock()
        try:
            while not task.done():
                if clock() - asked_at > self._silent / 4:
                    await self._ask()
                    asked_at = clock()
                if not self.crawler.crawling:
                    raise NotRendered("the crawl was stopped while the browser drew it", response, again_after=1)
                await asyncio.wait({task}, timeout=_QUIET)
        finally:
            task.cancel()
        return await task

    async def _ask(self) -> None:
        """For a sign of life, of a page that is always there and does nothing.

        Raises:
            _SilentError: None came. `Error`: the browser is gone.
        """
        first = self.handler.context_wrappers.get("first")
        try:
            async with asyncio.timeout(self._silent):
                await (first.context.cookies() if first else asyncio.sleep(2 * self._silent))
        except TimeoutError as error:
            raise _SilentError from error

    async def _draw(self, response: Response, parts: Parts, name: str) -> Rendered:
        async def guard(page: Page, _request: Request) -> None:
            await page.route("**/*", parts.answer)
            await page.add_init_script(_TAMED)

        clock = asyncio.get_running_loop().time
        until = clock() + self.limit
        meta = {
            "playwright": True,
            "playwright_context": name,
            "playwright_context_kwargs": self._context,
            "playwright_include_page": True,
            "playwright_page_init_callback": guard,
            "playwright_page_goto_kwargs": {"wait_until": "commit"},  # what follows is waited for below
        }
        request = Request(response.url, meta=meta)
        try:
            async with asyncio.timeout(1.5 * self._silent):  # the page is here: it takes a moment to be shown
                await self.handler.download_request(request)
        except TimeoutError as error:
            raise _SilentError from error
        page: Page = request.meta["playwright_page"]
        before: list[Any] = []
        is_settled = False
        while not is_settled and clock() < until:
            await asyncio.sleep(_QUIET)
            now = [parts.asked, *await page.evaluate(_STATE)]
            is_settled = now == before and not parts.open and "loading" not in now
            before = now
        return await self._taken(page, parts, is_settled=is_settled)

    async def _taken(self, page: Page, parts: Parts, *, is_settled: bool) -> Rendered:
        if self.most and await page.evaluate(_SIZE) > self.most:
            raise TooLarge(f"{parts.url} is larger than DOWNLOAD_MAXSIZE ({self.most} bytes) when drawn")
        html = await page.content()
        if page.url.startswith(_ERROR_PAGE):
            raise NotRendered("the browser shows an error page in its place")
        browser = page.context.browser
        files = f"{parts.asked} more file{'' if parts.asked == 1 else 's'}"
        note = f"drawn by Chromium {browser.version if browser else ''} with {files}"
        if parts.refused:
            note += f", {parts.refused} of them refused"
        if not is_settled:
            note += f", still changing after {self.limit:g} seconds"
        return Rendered(html, note, parts.lacking)

    async def _close_context(self, name: str) -> None:
        wrapper = self.handler.context_wrappers.get(name)
        if not wrapper:
            return
        try:
            async with asyncio.timeout(_CLOSING):
                await wrapper.context.close()
        except (Error, TimeoutError) as error:
            logger.debug("A page of the browser could not be closed: %s", error)

    async def close(self) -> None:
        await self._end(self.handler)

    async def _end(self, handler: ScrapyPlaywrightDownloadHandler) -> None:
        try:
            async with asyncio.timeout(2 * _CLOSING):
                await handler.close()
        except (Error, TimeoutError) as error:
            logger.warning("The browser could not be closed in good order: %s", error or "it did not answer")
            end_family()


def _is_news(record: logging.LogRecord) -> bool:
    """Not what Playwright's own tasks say at the end of a browser that was killed."""
    told = record.getMessage()
    return "playwright" not in told and "from the driver" not in told


def _document(response: Response) -> Answer:
    """The page in the charset that a reader would find for it: servers and pages often name a wrong one."""
    answer = answer_of(response)
    text = decode(response.body, answer.headers).text
    headers = answer.headers | {"content-type": "text/html; charset=utf-8"}
    headers.pop("refresh", None)
    return Answer(200, headers, text.encode("utf-8", "replace"))
