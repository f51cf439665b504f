"""Who may have changed a page: its publisher, a fault on the way, or a stranger.

Two lines that know nothing of each other: what the words say (`words`), and what the answer around them says
(`answer`). A change that a stranger could have made is held: the text before it goes on to stand until a person has
decided, or the page says otherwise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from wangqi.copies.changes.answer import of_answer
from wangqi.copies.changes.appearance import Answer, Appearance, appearance, of_reading
from wangqi.copies.changes.cut import cut_of
from wangqi.copies.changes.signs import sign
from wangqi.copies.changes.words import Words, of_words
from wangqi.copies.records import Finding
from wangqi.copies.tampering.page import SIGN, STRONG

__all__ = ["Answer", "Appearance", "Held", "Weigh", "Weighed", "appearance", "of_reading", "weigh"]

Held = Literal["tampered", "other_story", "truncated", "doubtful"]
_SHARED: Final = 0.6  # of the words; so much is no replacement, whatever became of the template
_CUT_VISITS, _VISITS = 2, 3
_NAMES: Final = {"off_topic_title": 0.0, "host_mismatch": SIGN}  # what says that the site bears another name
_REPLACED: Final = frozenset({"text_replaced", "part_replaced", "stub"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The verdict on a change.

    Attributes:
        held: Why the change is held back, or None when it is taken.
        signs: All signs against it from both lines, worst first.
        visits: After how many visits in a row that bring the same text it is taken all the same; None is never.
        shared: Share (0 to 1) of the shorter text's 3-grams that the other text has too.
    """

    held: Held | None = None
    reason: str = ""
    signs: Sequence[Finding] = ()
    visits: int | None = None
    shared: float = 1.0


Weigh = Callable[[Appearance, Appearance], Weighed]


def weigh(before: Appearance, after: Appearance) -> Weighed:
    """Judge the change from one appearance of a page to the next."""
    if before.is_unfit:
        return Weighed()
    if cut := cut_of(before, after):
        visits = None if cut.is_answer else _CUT_VISITS
        return Weighed(held="truncated", reason=cut.reason, signs=[sign("cut", SIGN, cut.reason)], visits=visits)
    words, answer = of_words(before, after), of_answer(before, after)
    held, visits = _held(words, answer)
    signs = tuple(sorted([*words.signs, *answer], key=lambda one: -one.score))
    reason = "; ".join(one.summary for one in signs[:3]) if held else ""
    return Weighed(held=held, reason=reason, signs=signs, visits=visits, shared=words.shared)


def _held(words: Words, answer: Sequence[Finding]) -> tuple[Held | None, int | None]:
    told = sum({one.label: one.score for one in reversed(answer)}.values())
    best = max((one.score for one in words.signs), default=0.0)
    if best >= STRONG:
        return "other_story" if words.is_another else "tampered", None
    if any(one.score >= STRONG for one in answer):
        return ("doubtful", _VISITS) if best < SIGN and words.shared >= _SHARED else ("tampered", None)
    kinds = {one.label for one in words.signs if one.score >= SIGN}
    if (kinds and told >= SIGN) or len(kinds) >= 3:
        return "tampered", None
    # A publisher's new site keeps its name; where that and the template are others, changed words may be a stranger's.
    is_elsewhere = told >= SIGN and any(one.label in _NAMES and one.score >= _NAMES[one.label] for one in answer)
    is_edited = words.comparison is not None and bool(words.comparison.changes)
    if (is_elsewhere and is_edited) or "part_replaced" in kinds:
        return "doubtful", None
    is_replaced = words.is_rewritten or words.shared < _SHARED
    if len(kinds) >= 2 or kinds & _REPLACED or (is_replaced and told >= SIGN):
        return "doubtful", _VISITS
    return None, None
