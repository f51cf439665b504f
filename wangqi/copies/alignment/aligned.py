"""Two texts read side by side: what is paired, what changed, what only one of them has."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wangqi.copies.alignment.align import align
from wangqi.copies.alignment.differences import Region, kind, regions
from wangqi.copies.prepared import Prepared
from wangqi.copies.records import Change, Swap
from wangqi.text.forms import key_offsets
from wangqi.text.furniture import is_furniture
from wangqi.text.sentences import Sentence

_RUN = 12  # characters; a longer run that only one side has is not part of what they share
_WORD = 6  # characters; longer replacements are no exchange of words
_LIKE = 2  # by how much the lengths of exchanged words may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The fields are those of `Comparison`, and these:

    Attributes:
        wordwise: Share of what changed that is one word for one word: near 1 for spinners, low for siblings, which fill
            one form in differently.
        added_at_end: Key characters before the second text's first pairing or after its last, whichever is more.
        lost_at_end: The same of the first text.
    """

    changes: tuple[Change, ...]
    new: tuple[str, ...]
    lost: tuple[str, ...]
    matched: float
    covered: float
    equal: float
    wordwise: float
    added_at_end: int
    lost_at_end: int

    def swaps(self) -> tuple[Swap, ...]:
        counts = Counter((each.before, each.after) for each in self.changes if each.before and each.after)
        return tuple(Swap(before=old, after=new, count=count) for (old, new), count in counts.most_common())


def read(one: Prepared, other_one: Prepared) -> Reading:
    """Pair the sentences, and say what changed within the pairs."""
    first, second = one.text, other_one.text
    old, new = one.sentences, other_one.sentences
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
        changes += [_change(each, before, after) for each in found]
    used = {place for pairing in pairings for place in pairing.first}
    other_used = {place for pairing in pairings for place in pairing.second}
    side, other = _Side(first, old, used), _Side(second, new, other_used)
    added = sum(len(each.after) for each in changes if len(each.after) - len(each.before) > _RUN)
    dropped = sum(len(each.before) for each in changes if len(each.before) - len(each.after) > _RUN)
    return Reading(
        changes=tuple(changes),
        new=other.alone(),
        lost=side.alone(),
        matched=other.share(added),
        covered=side.share(dropped),
        equal=equal / max(1, other.paired - added),
        wordwise=_wordwise(changes),
        added_at_end=other.at_end(),
        lost_at_end=side.at_end(),
    )


def _change(region: Region, before: "_Passage", after: "_Passage") -> Change:
    return Change(
        kind=kind(region, before.key, after.key),
        before=before.key[region.start : region.end],
        after=after.key[region.other_start : region.other_end],
        before_span=before.span(region.start, region.end),
        after_span=after.span(region.other_start, region.other_end),
    )


def _wordwise(changes: Sequence[Change]) -> float:
    total = sum(len(each.before) + len(each.after) for each in changes)
    words = [
        len(each.before) + len(each.after)
        for each in changes
        if each.before
        and each.after
        and max(len(each.before), len(each.after)) <= _WORD
        and abs(len(each.before) - len(each.after)) <= _LIKE
    ]
    return sum(words) / total if total else 1.0


class _Side:
    """One text, and which of its sentences are paired."""

    def __init__(self, text: str, every: Sequence[Sentence], used: set[int]) -> None:
        self._text = text
        self._every = every
        self._used = used
        self.paired = sum(len(every[place].key) for place in used)

    def alone(self) -> tuple[str, ...]:
        unpaired = (each for place, each in enumerate(self._every) if place not in self._used)
        return tuple(self._text[each.start : each.end].strip() for each in unpaired)

    def share(self, foreign_inside: int) -> float:
        """Of the text that is paired; a page's own lines do not count when they have no partner."""
        unpaired = sum(self._weight(place) for place in range(len(self._every)) if place not in self._used)
        return max(0, self.paired - foreign_inside) / (self.paired + unpaired) if self.paired else 0.0

    def at_end(self) -> int:
        """Key characters that stand before the first pairing or after the last, whichever is more."""
        if not self._used:
            return 0
        before, after = range(min(self._used)), range(max(self._used) + 1, len(self._every))
        return max(sum(map(self._weight, before)), sum(map(self._weight, after)))

    def _weight(self, place: int) -> int:
        """Of an unpaired sentence: none, when its line is a page's own."""
        sentence = self._every[place]
        start = self._text.rfind("\n", 0, sentence.start) + 1
        end = self._text.find("\n", sentence.end)
        line = self._text[start : end if end >= 0 else len(self._text)]
        return 0 if is_furniture(line) else len(sentence.key)


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
