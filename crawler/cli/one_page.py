"""One page as the archive keeps it, or asked for as a crawl asks, with all its guards."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import scrapy
from scrapy import Request
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.downloader.compression import TRUNCATED
from crawler.extraction.model import Source
from crawler.run.answers import capture_of
from crawler.run.fetch_outcomes import outcome_of_failure, outcome_of_status
from pipelines.standing_aside import archives_with
from storage import Archive
from storage.locks import sqlite_file
from wangqi.urls import canonical_url


class NotFetchedError(Exception):
    """Raised when a page does not come; its message says why."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A page and when it was fetched; `is_kept` where the archive has it."""

    source: Source
    fetched_at: datetime
    is_kept: bool = False


def kept_page(archive_url: str, url: str) -> Saved | None:
    """The page's newest bytes in the archive, or None."""
    file = sqlite_file(archive_url)
    if file is not None and not file.exists():
        return None
    with Archive(archive_url, read_only=True) as archive:
        for history in archive.why(canonical_url(url)):
            for capture in sorted(history.captures, key=lambda one: one.id, reverse=True):
                if capture.payload_sha256 and (body := archive.payload(capture.payload_sha256)):
                    source = Source(body, capture.url, capture.headers)
                    return Saved(source, capture.fetched_at, is_kept=True)
    return None


class _OnePage(scrapy.Spider):
    name = "one_page"

    url: str
    answer: Saved | str = "nobody answered"

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, callback=self.take, errback=self.fail, dont_filter=True)

    def take(self, response: Response) -> None:
        ending = outcome_of_status(response.status)
        if TRUNCATED in response.flags:
            ending = "truncated", "the body was cut off on its way, at every try"
        capture = capture_of(self.url, response, now=datetime.now(UTC))
        source = Source(response.body, capture.url, capture.headers)
        self.answer = f"{ending[0]}: {ending[1]}" if ending else Saved(source, capture.fetched_at)

    def fail(self, failure: Failure) -> None:
        self.answer = ": ".join(outcome_of_failure(failure))


def fetch_page(settings: Settings, url: str) -> Saved:
    """Asks for the page, once in the life of this process.

    Raises:
        NotFetchedError: It did not come, or robots.txt or a guard forbids it.
    """
    quiet = settings.copy()
    for name, value in {"LOG_LEVEL": "CRITICAL", "ITEM_PIPELINES": {}, "EXTENSIONS": {}}.items():
        quiet.set(name, value, priority="cmdline")
    process = AsyncCrawlerProcess(quiet)
    crawler = process.create_crawler(_OnePage)
    process.crawl(crawler, url=url)
    process.start()
    answer = crawler.spider.answer if isinstance(crawler.spider, _OnePage) else "the crawl did not begin"
    if isinstance(answer, str):
        raise NotFetchedError(f"{url} was not read: {answer}.")
    return answer


def one_page_spider(command: ScrapyCommand, name: str | None) -> str | None:
    """The name that `--spider` gave one of Scrapy's own commands.

    None of ours, which follow a series into an archive and know nothing of one page.

    Raises:
        CatalogueError: There is no spider of this name.
    """
    assert command.crawler_process is not None
    return None if name is None or archives_with(command.crawler_process.spider_loader.load(name)) else name
