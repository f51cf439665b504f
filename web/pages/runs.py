"""Every crawl, and what became of the pages of one."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from storage.rows import RunRow
from views.language.words import EXIT_CODES
from wangqi.outcomes import FAILURES, OUTCOMES, STORIES
from web.answer import Page
from web.room import Room

_RUNS: Final = 30
_PAGES: Final = 150
_MOST: Final = 2**63
_ORDER: Final[list[str]] = list(OUTCOMES)


def page(room: Room, request: Request) -> Page:
    series = _number(request, "series")
    runs = room.archive.runs(series, limit=_RUNS + 1, before=_number(request, "before"))
    titles = room.titles()
    return Page(
        template="runs",
        found={"runs": [_row(run, titles) for run in runs[:_RUNS]]},
        shown={
            "older": runs[_RUNS - 1].id if len(runs) > _RUNS else None,
            "most": max((sum(run.counts.values()) for run in runs[:_RUNS]), default=0),
            "series": room.series(series) if series is not None else None,
        },
    )


def one(room: Room, request: Request) -> Page:
    """The pages of a run whose last visit was in it, by what they ended in."""
    number: int = request.path_params["run"]
    runs = room.archive.runs(limit=1, before=number + 1) if number < _MOST - 1 else []
    if not runs or runs[0].id != number:
        raise HTTPException(404)
    run = runs[0]
    chosen = request.query_params.get("outcome")
    if chosen is not None and chosen not in OUTCOMES:
        raise HTTPException(404)
    now = room.archive.outcomes(run.id)
    words = [chosen] if chosen else sorted(now, key=lambda word: (word in STORIES, _ORDER.index(word)))
    pages = room.archive.visited(run.id, words, _PAGES + 1)
    titles = room.titles()
    return Page(
        template="run",
        found={
            "run": _row(run, titles),
            "outcomes": now,
            "visited": [
                {name: getattr(each, name) for name in ("url", "title", "outcome", "reason", "story_id", "outcome_at")}
                for each in sorted(pages[:_PAGES], key=lambda each: words.index(each.outcome or words[0]))
            ],
        },
        shown={"chosen": chosen, "cut": len(pages) > _PAGES, "most": sum(run.counts.values())},
    )


def _row(run: RunRow, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": run.id,
        "series_id": run.series_id,
        "series": titles.get(run.series, run.series),
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "reason": run.reason,
        "counts": {word: run.counts[word] for word in OUTCOMES if run.counts.get(word)},
        "bars": _bars(run.counts),
        "requests": run.requests,
        "exit_code": run.exit_code,
        "is_known_end": run.exit_code in EXIT_CODES,
    }


def _bars(counts: Mapping[str, int]) -> dict[str, int]:
    """The pages in three heaps: stories, what may yet come right, the rest."""
    stories = sum(count for word, count in counts.items() if word in STORIES and word not in FAILURES)
    failures = sum(count for word, count in counts.items() if word in FAILURES)
    return {"held": stories, "missing": failures, "other": sum(counts.values()) - stories - failures}


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) >= _MOST:
        raise HTTPException(404)
    return int(text)
