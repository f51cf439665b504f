"""Which sentences of two texts belong together, in whatever order they stand."""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from wangqi.text.sentences import Sentence

_OVERLAP = 0.35  # of the shorter one's bigrams; half of the words swapped leave about .45
_PART = 0.5  # the same, for a sentence that is to be a part of a longer one
_LITTLE, _LONGER = 0.15, 1.6
_STRETCH = 1.2
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


class _Edge(NamedTuple):
    """How much a sentence of the second text shares with one of the first; edges compare by that share."""

    overlap: float
    shared: int
    second: int
    first: int
    contained: bool


def align(first: Sequence[Sentence], second: Sequence[Sentence]) -> list[Pairing]:
    """The pairings in the order of the second text; a sentence of the second is in one at most."""
    partner = _equal(first, second)
    room = dict.fromkeys(partner.values(), 0.0)
    index = _Index([each.key for each in first])
    rest = [place for place in range(len(second)) if place not in partner]
    edges = [edge for place in rest for edge in index.edges(place, second[place].key, _OVERLAP)]
    for edge in sorted(edges, reverse=True):
        length = len(second[edge.second].key)
        # What has a partner may only be joined by another piece of it, as long as there is a piece left.
        fits = edge.first not in room or (edge.contained and room[edge.first] >= length)
        if edge.second not in partner and fits:
            partner[edge.second] = edge.first
            room[edge.first] = room.get(edge.first, _STRETCH * len(first[edge.first].key)) - length
    for place in rest:
        between = _between(first, second, partner, place)
        if between is not None and between not in room:
            partner[place] = between
            room[between] = 0.0
    return _grouped(first, second, partner, _parts(first, second, set(room)))


def _between(first: Sequence[Sentence], second: Sequence[Sentence], partner: dict[int, int], place: int) -> int | None:
    """The sentence of the first text that stands where the order puts this one, if the two are roughly alike."""
    if place in partner or place - 1 not in partner:
        return None
    between = partner[place - 1] + 1
    if between >= len(first) or partner.get(place + 1, between + 1) != between + 1:
        return None
    old, new = first[between].key, second[place].key
    alike = len(_bigrams(old) & _bigrams(new)) >= _LITTLE * min(len(old), len(new))
    return between if alike and max(len(old), len(new)) <= _LONGER * min(len(old), len(new)) else None


def _equal(first: Sequence[Sentence], second: Sequence[Sentence]) -> dict[int, int]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, sentence in enumerate(first):
        places[sentence.key].append(place)
    partner = {}
    for place, sentence in enumerate(second):
        if known := places.get(sentence.key):
            partner[place] = known.popleft()
    return partner


def _parts(first: Sequence[Sentence], second: Sequence[Sentence], used: set[int]) -> dict[int, int]:
    """Sentences of the first text that became part of a longer one of the second."""
    lost = [place for place in range(len(first)) if place not in used]
    if not lost:
        return {}
    index = _Index([each.key for each in second])
    found = {place: max(index.edges(place, first[place].key, _PART), default=None) for place in lost}
    return {
        place: edge.first
        for place, edge in found.items()
        if edge is not None and len(second[edge.first].key) > len(first[place].key)
    }


def _grouped(
    first: Sequence[Sentence], second: Sequence[Sentence], partner: dict[int, int], parts: dict[int, int]
) -> list[Pairing]:
    """Join neighbouring pairs into one pairing where one text splits a sentence that the other leaves whole."""
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
    """Whether the pairing's sentences of the first text are long enough to hold one more sentence of the second."""
    room = sum(len(first[each].key) for each in last.first)
    return sum(len(second[each].key) for each in (*last.second, place)) <= _STRETCH * room


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

    def edges(self, place: int, key: str, least: float) -> list[_Edge]:
        """Edges from a sentence of the other text to the few sentences here that share most of its bigrams."""
        bigrams = _bigrams(key)
        known = (self._places.get(bigram, ()) for bigram in bigrams)
        shared = Counter(chain.from_iterable(places for places in known if len(places) <= _COMMON))
        found = [
            _Edge(count / min(len(bigrams), self._sizes[each]), count, place, each, count >= _CONTAINED * len(bigrams))
            for each, count in shared.most_common(_TRIED)
            if count >= 3
        ]
        return [edge for edge in found if edge.overlap >= least]


def _bigrams(key: str) -> set[str]:
    return {key[place : place + 2] for place in range(len(key) - 1)}
