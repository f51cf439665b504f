"""Home: the series, how whole they are, and what came this week."""

import time
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from starlette.requests import Request

from storage.rows import ChangeRow, SeriesRow, SeriesSpan, State
from views.cells import cell
from views.stories import printed_date
from web.answer import Page
from web.config import Sign
from web.ledgers import NotReady
from web.pages.paging import page_number
from web.room import Room

_WEEK: Final = timedelta(days=7)
_NEWS: Final = 30
_SERIES: Final = 40  # a page
_WAIT: Final = 1.0  # seconds for the ledgers of all of them, without which they can be shown
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_ABSENT: Final[Collection[State]] = frozenset({"failed", "waiting", "title only", "never found"})


def page(room: Room, request: Request) -> Page:
    rows, spans = room.rows(), room.archive.spans()
    health = room.health() if rows else {}
    rows = sorted(rows, key=lambda row: spans[row.id].published_at if row.id in spans else _LONG_AGO, reverse=True)
    pages = max(1, -(-len(rows) // _SERIES))
    number = page_number(request, pages)
    until = time.monotonic() + _WAIT
    shown = [
        _series(room, row, spans.get(row.id), health.get(row.name), until)
        for row in rows[(number - 1) * _SERIES : number * _SERIES]
    ]
    news = room.archive.changed(datetime.now(UTC) - _WEEK, limit=_NEWS + 1) if number == 1 else []
    titles = room.titles()
    return Page(
        template="home",
        found={
            "series": shown,
            "page": number,
            "pages": pages,
            "news": [news_row(one, titles) for one in news[:_NEWS]],
            "more": len(news) > _NEWS,
        },
        shown={
            "days": by_day(news[:_NEWS]),
            "titles": titles,
            "count": len(rows),
            "stories": sum(row.stories for row in rows),
        },
    )


def by_day(news: Sequence[ChangeRow]) -> list[tuple[str, list[ChangeRow]]]:
    """The news of each day of the reader's clock, the newest day first."""
    return [(day, list(some)) for day, some in groupby(news, key=lambda one: cell(one.at)[:10])]


def _series(
    room: Room, row: SeriesRow, span: SeriesSpan | None, signs: Sequence[Sign] | None, until: float
) -> dict[str, Any]:
    zone = room.zone(row.name)
    try:
        is_ready = room.ledgers.ready(row)
        kept = room.ledgers.of(row, max(0.0, until - time.monotonic())) if is_ready else None
    except NotReady:  # the next visitor sees it
        kept = None
    known: dict[str, Any] = {"known": None, "missing": None, "completeness": None, "doubts": None}
    if kept is not None:
        ledger = kept.ledger
        known = {
            "known": len(ledger.entries),
            "missing": sum(kept.counts.get(state, 0) for state in _ABSENT),
            "completeness": ledger.completeness,
            "doubts": len(ledger.doubts) + len(ledger.unread),
        }
    return {
        "id": row.id,
        "name": row.name,
        "title": row.title or row.name,
        "publisher": row.publisher,
        "years": span and [moment.astimezone(zone).year for moment in (span.first_at, span.published_at)],
        "stories": row.stories,
        **known,
        "newest": span
        and {
            "id": span.id,
            "title": span.title,
            "published": printed_date(span.published_at, span.published_precision, zone),
        },
        "health": None if signs is None else next((sign.level for sign in signs), "well"),
        "signs": [sign.fact for sign in signs or ()],
    }


def news_row(one: ChangeRow, titles: Mapping[str, str]) -> dict[str, Any]:
    """What happened to a story, with the series as people call it."""
    return {
        "at": one.at,
        "what": one.what,
        "series": titles.get(one.series, one.series),
        "story_id": one.story_id,
        "title": one.title,
        "url": one.url,
        "reason": one.reason,
    }
