"""The end of the `run` row that the spider began: what became of the crawl, and its exit code."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from twisted.python.failure import Failure

from crawler.extensions.session import CrawlSession
from crawler.run.failures import finish_reason, log_once
from pipelines.standing_aside import stand_aside_unless_it_archives
from storage.db.errors import ArchiveError
from storage.rows import MissingStory
from wangqi import exit_codes
from wangqi.exit_codes import RunFacts, exit_code
from wangqi.outcomes import ACCOUNTED
from wangqi.series.gaps import is_overdue

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

RULES_MISSED = "rules/missed"  # the stat, for the summary
logger = logging.getLogger(__name__)


class RunRecord:
    """Closes the `run` row, and decides the exit code of `scrapy crawl` (stat `run/exit_code`).

    A run whose process was killed leaves its row open; the next run of the series closes it as `interrupted`
    and takes back the pages that were in flight. When the archive fails, so do all pages to come: the crawl ends.
    """

    def __init__(self, crawler: "Crawler") -> None:
        assert crawler.stats is not None
        self.crawler = crawler
        self.stats = crawler.stats
        self.errors = 0
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        extension = cls(crawler)
        log_once()
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        crawler.signals.connect(extension.spider_error, signals.spider_error)
        crawler.signals.connect(extension.item_error, signals.item_error)
        return extension

    def spider_error(self) -> None:
        self.errors += 1

    async def item_error(self, failure: Failure) -> None:
        self.errors += 1
        if isinstance(failure.value, ArchiveError) and not self._closing:
            assert self.crawler.engine
            # A task of its own: the engine closes only when this item has left the pipelines.
            closing = self.crawler.engine.close_spider_async(reason=finish_reason(failure.value))
            self._closing = asyncio.create_task(closing)

    async def spider_closed(self, reason: str) -> None:
        session = CrawlSession.of(self.crawler)
        code = exit_codes.FAILED_BY_ARCHIVE.get(reason, exit_codes.ERROR)
        try:
            if session.run_id is not None:
                session.learn_title()  # before anybody else hears of the end: feeds tell the series' title
                # Of thousands of stories it takes seconds to say what is missing.
                code = await asyncio.to_thread(self.close_run, session, session.run_id, reason)
        except Exception as error:
            logger.exception("The run could not be closed", exc_info=error)
        self.stats.set_value("run/exit_code", code)  # a second signal comes before this, and leaves none
        await session.close()

    def close_run(self, session: CrawlSession, run_id: int, reason: str) -> int:
        """Answers with the exit code of the crawl."""
        reason = session.stopped or reason if reason == "finished" else reason
        counts = session.archive.outcomes(run_id)
        facts = self.facts(session, reason, counts)
        code = exit_code(facts)
        self.stats.set_value(RULES_MISSED, [*session.rules.missed()])
        requests = self.stats.get_value("downloader/request_count", 0)
        session.archive.end_run(
            run_id, reason=reason, counts=counts, exit_code=code, requests=requests, missing=facts.open_titles
        )
        return code

    def facts(self, session: CrawlSession, reason: str, counts: Mapping[str, int]) -> RunFacts:
        (series,) = session.archive.series(session.series_id)
        return RunFacts(
            reason=reason,
            counts=counts,
            errors=self.errors,
            parts=session.archive.parts(session.series_id),
            overdue=session.is_live and not counts.get("stored") and _is_overdue(session, series.cadence_days),
            doubts=len(session.archive.doubts(session.series_id)),
            unconfirmed=len(session.archive.unconfirmed(session.series_id)),
            unread=len(session.archive.unread(session.series_id)),
            rules=len([*session.rules.missed()]),
            open_titles=sum(map(_is_open, session.archive.missing(session.series_id))),
            files=session.files.open if session.files else 0,
        )


def _is_open(story: MissingStory) -> bool:
    return story.outcome not in ACCOUNTED or not story.is_confirmed


def _is_overdue(session: CrawlSession, cadence_days: float | None) -> bool:
    newest = next(session.archive.stories(session.series_id, limit=1), None)
    return newest is not None and is_overdue(newest.published_at, cadence_days, datetime.now(UTC))
