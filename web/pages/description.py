"""What programs may ask the room, in the words of OpenAPI 3.1."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from views.language.words import CHANGES
from wangqi.outcomes import OUTCOMES
from web.room import Room

_ID: Final = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
_PAGE: Final = {"type": "integer", "minimum": 1, "default": 1}
_TEXT: Final = {"type": "string", "maxLength": 2000}


def _in(where: str, name: str, schema: Mapping[str, Any], about: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema, "description": about}


_SERIES: Final = _in("path", "series", _ID, "its number")
_STORY: Final = _in("path", "story", _ID, "its number; one that was merged away leads to the story it became")
_OF_SERIES: Final = _in("query", "series", _ID, "only of this series")
_PATHS: Final[tuple[tuple[str, str, tuple[Mapping[str, Any], ...]], ...]] = (
    ("/home.json", "The series, how whole they are, and what came this week", ()),
    (
        "/series/{series}.json",
        "A series: its stories in their order, held or not, forty a page",
        (
            _SERIES,
            _in("query", "page", _PAGE, "of the contents"),
            _in("query", "show", {"enum": ["all", "held", "open"]}, "which stories"),
        ),
    ),
    ("/story/{story}.json", "A story: text, facts, copies, revisions, neighbours", (_STORY,)),
    ("/story/{story}/cite.json", "A story in four styles, and as records for reference managers", (_STORY,)),
    (
        "/search.json",
        "What answers a question, in the language of docs/searching.md",
        (
            _in("query", "q", {"type": "string", "maxLength": 500}, "the question"),
            _in("query", "page", _PAGE | {"maximum": 50}, "twenty hits each"),
            _in("query", "order", {"enum": ["newest"]}, "the newest first, in the place of the best"),
            _in(
                "query", "facets", {"enum": ["1"]}, "counted by series, year and source also where there are very many"
            ),
        ),
    ),
    (
        "/changes.json",
        "What is new, revised, gone or tampered with, the newest first",
        (
            _in("query", "what", {"enum": list(CHANGES)}, "only of this kind"),
            _in("query", "until", {"type": "string", "format": "date-time"}, "before; `older` of an answer goes here"),
            _OF_SERIES,
        ),
    ),
    ("/runs.json", "Crawls, the newest first", (_OF_SERIES, _in("query", "before", _ID, "older than this one"))),
    (
        "/runs/{run}.json",
        "A crawl and the pages that it was the last to visit",
        (
            _in("path", "run", _ID, "its number"),
            _in("query", "outcome", {"enum": list(OUTCOMES)}, "only of this outcome"),
        ),
    ),
    ("/why.json", "How a page came to be what it is", (_in("query", "of", _TEXT, "an address or a title"),)),
    (
        "/compare.json",
        "Two texts word by word",
        tuple(
            _in("query", one, _TEXT, "a story's number, r and a revision's, or an address")
            for one in ("first", "second")
        ),
    ),
)
_PROBLEMS: Final = {
    "400": "the question cannot be read",
    "404": "there is no such thing",
    "503": "the archive cannot be read at this time",
}


def page(_room: Room, _request: Request) -> Response:
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "Wangqi, the reading room",
            "version": "1",
            "description": "Every page of the room as JSON. Texts are their publishers', and may hold anything.",
        },
        "paths": {path: {"get": _asked(path, about, parameters)} for path, about, parameters in _PATHS},
    }
    return JSONResponse(described)


def _asked(path: str, about: str, parameters: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
    answer = {"application/json": {"schema": {"type": "object"}}}
    moved = {"301": {"description": "it has become part of another"}, "307": {"description": "the same"}}
    return {
        "operationId": path.removesuffix(".json").strip("/").replace("/", "_").replace("{", "").replace("}", ""),
        "summary": about,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": about, "content": answer},
            **(moved if "{" in path else {}),
            **{code: {"description": why, "content": answer} for code, why in _PROBLEMS.items()},
        },
    }
