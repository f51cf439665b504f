"""What a page of thousands of links asks of the scope holds nobody up, and is asked one page after the other."""

import asyncio
import time
from typing import TYPE_CHECKING, cast

from crawler.catalogue.file import SeriesSpec
from crawler.extensions.session import CrawlSession
from crawler.readers.pool import Extractors

if TYPE_CHECKING:
    from storage import Archive


def test_the_reactor_goes_on_while_two_pages_are_judged_one_after_the_other() -> None:
    spec = SeriesSpec.of_url("https://river.example/1")
    session = CrawlSession(cast("Archive", None), Extractors("crawler.readers.read_page:prepare"), spec)
    spans: list[tuple[float, float]] = []

    def judge() -> None:
        began = time.monotonic()
        time.sleep(0.2)
        spans.append((began, time.monotonic()))

    async def crawl() -> float:
        judging = asyncio.gather(session.decide(judge), session.decide(judge))
        began = time.monotonic()
        await asyncio.sleep(0)
        beat = time.monotonic() - began
        await judging
        return beat

    assert asyncio.run(crawl()) < 0.2
    (_, ended), (began, _) = sorted(spans)
    assert ended <= began
