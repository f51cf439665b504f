"""Two titles laid one upon the other: how far they agree, and where they count differently."""

from collections.abc import Sequence
from dataclasses import dataclass

from wangqi.titles.marks import Token
from wangqi.titles.names import bare_name

BREAKS = frozenset("|:·—-()[]【】《》「」『』、,.。!?#&/_\"' ")
OPENING = frozenset("([【《「『#&第之")
_CLOSING = frozenset("\"'》」』")
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Laid:
    """Two titles laid upon each other from one end: how far they agree, and where they count differently."""

    length: int
    places: tuple[int, ...]
    is_whole: bool


def lay(ours: tuple[Token, ...], theirs: tuple[Token, ...]) -> Laid:
    places: list[int] = []
    at = 0
    for at, (a, b) in enumerate(zip(ours, theirs, strict=False)):
        if a.text == b.text:
            continue
        counts = a.value is not None and b.value is not None
        if not counts or not _goes_on_alike(ours, theirs, at):
            break
        places.append(at)
    else:
        at = min(len(ours), len(theirs))
    return Laid(at, tuple(places), at == len(ours) == len(theirs))


def _goes_on_alike(ours: tuple[Token, ...], theirs: tuple[Token, ...], at: int) -> bool:
    """Whether what follows both numbers is the same, or a sign in either: 三国 and 一带 count nothing."""
    a = ours[at + 1].text if at + 1 < len(ours) else " "
    b = theirs[at + 1].text if at + 1 < len(theirs) else " "
    plain = ours[at].is_plain and theirs[at].is_plain
    return a == b or (a in BREAKS and b in BREAKS) or (plain and at > 0 and ours[at - 1].text in OPENING)


def numbers_at(ours: tuple[Token, ...], theirs: tuple[Token, ...], laid: Laid) -> tuple[int, int] | None:
    """What the last of the places counts; of a date, the day."""
    at = laid.places[-1]
    own, other = ours[at].value, theirs[at].value
    return (own, other) if own is not None and other is not None else None


def counts_others(between: Sequence[Token], mine: Sequence[Token], yours: Sequence[Token]) -> bool:
    """Whether the numbers count what other words right before them name: 渡船第7期公告, 木桶第3期公告.

    Args:
        between: What both have in common before the number.
        mine: What stands before that in one of them.
        yours: In the other.
    """
    before = [words(side, skip=()) for side in (mine, yours)]
    at_number = (token.text for token in (*between, *mine[-1:], *yours[-1:]) if token.text not in _CLOSING)
    is_joined = BREAKS.isdisjoint(at_number)
    return is_joined and len(words(between, skip=())) < _SHORTEST_NAME <= min(map(len, before))


def words(title: Sequence[Token], skip: Sequence[int] | set[int]) -> str:
    return bare_name("".join("0" if n in skip else token.text for n, token in enumerate(title)))


def shown(title: Sequence[Token]) -> str:
    return "".join(token.text for token in title).strip(" :|·—-([【《")
