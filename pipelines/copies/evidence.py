"""Two texts read side by side: what is paired, what changed, what only one of them has."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.copies.align import Pairing, align
from pipelines.copies.differences import kind, regions
from pipelines.copies.furniture import is_furniture
from pipelines.copies.model import Change, Swap
from pipelines.copies.sentences import Sentence, sentences
from pipelines.text import key_offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The fields are those of `Comparison`."""

    changes: tuple[Change, ...]
    new: tuple[str, ...]
    lost: tuple[str, ...]
    matched: float
    covered: float
    equal: float

    def swaps(self) -> tuple[Swap, ...]:
        counts = Counter((each.before, each.after) for each in self.changes if each.before and each.after)
        return tuple(Swap(before=old, after=new, count=count) for (old, new), count in counts.most_common())


def read(first: str, second: str) -> Reading:
    """Both in display form."""
    old, new = list(sentences(first)), list(sentences(second))
    pairings = align(old, new)
    changes: list[Change] = []
    equal = 0
    for pairing in pairings:
        before, after = _Passage(first, old, pairing.first), _Passage(second, new, pairing.second)
        if before.key == after.key:
            equal += len(after.key)
            continue
        found, same = regions(before.key, after.key)
        equal += same
        changes += [
            Change(
                kind=kind(each, before.key, after.key),
                before=before.key[each.start : each.end],
                after=after.key[each.other_start : each.other_end],
                before_span=before.span(each.start, each.end),
                after_span=after.span(each.other_start, each.other_end),
            )
            for each in found
        ]
    used, other_used = _places(pairings)
    lost = [each for place, each in enumerate(old) if place not in used]
    added = [each for place, each in enumerate(new) if place not in other_used]
    paired = sum(len(new[place].key) for place in other_used)
    return Reading(
        changes=tuple(changes),
        new=tuple(second[each.start : each.end].strip() for each in added),
        lost=tuple(first[each.start : each.end].strip() for each in lost),
        matched=_share(paired, added, second),
        covered=_share(sum(len(old[place].key) for place in used), lost, first),
        equal=equal / paired if paired else 0.0,
    )


def _places(pairings: Sequence[Pairing]) -> tuple[set[int], set[int]]:
    return (
        {place for pairing in pairings for place in pairing.first},
        {place for pairing in pairings for place in pairing.second},
    )


def _share(paired: int, alone: Sequence[Sentence], text: str) -> float:
    """Of a text that is paired; a page's own lines do not count when they have no partner."""
    foreign = sum(len(each.key) for each in alone if not is_furniture(text[each.start : each.end]))
    return paired / (paired + foreign) if paired else 0.0


class _Passage:
    """Neighbouring sentences as one match key that knows where its characters came from."""

    def __init__(self, text: str, every: Sequence[Sentence], places: tuple[int, ...]) -> None:
        self._text = text
        self._sentences = [every[place] for place in places]
        self.key = "".join(each.key for each in self._sentences)
        self._offsets: list[int] = []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """In the display form; where nothing stands, the place where it would."""
        if not self._offsets:
            self._offsets = list(self._walk())
        if start >= end:
            place = self._offsets[min(start, len(self._offsets) - 1)] + (start >= len(self._offsets))
            return place, place
        return self._offsets[start], self._offsets[end - 1] + 1

    def _walk(self) -> Iterator[int]:
        for each in self._sentences:
            for offset in key_offsets(self._text[each.start : each.end]):
                yield each.start + offset
