"""The rules that turn measures into a verdict, in their order (findings/copies.md §2.4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from wangqi.copies.records import Word

NEARLY_EQUAL = 0.97
ON_DIFFERENT_DAYS = "one outlet published both, on different days"
_PAIRED, _HEAVY = 0.80, 0.60
_WHOLE = 0.65  # of the other text; a half is a part, a copy that lost a paragraph or two is not
_STORY = 150  # key characters; so much at one end that is new is another story, and no page's furniture
CONTAINED = 0.90  # of the smaller one's 3-grams
_EQUAL = 0.55
_FEW_ANCHORS = 3
_ANCHORS_AGREE, _ANCHORS_DIFFER = 0.75, 0.50
_MANY_ANCHORS, _VOUCH = 8, 0.85
_OWN = 0.10  # of each text, without a partner
_TWO = 1.5  # anchors that differ; one alone may have been cut through
_SURE = 0.80
_FORM, _WORDWISE = 0.85, 0.60  # a form filled in anew: more differs, and not word for word (siblings .15 to .57)
_SPUN = 0.75  # word for word; spun copies have .69 and more, .9 to 1 in the middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the rules look at; fields of `Comparison` and `evidence.Reading` mean the same here.

    Attributes:
        number_conflicts: Places, not pairs.
        ordinal_conflicts: Those whose numbers are ordinals (第三期, 二次会议).
        other_day: Both are dated, and the dates are a day apart or more.
        same_outlet: They have a host in common.
        other_title_number: Both titles hold numbers, and not the same.
        other_title: Both have titles, and neither is a part of the other.
    """

    jaccard: float
    containment: float
    matched: float
    covered: float
    equal: float
    anchors: int
    anchor_agreement: float
    wordwise: float
    added_at_end: int
    lost_at_end: int
    number_conflicts: int
    ordinal_conflicts: int
    name_conflicts: int
    other_day: bool = False
    same_outlet: bool = False
    other_title_number: bool = False
    other_title: bool = False


class Rule(NamedTuple):
    """`reason` is formatted with the measures as `of`."""

    word: Word
    holds: Callable[[Measures], bool]
    reason: str


def _form(of: Measures) -> bool:
    numbers_vouch = of.anchors >= _MANY_ANCHORS and of.anchor_agreement >= _VOUCH
    return of.equal < _FORM and of.wordwise < _WORDWISE and not numbers_vouch


def _spun(of: Measures) -> bool:
    """Whether the copy is spun so heavily that some of its sentences find no partner."""
    return of.wordwise >= _SPUN and of.equal < _FORM and min(of.matched, of.covered) >= _HEAVY


def _doubtful(of: Measures) -> bool:
    return of.number_conflicts > 0 or of.wordwise < _WORDWISE


RULES = (
    Rule(
        "excerpt",
        lambda of: of.containment >= CONTAINED and of.matched >= _PAIRED and of.covered < _WHOLE,
        "{of.containment:.0%} of its 3-grams stand in the other, and it is {of.covered:.0%} of that",
    ),
    Rule(
        "superset",
        lambda of: of.containment >= CONTAINED and of.covered >= _PAIRED and of.matched < _WHOLE,
        "{of.containment:.0%} of the other's 3-grams stand in it, and that is {of.matched:.0%} of it",
    ),
    Rule(
        "sibling",
        lambda of: of.same_outlet and of.other_day and of.jaccard < NEARLY_EQUAL,
        ON_DIFFERENT_DAYS,
    ),
    Rule(
        "sibling",
        lambda of: of.same_outlet and of.other_title_number and of.jaccard < NEARLY_EQUAL,
        "one outlet published both, and their titles bear different numbers",
    ),
    Rule(
        "same",
        lambda of: of.jaccard >= NEARLY_EQUAL and not of.number_conflicts,
        "they share {of.jaccard:.0%} of their 3-grams, and no number differs",
    ),
    Rule(
        "different",
        lambda of: max(of.matched, of.covered) < _PAIRED and not _spun(of),
        "{of.matched:.0%} of the one and {of.covered:.0%} of the other has a partner",
    ),
    Rule(
        "sibling",
        lambda of: of.number_conflicts > max(1, 0.1 * of.anchors),
        "{of.number_conflicts} numbers stand against other numbers",
    ),
    Rule("sibling", lambda of: of.ordinal_conflicts > 0, "it is another one of a row: an ordinal differs"),
    Rule(
        "sibling",
        lambda of: of.number_conflicts > 0 and of.other_title_number,
        "a number differs in the text, and one in the title",
    ),
    Rule(
        "sibling",
        lambda of: (
            of.anchors >= _FEW_ANCHORS and of.anchor_agreement < (_ANCHORS_AGREE if _doubtful(of) else _ANCHORS_DIFFER)
        ),
        "{of.anchor_agreement:.0%} of the numbers, Latin words and titles of works agree",
    ),
    Rule("sibling", lambda of: of.name_conflicts >= 2, "{of.name_conflicts} names stand against other names"),
    Rule(
        "sibling",
        lambda of: _form(of) and of.number_conflicts + of.name_conflicts > 0,
        "one form filled in twice: {of.wordwise:.0%} of what differs is word for word, and a name or number differs",
    ),
    Rule(
        "sibling",
        lambda of: of.equal >= NEARLY_EQUAL and max(of.matched, of.covered) <= 1 - _OWN,
        "one frame around two texts: what is paired is equal, and each has text of its own",
    ),
    Rule(  # two guides by one form, say; a site that was hijacked has its words swapped one by one
        "sibling",
        lambda of: of.same_outlet and of.other_title and of.wordwise < _SPUN,
        "one outlet published both, under different titles",
    ),
    Rule("review", _form, "perhaps one form filled in twice: {of.wordwise:.0%} is word for word"),
    Rule("different", lambda of: of.equal < _EQUAL, "{of.equal:.0%} of what is paired is equal"),
    Rule(
        "review",
        lambda of: of.anchors < _FEW_ANCHORS and max(of.jaccard, of.containment) < _SURE and of.wordwise < _WORDWISE,
        "alike, with {of.anchors} numbers and names to tell a copy from a sibling",
    ),
    Rule(
        "review",
        lambda of: of.anchors < _FEW_ANCHORS and of.name_conflicts > 0,
        "a name differs, and with {of.anchors} numbers nothing else tells a copy from a sibling",
    ),
    Rule(
        "excerpt",
        lambda of: of.matched >= _PAIRED and (of.covered < _WHOLE or of.lost_at_end >= _STORY),
        "{of.matched:.0%} of it stands in the other, and is {of.covered:.0%} of that",
    ),
    Rule(
        "superset",
        lambda of: of.covered >= _PAIRED and (of.matched < _WHOLE or of.added_at_end >= _STORY),
        "it holds {of.covered:.0%} of the other, and that is {of.matched:.0%} of it",
    ),
    Rule(
        "altered",
        lambda _: True,
        "{of.matched:.0%} paired, {of.equal:.0%} of that equal, too few numbers differ for two stories",
    ),
)


def verdict(of: Measures) -> tuple[Word, str]:
    """The word of the first rule that holds, and its reason."""
    rule = next(rule for rule in RULES if rule.holds(of))
    return rule.word, rule.reason.format(of=of)
