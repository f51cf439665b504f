"""The room beside the archive, watched while a crawl runs: it ends in order before the disk is full."""

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Self

from scrapy import signals

from crawler.run.disk import check_room
from crawler.run.failures import finish_reason
from pipelines.standing_aside import stand_aside_unless_it_archives
from storage.db.errors import DiskFullError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)
_EVERY: Final = 5.0  # seconds: at 10 MiB a page and a page a second, a tenth of what is kept free


class DiskWatch:
    """Ends a crawl as a full disk would, while its pages can still be stored.

    Settings:
        DISK_RESERVE: Bytes that must stay free beside an archive that is a file.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self.crawler = crawler
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    def spider_closed(self) -> None:
        if self._watching:
            self._watching.cancel()

    async def _watch(self) -> None:
        url, reserve = self.crawler.settings["ARCHIVE_URL"], self.crawler.settings.getint("DISK_RESERVE")
        while True:
            await asyncio.sleep(_EVERY)
            try:
                await asyncio.to_thread(check_room, url, reserve)
            except DiskFullError as error:
                logger.error("%s", error)  # noqa: TRY400 - where it was seen says nothing more
                assert self.crawler.engine
                self._closing = asyncio.create_task(self.crawler.engine.close_spider_async(reason=finish_reason(error)))
                return
