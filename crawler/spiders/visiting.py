"""One answer becomes one item: the page read, found to be of the series or not, and its links followed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.downloader.compression import TRUNCATED
from crawler.downloader.rendering.guard import RENDER
from crawler.extensions.session import CrawlSession
from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.items import PageOutcome, Story
from crawler.readers.pool import Failure as ReadingFailure
from crawler.run import detours
from crawler.run.answers import fetched
from crawler.run.drawn import as_drawn
from crawler.run.fetch_outcomes import outcome_of_answer, outcome_of_failure
from crawler.run.gathering import Gathering
from crawler.run.visits import Fetched, Place, Prepared, ended, item_of, part_item
from crawler.scope import probes
from crawler.scope.arrivals import Link, is_column
from crawler.scope.leads import LEAD
from crawler.scope.leads import ending as lead_ending
from storage.rows import DuePage

Download = Callable[[Request], Awaitable[Response]]


class Visiting:
    """Makes the items of one session.

    Args:
        session: It has begun.
        download: Asks for a further document of a story, past all guards.
    """

    def __init__(self, session: CrawlSession, download: Download) -> None:
        self._session = session
        self._download = download

    def left_out(self, page: DuePage) -> PageOutcome | None:
        """The item of a page that the budget does not reach; None of one that may be asked for."""
        why = self._session.patience.ended(page.url)
        if page.outcome is not None or not why:  # what is stored is read again however it was met this time
            return None
        is_like_members = page.title and self._session.following.members.likeness(page.title, page.url)
        return PageOutcome(
            series_id=self._session.series_id,
            url=page.url,
            outcome="out_of_scope",
            reason=why,
            doubts=[f"《{page.title}》 is like the members, and was not asked for: {why}"] if is_like_members else None,
        )

    async def visit(self, response: Response, page: DuePage) -> Story | PageOutcome:
        fetched = self._fetched(page, response)
        if TRUNCATED in response.flags:
            return ended(fetched, "truncated", "the body was cut off on its way, at every try")
        if ending := outcome_of_answer(response):
            return ended(fetched, *lead_ending(page, *ending))
        reading = await self._read(response, fetched, page)
        return self._item(reading, fetched, page)

    def fail(self, failure: Failure, page: DuePage) -> PageOutcome:
        """The item of a page that did not come."""
        fetched = self._fetched(page, getattr(failure.value, "response", None))
        item = ended(fetched, *lead_ending(page, *outcome_of_failure(failure)))
        if pause := getattr(failure.value, "again_after", None):
            item.revisit_at = fetched.fetched_at + timedelta(seconds=pause)
        return item

    def _fetched(self, page: DuePage, response: Response | None) -> Fetched:
        is_guess = page.reason in probes.REASONS or page.via == LEAD
        return replace(fetched(self._session.series_id, page.url, response, now=datetime.now(UTC)), is_guess=is_guess)

    async def _read(self, response: Response, fetched: Fetched, page: DuePage) -> Prepared | ReadingFailure:
        """The page read, with the other documents of its story where it has any."""
        session, link = self._session, Link.to(page)
        following = session.following
        named = None if is_column(link) or following.members.bears_name(page.title) else page.title
        at_home = following.home.is_named(page.url)
        place = Place(
            page.url,
            at_home,
            session.spec.zone,
            fetched.fetched_at,
            named,
            is_column=is_column(link),
            in_contents=link.reason.endswith(IN_CONTENTS),
        )
        meta = {RENDER: response.meta.get(RENDER)}
        gathering = Gathering(self._download, session.archive, session.spec, page.url, meta)
        while True:
            documents = gathering.documents
            reading = await session.extractors.extract(response.body, response.url, fetched.headers, place, documents)
            if not isinstance(reading, Prepared):
                return reading
            wanted = reading.assembly.wanted
            if not wanted or self._stranger(reading, page):
                fetched.parts = gathering.records(reading.assembly)
                return reading
            for url in wanted:
                session.patience.asked += 1
                await gathering.fetch(url)

    def _stranger(self, reading: Prepared, page: DuePage) -> str | None:
        """Why the page is none of the series; a page of depth 0 was named by a person, who knows best."""
        return self._session.following.stranger(reading.page, page.url, Link.to(page)) if page.depth else None

    def _item(self, reading: Prepared | ReadingFailure, fetched: Fetched, page: DuePage) -> Story | PageOutcome:
        if not isinstance(reading, Prepared):
            return ended(fetched, "unreadable", f"{reading.reason}: {reading.detail}")
        session, link = self._session, Link.to(page)
        following = session.following
        reading = detours.without_home(reading, fetched.final_url, link)
        if detour := detours.of_page(reading.page, page, fetched.final_url, following.name):
            return ended(fetched, *detour)
        if stranger := self._stranger(reading, page):
            return ended(fetched, "out_of_scope", stranger, following.arrivals.doubts_of(reading.page, page.url))
        session.rules.count(reading.page, is_guess=fetched.is_guess)
        if (column := following.arrivals.as_looked_at(reading.page, page.url, link)) is not reading.page:
            reading = Prepared(column)
        if reading.assembly.part_of:
            item = part_item(reading.assembly, fetched, following.lead_on(reading.assembly.part_of, page))
            session.patience.expect(page.url, item.discovered)
            return item
        reading = replace(reading, page=following.albums.read(reading.page, page.url, page.depth, page.title))
        discovered = following.discover(reading.page, page.url, page.depth, link)
        rows = following.rows(reading.page, page.url)
        session.patience.expect(page.url, discovered, rows)
        item = as_drawn(item_of(reading, fetched, discovered), fetched)
        item.rows = len(rows.addresses) if rows else None
        item.reason += following.untried(page.url)
        if doubt := following.leads.doubt(page.url):
            item.doubts = [*(item.doubts or ()), doubt]
        if isinstance(item, Story):
            item.language = item.language or session.spec.language
            item.revisit_at = fetched.fetched_at + session.spec.revisit if session.spec.revisit else None
            if reading.assembly.lacking:
                item.revisit_at = fetched.fetched_at  # by the next run
        return item
