"""PURE: the judge's verdicts, with what people and the archive want to know besides."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from pipelines.copies import NewText, judge
from storage.records import Candidate, Verdict

# A sibling that shares so much of its 3-grams is a template filled in anew, or a copy with a number changed.
_NEAR_THE_LINE: Final = 0.9
_WORD: Final = range(2, 9)  # characters of a word that is worth learning


def judged(new: NewText, candidates: Sequence[Candidate], *, thorough: bool = False) -> list[Verdict]:
    """`judge`, and of each verdict whether a person should decide and which words a spinner has put in.

    `functools.partial(judged, new)` is a `storage.records.Judge`.
    """
    return [_completed(verdict) for verdict in judge(new, candidates, thorough=thorough)]


def _completed(verdict: Verdict) -> Verdict:
    spun = _spun(verdict)
    swaps = tuple(_learnable(verdict, spun)) if spun else ()
    against = verdict.evidence.get("against_candidate", ())
    return replace(verdict, against=against, open=_is_open(verdict), spun=spun, swaps=swaps)


def _is_open(verdict: Verdict) -> bool:
    if verdict.evidence.get("verdict") == "review":
        return True
    return verdict.relation == "sibling" and verdict.score >= _NEAR_THE_LINE


def _spun(verdict: Verdict) -> Literal["new", "candidate"] | None:
    """The side whose words were swapped: the one that is accused of it, which needs signs that the other lacks."""
    sides: dict[Literal["new", "candidate"], Sequence[dict[str, object]]] = {
        "new": [dict(finding) for finding in verdict.findings],
        "candidate": verdict.evidence.get("against_candidate", ()),
    }
    accused = [side for side, found in sides.items() if any(one["label"] == "words_swapped" for one in found)]
    return accused[0] if len(accused) == 1 else None


def _learnable(verdict: Verdict, spun: Literal["new", "candidate"]) -> Iterator[tuple[str, str, int]]:
    """Spun, original, how often. Numbers and Latin letters are no vocabulary."""
    for before, after, times in verdict.evidence.get("swaps", ()):
        original, word = (before, after) if spun == "new" else (after, before)
        if all(len(each) in _WORD and _is_han(each) for each in (original, word)):
            yield word, original, times


def _is_han(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)
