"""Hand one visit to the archive and wait until it is safely there."""

from typing import TYPE_CHECKING, Self

from pipelines.deduplicate import judge_of, trim_of
from pipelines.session import session_of
from pipelines.signals import page_recorded
from pipelines.standing_aside import stand_aside_unless_it_archives
from pipelines.waiting import outcome_of
from wangqi.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Persist:
    """Stores a visit in one transaction; the call returns when that transaction has committed.

    What the archive made of it is sent as the signal `page_recorded`, its outcome (`stored`, `unchanged`, `revised`,
    `copy`, …) counted as `outcome/<word>`, its new pages as `frontier/discovered`.

    A failed transaction raises, so that Scrapy counts an item error.
    """

    def __init__(self, crawler: "Crawler") -> None:
        assert crawler.stats is not None
        self._session = session_of(crawler)
        self._stats = crawler.stats
        self._signals = crawler.signals

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler, tells=True)
        return cls(crawler)

    async def process_item(self, item: Visit) -> Visit:
        session = self._session
        judge, trim = judge_of(item, session.judging), trim_of(item, session.judging)
        recorded = await outcome_of(session.archive.record(item, judge, trim, session.weighing))
        self._stats.inc_value(f"outcome/{recorded.outcome}")
        self._stats.inc_value("frontier/discovered", recorded.new_pages)
        self._signals.send_catch_log(page_recorded, visit=item, recorded=recorded)
        return item
