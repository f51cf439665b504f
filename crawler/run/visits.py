"""PURE: from what was read on a page to its visit, as the archive takes it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from crawler.extraction.model import Extraction, Kind, SeriesLink
from crawler.extraction.parts.documents import NOTHING, Assembly
from crawler.extraction.platforms.wechat.albums import ends_album, is_album
from crawler.extraction.rules.selectors import Rule
from wangqi.copies.trust import Registry
from wangqi.outcomes import Outcome
from wangqi.text.forms import one_line
from wangqi.text.reading_quality import missing_parts
from wangqi.titles.keys import title_key
from wangqi.urls import canonical_or_none
from wangqi.visit import Discovery, Marks, NamedStory, Reading, Visit

_OUTCOMES: Final[dict[Kind, Outcome]] = {
    "listing": "listing",
    "blocked": "blocked",
    "gone": "gone",
    "soft_404": "soft_404",
    "other": "not_story",
}


class Place(NamedTuple):
    """Where the archive files a page, and what its series says of it.

    Attributes:
        url: The canonical one.
        at_home: The series lives on that site.
        zone: Of dates that name none; None for Shanghai's.
        fetched_at: When the page was fetched, from which "昨天" counts; None leaves such dates out.
        named: The title by which a page of the series names this one, or None.
        is_column: It is read for its rows, whatever it is.
        held_by: Who had held the page, and since when; "" of one that its site sent.
        is_part: Its work lists it or turns to it, so that it is a part although it may hold nothing but a list.
    """

    url: str
    at_home: bool
    zone: tzinfo | None = None
    fetched_at: datetime | None = None
    named: str | None = None
    is_column: bool = False
    is_part: bool = False
    held_by: str = ""


class Known(NamedTuple):
    """What every page of a crawl is read with.

    Attributes:
        registry: What the archive knows of sites.
        rules: Those of the catalogue.
    """

    registry: Registry
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as the process that reads it hands it over.

    Attributes:
        page: Without its body, of which nobody asks the crawler.
        reading: None unless the page is a story; with it come its marks, and the lines of its 往期 blocks.
        assembly: What the page is beside other documents of its story.
    """

    page: Extraction
    reading: Reading | None = None
    marks: Marks | None = None
    named: Sequence[NamedStory] = ()
    assembly: Assembly = NOTHING


def ended(begun: Visit, outcome: Outcome, reason: str, doubts: Sequence[str] | None = None) -> Visit:
    """The visit of a page that brings no story; `doubts` of one that was read and may be the series' all the same."""
    return replace(begun, outcome=outcome, reason=reason, doubts=doubts)


def visit_of(read: ReadPage, begun: Visit, discoveries: Sequence[Discovery] = ()) -> Visit:
    """The visit of a page that was read."""
    page = read.page
    if read.reading is None and (lacking := read.assembly.lacking):
        return ended(begun, "failed", f"its text is in a document of its own, {lacking[0].url}: {lacking[0].lacks}")
    visit = replace(begun, reason=page.evidence, discoveries=discoveries, doubts=page.doubts)
    if read.reading:
        return replace(
            visit,
            outcome="stored",
            reading=read.reading,
            marks=read.marks,
            named=read.named,
            lacks=missing_parts([asdict(part) for part in read.assembly.parts]),
            aliases=_aliases(page, begun.url),
        )
    # The newest stories may be put at the end of an album, so every run looks there.
    is_open = page.kind == "listing" and ends_album(page.links, begun.url)
    return replace(
        visit,
        outcome=_OUTCOMES[page.kind],
        named=named_stories(page.links) if is_album(begun.url) else (),
        revisit_at=begun.capture.fetched_at if begun.capture and is_open else None,
    )


def part_visit(assembly: Assembly, begun: Visit, discoveries: Sequence[Discovery]) -> Visit:
    """The visit of a page that is a further part of a story, which is archived under the address of its first part."""
    reason = f"part {assembly.number} of the story that {assembly.part_of} begins"
    return replace(begun, outcome="part", reason=reason, discoveries=discoveries)


def named_stories(links: Iterable[SeriesLink]) -> list[NamedStory]:
    """The stories that the page's 往期 blocks name, in the order of the page or by the page's own numbers."""
    return [
        NamedStory(
            position=position if link.place is None else link.place,
            title=(title := one_line(link.title)),
            title_key=title_key(title),
            url=canonical_or_none(link.url),
        )
        for position, link in enumerate(link for link in links if link.in_block)
    ]


def _aliases(page: Extraction, url: str) -> list[str]:
    """Canonical URLs other than this one that are the page, by its platform's word."""
    found = dict.fromkeys(canonical_or_none(address) for address in page.addresses)
    return [address for address in found if address and address != url]
