"""A walk through the lists of a site: few pages, asked for as a crawl asks, with all its guards."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.cli.one_page import NotFetchedError
from crawler.extraction.model import Extraction
from crawler.extraction.page import extract_page
from wangqi.discovery.sighted import Line, ListPage, Sighted, sighted
from wangqi.sites import site_of
from wangqi.urls import canonical_or_none, host_of

_SHORT = 10  # characters of a name in a menu; a title of a story says more
_LATER = 3  # links further away, as it were
_MEMBERS = frozenset({"series", "prev", "next"})
_NOT_THERE = frozenset({404, 410})
_CHECKED = 2  # stories of each series that are read


@dataclass
class Walked:
    """What was found: each series with when its newest and its oldest seen story were published, where they say so.

    Attributes:
        unread: Pages that did not come, with the reason; one that is not there (404, 410) is no page.
    """

    pages: list[ListPage] = field(default_factory=list)
    asked: int = 0
    series: list[tuple[Sighted, list[datetime]]] = field(default_factory=list)
    left: int = 0  # folders that were not asked for
    trouble: str = "nobody answered"
    unread: dict[str, str] = field(default_factory=dict)


class _Walk(scrapy.Spider):
    name = "walk"

    url: str
    most: int
    walked: Walked
    warc: str | None = None

    async def start(self) -> AsyncIterator[Request]:
        waiting, seen = {self.url: 0}, {self.url}
        while waiting and self.walked.asked < self.most:
            url = min(waiting, key=waiting.__getitem__)
            depth = waiting.pop(url)
            page = await self._read(url)
            if page is None:
                continue
            if page.kind != "story" or url == self.url:
                self.walked.pages.append(_listed(url, page))
            for other, later in self._columns(page, is_start=url == self.url):
                if other not in seen:
                    seen.add(other)
                    waiting[other] = depth + 1 + later
        self.walked.left = sum(url.endswith("/") for url in waiting)
        for one in sighted(self.walked.pages, self.url):
            await self._check(one)
        nothing: tuple[Request, ...] = ()
        for request in nothing:  # what makes it the generator that Scrapy asks for
            yield request

    async def _check(self, one: Sighted) -> None:
        """Reads its first and its last story: lines that lead to none are no series."""
        dates: list[datetime] = []
        stories = 0
        for line in {one.lines[0], one.lines[-1]}:
            page = await self._read(line.url)
            if page is not None and page.kind == "story":
                stories += 1
                dates += [page.published.value] if page.published else []
        if stories:
            self.walked.series.append((one, dates))

    async def _read(self, url: str) -> Extraction | None:
        assert self.crawler.engine
        self.walked.asked += 1
        try:
            response = await self.crawler.engine.download_async(Request(url, dont_filter=True))
        except Exception as error:  # noqa: BLE001 - a guard, robots.txt, the network: whatever it is, the page is told
            self.walked.unread[url] = self.walked.trouble = str(error) or type(error).__name__
            return None
        if response.status >= 400:
            self.walked.trouble = f"the server says {response.status}"
            if response.status not in _NOT_THERE:
                self.walked.unread[url] = self.walked.trouble
            return None
        return extract_page(response.body, response.url)

    def _columns(self, page: Extraction, *, is_start: bool) -> Iterator[tuple[str, int]]:
        """Addresses of the same site that look like columns, or that a story names as its column, and how much later.

        Those are folders, and what bears a short name in a menu. The further pages of a column wait for the next round;
        those of the page that the walk begins with, days of a calendar and what a page that lists nothing leads to, for
        later ones.
        """
        turning = _LATER if is_start else 1
        ways: dict[str | None, int] = {}
        for link in page.links:
            if link.kind in {"listing", "page"}:
                ways.setdefault(canonical_or_none(link.url), turning if link.kind == "page" else 0)
        aside = 0 if is_start or any(link.kind == "entry" for link in page.links) else 1
        for row in page.rows:
            url, title = canonical_or_none(row.url), max(row.titles, key=len, default="").strip()
            if url and (url.partition("?")[0].endswith("/") or 0 < len(title) <= _SHORT):
                ways.setdefault(url, _LATER if title.isdigit() else aside)
        yield from ((url, later) for url, later in ways.items() if url and _are_of_one_site(url, self.url))


def _are_of_one_site(url: str, other: str) -> bool:
    return site_of(host_of(url)) == site_of(host_of(other))


def _listed(url: str, page: Extraction) -> ListPage:
    """What it lists and links of its own site; a story names itself, and the members and neighbours that it shows."""
    rows = [(link.title, link.url) for link in page.links if link.kind == "entry" and link.url]
    links: list[tuple[str, str | None]] = [(max(row.titles, key=len), row.url) for row in page.rows if row.titles]
    if page.kind == "story":
        links += [(page.title or "", url), *((link.title, link.url) for link in page.links if link.kind in _MEMBERS)]
    return ListPage(url, page.title or page.head_title or "", _lines(rows, url), _lines(links, url))


def _lines(named: Iterable[tuple[str, str | None]], page: str) -> tuple[Line, ...]:
    found = ((title, canonical_or_none(url)) for title, url in named if title)
    return tuple(Line(title, url) for title, url in found if url and _are_of_one_site(url, page))


def walk(settings: Settings, url: str, most: int, warc: str | None = None) -> Walked:
    """Walks, once in the life of this process; `most` pages beside those that are read to see what a series is.

    With `warc` the pages come from that file.

    Raises:
        NotFetchedError: Not one page came.
    """
    quiet = settings.copy()
    for name, value in {"LOG_LEVEL": "CRITICAL", "ITEM_PIPELINES": {}, "EXTENSIONS": {}}.items():
        quiet.set(name, value, priority="cmdline")
    walked = Walked()
    process = AsyncCrawlerProcess(quiet)
    process.crawl(process.create_crawler(_Walk), url=url, most=most, walked=walked, warc=warc)
    process.start()
    if not walked.pages:
        raise NotFetchedError(f"{url} was not read: {walked.trouble}.")
    return walked
