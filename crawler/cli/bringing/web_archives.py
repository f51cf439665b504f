"""Pages asked for at a web archive, with all guards of a crawl: first what it holds, then the capture that fits."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.downloader.compression import TRUNCATED
from crawler.downloader.headers import texts
from crawler.extraction.model import Source
from crawler.readers.bringing import Brought
from crawler.run.fetch_outcomes import outcome_of_failure
from wangqi.mementos.lists import ListError, Memento, TimeMap, cdx, nearest, timemap

_WAYBACK: Final = "https://web.archive.org"
_TRIES: Final = 3  # captures of one page that are looked at
_LISTS: Final = 10  # TimeMaps of one page
_OK, _GONE = 200, 404


class Wanted(NamedTuple):
    """A story that is missing.

    Attributes:
        moment: When it was published, as far as its neighbours tell; or None.
    """

    url: str
    title: str | None
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class WebArchive:
    """How one is asked.

    Attributes:
        address: Of a Wayback machine, or of a TimeMap before (or with `{url}` in the place of) the page's address.
        has_cdx: It is a Wayback machine.
    """

    address: str
    has_cdx: bool

    @classmethod
    def named(cls, words: str) -> "WebArchive | None":
        """Of `wayback`, `wayback=URL` or `timemap=URL`; None of anything else."""
        kind, _, address = words.partition("=")
        if kind == "wayback":
            return cls((address or _WAYBACK).rstrip("/"), has_cdx=True)
        return cls(address, has_cdx=False) if kind == "timemap" and address else None

    @property
    def name(self) -> str:
        return urlsplit(self.address).netloc

    def list_of(self, url: str) -> str:
        """The address of the list of captures of a page."""
        if not self.has_cdx:
            return self.address.replace("{url}", url) if "{url}" in self.address else self.address + url
        asked = "&output=json&fl=timestamp,original,statuscode&filter=statuscode:200"
        return f"{self.address}/cdx/search/cdx?url={quote(url, safe='')}{asked}"

    def read(self, body: str) -> TimeMap:
        """Raises `ListError`."""
        return TimeMap(cdx(body, f"{self.address}/web/")) if self.has_cdx else timemap(body)


@dataclass(slots=True)
class _Search:
    """What is known by now of the captures of one page."""

    wanted: Wanted
    found: list[Memento] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    tried: int = 0
    why: str = ""


Take = Callable[[Brought, str | None], Awaitable[str]]


class _Asking(scrapy.Spider):
    name = "fill"

    archive: WebArchive
    wanted: Sequence[Wanted]
    take: Take
    answers: dict[str, str]

    async def start(self) -> AsyncIterator[Request]:
        for one in self.wanted:
            yield self._list(_Search(one), self.archive.list_of(one.url))

    def _list(self, search: _Search, url: str) -> Request:
        search.asked.add(url)
        return _request(url, self.read_list, self.fail_list, search)

    def read_list(self, response: Response, search: _Search) -> Iterator[Request]:
        if response.status == _OK and TRUNCATED not in response.flags:
            try:
                answer = self.archive.read(response.body.decode("utf-8", errors="replace"))
            except ListError as error:
                search.why = f"what {self.archive.name} answered cannot be read: {error}"
            else:
                search.found += answer.mementos
                search.lists += [url for url in answer.further if url not in search.asked]
        elif response.status != _GONE:
            search.why = f"{self.archive.name} answered {response.status}"
        if search.lists and len(search.asked) < _LISTS:
            yield self._list(search, search.lists.pop(0))
            return
        search.found = nearest(search.found, search.wanted.moment)
        yield from self._next(search)

    def _next(self, search: _Search) -> Iterator[Request]:
        if search.found and search.tried < _TRIES:
            search.tried += 1
            memento = search.found.pop(0)
            yield _request(memento.url, self.read_page, self.fail_page, search, memento=memento)
        else:
            self.answers[search.wanted.url] = search.why or f"{self.archive.name} holds no capture of it"

    async def read_page(self, response: Response, search: _Search, memento: Memento) -> AsyncIterator[Request]:
        when = f"the capture of {memento.moment:%Y-%m-%d}"
        if response.status != _OK or TRUNCATED in response.flags:
            search.why = f"{when}: {self.archive.name} answered {response.status}" + (
                ", cut off" if TRUNCATED in response.flags else ""
            )
        else:
            source = Source(response.body, search.wanted.url, texts(response.headers))
            brought = Brought(search.wanted.url, source, memento.moment, self.archive.name, response.url)
            problem = await self.take(brought, search.wanted.title)
            if not problem:
                self.answers[search.wanted.url] = ""
                return
            search.why = f"{when}: {problem}"
        for request in self._next(search):
            yield request

    def fail_list(self, failure: Failure) -> None:
        search = _asked(failure)["search"]
        assert isinstance(search, _Search)
        self.answers[search.wanted.url] = f"{self.archive.name} was not asked: {outcome_of_failure(failure)[1]}"

    def fail_page(self, failure: Failure) -> Iterator[Request]:
        search, memento = _asked(failure)["search"], _asked(failure)["memento"]
        assert isinstance(search, _Search)
        assert isinstance(memento, Memento)
        search.why = f"the capture of {memento.moment:%Y-%m-%d}: {outcome_of_failure(failure)[1]}"
        yield from self._next(search)


def _asked(failure: Failure) -> Mapping[str, object]:
    """What the request that failed was to hand to its callback."""
    given: Mapping[str, object] = failure.request.cb_kwargs  # type: ignore[attr-defined]  # set by Scrapy on each failure
    return given


def _request(
    url: str, callback: Callable[..., object], errback: Callable[[Failure], object], search: _Search, **more: object
) -> Request:
    given = {"search": search, **more}
    return Request(url, callback=callback, errback=errback, cb_kwargs=given, dont_filter=True)


def ask(
    settings: Settings,
    archive: WebArchive,
    wanted: Sequence[Wanted],
    take: Take,
    close: Callable[[], Awaitable[None]],
) -> dict[str, str]:
    """By the address of each page "" where it was taken, else why not; once in the life of this process.

    `take` stores a page and answers "", or why it is none. `close` is called in the same loop, at the end.
    """
    quiet = settings.copy()
    for name, value in {"LOG_LEVEL": "CRITICAL", "ITEM_PIPELINES": {}, "EXTENSIONS": {}}.items():
        quiet.set(name, value, priority="cmdline")
    process = AsyncCrawlerProcess(quiet)
    crawler = process.create_crawler(_Asking)
    crawler.signals.connect(close, signals.spider_closed)
    answers: dict[str, str] = {}
    process.crawl(crawler, archive=archive, wanted=wanted, take=take, answers=answers)
    process.start()
    return {one.url: answers.get(one.url, "it was not asked for: stopped before") for one in wanted}
