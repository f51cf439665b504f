"""A series: its stories in their order, held or not, and what speaks against its being whole."""

from collections.abc import Sequence
from datetime import tzinfo
from itertools import groupby
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from storage.rows import LedgerEntry, SeriesRow
from views.language.speech import say
from views.language.words import EXPORTS
from views.ledger import entry_row
from web import linked_data
from web.answer import Found, Page, moved
from web.pages.paging import page_number
from web.room import Room

_PAGE: Final = 40  # entries: with all that is said of missing ones a page stays under 60 KB
_WAIT: Final = 20.0  # seconds for its ledger
_SHOWS: Final = ("all", "held", "open")


def series_of(room: Room, request: Request) -> SeriesRow:
    number: int = request.path_params["series"]
    if number >= 2**63:
        raise HTTPException(404)
    return room.series(number)


def page(room: Room, request: Request) -> Found:
    row = series_of(room, request)
    if row.id != request.path_params["series"]:  # it was joined to another
        return moved(request, f"/series/{row.id}")
    kept, zone = room.ledgers.of(row, _WAIT), room.zone(row.name)
    ledger = kept.ledger
    show = request.query_params.get("show", "all")
    if show not in _SHOWS:
        raise HTTPException(404)
    chosen = {"all": ledger.entries, "held": kept.held, "open": kept.lacking}[show]
    pages = max(1, -(-len(chosen) // _PAGE))
    number = page_number(request, pages)
    shown = chosen[(number - 1) * _PAGE : number * _PAGE]
    return Page(
        template="series",
        found={
            "series": ledger.series,
            "completeness": ledger.completeness,
            "counts": kept.counts,
            "entries": [entry_row(entry, zone) for entry in shown],
            "page": number,
            "pages": pages,
            "silences": ledger.silences,
            "conflicts": ledger.conflicts,
            "unread": [{"url": one.url, "outcome": one.outcome, "reason": one.reason} for one in ledger.unread],
            "doubts": ledger.doubts,
        },
        shown={
            "show": show,
            "known": len(ledger.entries),
            "held": len(kept.held),
            "years": _by_year(shown, zone),
            "rhythm": kept.rhythm,
            "titles": {one.after: _called(ledger.entries[one.after - 1]) for one in ledger.silences},
            "ids": kept.by_title,
            "signs": room.health().get(row.name, ()),
            "zone": zone,
            "linked": linked_data.series(ledger.series),
            "offered": [(name, say(words)) for name, words in EXPORTS.items()],
        },
    )


def _called(entry: LedgerEntry) -> str:
    return entry.title or str(entry.ordinal)


def _by_year(entries: Sequence[LedgerEntry], zone: tzinfo) -> list[tuple[int | None, list[LedgerEntry]]]:
    """Runs of entries of one year; what has no date goes with what stands before it."""
    years: list[int | None] = []
    for entry in entries:
        own = entry.published_at.astimezone(zone).year if entry.published_at else None
        years.append(own or (years[-1] if years else None))
    first = next((year for year in years if year), None)
    pairs = zip((year or first for year in years), entries, strict=True)
    return [(year, [entry for _, entry in run]) for year, run in groupby(pairs, key=lambda pair: pair[0])]
