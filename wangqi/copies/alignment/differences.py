"""Where two aligned passages differ, word by word."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from wangqi.copies.alignment.anchors import number_spans, value
from wangqi.text.words import boundaries, unlisted

_LONGEST = 4000  # characters of a passage that are compared; the work grows with the product of both
_CUT = 8  # characters that a cut takes away at least; the number that then ends the sentence is no other number
_FIGURES = 3
_NEW = 2  # characters of a name that are others; a single one is a slip
_WORD = 2  # characters; a change is not cut into smaller pieces


class Region(NamedTuple):
    """A piece of each match key; one of the two may be empty."""

    start: int
    end: int
    other_start: int
    other_end: int


Kind = Literal["number", "name", "word", "insert", "delete"]


def regions(first: str, second: str) -> tuple[list[Region], int]:
    """The places where two match keys differ, widened to words, and how many characters are equal."""
    first, second = first[:_LONGEST], second[:_LONGEST]
    codes = [code for code in Levenshtein.opcodes(first, second) if code.tag != "equal"]
    unequal = sum(code.dest_end - code.dest_start for code in codes)
    ends, other_ends = boundaries(first), boundaries(second)
    raw = (Region(code.src_start, code.src_end, code.dest_start, code.dest_end) for code in codes)
    merged = _merged(_widened(each, ends, other_ends) for each in raw)
    return [piece for each in merged for piece in _split(each, ends, other_ends)], len(second) - unequal


def kind(region: Region, first: str, second: str) -> Kind:
    """What sort of change it is; numbers are compared by value, so 二十 for 20 is none."""
    before, after = first[region.start : region.end], second[region.other_start : region.other_end]
    if not before:
        return "insert"
    if not after:
        return "delete"
    if len(before) - len(after) <= _CUT:
        old = _values(first, region.start, region.end)
        new = _values(second, region.other_start, region.other_end)
        if old and new:
            return "word" if old & new or _glued(old, new) else "number"
    if unlisted(before) and unlisted(after) and len(set(before) & set(after)) <= len(before) - _NEW:
        return "name"
    return "word"


def _glued(old: set[int], new: set[int]) -> bool:
    """Whether figures were only set beside a number or cut off: 131 in 888131, 2022 in 2."""
    return any(
        abs(len(one) - len(other)) >= _FIGURES and (_touches(one, other) or _touches(other, one))
        for one in map(str, old)
        for other in map(str, new)
    )


def _touches(shorter: str, longer: str) -> bool:
    return longer.startswith(shorter) or longer.endswith(shorter)


def _values(key: str, start: int, end: int) -> set[int]:
    spans = number_spans(key)
    return {value(key[low:high]) for low, high in spans if low < end and high > start}


def _widened(region: Region, ends: tuple[int, ...], other_ends: tuple[int, ...]) -> Region:
    """Both sides by the same length, for what stands beside a difference is equal."""
    left = max(region.start - _before(ends, region.start), region.other_start - _before(other_ends, region.other_start))
    right = max(_after(ends, region.end) - region.end, _after(other_ends, region.other_end) - region.other_end)
    return Region(
        max(0, region.start - left),
        min(ends[-1], region.end + right),
        max(0, region.other_start - left),
        min(other_ends[-1], region.other_end + right),
    )


def _before(ends: tuple[int, ...], place: int) -> int:
    return ends[bisect_right(ends, place) - 1]


def _after(ends: tuple[int, ...], place: int) -> int:
    return ends[min(bisect_left(ends, place), len(ends) - 1)]


def _merged(found: Iterable[Region]) -> list[Region]:
    merged: list[Region] = []
    for each in found:
        last = merged[-1] if merged else None
        if last and (each.start < last.end or each.other_start < last.other_end or _one(last, each)):
            merged[-1] = Region(
                min(last.start, each.start),
                max(last.end, each.end),
                min(last.other_start, each.other_start),
                max(last.other_end, each.other_end),
            )
        else:
            merged.append(each)
    return merged


def _one(last: Region, each: Region) -> bool:
    """Whether a replacement and the insertion or deletion right beside it are one change (我们的 → 乐发500)."""
    touching = each.start == last.end and each.other_start == last.other_end
    return touching and any(side.start == side.end or side.other_start == side.other_end for side in (last, each))


def _split(region: Region, ends: tuple[int, ...], other_ends: tuple[int, ...]) -> Iterator[Region]:
    """Several words for as many of the same lengths are several changes."""
    length = region.end - region.start
    if length != region.other_end - region.other_start:
        yield region
        return
    inner = {end - region.start for end in ends[bisect_right(ends, region.start) : bisect_left(ends, region.end)]}
    low, high = bisect_right(other_ends, region.other_start), bisect_left(other_ends, region.other_end)
    cuts = [0, *sorted(inner & {end - region.other_start for end in other_ends[low:high]}), length]
    if any(end - start < _WORD for start, end in pairwise(cuts)):
        cuts = [0, length]
    for start, end in pairwise(cuts):
        yield Region(region.start + start, region.start + end, region.other_start + start, region.other_start + end)
