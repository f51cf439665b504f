"""From what was read on a page to the item that the pipelines take. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.extraction.wechat_album import is_album
from crawler.items import PageOutcome, Story
from crawler.preparation import Prepared, named_lines

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


def item_of(reading: Prepared, fetched: Fetched, discovered: Iterable[dict[str, Any]] = ()) -> Story | PageOutcome:
    """The one item of a page that was read."""
    page, links = reading.page, list(discovered)
    if reading.story is None:
        return PageOutcome(
            **_facts(fetched),
            outcome=_OUTCOMES[page.kind],
            reason=page.evidence,
            discovered=links,
            named=named_lines(page.links) if is_album(fetched.url) else [],
        )
    return Story(**(_facts(fetched) | reading.story), reason=page.evidence, discovered=links)


def _facts(fetched: Fetched) -> dict[str, Any]:
    return {name: getattr(fetched, name) for name in Fetched.__slots__}
