"""From what was read on a page to the item that the pipelines take. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from crawler.extraction.model import Extraction, SeriesLink
from crawler.items import PageOutcome, Story
from crawler.preparation import Prepared
from crawler.urls import canonical_url

_OUTCOMES = {
    "listing": "listing",
    "blocked": "blocked",
    "gone": "gone",
    "soft_404": "soft_404",
    "other": "not_story",
}


@dataclass(slots=True, kw_only=True)
class Fetched:
    """The facts of one answer, named as the item names them."""

    series_id: int
    url: str
    fetched_at: datetime
    final_url: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


def ended(fetched: Fetched, outcome: str, reason: str) -> PageOutcome:
    """The item of a page that needed no reading."""
    return PageOutcome(**_facts(fetched), outcome=outcome, reason=reason)


def item_of(
    reading: Prepared, fetched: Fetched, discovered: Iterable[dict[str, Any]] = (), *, at_home: bool = False
) -> Story | PageOutcome:
    """The one item of a page that was read; `at_home` as in `Story`.

    A story without a headline is stored under its first line, so that it can be found and mended.
    """
    page, links = reading.page, list(discovered)
    if page.kind != "story":
        return PageOutcome(
            **_facts(fetched),
            outcome=_OUTCOMES[page.kind],
            reason=page.evidence,
            discovered=links,
            named=named_lines(page.links),
        )
    return Story(
        **_facts(fetched),
        reason=page.evidence,
        discovered=links,
        named=named_lines(page.links),
        aliases=aliases_of(page, fetched.url),
        title=page.title or reading.text.split("\n", 1)[0][:80],
        text=reading.text,
        match_key=reading.match_key,
        marks=reading.marks,
        subtitle=page.subtitle,
        series_title=page.series_name,
        ordinal=page.ordinal,
        subject=page.subject,
        author=page.author,
        source=page.source,
        published_at=page.published_at,
        published_precision=page.published.precision if page.published else None,
        published_source=page.published.source if page.published else None,
        language=page.language,
        extractor_version=page.extractor_version,
        details=details_of(page),
        at_home=at_home,
    )


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


def aliases_of(page: Extraction, url: str) -> list[str]:
    """Canonical URLs other than this one that are the page, by its platform's word."""
    found = dict.fromkeys(canonical_or_none(address) for address in page.addresses)
    return [address for address in found if address and address != url]


def canonical_or_none(url: str | None) -> str | None:
    """The canonical form of a link, or None when it leads nowhere that can be fetched."""
    try:
        return canonical_url(url) if url else None
    except ValueError:
        return None


def details_of(page: Extraction) -> dict[str, Any]:
    """What was read beside the columns of a story, as JSON can hold it."""
    return {
        "credits": [asdict(credit) for credit in page.credits],
        "blocks": [asdict(block) for block in page.blocks],
        "cut": [list(piece) for piece in page.cut],
        "rival_dates": [{**asdict(date), "value": date.value.isoformat()} for date in page.rival_dates],
        "canonical_url": page.canonical_url,
        "next_page_url": page.next_page_url,
        "encoding": page.encoding,
        "declared_encoding": page.declared_encoding,
        "replaced": page.replaced,
        "warnings": list(page.warnings),
        "remarks": list(page.remarks),
    }


def _facts(fetched: Fetched) -> dict[str, Any]:
    return {name: getattr(fetched, name) for name in Fetched.__slots__}
