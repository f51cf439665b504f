"""Words that stand in many places of one text and nowhere in the other: the brand that a hijacker put in."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

from wangqi.copies.records import Change
from wangqi.copies.tampering.brands import stems
from wangqi.text.words import listed

_PLACES = 3
_SHORTEST, _LONGEST = 2, 10
_KEPT = 5


def injected(changes: Sequence[Change], other_key: str) -> tuple[tuple[str, int], ...]:
    """The longest such words with their counts, most frequent first.

    A synonym replaces one word and is one itself; what was injected replaces several, has figures, or is known.
    """
    counts: Counter[str] = Counter()
    replaced: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        before, after = _core(change.before, change.after)
        for word in _pieces(after):
            counts[word] += 1
            replaced[word].add(before)
    frequent = {word: count for word, count in counts.items() if count >= _PLACES and word not in other_key}
    brands, _ = stems()
    words = [
        word
        for word, count in frequent.items()
        if not _inside(word, count, frequent)
        and (mixed(word) or any(brand in word for brand in brands) or (len(replaced[word]) > 1 and not listed(word)))
    ]
    return tuple(sorted(((word, frequent[word]) for word in words), key=lambda each: (-each[1], -len(each[0]))))[:_KEPT]


def _pieces(after: str) -> set[str]:
    after = after[:60]
    return {
        after[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(after) - length + 1)
    }


def _core(before: str, after: str) -> tuple[str, str]:
    """Both words without their common prefix and suffix."""
    begin = _common(before, after)
    before, after = before[begin:], after[begin:]
    end = _common(before[::-1], after[::-1])
    return before[: len(before) - end], after[: len(after) - end]


def _common(one: str, other: str) -> int:
    """Length of the common prefix."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def mixed(word: str) -> bool:
    """Whether the word joins Han characters with figures or Latin letters."""
    return any(char.isascii() for char in word) and not word.isascii()


def _inside(word: str, count: int, frequent: dict[str, int]) -> bool:
    """Whether most places of the word are parts of one longer word that is frequent too."""
    return any(word in longer and len(longer) > len(word) and 2 * more > count for longer, more in frequent.items())
