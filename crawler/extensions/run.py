"""One `run` row a crawl: begun before the first page, ended with what became of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from twisted.python.failure import Failure

from crawler.exit_codes import ACCOUNTED, RunFacts, exit_code
from storage.errors import DiskFullError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.series import SeriesSpider


class RunRecord:
    """Keeps the `run` row, and decides the exit code of `scrapy crawl` (stat `run/exit_code`).

    A run whose process was killed leaves its row open; the next run of the series closes it as `interrupted`
    and takes back the pages that were in flight.
    """

    def __init__(self, crawler: "Crawler") -> None:
        assert crawler.stats is not None
        self.stats = crawler.stats
        self.errors = 0
        self.disk_full = False

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        crawler.signals.connect(extension.spider_error, signals.spider_error)
        crawler.signals.connect(extension.item_error, signals.item_error)
        return extension

    def spider_opened(self, spider: "SeriesSpider") -> None:
        spider.begin_run()

    def spider_error(self) -> None:
        self.errors += 1

    def item_error(self, failure: Failure) -> None:
        self.errors += 1
        self.disk_full = self.disk_full or isinstance(failure.value, DiskFullError)

    async def spider_closed(self, spider: "SeriesSpider", reason: str) -> None:
        reason = spider.stopped or reason
        counts = outcome_counts(self.stats.get_stats())
        code = exit_code(self.facts(spider, reason, counts))
        self.stats.set_value("run/exit_code", code)
        await spider.end_run(
            reason=reason, counts=counts, exit_code=code, requests=self.stats.get_value("downloader/request_count", 0)
        )

    def facts(self, spider: "SeriesSpider", reason: str, counts: Mapping[str, int]) -> RunFacts:
        (series,) = spider.archive.series(spider.series_id)
        return RunFacts(
            reason=reason,
            counts=counts,
            errors=self.errors,
            disk_full=self.disk_full,
            stories=series.stories,
            open_titles=sum(story.outcome not in ACCOUNTED for story in spider.archive.missing(spider.series_id)),
        )


def outcome_counts(stats: Mapping[str, Any]) -> dict[str, int]:
    """Pages by outcome word, out of the crawl's statistics.

    >>> outcome_counts({"outcome/stored": 3, "item_scraped_count": 3})
    {'stored': 3}
    """
    prefix = "outcome/"
    return {name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)}
