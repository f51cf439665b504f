"""PURE: which of the texts that share a mark with a new one are worth reading beside it.

Reading two texts side by side costs more than all the rest. Of a column that has run for years every story shares its
frame with every other, so that the marks alone would bring a dozen of them for nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import eq
from typing import Final

MOST_CANDIDATES: Final = 12
MOST_OF_A_STORY: Final = 3  # candidates of one story; with more, twenty altered mirrors would hide a second story
MOST_ALIKE: Final = 32  # by bands, and as many by sentences
# Two stories of one column estimate at .07 to .13, halves at .4 and more. Whatever is a smaller part of another text
# than that is found by its sentences.
LEAST_RESEMBLANCE: Final = 0.15
_LONG: Final = 400  # characters; two such texts that have one sentence in common and nothing else are strangers
_FEW_SENTENCES: Final = 6  # of a text that short one sentence is a good part
_BY_CHANCE: Final = 1 / 256  # of two unlike bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """A stored text that shares something with a new one.

    Attributes:
        story_id: Of its first page.
        chars: Of its display form.
        sketch: None for a text that is too short for one.
        bands: How many it shares; `sentences` likewise.
        is_equal: It has the same match key.
    """

    text_id: int
    story_id: int
    chars: int
    sketch: bytes | None
    bands: int
    sentences: int
    is_equal: bool


def resemblance(one: bytes | None, other: bytes | None) -> float:
    """Estimated Jaccard similarity of two texts by their sketches, 0.0 where one has none.

    The standard error is .045 at most.
    """
    if not one or not other or len(one) != len(other):
        return 0.0
    share: float = sum(map(eq, one, other)) / len(one)
    return max(0.0, (share - _BY_CHANCE) / (1 - _BY_CHANCE))


def foremost(same_key: Iterable[int], bands: Counter[int], sentences: Counter[int]) -> list[int]:
    """The ids of the texts that are worth loading: those with an equal key, and those that share most marks."""
    by_bands, by_sentences = (
        sorted(shared, key=lambda text_id: (-shared[text_id], text_id))[:MOST_ALIKE] for shared in (bands, sentences)
    )
    return list(dict.fromkeys([*same_key, *by_bands, *by_sentences]))


def choose(found: Sequence[LookAlike], *, sketches: Sequence[bytes | None], chars: int, sentences: int) -> list[int]:
    """The ids of those to compare, the likeliest first.

    Args:
        found: As they are found.
        sketches: Of the new text, in each form by which it was looked for.
        chars: Of the new text.
        sentences: How many of its own are hashed.
    """
    alike = {one.text_id: max(resemblance(sketch, one.sketch) for sketch in sketches) for one in found}
    ranks = {
        one.text_id: (one.is_equal, max(alike[one.text_id], one.sentences / max(1, sentences)), -one.text_id)
        for one in found
        if _is_promising(one, alike[one.text_id], chars, sentences)
    }
    story_of = {one.text_id: one.story_id for one in found}
    taken: Counter[int] = Counter()
    chosen: list[int] = []
    for text_id in sorted(ranks, key=ranks.__getitem__, reverse=True):
        story_id = story_of[text_id]
        if taken[story_id] < MOST_OF_A_STORY and len(chosen) < MOST_CANDIDATES:
            taken[story_id] += 1
            chosen.append(text_id)
    return chosen


def _is_promising(one: LookAlike, alike: float, chars: int, sentences: int) -> bool:
    if one.is_equal or one.sentences > 1 or alike >= LEAST_RESEMBLANCE:
        return True
    return one.sentences == 1 and (min(chars, one.chars) < _LONG or sentences < _FEW_SENTENCES)
