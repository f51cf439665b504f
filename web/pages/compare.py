"""Two texts side by side, word by word."""

from collections.abc import Sequence
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from storage.db.errors import UnknownTextError
from storage.rows import FindingRow
from views.diff_pieces import compared, side_by_side
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import Comparison
from wangqi.urls import canonical_or_none, is_web_url
from web.answer import Page
from web.pages.paging import asked_words
from web.room import Room

_LONGEST: Final = 200_000  # characters of both texts, beyond which no reader waits for the answer
_LISTED: Final = 60


def page(room: Room, request: Request) -> Page:
    names = [asked_words(request, which) for which in ("first", "second")]
    if not all(names):
        return Page(
            template="compare", found={"first": names[0], "second": names[1]}, shown={"rows": None, "error": None}
        )
    try:
        first, second = (room.archive.text(_name(name)) for name in names)
    except UnknownTextError as error:
        found = {"first": names[0], "second": names[1]}
        return Page(template="compare", found=found, shown={"rows": None, "error": str(error)}, status=404)
    if len(first.text) + len(second.text) > _LONGEST:
        raise HTTPException(413)
    comparison = compared(first, second)
    findings = room.archive.findings([first.revision_id, second.revision_id])
    return Page(
        template="compare",
        found={
            "first": first,
            "second": second,
            "verdict": comparison.verdict,
            "reason": comparison.reason,
            **_figures(comparison),
            "findings": [_finding(one) for one in findings],
        },
        shown={
            "rows": side_by_side(first.text, second.text, comparison),
            "error": None,
            "tampered": TAMPERED,
            "signs": {one.revision_id: _words_of(findings, one.revision_id) for one in (first, second)},
        },
    )


def _name(word: str) -> str:
    return canonical_or_none(word) or word if is_web_url(word) else word


def _figures(comparison: Comparison) -> dict[str, Any]:
    known = {*comparison.number_conflicts, *comparison.name_conflicts}
    swaps = [swap for swap in comparison.swaps if (swap.before, swap.after) not in known]
    return {
        "numbers": comparison.number_conflicts[:_LISTED],
        "names": comparison.name_conflicts[:_LISTED],
        "injected": comparison.injected[:_LISTED],
        "swaps": [(swap.before, swap.after, swap.count) for swap in swaps[:_LISTED]],
        "swap_count": comparison.swap_count,
        "lost": len(comparison.lost),
        "new": len(comparison.new),
    }


def _finding(one: FindingRow) -> dict[str, Any]:
    names = ("revision_id", "label", "detector", "score", "summary")
    return {name: getattr(one, name) for name in names}


def _words_of(findings: Sequence[FindingRow], revision_id: int) -> dict[str, int]:
    """The words of the text that findings point at, each with the number of the finding, from 1 on."""
    found: dict[str, int] = {}
    for number, one in enumerate(findings, start=1):
        for span in one.evidence if one.revision_id == revision_id and isinstance(one.evidence, list) else ():
            if isinstance(span, dict) and span.get("found") and not span.get("note"):
                found.setdefault(str(span["found"]), number)
    return found
