"""Which sentences of two texts belong together, in whatever order they stand."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.copies.sentences import Sentence

_OVERLAP = 0.35  # of the shorter one's bigrams; half of the words swapped leave about .45
_PART = 0.5  # the same, for a sentence that is to be a part of a longer one
_CONTAINED = 0.6
_COMMON = 64  # a bigram in more sentences than that says nothing, and following it would be quadratic
_TRIED = 4


@dataclass(frozen=True, slots=True)
class Pairing:
    """Neighbouring sentences of each text that say the same.

    Attributes:
        first: Indices into the first text's sentences, ascending.
        second: Indices into the second's, ascending.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]


def align(first: Sequence[Sentence], second: Sequence[Sentence]) -> list[Pairing]:
    """The pairings in the order of the second text; a sentence of the second is in one at most."""
    partner = _equal(first, second)
    index = _Index([each.key for each in first])
    used = set(partner.values())
    for place, sentence in enumerate(second):
        if place not in partner and (found := index.best(sentence.key, _OVERLAP, used)) is not None:
            partner[place] = found
            used.add(found)
    parts = _parts(first, second, used)
    return _grouped(first, second, partner, parts)


def _equal(first: Sequence[Sentence], second: Sequence[Sentence]) -> dict[int, int]:
    places = defaultdict(list)
    for place, sentence in enumerate(first):
        places[sentence.key].append(place)
    partner = {}
    for place, sentence in enumerate(second):
        if known := places.get(sentence.key):
            partner[place] = known.pop(0) if len(known) > 1 else known[0]
    return partner


def _parts(first: Sequence[Sentence], second: Sequence[Sentence], used: set[int]) -> dict[int, int]:
    """Sentences of the first text that became part of a longer one of the second."""
    lost = [place for place in range(len(first)) if place not in used]
    if not lost:
        return {}
    index = _Index([each.key for each in second])
    found = {place: index.best(first[place].key, _PART, ()) for place in lost}
    return {
        place: whole
        for place, whole in found.items()
        if whole is not None and len(second[whole].key) > len(first[place].key)
    }


def _grouped(
    first: Sequence[Sentence], second: Sequence[Sentence], partner: dict[int, int], parts: dict[int, int]
) -> list[Pairing]:
    """Put what was one sentence in one text, and several in the other, into one pairing where they are neighbours."""
    absorbed = defaultdict(set)
    for place, whole in parts.items():
        absorbed[whole].add(place)
    pairings: list[Pairing] = []
    for place in sorted(partner):
        group = {partner[place]}
        while more := {each for each in absorbed[place] - group if each + 1 in group or each - 1 in group}:
            group |= more
        last = pairings[-1] if pairings else None
        if last and last.first[-1] in group and last.second[-1] + 1 == place and _fit(first, second, last, place):
            pairings[-1] = Pairing(last.first, (*last.second, place))
        else:
            pairings.append(Pairing(tuple(sorted(group)), (place,)))
    return pairings


def _fit(first: Sequence[Sentence], second: Sequence[Sentence], last: Pairing, place: int) -> bool:
    """Whether one more sentence of the second text still fits into what the pairing has of the first."""
    room = sum(len(first[each].key) for each in last.first)
    return sum(len(second[each].key) for each in (*last.second, place)) <= 1.2 * room


class _Index:
    """Sentences by their bigrams."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._sizes = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            bigrams = _bigrams(key)
            self._sizes.append(len(bigrams))
            for bigram in bigrams:
                self._places[bigram].append(place)

    def best(self, key: str, least: float, used: set[int] | tuple[()]) -> int | None:
        """The sentence that shares most; one that is used already only when the key is a part of it."""
        bigrams = _bigrams(key)
        shared: Counter[int] = Counter()
        for bigram in bigrams:
            places = self._places.get(bigram, ())
            if len(places) <= _COMMON:
                shared.update(places)
        rated = [
            (round(count / min(len(bigrams), self._sizes[place]), 2), count, -place)
            for place, count in shared.most_common(_TRIED)
            if count >= 3 and (place not in used or count >= _CONTAINED * len(bigrams))
        ]
        best = max(rated, default=None)
        return -best[-1] if best and best[0] >= least else None


def _bigrams(key: str) -> set[str]:
    return {key[place : place + 2] for place in range(len(key) - 1)}
