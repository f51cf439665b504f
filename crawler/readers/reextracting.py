"""The archive's kept bytes, read by the present version as a crawl would read them now."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.links.direction import label_of
from crawler.extraction.model import Source
from crawler.extraction.page import EXTRACTOR_VERSION
from crawler.extraction.parts.documents import Document
from crawler.extraction.rules.selectors import Rule, day_of, rule_for
from crawler.readers.pool import Extractors, Failure
from crawler.run.visits import Place, ReadPage
from crawler.scope.arrivals import Link, is_column, is_part
from pipelines.deduplicate import trim_of
from storage import Archive
from storage.rows.rereading import Anew, KeptPage, KeptReading
from wangqi.copies.ranks import Standing
from wangqi.readings.rereading import Line, difference
from wangqi.text.sanitise import storable_key
from wangqi.titles.keys import title_key
from wangqi.url_traps import leads_into_itself
from wangqi.urls import canonical_or_none
from wangqi.versions import with_rule
from wangqi.visit import Discovery, NamedStory, Visit

_BATCH: Final = 64  # pages a transaction: so many are read twice where the process was killed
_LISTED: Final = 1_000
_NAMED: Final = "series"
_REASON: Final = "a 往期 block names it, as its page is read now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reextraction:
    """How it is done.

    Attributes:
        extractors: Started, and configured with what the archive and the catalogue know.
        catalogue: By the names of series.
        wanted: Of which series; None of all.
        is_thorough: Also what the present version has read before.
        applies: What differs is stored.
    """

    archive: Archive
    extractors: Extractors[ReadPage]
    catalogue: Mapping[str, SeriesSpec]
    rules: tuple[Rule, ...] = ()
    wanted: str | None = None
    is_thorough: bool = False
    applies: bool = False

    def versions(self) -> Iterator[dict[int, str]]:
        """The pages that are to be read, a batch at a time, each with the version that will have read it."""
        after, chosen = 0, dict[int, str]()
        while pages := self.archive.kept_pages(self.wanted, after, _LISTED):
            for page in pages:
                version = self._version(page)
                if self.is_thorough or version not in {page.read_with, page.extractor_version}:
                    chosen[page.page_id] = version
                if len(chosen) == _BATCH:
                    yield chosen
                    chosen = {}
            after = pages[-1].page_id
        if chosen:
            yield chosen

    def _version(self, page: KeptPage) -> str:
        rule = rule_for(self.rules, page.url, day_of(page.fetched_at))
        return with_rule(EXTRACTOR_VERSION, rule.version) if rule else EXTRACTOR_VERSION

    async def read(self, versions: Mapping[int, str]) -> list[Anew]:
        """All that is kept of these pages, read anew; stored where that is asked for."""
        kept = await asyncio.to_thread(self.archive.kept_readings, list(versions))
        found = await asyncio.gather(*map(self._anew, kept))
        if not self.applies:
            return found
        left = await asyncio.to_thread(self.archive.read_anew, found, trim_of, versions)
        why = "a crawl has written to the page meanwhile; the next run takes it"
        return [replace(one, visit=None, difference=None, problem=why) if one in left else one for one in found]

    async def _anew(self, kept: KeptReading) -> Anew:
        try:
            body = await asyncio.to_thread(self.archive.payload, kept.payload_sha256)
        except ValueError as error:
            return Anew(kept=kept, problem=str(error))
        if body is None:
            return Anew(kept=kept, problem="its bytes are not kept")
        spec = self.catalogue.get(kept.series)
        place = _place(kept, spec)
        read = await self._read(Source(body, kept.source_url, kept.headers), place)
        if kept.reading is not None and isinstance(read, ReadPage) and read.reading is None and not place.is_part:
            # Its series may have been found to count it as an issue.
            as_part = await self._read(
                Source(body, kept.source_url, kept.headers), place._replace(is_part=True, named=None)
            )
            read = as_part if isinstance(as_part, ReadPage) and as_part.reading is not None else read
        if isinstance(read, Failure):
            return Anew(kept=kept, problem=f"{read.reason}: {read.detail}")
        if lacking := read.assembly.lacking:
            return Anew(kept=kept, problem=f"a document of its story is not kept: {lacking[0].url}")
        return _beside(kept, read, spec)

    async def _read(self, source: Source, place: Place) -> ReadPage | Failure:
        """With the other documents of its story, as they came the last time."""
        documents: dict[str, Document] = {}
        while True:
            read = await self.extractors.extract(source.body, source.url, source.headers or {}, place, documents)
            wanted = read.assembly.wanted if isinstance(read, ReadPage) else ()
            if not wanted:
                return read
            for url in wanted:
                part = await asyncio.to_thread(self.archive.kept_part, url)
                came = None if part is None else Source(part.body, part.url, part.headers)
                documents[url] = Document(came, "" if came else "it is not kept", is_refused=came is None)


def reextract(how: Reextraction) -> Iterator[tuple[int, Sequence[Anew]]]:
    """How many pages each batch had, and what was read of them otherwise than before; nothing of it is held."""
    with asyncio.Runner() as runner:
        try:
            for versions in how.versions():
                found = runner.run(how.read(versions))
                yield len(versions), [one for one in found if one.is_told]
        finally:
            runner.run(how.extractors.close())


def _place(kept: KeptReading, spec: SeriesSpec | None) -> Place:
    link = Link(kept.title, kept.found_reason, kept.via)
    bears_name = title_key(kept.title or "") == title_key(kept.series_title or "")
    is_nameless = is_column(link) or bears_name or label_of(kept.title or "")
    details = kept.reading.details if kept.reading else None
    return Place(
        kept.url,
        at_home=bool(details.get("at_home")) if isinstance(details, dict) else False,
        zone=spec.zone if spec else None,
        fetched_at=kept.fetched_at,
        named=None if is_nameless else kept.title,
        is_column=is_column(link),
        is_part=is_part(link),
        held_by=str(details.get("held_by", "")) if isinstance(details, dict) else "",
    )


def _beside(kept: KeptReading, read: ReadPage, spec: SeriesSpec | None) -> Anew:
    kind = "part" if read.assembly.part_of else read.page.kind
    if read.reading is None or read.marks is None:
        return Anew(kept=kept, kind=kind)
    old = kept.reading
    if old is None and canonical_or_none(kept.source_url) != kept.url:
        return Anew(kept=kept, kind=kind)  # it led to another page, which a crawl takes for what it is
    language = read.reading.language or (spec.language if spec else None) or (old.language if old else None)
    # It is `regroup` that weighs what speaks against the text.
    marks = replace(read.marks, standing=Standing(kept.standing, kept.standing_reason), findings=())
    visit = Visit(
        series_id=kept.series_id,
        run_id=None,
        url=kept.url,
        outcome="stored",
        reading=replace(read.reading, language=language),
        marks=marks,
        named=read.named if kept.is_newest else (),
    )
    if old is None:
        return Anew(kept=kept, kind=kind, visit=visit)
    visit = replace(visit, discoveries=_discoveries(visit.named, kept.lines, spec))
    assert visit.story is not None
    old_marks = {"original_url": kept.original_url, "flaws": kept.flaws}
    found = difference(old, old_marks, kept.lines, visit.story, visit.named)
    return Anew(kept=kept, kind=kind, visit=visit, difference=found)


def _discoveries(named: Sequence[NamedStory], lines: Mapping[Line, str], spec: SeriesSpec | None) -> list[Discovery]:
    """The pages of lines that were not read before, within the limits of the series."""
    if spec is not None and _NAMED not in spec.follow:
        return []
    new = [line for line in named if line.url and Line(storable_key(line.title_key), line.url) not in lines]
    found = partial(Discovery, via=_NAMED, reason=_REASON)
    return [
        found(url=line.url, title=line.title)
        for line in new
        if line.url and not leads_into_itself(line.url) and (spec is None or spec.in_scope(line.url))
    ]
