"""What one crawl of a series holds: its archive, the processes that read for it, its run, and what it follows."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar, cast

from scrapy import Request, signals
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from crawler.beginning import end_loading
from crawler.catalogue.file import SeriesSpec, read_rules
from crawler.downloader.warc import TORN
from crawler.extensions.in_flight import InFlight
from crawler.readers.judging.process import Judging
from crawler.readers.of_settings import extractors_for
from crawler.readers.pool import Extractors
from crawler.run.answers import sitemaps_of
from crawler.run.files.by_settings import FileSettings
from crawler.run.files.fetching import Fetching
from crawler.run.opening import name_kept, open_run
from crawler.run.rules import Rules
from crawler.run.visits import Known, ReadPage
from crawler.scope.budget import Budget
from crawler.scope.links import Scope
from pipelines.deduplicate import registry_of
from pipelines.session import ArchiveSession
from pipelines.signals import page_recorded
from pipelines.standing_aside import stand_aside_unless_it_archives
from pipelines.waiting import outcome_of
from storage import Archive
from storage.rows import DuePage
from wangqi.series.revisits import RECENT
from wangqi.visit import Recorded, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.series import SeriesSpider


Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class CrawlSession(ArchiveSession):
    """Begins the run that the spider asks for, and keeps count of its pages. Others take it from `of`.

    Attributes:
        spec: What is archived.
        is_entry: It is an entry of the catalogue, and no series of somebody's `-a url=`.
        refresh: What is read again although it is not due, or None.
        is_live: The pages come from the network.
        budget: How far the run may go.
        rules: Of the catalogue, with what each has matched.
        recent: So long after its publication a story is read every day.
        in_flight: Pages that were asked for and have not left the pipelines.
        series_id: Of the archive; set by `begin`, as `scope` is.
        stopped: The limit that ended the run, or None.
        files: The pictures and attachments that it asks for once the pages are read; None before.

    Settings:
        ARCHIVE_URL, CATALOGUE, EXTRACT_WORKERS, EXTRACT_TIMEOUT (seconds), EXTRACT_MEMORY (bytes), RUN_MAX_PAGES,
        RUN_MAX_MINUTES, RECENT_DAYS.
    """

    judging: Judging
    scope: Scope
    series_id: int

    def __init__(
        self,
        archive: Archive,
        extractors: Extractors[ReadPage],
        spec: SeriesSpec,
        *,
        is_entry: bool = False,
        refresh: str | None = None,
        is_live: bool = True,
        budget: Budget | None = None,
        rules: Rules | None = None,
        recent: timedelta = RECENT,
        file_settings: FileSettings | None = None,
        torn: Callable[[], str] = str,
    ) -> None:
        self.archive = archive
        self.extractors = extractors
        self.judging = extractors.judging()
        self.weighing = self.judging.weigh
        self.spec = spec
        self.is_entry = is_entry
        self.refresh = refresh
        self.is_live = is_live
        self.budget = budget or Budget()
        self.rules = rules or Rules(())
        self.recent = recent
        self.in_flight = InFlight()
        self._file_settings = file_settings or FileSettings()
        self._torn = torn
        self.files: Fetching | None = None
        self.stopped: str | None = None
        self._deciding = ThreadPoolExecutor(1, "scope")

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        spider, settings = cast("SeriesSpider", crawler.spider), crawler.settings
        rules = Rules(read_rules(settings["CATALOGUE"]))
        extractors = extractors_for(settings)
        session = cls(
            Archive(settings["ARCHIVE_URL"]),
            extractors,
            spider.series,
            is_entry=spider.spec is not None,
            refresh=spider.refresh,
            is_live=not spider.warc,
            budget=Budget(settings.getint("RUN_MAX_PAGES"), settings.getfloat("RUN_MAX_MINUTES")),
            rules=rules,
            recent=timedelta(days=settings.getfloat("RECENT_DAYS")),
            file_settings=FileSettings.of(settings),
            torn=lambda: str(crawler.stats.get_value(TORN, "")) if crawler.stats else "",
        )
        for signal in (signals.item_scraped, signals.item_error, signals.item_dropped):
            crawler.signals.connect(session.settle, signal)
        crawler.signals.connect(session.note, page_recorded)
        crawler.signals.connect(session.settle_failed, signals.spider_error)
        crawler.signals.connect(session.note_sitemaps, signals.robots_parsed)
        return session

    @classmethod
    def of(cls, crawler: "Crawler") -> Self:
        session = crawler.get_extension(cls)
        assert session is not None, f"{crawler.spidercls.name!r} archives nothing"
        return session

    def begin(self) -> None:
        """Opens the run, takes in what an earlier one left, and makes the start pages due."""
        self.extractors.start()
        name = name_kept(self.archive, self.spec, is_entry=self.is_entry)
        opened = open_run(self.archive, name, self.spec, self.refresh)
        self.series_id, self.run_id, self.scope = opened.series_id, opened.run_id, opened.scope
        known = Known(registry_of(self.archive), self.rules.all)
        self.extractors.configure(known)
        self.judging.configure(known)
        end_loading()

    async def fetch_files(self, download: Callable[[Request], Awaitable[Response]]) -> None:
        """Asks for the pictures and attachments that the series wants, as long as the run has time."""
        assert self.run_id is not None
        self.files = Fetching(
            download=download,
            archive=self.archive,
            series_id=self.series_id,
            run_id=self.run_id,
            limits=self._file_settings.limits(self.spec.pictures, self.spec.attachments),
            is_over=self.budget.is_over,
            asks_all=self.refresh == "all",
        )
        await self.files.fetch_all(self._file_settings.reading())

    async def close(self) -> None:
        """Ends the workers, and commits what the archive still holds to write."""
        await self.extractors.close()
        self.archive.close()
        self.judging.close()
        self._deciding.shutdown(wait=False)

    async def decide(self, question: Callable[Asked, Answer], *given: Asked.args, **named: Asked.kwargs) -> Answer:
        """What asks or teaches the scope, one thing at a time and in a thread of its own.

        A page may have thousands of links, and thousands of earlier ones may wait for what it says: meanwhile the
        reactor goes on.
        """
        return await outcome_of(self._deciding.submit(question, *given, **named))

    async def claim(self, limit: int) -> list[DuePage]:
        """Pages that are due, at most `limit`; they are this run's until they settle."""
        assert self.run_id is not None
        return await asyncio.to_thread(self.archive.claim, self.series_id, self.run_id, limit)

    async def look(self) -> bool:
        """Nothing leads on: looks where the series may be listed. Whether there was anywhere to look."""
        return await self.decide(self._look)

    def _look(self) -> bool:
        if found := self.scope.look():
            self.archive.add_leads(self.series_id, found)
        elif (doubts := self._doubts()) or self.scope.doubts.know_ends():
            self.archive.tell_ends(self.series_id, doubts)
        return bool(found)

    def _doubts(self) -> list[str]:
        """What this run did not see, of a WARC that is no whole one, too."""
        return [*filter(None, [self._torn()]), *self.scope.doubts.sentences()]

    def learn_title(self) -> None:
        """Gives the series the name that its stories or its album give it, unless a person has given it one."""
        name = self.scope.name
        if name and not self.spec.title:
            self.archive.rename_series(self.series_id, title=name)

    def note(self, visit: Visit, recorded: Recorded) -> None:
        """Let the budget know what became of a page."""
        copy_of = recorded.known if recorded.outcome == "copy" else None
        self.budget.settle(visit.url, recorded.outcome, visit.discoveries, copy_of)

    def settle(self, item: object) -> None:
        """A visit has left the pipelines, stored or failed: its page is no longer in flight."""
        if isinstance(item, Visit):  # other people's spiders yield what they like
            self.in_flight.settle(item.url)

    def settle_failed(self, response: Response | Failure | None) -> None:
        if response is None:
            return  # `start` itself has failed
        request = getattr(response, "request", None)  # of a failure, too: Scrapy sets it
        assert isinstance(request, Request)
        self.in_flight.settle(request.cb_kwargs["page"].url)

    async def note_sitemaps(self, robotparser: RobotParser, request: Request) -> None:
        await self.decide(self._announce, robotparser, request.url)

    def _announce(self, robotparser: RobotParser, url: str) -> None:
        if self.scope.at_home(url):
            self.scope.probes.unread.update(self.scope.reach.announce(sitemaps_of(robotparser)))
