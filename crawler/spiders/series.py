"""Follow one series: due pages out of the archive, requests to the downloader, one item a page back."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

import scrapy
from scrapy import Request, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from crawler import detours, trials
from crawler.answers import fetched, sitemaps_of
from crawler.arrivals import Link, is_column
from crawler.asking import conditions, wants_browser, what_to_draw
from crawler.catalogue import SeriesSpec, read_rules
from crawler.downloader.compression import TRUNCATED
from crawler.downloader.rendering import RENDER
from crawler.extractors import Extractors
from crawler.extractors import Failure as ReadingFailure
from crawler.following import Following
from crawler.gathering import Gathering
from crawler.items import PageOutcome, Story
from crawler.judging import Judging
from crawler.leads import LEAD
from crawler.leads import ending as lead_ending
from crawler.opening import name_kept, open_run
from crawler.outcomes import outcome_of_answer, outcome_of_failure
from crawler.patience import Patience
from crawler.reading import Fetched, Known, Place, Prepared, ended, item_of, part_item
from crawler.rendering.telling import as_drawn
from crawler.rules import Rules
from crawler.trouble import finish_reason
from pipelines.deduplicate import registry_of
from storage import Archive
from storage.errors import ArchiveError
from storage.rows import DuePage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class SeriesSpider(scrapy.Spider):
    """Archives the series of one story.

    Arguments (`-a NAME=VALUE`):
        url: Where to start; any story of the series. An entry of the catalogue brings its own.
        warc: A WARC file to take the pages from instead of the network.
        refresh: `all` reads every stored page again; else only what is due.
        render: `1` has a browser draw every page, `listing` only the columns, `0` none, whatever the catalogue says.

    The archive's `page` table is the frontier: `start` ends when no page is due and none is in flight, and a
    killed crawl goes on where it stopped.
    """

    name = "series"
    spec: ClassVar[SeriesSpec | None] = None

    archive: Archive
    extractors: Extractors[Prepared]
    judging: Judging
    following: Following
    patience: Patience
    rules: Rules
    series_id: int
    run_id: int | None = None

    def __init__(
        self,
        url: str | None = None,
        warc: str | None = None,
        refresh: str | None = None,
        render: str | None = None,
        **kwargs: str,
    ) -> None:
        super().__init__(**kwargs)
        self.series = self.series_of(url)
        self.warc = warc
        self.refresh = refresh
        self.render = what_to_draw(self.series, render)
        self.stopped: str | None = None
        self._in_flight: set[str] = set()
        self._settled = asyncio.Event()

    @classmethod
    def series_of(cls, url: str | None) -> SeriesSpec:
        """What this spider archives: its entry of the catalogue, or the series of the story at `url`.

        Raises:
            ValueError: There is neither an entry nor a usable URL.
        """
        return cls.spec or SeriesSpec.of_url(url)

    @classmethod
    def name_in(cls, archive: Archive, series: SeriesSpec) -> str:
        """Under which name the archive keeps the series: any of its stories may be where a person starts."""
        return name_kept(archive, series, is_entry=cls.spec is not None)

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: str, **kwargs: str) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.rules = Rules(read_rules(settings["CATALOGUE"]))
        # The process that forks the workers is started before the archive's writer thread exists.
        spider.extractors = Extractors(
            "crawler.preparation:prepare",
            workers=settings.getint("EXTRACT_WORKERS") or None,
            deadline=settings.getfloat("EXTRACT_TIMEOUT"),
            memory=settings.getint("EXTRACT_MEMORY"),
        )
        spider.extractors.launch()
        spider.judging = spider.extractors.judging()
        spider.archive = Archive(settings["ARCHIVE_URL"])
        spider.patience = Patience(settings.getint("RUN_MAX_PAGES"), settings.getfloat("RUN_MAX_MINUTES"))
        for signal in (signals.item_scraped, signals.item_error, signals.item_dropped):
            crawler.signals.connect(spider.settle, signal)
        crawler.signals.connect(spider.settle_failed, signals.spider_error)
        crawler.signals.connect(spider.note_sitemaps, signals.robots_parsed)
        return spider

    def begin_run(self) -> None:
        """Open the run, take in what an earlier one left, and make the start pages due."""
        self.extractors.start()
        opened = open_run(self.archive, self.name_in(self.archive, self.series), self.series, self.refresh)
        self.series_id, self.run_id, self.following = opened.series_id, opened.run_id, opened.following
        self.extractors.tell(Known(registry_of(self.archive), self.rules.all))

    def note_sitemaps(self, robotparser: RobotParser, request: Request) -> None:
        if self.following.at_home(request.url):
            self.following.announce(sitemaps_of(robotparser))

    def learn_title(self) -> None:
        """Give the series the name that its stories or its album give it, unless a person has given it one."""
        name = self.following.name
        if name and not self.series.title:
            self.archive.rename_series(self.series_id, title=name)

    async def let_go(self) -> None:
        """End the workers, and commit what the archive still holds to write."""
        await self.extractors.close()
        self.archive.close()
        self.judging.close()

    async def start(self) -> AsyncIterator[Request | PageOutcome]:
        try:
            self.begin_run()
            async for request in self.due_requests():
                yield request
        except ArchiveError as error:
            logger.exception("The archive gave no pages", exc_info=error)
            raise CloseSpider(finish_reason(error)) from error

    async def due_requests(self) -> AsyncIterator[Request | PageOutcome]:
        """Waits for pages in flight, which may lead to more, and ends when none is left."""
        room = 2 * self.settings.getint("CONCURRENT_REQUESTS")
        while True:
            self._settled.clear()
            limit = self.patience.limit()
            free = 0 if limit else room - len(self._in_flight)
            pages = await self._claim(self.patience.room(free)) if free >= room // 2 else []
            for page in pages:
                self._in_flight.add(page.url)
                yield self.asked_for(page)
            if not pages and not self._settled.is_set():  # else what has just settled may have led to more
                if not self._in_flight:
                    if not limit and await self._look():
                        continue
                    self.stopped = limit if limit and self.archive.counts(self.series_id).due else None
                    return
                await self._settled.wait()

    def asked_for(self, page: DuePage) -> Request | PageOutcome:
        """The request for a page; or how it ends without one."""
        # What is stored is read again however it was met this time.
        if page.outcome is None and (why := self.patience.ended(page.url)):
            return PageOutcome(series_id=self.series_id, url=page.url, outcome="out_of_scope", reason=why)
        self.patience.asked += 1
        return self.request(page)

    def request(self, page: DuePage) -> Request:
        is_drawn = wants_browser(self.render, page)
        return Request(
            page.url,
            callback=self.parse,
            errback=self.fail,
            headers=conditions(page, is_drawn=is_drawn),
            cb_kwargs={"page": page},
            meta={RENDER: is_drawn},
            dont_filter=True,  # the archive knows what was seen
        )

    async def parse(self, response: Response, page: DuePage) -> Story | PageOutcome:
        fetched = self.fetched(page, response)
        if TRUNCATED in response.flags:
            return ended(fetched, "truncated", "the body was cut off on its way, at every try")
        if ending := outcome_of_answer(response):
            return ended(fetched, *lead_ending(page, *ending))
        reading = await self.read(response, fetched, page)
        return self.item(reading, fetched, page)

    async def read(self, response: Response, fetched: Fetched, page: DuePage) -> Prepared | ReadingFailure:
        """The page read, with the other documents of its story where it has any."""
        at_home, link = self.following.home.is_named(page.url), Link.to(page)
        named = None if is_column(link) or self.following.members.bears_name(page.title) else page.title
        place = Place(page.url, at_home, self.series.zone, fetched.fetched_at, named, is_column(link))
        assert self.crawler.engine
        meta = {RENDER: response.meta.get(RENDER)}
        gathering = Gathering(self.crawler.engine.download_async, self.archive, self.series, page.url, meta)
        while True:
            documents = gathering.documents
            reading = await self.extractors.extract(response.body, response.url, fetched.headers, place, documents)
            if not isinstance(reading, Prepared):
                return reading
            wanted = reading.assembly.wanted
            if not wanted or self.stranger(reading, page):
                fetched.parts = gathering.records(reading.assembly)
                return reading
            for url in wanted:
                self.patience.asked += 1
                await gathering.fetch(url)

    def stranger(self, reading: Prepared, page: DuePage) -> str | None:
        """Why the page is none of the series; a page of depth 0 was named by a person, who knows best."""
        return self.following.stranger(reading.page, page.url, Link.to(page)) if page.depth else None

    def item(self, reading: Prepared | ReadingFailure, fetched: Fetched, page: DuePage) -> Story | PageOutcome:
        if not isinstance(reading, Prepared):
            return ended(fetched, "unreadable", f"{reading.reason}: {reading.detail}")
        link = Link.to(page)
        reading = detours.without_home(reading, fetched.final_url, link)
        if detour := detours.of_page(reading.page, page, fetched.final_url, self.following.name):
            return ended(fetched, *detour)
        if stranger := self.stranger(reading, page):
            return ended(fetched, "out_of_scope", stranger, self.following.arrivals.doubts_of(reading.page, page.url))
        self.rules.count(reading.page, is_guess=fetched.is_guess)
        if (column := self.following.arrivals.as_looked_at(reading.page, page.url, link)) is not reading.page:
            reading = Prepared(column)
        if reading.assembly.part_of:
            item = part_item(reading.assembly, fetched, self.following.lead_on(reading.assembly.part_of, page))
            self.patience.expect(page.url, item.discovered)
            return item
        reading = replace(reading, page=self.following.albums.read(reading.page, page.url, page.depth, page.title))
        discovered = self.following.discover(reading.page, page.url, page.depth, link)
        rows = self.following.rows(reading.page, page.url)
        self.patience.expect(page.url, discovered, rows)
        item = as_drawn(item_of(reading, fetched, discovered), fetched)
        item.rows = len(rows.addresses) if rows else None
        item.reason += self.following.untried(page.url)
        if doubt := self.following.leads.doubt(page.url):
            item.doubts = [*(item.doubts or ()), doubt]
        if isinstance(item, Story):
            item.language = item.language or self.series.language
            item.revisit_at = fetched.fetched_at + self.series.revisit if self.series.revisit else None
            if reading.assembly.lacking:
                item.revisit_at = fetched.fetched_at  # by the next run
        return item

    def fail(self, failure: Failure) -> PageOutcome:
        page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]  # Scrapy sets it on every failure
        fetched = self.fetched(page, getattr(failure.value, "response", None))
        item = ended(fetched, *lead_ending(page, *outcome_of_failure(failure)))
        if pause := getattr(failure.value, "again_after", None):
            item.revisit_at = fetched.fetched_at + timedelta(seconds=pause)
        return item

    def fetched(self, page: DuePage, response: Response | None) -> Fetched:
        is_guess = page.reason in trials.REASONS or page.via == LEAD
        return replace(fetched(self.series_id, page.url, response, now=datetime.now(UTC)), is_guess=is_guess)

    def settle(self, item: Story | PageOutcome) -> None:
        """An item has left the pipelines, stored or failed: its page is no longer in flight."""
        self.patience.settle(item.url, item.outcome, item.discovered, item.copy_of)
        self._in_flight.discard(item.url)
        self._settled.set()

    def settle_failed(self, response: Response | Failure | None) -> None:
        if response is None:
            return  # `start` itself has failed
        request = response.request  # type: ignore[union-attr]  # as in `fail`
        self._in_flight.discard(request.cb_kwargs["page"].url)  # type: ignore[union-attr]  # the same
        self._settled.set()

    async def _look(self) -> bool:
        """Nothing leads on: look where the series may be listed; say whether there was anywhere to look."""
        if found := self.following.look():
            await asyncio.to_thread(self.archive.add_leads, self.series_id, found)
        elif self.following.knows_ends:
            await asyncio.to_thread(self.archive.tell_ends, self.series_id, self.following.doubt_of_ends())
        return bool(found)

    async def _claim(self, limit: int) -> list[DuePage]:
        assert self.run_id is not None
        return await asyncio.to_thread(self.archive.claim, self.series_id, self.run_id, limit)
