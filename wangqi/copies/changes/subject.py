"""Whether two texts that share no sentence tell of one thing: a story rewritten, or another one at its address."""

from collections import Counter
from typing import Final, NamedTuple

from wangqi.copies.prepared import prepared
from wangqi.text.forms import match_key

_COMMON: Final = 2  # characters of a piece
_NAME_PIECES: Final = 3


class Subject(NamedTuple):
    """How far two texts tell of the same subject.

    Attributes:
        pieces: Cosine of the frequent pieces of two characters.
        facts: Share of the earlier text's numbers, Latin words and titles of works that the later one has; None where
            it has too few.
        title: Share of the earlier title's pieces that stand in the later title or text.
    """

    pieces: float
    facts: float | None
    title: float


def shared_subject(before_title: str, before: str, after_title: str, after: str) -> Subject:
    old, new = prepared(before), prepared(after)
    known = {each for each in old.anchors if len(each) > 1}
    facts = len(known & new.anchors) / len(known) if len(known) >= _NAME_PIECES else None
    title = _pieces(match_key(before_title))
    there = _pieces(match_key(after_title)).keys() | _pieces(new.key).keys()
    return Subject(
        _cosine(_pieces(old.key), _pieces(new.key)),
        facts,
        sum(piece in there for piece in title) / max(1, len(title)),
    )


def _pieces(key: str) -> Counter[str]:
    return Counter(key[place : place + _COMMON] for place in range(len(key) - 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    # Squared counts weigh what one story repeats (its names and things) more than what all stories say.
    shared = sum(float(count * other[piece]) for piece, count in one.items())
    size = (sum(count * count for count in one.values()) * sum(count * count for count in other.values())) ** 0.5
    return shared / size if size else 0.0
