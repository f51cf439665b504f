"""Word pairs that an aligned copy teaches: proposals, which count only after a second copy or a person's word."""

from pipelines.copies.model import Comparison, Swap
from pipelines.copies.words import frequency

_SHORTEST, _LONGEST = 2, 5
# By jieba's counts: 步队 3 against 队伍 7,420. Exchanged words that are both common (工业 for 产业) betray nobody.
_UNCOMMON = 60
_TIMES = 10


def proposals(comparison: Comparison) -> tuple[Swap, ...]:
    """Of an `altered` pair whose second text is the suspect: what the spinner writes (`after`) and for which word.

    Only words of ideographs that ordinary text has seldom, and far more seldom than what they stand for.
    """
    if comparison.verdict != "altered":
        return ()
    return tuple(swap for swap in comparison.swaps if _telling(swap.before, swap.after))


def _telling(original: str, spun: str) -> bool:
    if not all(_SHORTEST <= len(word) <= _LONGEST and _ideographs(word) for word in (original, spun)):
        return False
    usual, strange = frequency(original), frequency(spun)
    return strange <= _UNCOMMON and usual >= _TIMES * max(1, strange)


def _ideographs(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)
