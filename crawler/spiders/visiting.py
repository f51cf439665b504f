"""One answer becomes one visit: the page read, found to be of the series or not, and its links followed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.downloader.compression import TRUNCATED
from crawler.downloader.rendering.guard import RENDER
from crawler.extensions.session import CrawlSession
from crawler.extraction.links.direction import label_of
from crawler.readers.pool import Failure as ReadingFailure
from crawler.run import detours
from crawler.run.answers import capture_of
from crawler.run.drawn import as_drawn
from crawler.run.fetch_outcomes import outcome_of_answer, outcome_of_failure
from crawler.run.gathering import Gathering
from crawler.run.visits import Place, ReadPage, ended, named_stories, part_visit, visit_of
from crawler.scope import probes
from crawler.scope.arrivals import Link, is_column, is_part
from crawler.scope.home import ORIGINAL
from crawler.scope.leads import LEAD
from crawler.scope.leads import ending as lead_ending
from storage.rows import DuePage
from wangqi.url_traps import leads_into_itself
from wangqi.visit import Capture, PartRecord, Visit

Download = Callable[[Request], Awaitable[Response]]


class Visiting:
    """Makes the visits of one session. What asks or teaches its scope runs where `CrawlSession.decide` has it.

    Args:
        session: It has begun.
        download: Asks for a further document of a story, past all guards.
    """

    def __init__(self, session: CrawlSession, download: Download) -> None:
        self._session = session
        self._download = download

    def left_out(self, page: DuePage) -> Visit | None:
        """The visit of a page that leads into itself, or beyond the budget; None of one that may be asked for."""
        why = leads_into_itself(page.url) or self._session.budget.ended(page.url)
        if page.outcome is not None or not why:  # what is stored is read again however it was met this time
            return None
        is_like_members = page.title and self._session.scope.members.likeness(page.title, page.url)
        return Visit(
            series_id=self._session.series_id,
            run_id=self._session.run_id,
            url=page.url,
            outcome="out_of_scope",
            reason=why,
            doubts=[f"《{page.title}》 is like the members, and was not asked for: {why}"] if is_like_members else None,
        )

    async def visit(self, response: Response, page: DuePage) -> Visit:
        capture = capture_of(page.url, response, now=datetime.now(UTC))
        begun = self._begun(page, capture)
        if TRUNCATED in response.flags:
            return ended(begun, "truncated", "the body was cut off on its way, at every try")
        if ending := outcome_of_answer(response):
            return ended(begun, *lead_ending(page, *ending))
        read, parts = await self._read(response, capture, page)
        begun = replace(begun, parts=parts)
        if isinstance(read, ReadingFailure):
            return ended(begun, "unreadable", f"{read.reason}: {read.detail}")
        return await self._session.decide(self._visit_of, read, begun, capture, page)

    def fail(self, failure: Failure, page: DuePage) -> Visit:
        """The visit of a page that did not come."""
        capture = capture_of(page.url, getattr(failure.value, "response", None), now=datetime.now(UTC))
        visit = ended(self._begun(page, capture), *lead_ending(page, *outcome_of_failure(failure)))
        pause = getattr(failure.value, "again_after", None)
        return replace(visit, revisit_at=capture.fetched_at + timedelta(seconds=pause)) if pause else visit

    def _begun(self, page: DuePage, capture: Capture) -> Visit:
        """A visit has failed until something is known that it brings."""
        return Visit(
            series_id=self._session.series_id,
            run_id=self._session.run_id,
            url=page.url,
            outcome="failed",
            capture=capture,
            recent=self._session.recent,
            is_guess=page.reason in {*probes.REASONS, ORIGINAL} or page.via == LEAD,
        )

    async def _read(
        self, response: Response, capture: Capture, page: DuePage
    ) -> tuple[ReadPage | ReadingFailure, Sequence[PartRecord]]:
        """The page read, with the other documents of its story where it has any."""
        session = self._session
        place = await session.decide(self._place, page, capture)
        meta = {RENDER: response.meta.get(RENDER)}
        gathering = Gathering(self._download, session.archive, session.spec, page.url, meta)
        headers = capture.headers or {}
        while True:
            documents = gathering.documents
            read = await session.extractors.extract(response.body, response.url, headers, place, documents)
            if not isinstance(read, ReadPage):
                return read, ()
            if not place.is_part and await session.decide(self._is_issue, read, page):
                place = place._replace(is_part=True, named=None)
                continue
            wanted = read.assembly.wanted
            if not wanted or await session.decide(self._is_no_story, read, page):
                return read, gathering.records(read.assembly)
            for url in wanted:
                session.budget.asked += 1
                await gathering.fetch(url)

    def _place(self, page: DuePage, capture: Capture) -> Place:
        session, link = self._session, Link.to(page)
        is_nameless = is_column(link) or session.scope.members.bears_name(page.title) or label_of(page.title or "")
        return Place(
            page.url,
            session.scope.home.is_named(page.url) or page.reason == ORIGINAL,
            session.spec.zone,
            capture.fetched_at,
            None if is_nameless else page.title,
            is_column=is_column(link),
            is_part=is_part(link),
        )

    def _is_issue(self, read: ReadPage, page: DuePage) -> bool:
        return self._session.scope.arrivals.is_issue(read.page, Link.to(page))

    def _is_no_story(self, read: ReadPage, page: DuePage) -> bool:
        """Whether further documents are not to be asked for: it is foreign, or a list, whose pages are no parts."""
        looked_at = self._session.scope.arrivals.as_looked_at(read.page, page.url, Link.to(page))
        return looked_at is not read.page or self._why_foreign(read, page) is not None

    def _why_foreign(self, read: ReadPage, page: DuePage) -> str | None:
        """Why the page is none of the series; a page of depth 0 was named by a person, who knows best."""
        return self._session.scope.why_foreign(read.page, page.url, Link.to(page)) if page.depth else None

    def _visit_of(self, read: ReadPage, begun: Visit, capture: Capture, page: DuePage) -> Visit:
        session, link = self._session, Link.to(page)
        scope = session.scope
        read = detours.without_home(read, capture.url, link)
        if detour := detours.of_page(read.page, page, capture.url, scope.name):
            return ended(begun, *detour)
        if why_foreign := self._why_foreign(read, page):
            return ended(begun, "out_of_scope", why_foreign, scope.arrivals.doubts_of(read.page, page.url, link))
        session.rules.count(read.page, is_guess=begun.is_guess)
        if (column := scope.arrivals.as_looked_at(read.page, page.url, link)) is not read.page:
            read = ReadPage(column)
        if read.assembly.part_of:
            visit = part_visit(read.assembly, begun, scope.lead_on(read.assembly.part_of, page))
            session.budget.expect(page.url, visit.discoveries)
            return visit
        read = replace(read, page=scope.albums.read(read.page, page.url, page.depth, page.title))
        if (page_alone := scope.arrivals.without_others(read.page)) is not read.page:
            read = replace(read, page=page_alone, named=named_stories(page_alone.links))
        discoveries = scope.discover(read.page, page.url, page.depth, link)
        rows = scope.rows(read.page, page.url)
        session.budget.expect(page.url, discoveries, rows)
        read = replace(read, page=replace(read.page, doubts=scope.columns.doubts(read.page, page.url)))
        visit = as_drawn(visit_of(read, begun, discoveries))
        turned = scope.arrivals.doubt_of_turn(read.page, link) if visit.reading is None else None
        doubts = [*(visit.doubts or ()), *filter(None, [turned])]
        visit = replace(
            visit,
            rows=len(rows.addresses) if rows else None,
            reason=visit.reason + scope.untried(page.url),
            doubts=doubts or visit.doubts,
        )
        if visit.reading is None:
            return visit
        pause = timedelta(0) if read.assembly.lacking else session.spec.revisit  # what is lacking: by the next run
        return replace(
            visit,
            reading=replace(visit.reading, language=visit.reading.language or session.spec.language),
            revisit_at=capture.fetched_at + pause if pause is not None else None,
        )
