"""What the comparison with another copy says against one of the two, the worst class first."""

from collections.abc import Sequence
from typing import Literal

from wangqi.copies.records import Change, Comparison, Finding, Label, Span
from wangqi.copies.tampering.page import SHOWN

Side = Literal["first", "second"]
# A change of fact is the worst; but when neither copy shows other signs, nobody knows yet which of the two is right.
_SCORES: dict[str, tuple[Label, float, float]] = {
    "number": ("fact_change", 0.95, 0.5),
    "name": ("name_change", 0.9, 0.45),
}
_SWAPS, _SWAP_RATE = 5, 2.0  # a thousand characters; hand corrections of one copy are fewer
_MANY, _MANY_RATE = 20, 10.0


def accuse(comparison: Comparison, side: Side, length: int, *, certain: bool) -> list[Finding]:
    """Findings against one side of an `altered` pair.

    Args:
        comparison: Its second text is the side `second`.
        side: Whose offsets the spans have.
        length: Of that side's text in characters.
        certain: Whether that side shows signs that the other does not.
    """
    found = []
    for kind, (label, sure, unsure) in _SCORES.items():
        changes = [change for change in comparison.changes if change.kind == kind]
        if changes:
            what = "numbers or dates" if kind == "number" else "names"
            summary = f"{what} are others than in another copy, in places: {len(changes)}"
            found.append(_finding(label, sure if certain else unsure, summary, changes, side))
    swaps = [change for change in comparison.changes if change.kind == "word"]
    rate = 1000 * len(swaps) / max(1, length)
    if certain and len(swaps) >= _SWAPS and rate >= _SWAP_RATE:
        score = 0.95 if len(swaps) >= _MANY and rate >= _MANY_RATE else 0.6
        found.append(
            _finding("words_swapped", score, f"{len(swaps)} words stand where another copy has other ones", swaps, side)
        )
    if certain and side == "second" and comparison.injected:
        words = "、".join(f"{word} (in {count} places)" for word, count in comparison.injected)
        places = [
            change for change in comparison.changes if any(word in change.after for word, _ in comparison.injected)
        ]
        found.append(_finding("words_injected", 0.95, f"another copy does not have {words}", places, side))
    return found


def _finding(label: Label, score: float, summary: str, changes: Sequence[Change], side: Side) -> Finding:
    return Finding(
        detector="other_copy",
        version=1,
        label=label,
        score=score,
        summary=summary,
        evidence=tuple(_span(change, side) for change in changes[:SHOWN]),
        measured={"places": len(changes)},
    )


def _span(change: Change, side: Side) -> Span:
    second = side == "second"
    start, end = change.after_span if second else change.before_span
    found, expected = (change.after, change.before) if second else (change.before, change.after)
    return Span(start=start, end=end, found=found, expected=expected)
