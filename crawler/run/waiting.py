"""Requests that wait in the downloader for their turn."""

from typing import TYPE_CHECKING

from crawler.downloader.refusals import Stopped

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def give_up_waiting(crawler: "Crawler") -> None:
    """Ends them as `Stopped`: else a crawl that was told to stop would ask for each, and wait for a host that hangs."""
    if crawler.engine is None:
        return
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            request, answer = slot.queue.popleft()
            answer.errback(Stopped(f"{request.url} was not asked for: the crawl was told to stop"))
