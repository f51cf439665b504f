"""Our guards of the downloader for a Scrapy project that is not ours."""

from typing import Final

from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.settings import BaseSettings

from crawler.downloader.address_guard import Addresses, RefusedNames
from crawler.downloader.compression import Compression
from crawler.downloader.cookies import Cookies
from crawler.downloader.redirects import Redirects, Signposts
from crawler.downloader.resolver import PublicResolver
from crawler.downloader.retry import Retry
from crawler.downloader.robots import Robots
from crawler.extensions.politeness import Politeness
from crawler.list_settings import ListSettings

# The order and its reasons: `crawler.downloader`. None takes Scrapy's own out, whose place one of ours takes.
GUARDS: Final = {
    Addresses: 60,
    Robots: 100,
    Retry: 550,
    RefusedNames: 560,
    Signposts: 580,
    Compression: 590,
    Redirects: 600,
    Cookies: 700,
    RobotsTxtMiddleware: None,
    RetryMiddleware: None,
    MetaRefreshMiddleware: None,
    HttpCompressionMiddleware: None,
    RedirectMiddleware: None,
    CookiesMiddleware: None,
}


class SafeCrawling:
    """An add-on: `ADDONS = {"crawler.addon.SafeCrawling": 300}` in the settings of any project.

    Names that lead to addresses which are not public are not dialled, robots.txt is read as RFC 9309 has it and its
    Crawl-delay kept, bodies are decoded within DOWNLOAD_MAXSIZE, failed tries repeated after the pause that the server
    asks for. What the guards refuse reaches the errback of a request as an exception of `crawler.downloader.refusals`.

    Settings:
        ALLOWED_ADDRESSES, ALLOWED_PORTS, RETRY_PAUSE, RETRY_WAIT: As in `crawler.settings`.
        ROBOTSTXT_OBEY: True where the project does not say otherwise.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Names are resolved for the whole process, so this one comes before any crawl."""
        settings.set("TWISTED_DNS_RESOLVER", PublicResolver, "addon")

    def update_settings(self, settings: BaseSettings) -> None:
        ListSettings().update_settings(settings)
        settings.set("ROBOTSTXT_OBEY", value=True, priority="addon")
        for guard, position in GUARDS.items():
            settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", guard, position)
        settings.setdefault_in_component_priority_dict("EXTENSIONS", Politeness, 0)
