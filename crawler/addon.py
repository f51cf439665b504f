"""Our guards of the downloader for a Scrapy project that is not ours."""

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.downloader import GUARDS
from crawler.downloader.resolver import PublicResolver
from crawler.extensions.politeness import Politeness
from crawler.list_settings import ListSettings


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
            settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", load_object(guard), position)
        settings.setdefault_in_component_priority_dict("EXTENSIONS", Politeness, 0)
