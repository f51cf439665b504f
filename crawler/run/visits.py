"""From what was read on a page to the item that the pipelines take. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from crawler.extraction.model import Extraction, SeriesLink
from crawler.extraction.parts.documents import NOTHING, Assembly
from crawler.extraction.platforms.wechat.albums import ends_album, is_album
from crawler.extraction.rules.selectors import Rule
from crawler.items import PageOutcome, Story
from wangqi.copies.trust import Registry
from wangqi.text.reading_quality import missing_parts
from wangqi.urls import canonical_or_none

_OUTCOMES = {
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
        in_contents: The contents of its work name it, so that it is a part although it may hold nothing but a list.
    """

    url: str
    at_home: bool
    zone: tzinfo | None = None
    fetched_at: datetime | None = None
    named: str | None = None
    is_column: bool = False
    in_contents: bool = False


class Known(NamedTuple):
    """What every page of a crawl is read with.

    Attributes:
        registry: What the archive knows of sites.
        rules: Those of the catalogue.
    """

    registry: Registry
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading.

    Attributes:
        page: Without its body, of which nobody asks the crawler.
        story: The fields of a `Story` as they leave the pipelines before the archive; None unless the page is one.
        assembly: What the page is beside other documents of its story.
    """

    page: Extraction
    story: dict[str, Any] | None = None
    assembly: Assembly = NOTHING


@dataclass(slots=True, kw_only=True)
class Fetched:
    """The facts of one answer, named as the item names them; `parts` of those of its story's other documents."""

    series_id: int
    url: str
    fetched_at: datetime
    final_url: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)
    is_guess: bool = False


def ended(fetched: Fetched, outcome: str, reason: str, doubts: list[str] | None = None) -> PageOutcome:
    """The item of a page that brings no story; `doubts` of one that was read and may be the series' all the same."""
    return PageOutcome(**_facts(fetched), outcome=outcome, reason=reason, doubts=doubts)


def item_of(reading: Prepared, fetched: Fetched, discovered: Iterable[dict[str, Any]] = ()) -> Story | PageOutcome:
    """The one item of a page that was read."""
    page, links = reading.page, list(discovered)
    if reading.story is None and (lacking := reading.assembly.lacking):
        return ended(fetched, "failed", f"its text is in a document of its own, {lacking[0].url}: {lacking[0].lacks}")
    if reading.story is None:
        return PageOutcome(
            **_facts(fetched),
            outcome=_OUTCOMES[page.kind],
            reason=page.evidence,
            discovered=links,
            doubts=list(page.doubts),
            named=named_lines(page.links) if is_album(fetched.url) else [],
            # The newest stories may be put at the end of an album, so every run looks there.
            revisit_at=fetched.fetched_at if ends_album(page.links, fetched.url) and page.kind == "listing" else None,
        )
    read = _facts(fetched) | reading.story
    lacks = missing_parts([asdict(part) for part in reading.assembly.parts])
    return Story(**read, reason=page.evidence, discovered=links, doubts=list(page.doubts), lacks=lacks)


def part_item(assembly: Assembly, fetched: Fetched, discovered: Iterable[dict[str, Any]]) -> PageOutcome:
    """The item of a page that is a further part of a story, which is archived under the address of its first part."""
    reason = f"part {assembly.number} of the story that {assembly.part_of} begins"
    return PageOutcome(**_facts(fetched), outcome="part", reason=reason, discovered=list(discovered))


def named_lines(links: Sequence[SeriesLink]) -> list[dict[str, Any]]:
    """The stories that the page's 往期 blocks name, in the order of the page or by the page's own numbers."""
    return [
        {
            "position": position if link.place is None else link.place,
            "title": link.title,
            "url": canonical_or_none(link.url),
        }
        for position, link in enumerate(link for link in links if link.in_block)
    ]


def _facts(fetched: Fetched) -> dict[str, Any]:
    return {name: getattr(fetched, name) for name in Fetched.__slots__}
