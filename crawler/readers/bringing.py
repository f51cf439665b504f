"""Pages that others have held, read as a crawl reads pages, and stored with the trust of a copy."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.model import Source
from crawler.extraction.parts.documents import Document
from crawler.readers.pool import Extractors, Failure
from crawler.run.visits import Place, ReadPage
from pipelines.deduplicate import judge_of, trim_of
from storage import Archive
from wangqi.text.folding import fold
from wangqi.titles.lookup import Stories
from wangqi.titles.names import letters
from wangqi.visit import Capture, Discovery, Reading, Recorded, Visit

_VALIDATORS: Final = frozenset({"etag", "last-modified"})
_NOT_AT_HAND: Final = Document(None, "only the page itself is at hand", is_refused=True)
_BEGINNING: Final = 500  # characters of a text in which its title may stand, where another was taken for it
HELD_BY: Final = "x-wangqi-held-by"


class Brought(NamedTuple):
    """A page as somebody had held it.

    Attributes:
        url: Its own address, canonical.
        moment: When it was captured.
        holder: Who held it, in words, as `web.archive.org`.
        whence: The address or the file that it came from.
    """

    url: str
    source: Source
    moment: datetime
    holder: str
    whence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """Takes pages into one series of an archive.

    Attributes:
        extractors: Started.
    """

    archive: Archive
    extractors: Extractors[ReadPage]
    series_id: int
    run_id: int
    spec: SeriesSpec | None

    async def take(self, brought: Brought, title: str | None = None) -> Recorded | str:
        """Stores the story of a page; or says why it has none.

        `title` is that by which the series names it, or None.
        """
        held_by = f"{brought.holder}, captured {brought.moment:%Y-%m-%d}"
        zone = self.spec.zone if self.spec else None
        place = Place(brought.url, at_home=False, zone=zone, fetched_at=brought.moment, named=title, held_by=held_by)
        source, documents = brought.source, dict[str, Document]()
        while True:
            read = await self.extractors.extract(source.body, brought.url, source.headers or {}, place, documents)
            wanted = read.assembly.wanted if isinstance(read, ReadPage) else ()
            if not wanted:
                break
            documents |= dict.fromkeys(wanted, _NOT_AT_HAND)
        if isinstance(read, Failure):
            return f"unreadable: {read.detail}"
        if read.reading is None:
            return "it is a part of a story" if read.assembly.part_of else f"no story: {read.page.evidence}"
        if title and self._is_another(read.reading, title):
            return f"it tells another story: 《{read.reading.title}》"
        visit = self._visit(brought, read, held_by)
        return await asyncio.wrap_future(self.archive.record(visit, judge_of(visit), trim_of(visit)))

    def _is_another(self, reading: Reading, title: str) -> bool:
        """The address told something else at that time: what is named is neither its title nor in its beginning."""
        (series,) = self.archive.series(self.series_id, with_missing=False)
        if Stories([(True, reading.title)], series.name, series.title).meant_by(title):
            return False
        return letters(fold(title)) not in letters(fold(reading.text[:_BEGINNING]))

    def _visit(self, brought: Brought, read: ReadPage, held_by: str) -> Visit:
        assert read.reading is not None
        sent = brought.source.headers or {}
        headers = {name.lower(): value for name, value in sent.items() if name.lower() not in _VALIDATORS}
        language = read.reading.language or (self.spec.language if self.spec else None)
        return Visit(
            series_id=self.series_id,
            run_id=self.run_id,
            url=brought.url,
            outcome="filled",
            reason=f"held by {held_by}: {brought.whence}",
            capture=Capture(
                url=brought.url,
                fetched_at=brought.moment,
                status=200,
                headers=headers | {HELD_BY: brought.whence},
                body=brought.source.body,
            ),
            reading=replace(read.reading, language=language),
            marks=read.marks,
            named=read.named,
            discoveries=[
                Discovery(url=line.url, via="series", title=line.title, reason="a 往期 block names it")
                for line in read.named
                if line.url and (self.spec is None or self.spec.in_scope(line.url))
            ],
        )
