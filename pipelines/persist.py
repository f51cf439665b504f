"""Hand one finished item to the archive and wait until it is safely there."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from itemadapter import ItemAdapter

from pipelines.deduplicate import judge_of, trim_of
from pipelines.session import session_of
from pipelines.standing_aside import stand_aside_unless_it_archives
from wangqi.bibliography import FACTS
from wangqi.visit import Capture, Discovery, NamedStory, PartRecord, Reading, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Item = TypeVar("Item")

_READING = ("text", "series_title", "details", "extractor_version", *FACTS)


class Persist:
    """Stores an item in one transaction; the call returns when that transaction has committed.

    The item's `outcome` and `reason` become what the archive made of it (`stored`, `unchanged`, `revised`,
    `copy`, …), counted as `outcome/<word>`. Discovered pages are counted as `frontier/discovered`.

    A failed transaction raises, so that Scrapy counts an item error.
    """

    def __init__(self, crawler: "Crawler") -> None:
        assert crawler.stats is not None
        self._session = session_of(crawler)
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler, tells=True)
        return cls(crawler)

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        session = self._session
        record = page_record(adapter, run_id=session.run_id)
        judge = judge_of(adapter, session.judging)
        trim = trim_of(adapter, session.judging)
        recorded = await asyncio.wrap_future(session.archive.record(record, judge, trim, session.weighing))
        adapter["outcome"], adapter["reason"] = recorded.outcome, recorded.reason
        adapter["story_id"] = recorded.story_id
        adapter["copy_of"] = recorded.known if recorded.outcome == "copy" else None
        self._stats.inc_value(f"outcome/{recorded.outcome}")
        self._stats.inc_value("frontier/discovered", recorded.new_pages)
        return item


def page_record(adapter: ItemAdapter, *, run_id: int | None) -> Visit:
    """The archive's record of an item; story fields only where the item has a text."""
    reading, marks = None, None
    if "text" in adapter:
        reading, marks = Reading(**{name: adapter[name] for name in _READING}), adapter["marks"]
    return Visit(
        series_id=adapter["series_id"],
        run_id=run_id,
        url=adapter["url"],
        outcome=adapter["outcome"],
        reason=adapter["reason"],
        capture=_capture(adapter),
        reading=reading,
        marks=marks,
        named=[NamedStory(**line) for line in adapter["named"]],
        discoveries=[Discovery(**found) for found in adapter["discovered"]],
        parts=[
            PartRecord(url=part["url"], outcome=part["outcome"], reason=part["reason"], capture=_capture(part))
            for part in adapter["parts"]
        ],
        lacks=adapter["lacks"],
        aliases=adapter["aliases"],
        revisit_at=adapter["revisit_at"],
        rows=adapter["rows"],
        is_guess=adapter["is_guess"],
        doubts=adapter["doubts"],
    )


def _capture(answer: Mapping[str, Any]) -> Capture | None:
    """The answer that an item, or a part of its story, was read from; None where it was not asked for."""
    if answer["fetched_at"] is None:
        return None
    return Capture(
        url=answer["final_url"] or answer["url"],
        fetched_at=answer["fetched_at"],
        status=answer["status"],
        headers=answer["headers"],
        body=answer["body"],
    )
