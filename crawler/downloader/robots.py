"""robots.txt, obeyed as RFC 9309 says; replaces Scrapy's RobotsTxtMiddleware."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.datatypes import LocalCache
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.downloader.refusals import AddressRefused, ForbiddenByRobots, RedirectLoop, RobotsUnreachable, Stopped

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_KEEP: Final = 24 * 3600.0  # seconds; RFC 9309, 2.4
_ASK_AGAIN: Final = 600.0  # seconds after which an unreachable file is asked for again
_READ: Final = 512 * 1024  # bytes; RFC 9309, 2.5 asks for 500 KiB at least, and 7 MB of rules cost 6 s
_PRIORITY: Final = 1000


@dataclass(slots=True)
class _Site:
    """What is known of one site's file.

    Attributes:
        rules: None when everything is allowed.
        fault: Why nothing is allowed, or empty.
        until: When this ends, monotonic.
    """

    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: RobotParser | None = None
    fault: str = ""
    until: float = 0.0


class Robots:
    """Asks each site's robots.txt first, once, and ends what it forbids as `ForbiddenByRobots`.

    A file that answers 4xx, or a web page in its place, allows everything. One that answers 5xx or cannot be reached
    forbids everything (`RobotsUnreachable`) until it is asked again, 10 minutes later. Scrapy's middleware allows
    everything then, and lets the third and later of several first requests pass unasked.

    Sends Scrapy's `robots_parsed` signal, which `Politeness` listens to.

    Settings:
        ROBOTSTXT_OBEY: Without it nothing is asked.
        ROBOTSTXT_USER_AGENT: The name to look for; default the request's User-Agent.
    """

    def __init__(self, crawler: "Crawler") -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("ROBOTSTXT_OBEY is off: robots.txt is not asked, and not obeyed.")
        self.crawler = crawler
        self.agent: str | None = settings["ROBOTSTXT_USER_AGENT"]
        self.default_agent: str = settings["USER_AGENT"]
        self.parser = load_object(settings["ROBOTSTXT_PARSER"])
        self._sites: LocalCache[str, _Site] = LocalCache(1000)

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        url = urlparse_cached(request)
        root = f"{url.scheme}://{url.netloc}"
        site = self._sites.setdefault(root, _Site())
        async with site.asking:
            if site.until < time.monotonic():
                await self._ask(f"{root}/robots.txt", site, request)
        if site.fault:
            self._count("unreachable")
            raise RobotsUnreachable(
                f"{root}/robots.txt {site.fault}, so nothing may be fetched now",
                again_after=site.until - time.monotonic(),
            )
        agent = self.agent or request.headers.get(b"User-Agent") or self.default_agent
        if site.rules and not site.rules.allowed(request.url, agent):
            self._count("forbidden")
            raise ForbiddenByRobots(f"{root}/robots.txt does not allow it")

    async def _ask(self, url: str, site: _Site, request: Request) -> None:
        site.rules, site.fault = None, ""
        asking = Request(url, priority=_PRIORITY, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK)
        engine = self.crawler.engine
        assert engine
        try:
            response = await engine.download_async(asking)
        except (AddressRefused, Stopped):
            raise  # what leads the file astray leads the page astray
        except Exception as error:  # noqa: BLE001  # whatever it is, the file could not be had
            # Scrapy gives up on a chain of redirects with a bare IgnoreRequest; RFC 9309, 2.3.1.2 lets that allow all.
            if type(error) not in {IgnoreRequest, RedirectLoop}:
                site.fault = f"cannot be reached ({error or type(error).__name__})"
        else:
            self._count(f"status_{response.status // 100}xx")
            if response.status >= 500:
                site.fault = f"answers {response.status}"
            elif response.status < 300 and not _is_page(response):
                site.rules = build_from_crawler(self.parser, self.crawler, response.body[:_READ])
                await self.crawler.signals.send_catch_log_async(
                    signals.robots_parsed, robotparser=site.rules, request=request
                )
        site.until = time.monotonic() + (_ASK_AGAIN if site.fault else _KEEP)

    def _count(self, word: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"robots/{word}")


def _is_page(response: Response) -> bool:
    """Whether a web page stands in the place of the rules, as many a site answers 200 to every path."""
    return response.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith((b"<!doctype", b"<html", b"<head"))
