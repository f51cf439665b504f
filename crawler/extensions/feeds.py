"""Scrapy's feeds (`-o`, `-O`, FEEDS), with a story as a flat record that says what `scrapy export` says of it."""

import contextlib
import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import Spider
from scrapy.exporters import CsvItemExporter
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from pipelines.signals import page_recorded
from pipelines.standing_aside import archives
from storage import Archive
from storage.db.errors import ArchiveError
from storage.exports.csv_table import files_cell, harmless
from storage.exports.fields import FACTS, FILES, facts_of, plain, plain_value
from wangqi.visit import Recorded, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

FAILED: Final = "feedexport/failed_count/"  # Scrapy's own stats of this name count the feeds that were not stored
_WRITING: Final = f"{FAILED}writing"
_STORY: Final = (*FACTS, FILES)
# What a record says of a page. Its story's own facts are in the story's record.
_PAGE: Final = ("series_id", "url", "outcome", "reason", "final_url", "fetched_at", "status", "story_id")


class Feeds(FeedExporter):
    """Writes the stories that a crawl of ours has read, each once, when it ends: only then its standing is settled.

    What another spider yields is written as it comes, as Scrapy does.

    Settings:
        FEEDS: Scrapy's; `-O FILE` sets it.
        FEED_OUTCOMES: Whether every page that was visited is a record, too, with its outcome and reason. Default False.
    """

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        logging.getLogger(FeedExporter.__module__).addFilter(_in_one_line)
        self._is_ours = archives(crawler)
        self._tells_outcomes = crawler.settings.getbool("FEED_OUTCOMES")
        if self._is_ours:  # else a CSV has the columns of its first record
            columns = [*_STORY, *(name for name in _PAGE if name not in _STORY)] if self._tells_outcomes else _STORY
            for options in self.feeds.values():
                options["fields"] = options["fields"] or columns
        self._stories: dict[int, None] = {}  # in the order in which they were read

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        feeds = super().from_crawler(crawler)
        crawler.signals.connect(feeds.page_recorded, page_recorded)
        return feeds

    def item_scraped(self, item: object, spider: Spider) -> None:
        if not isinstance(item, Visit):
            super().item_scraped(item, spider)

    def page_recorded(self, visit: Visit, recorded: Recorded) -> None:
        if recorded.story_id is not None:
            self._stories[recorded.story_id] = None
        if self._tells_outcomes and self.crawler.spider:
            self._write(_outcome(visit, recorded), self.crawler.spider)

    async def close_spider(self, spider: Spider) -> None:
        try:
            for record in self._records() if self._stories else ():
                self._write(record, spider)
        except ArchiveError as error:
            self._fail(error)
        self.slots = [slot for slot in self.slots if self._is_whole(slot)]
        due = sum(bool(slot.itemcount or (slot.store_empty and slot.batch_id == 1)) for slot in self.slots)
        ended = self._ended()
        await super().close_spider(spider)
        if self._ended() < ended + due:
            self._fail("it could not be begun")

    def _ended(self) -> int:
        """How many Scrapy has stored, or has said that it could not."""
        assert self.crawler.stats
        counts = self.crawler.stats.get_stats().items()
        return sum(count for name, count in counts if name.startswith(("feedexport/success_count/", FAILED)))

    def _write(self, record: Mapping[str, Any], spider: Spider) -> None:
        """A feed that fails costs the feed, never the crawl. It is told once."""
        stats = self.crawler.stats
        assert stats
        if stats.get_value(_WRITING):
            return
        try:
            super().item_scraped(dict(record), spider)
        except Exception as error:  # noqa: BLE001 - an exporter or a storage may raise anything; it is told and counted
            self._fail(error)

    def _is_whole(self, slot: FeedSlot) -> bool:
        """Ends what is written to it. Scrapy does so in a task, where an error is lost."""
        try:
            slot.finish_exporting()
        except Exception as error:  # noqa: BLE001 - an exporter or a file may raise anything; it costs the feed alone
            self._fail(error)
            with contextlib.suppress(OSError):
                if slot.file:
                    slot.file.close()
            return False
        return True

    def _fail(self, error: object) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(_WRITING)
        logger.error("The feed is not whole: %s", error)

    def _records(self) -> Iterator[dict[str, Any]]:
        written = set[int]()
        with Archive(self.settings["ARCHIVE_URL"], read_only=True) as archive:
            for number in self._stories:
                detail = archive.story(number)
                if detail and detail.story.id not in written:  # one of two may have turned out to be the other
                    written.add(detail.story.id)
                    yield plain(facts_of(detail.story), detail.files)


def _outcome(visit: Visit, recorded: Recorded) -> dict[str, object]:
    """What a record says of a page; its values in the order of `_PAGE`."""
    came = visit.capture if visit.capture and visit.capture.status is not None else None
    fetched_at = visit.capture and visit.capture.fetched_at
    told = (visit.series_id, visit.url, recorded.outcome, recorded.reason, came and came.url, plain_value(fetched_at))
    return dict(zip(_PAGE, (*told, came and came.status, recorded.story_id), strict=True))


class CsvFeed(CsvItemExporter):
    """A feed of lines whose cells no spreadsheet runs as formulas, as in `scrapy export`."""

    def serialize_field(self, field: Mapping[str, Any], name: str, value: object) -> object:
        value = super().serialize_field(field, name, value)
        return files_cell(value) if name == FILES and isinstance(value, list) else harmless(value)


def _in_one_line(record: logging.LogRecord) -> bool:
    """Scrapy shows the traceback of a feed that was not stored; its message is what a person needs."""
    if record.exc_info and (error := record.exc_info[1]):
        record.msg, record.args = f"{record.getMessage()}: {error}", ()
        record.exc_info = record.exc_text = None
    return True
