"""Search: the question, what answers it, and how it can be narrowed."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from storage.rows import Facets, Hit
from views.cells import READERS_ZONE
from views.stories import printed_date
from wangqi.search.parsing import LONGEST, QueryError, parse
from web.answer import Page
from web.pages.paging import page_number
from web.room import Room

_HITS: Final = 20  # a page
_FURTHEST: Final = 50  # pages
_VALUES: Final = 12  # of a facet


def page(room: Room, request: Request) -> Page:
    asked, number = request.query_params.get("q", "").strip()[: LONGEST + 1], page_number(request, _FURTHEST)
    if not asked:
        return Page(template="search", found={"question": "", "hits": [], "total": 0, "error": None}, shown=_NOTHING)
    try:
        question = parse(asked)
    except QueryError as error:
        found = {"question": asked, "hits": [], "total": 0, "error": str(error)}
        return Page(template="search", found=found, shown=_NOTHING, status=400)
    is_newest, is_counted = _is(request, "order", "newest"), _is(request, "facets", "1")
    hits = room.archive.search(question, limit=number * _HITS + 1, newest=is_newest)
    shown, further = hits[(number - 1) * _HITS : number * _HITS], len(hits) > number * _HITS
    facets = None
    if hits.total is not None or is_counted:  # of very many only when they are asked for
        facets = room.archive.facets(question, zones=room.config.zones, zone=READERS_ZONE)
    return Page(
        template="search",
        found={
            "question": asked,
            "hits": [_hit(room, hit) for hit in shown],
            "total": facets.total if facets else hits.total,
            "order": hits.order,
            "page": number,
            "error": None,
            "facets": asdict(facets) if facets else None,
        },
        shown={
            "narrower": _narrower(room, asked, facets) if facets else {},
            "further": further and number < _FURTHEST,
            "newest": is_newest,
        },
    )


_NOTHING: Final[Mapping[str, Any]] = {"narrower": {}, "further": False, "newest": False, "page": 1, "facets": None}


def _is(request: Request, name: str, word: str) -> bool:
    """Whether a field of the address says the one thing that it may say."""
    asked = request.query_params.get(name)
    if asked not in {None, word}:
        raise HTTPException(404)
    return asked is not None


def _hit(room: Room, hit: Hit) -> dict[str, Any]:
    story = hit.story
    return {
        "id": story.id,
        "title": story.title,
        "published": printed_date(story.published_at, story.published_precision, room.zone(story.series)),
        "series_id": story.series_id,
        "series": story.series_title,
        "author": story.author,
        "source": story.source,
        "url": hit.url,
        "snippet": hit.snippet,
        "marks": hit.marks,
    }


def _narrower(room: Room, asked: str, facets: Facets) -> dict[str, list[tuple[str, int, str]]]:
    """Of each facet its values: what it is called, how many have it, and the question that asks for these alone."""
    titles = room.titles()
    within = f"({asked})" if " OR " in asked else asked
    found: dict[str, list[tuple[str, int, str]]] = {
        "series": [
            (titles.get(name, name), count, f'{within} series:"{titles.get(name, name)}"')
            for name, count in _most(facets.series)
        ],
        "years": [
            (str(year), count, f"{within} after:{year} before:{year + 1}")
            for year, count in sorted(facets.years.items(), reverse=True)[:_VALUES]
        ],
        "sources": [(name, count, f'{within} source:"{name}"') for name, count in _most(facets.sources)],
    }
    return {
        facet: [one for one in values if one[0].count('"') == 0 and len(one[2]) <= LONGEST]
        for facet, values in found.items()
        if len(values) > 1
    }


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_VALUES]
