"""The Crawl-delay of a site's robots.txt, kept."""

import logging
from typing import TYPE_CHECKING, Final, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Request
from scrapy.robotstxt import RobotParser

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_LONGEST: Final = 60.0  # seconds; some sites ask for hours, which means "do not come" and is better said with Disallow


class Politeness:
    """Slows a host down to the Crawl-delay that its robots.txt asks for, up to a minute; never speeds one up.

    Settings:
        DOWNLOAD_DELAY: Seconds between two requests to a host where robots.txt asks for less.
        ROBOTSTXT_USER_AGENT, USER_AGENT: Whom the delay is asked of.
    """

    def __init__(self, crawler: "Crawler") -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("ROBOTSTXT_OBEY is off: no Crawl-delay is known.")
        self.crawler = crawler
        self.agent: str = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self.agent)
        engine = self.crawler.engine
        if not asked or not engine:
            return
        delay = min(float(asked), _LONGEST)
        downloader = engine.downloader
        key = downloader.get_slot_key(request)
        slot = downloader.slots.get(key)
        if delay <= (slot.delay if slot else self.crawler.settings.getfloat("DOWNLOAD_DELAY")):
            return
        logger.info("%s asks for %g s between two requests; it gets %g s", key, asked, delay)
        # The first for the slot that lives, the second for the one that is made when this one was collected as idle.
        if slot:
            slot.delay = delay
        downloader.per_slot_settings.setdefault(key, {})["delay"] = delay
        if self.crawler.stats:
            self.crawler.stats.inc_value("politeness/slowed_hosts")
