"""Home: the series, how whole they are, and what came this week."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from starlette.requests import Request

from storage.rows import ChangeRow, LedgerEntry, SeriesRow
from views.cells import cell
from views.stories import printed_date
from web.answer import Page
from web.config import Sign
from web.room import Room

_WEEK: Final = timedelta(days=7)
_NEWS: Final = 30
_ABSENT: Final = frozenset({"failed", "waiting", "title only", "never found"})


def page(room: Room, _: Request) -> Page:
    rows = room.series()
    health = room.health() if rows else {}
    series = [_series(room, row, health.get(row.name)) for row in rows]
    series.sort(key=lambda one: str(one["newest"]["published"] if one["newest"] else ""), reverse=True)
    news = room.archive.changed(datetime.now(UTC) - _WEEK, limit=_NEWS + 1)
    titles = {row.name: row.title or row.name for row in rows}
    return Page(
        template="home",
        found={"series": series, "news": [news_row(one, titles) for one in news[:_NEWS]], "more": len(news) > _NEWS},
        shown={"days": by_day(news[:_NEWS]), "titles": titles},
    )


def by_day(news: Sequence[ChangeRow]) -> list[tuple[str, list[ChangeRow]]]:
    """The news of each day of the reader's clock, the newest day first."""
    return [(day, list(some)) for day, some in groupby(news, key=lambda one: cell(one.at)[:10])]


def _series(room: Room, row: SeriesRow, signs: Sequence[Sign] | None) -> dict[str, Any]:
    ledger = room.ledgers.of(row)
    zone = room.zone(row.name)
    years = [entry.published_at.astimezone(zone).year for entry in ledger.entries if entry.published_at]
    held = [entry for entry in ledger.entries if entry.story_id is not None]
    newest = max(held, key=_moment, default=None)
    level = None if signs is None else next((sign.level for sign in signs), "well")
    return {
        "id": row.id,
        "name": row.name,
        "title": row.title or row.name,
        "publisher": row.publisher,
        "years": [min(years), max(years)] if years else None,
        "stories": len(held),
        "known": len(ledger.entries),
        "missing": sum(entry.state in _ABSENT for entry in ledger.entries),
        "completeness": ledger.completeness,
        "doubts": len(ledger.doubts) + len(ledger.unread),
        "newest": newest
        and {
            "id": newest.story_id,
            "title": newest.title,
            "published": printed_date(newest.published_at, newest.published_precision, zone),
        },
        "health": level,
        "signs": [sign.fact for sign in signs or ()],
    }


def _moment(entry: LedgerEntry) -> tuple[datetime, int]:
    return entry.published_at or datetime.min.replace(tzinfo=UTC), entry.place


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
