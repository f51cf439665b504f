"""PURE: what a worker does with a page: read it, and work out all that the pipelines would ask of it alone.

The workers have time to spare where the crawler's own process has none: it downloads, judges copies and writes. What
goes back is few, plain and finished values, since every object costs that process again when it is unpickled.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace

from crawler.extraction.model import Extraction, SeriesLink, Source
from crawler.extraction.page import Asked
from crawler.extraction.parts.documents import NOTHING, Assembly, Document
from crawler.extraction.parts.pager import as_neighbour
from crawler.extraction.phrases.zones import in_zone
from crawler.readers.assembling import assemble
from crawler.run.visits import Known, Place, ReadPage, named_stories
from pipelines.analyse import in_normal_form, marks_of
from wangqi.bibliography import FACTS
from wangqi.copies.trust import Registry
from wangqi.details import Details
from wangqi.readings.files import files_of
from wangqi.text.forms import display
from wangqi.text.sanitise import written
from wangqi.urls import canonical_or_none
from wangqi.visit import Reading

_MOST_FOLLOWED = 3_000  # links of one kind; the crawler's own process looks at each, and does nothing else meanwhile


def prepare(
    body: bytes,
    url: str,
    headers: Mapping[str, str],
    place: Place | None = None,
    documents: Mapping[str, Document] | None = None,
    *,
    known: Known | None = None,
) -> ReadPage:
    """As `extract_page`, which never raises on what a page holds.

    `documents` are those that an earlier reading of the page has wanted, by their canonical URL.
    """
    place, known = place or Place(url, at_home=False), known or Known(Registry())
    asked = Asked(place.fetched_at, place.named, known.rules, place.is_part)
    page, assembly = assemble(Source(body, url, headers), documents or {}, asked)
    if place.zone:
        page = in_zone(page, place.zone)
    bare = replace(
        _bounded(page),
        text="",
        blocks=(),
        attachments=(),
        cut=(),
        credits=(),
        origins=(),
        rival_dates=(),
        edited=None,
    )
    if page.kind != "story" or assembly.wanted or assembly.part_of:
        return ReadPage(bare, assembly=assembly)
    reading = in_normal_form(reading_of(page, place, assembly))
    marks = marks_of(reading, place.url, known.registry)
    reading = replace(reading, details=written(reading.details))
    if not assembly.parts:
        bare = replace(bare, links=tuple(map(as_neighbour, bare.links)))
    return ReadPage(bare, reading, marks, named_stories(page.links), assembly)


def _bounded(page: Extraction) -> Extraction:
    """The page with no more links than a crawl may look at in one go, and a doubt about the others."""
    count: Counter[str] = Counter()
    links: list[SeriesLink] = []
    for link in page.links:
        count[link.kind] += 1
        if count[link.kind] <= _MOST_FOLLOWED:
            links.append(link)
    rows = page.rows if page.kind != "story" else page.rows[:_MOST_FOLLOWED]
    left = len(page.links) - len(links) + len(page.rows) - len(rows)
    if not left:
        return page
    doubt = f"{left:,} links behind the first {_MOST_FOLLOWED:,} of their kind on the page were not followed"
    return replace(page, links=tuple(links), rows=rows, doubts=(*page.doubts, doubt))


def reading_of(page: Extraction, place: Place, assembly: Assembly = NOTHING) -> Reading:
    """The story of a page.

    One without a headline is stored under its first line, so that it can be found and mended.
    """
    text = display(page.text)
    facts = {name: getattr(page, name) for name in FACTS}
    facts["title"] = page.title or text.split("\n", 1)[0][:80]
    details = details_of(page, assembly, at_home=place.at_home) | _held(place) | _attached(page)
    return Reading(
        **facts,
        text=text,
        series_title=page.series_name,
        details=details,
        extractor_version=page.extractor_version,
        files=files_of(details),
    )


def _attached(page: Extraction) -> Details:
    return {"attachments": [asdict(block) for block in page.attachments]} if page.attachments else {}


def _held(place: Place) -> Details:
    return {"held_by": place.held_by} if place.held_by else {}


def details_of(page: Extraction, assembly: Assembly = NOTHING, *, at_home: bool = False) -> Details:
    """What was read beside the facts of a story, as JSON can hold it."""
    return {
        "credits": [asdict(credit) for credit in page.credits],
        "origins": [asdict(origin) for origin in page.origins],
        "blocks": [asdict(block) for block in page.blocks],
        "cut": [list(piece) for piece in page.cut],
        "rival_dates": [{**asdict(date), "value": date.value.isoformat()} for date in page.rival_dates],
        "canonical_url": canonical_or_none(page.canonical_url),
        "head_title": page.head_title,
        "keywords": page.keywords,
        "description": page.description,
        "parts": [asdict(part) for part in assembly.parts],
        "encoding": page.encoding,
        "declared_encoding": page.declared_encoding,
        "replaced": page.replaced,
        "warnings": list(page.warnings),
        "remarks": list(page.remarks),
        "rule": asdict(page.rule) if page.rule else None,
        # For `scrapy regroup`: series.toml may have changed by then.
        "at_home": at_home,
    }
