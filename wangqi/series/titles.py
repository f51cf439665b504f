"""What two titles have in common that titles of one work have: a name, and a number that differs."""

from functools import lru_cache

from wangqi.series.laying import BREAKS, OPENING, Laid, lay, numbers_at, shown, words
from wangqi.series.marks import COUNTERS, Token, tokens
from wangqi.series.names import is_name, letters, may_speak, sorts
from wangqi.series.tie import Tie

_SHORTEST_NAME = 2
_SHORTEST_WHOLE = 4


@lru_cache(maxsize=8_192)
def by_title(own: str, other: str) -> Tie | None:
    ours, theirs = tokens(own), tokens(other)
    if not ours or not theirs:
        return None
    head = lay(ours, theirs)
    if head.is_whole and not head.places:
        return Tie(0.5, "it is called as this page is")
    return (
        _by_count(ours, theirs, head)
        or _by_tail(ours, theirs)
        or _by_head(ours, theirs, head)
        or _by_addition(ours, theirs, head.length)
    )


def _by_count(ours: tuple[Token, ...], theirs: tuple[Token, ...], head: Laid) -> Tie | None:
    if not head.places:
        return None
    numbers = numbers_at(ours, theirs, head)
    at = head.places[-1]
    name = words(ours[: head.length if head.is_whole else at], skip=head.places)
    if head.is_whole and len(name) >= _SHORTEST_NAME and not sorts(name):
        return Tie(0.95, "the same title with another number", numbers)
    marked = any(_is_marked(ours, place) for place in head.places)
    if sorts(name):
        return Tie(0.2, "numbered as this page is", numbers, is_bare=True)
    if len(name) >= _SHORTEST_NAME and (marked or len(name) >= _SHORTEST_WHOLE):
        return Tie(0.9 if marked else 0.6, f"both count behind “{shown(ours[: head.places[0]])}”", numbers)
    return Tie(0.5 if marked else 0.2, "numbered as this page is", numbers, is_bare=True)


def _by_tail(ours: tuple[Token, ...], theirs: tuple[Token, ...]) -> Tie | None:
    """The name at the end: …｜街坊周刊第12期, …（街坊周刊）."""
    tail = lay(ours[::-1], theirs[::-1])
    shared = ours[len(ours) - tail.length :]
    start = next((n for n, token in enumerate(shared) if token.text in OPENING or token.text in {"|", "—", ":"}), None)
    if start is None or tail.is_whole:
        return None
    places = {tail.length - 1 - place for place in tail.places}
    name = words(shared[start:], skip=places)
    if places and len(name) >= _SHORTEST_NAME:
        pair = Laid(tail.length, tuple(sorted(places)), is_whole=False)
        return Tie(
            0.9, f"both end with “{name}” and a number", numbers_at(shared, theirs[len(theirs) - tail.length :], pair)
        )
    if is_name(name) and not places:
        return Tie(0.7, f"both end with “{name}”")
    return None


def _by_head(ours: tuple[Token, ...], theirs: tuple[Token, ...], head: Laid) -> Tie | None:
    """The name at the beginning: Go编程模式：切片, 【慢城记】…."""
    ends = [n for n in range(1, head.length) if _sets_off(ours, n)]
    here, there = (side[head.length].text if head.length < len(side) else "" for side in (ours, theirs))
    if here in BREAKS - {" "} and there in BREAKS - {" "}:
        ends.append(head.length)
    if not ends or head.length < 1:
        return None
    end = ends[-1]
    name = shown(ours[:end]).strip("【[《「『#")
    if not is_name(name):
        return None
    sign = ours[end].text if end < len(ours) else ""
    doubtful = sign == ":" and may_speak(name)
    return Tie(0.3 if doubtful else 0.8, f"both begin with “{name}”")


def _by_addition(ours: tuple[Token, ...], theirs: tuple[Token, ...], shared: int) -> Tie | None:
    """One is the other with a count: 运河上的船 and 运河上的船（二）."""
    if len(letters(shown(ours[:shared]))) < _SHORTEST_WHOLE:
        return None
    for longer, shorter in ((ours, theirs), (theirs, ours)):
        ends = shared == len(shorter) or shorter[shared].text in BREAKS - {" "}
        number = _counter_at(longer, shared)
        if ends and number is not None:
            pair = (number, 1) if longer is ours else (1, number)
            return Tie(0.8, f"“{shown(ours[:shared])}” with a number in one of them", pair if number > 1 else None)
    return None


def _counter_at(title: tuple[Token, ...], at: int) -> int | None:
    """The number that stands set off at this place."""
    place = at
    while place < len(title) and (title[place].text in OPENING or title[place].text in BREAKS):
        place += 1
    if place >= len(title) or place - at > 2:
        return None
    token = title[place]
    return (
        token.value if token.value is not None and (token.is_plain or _is_marked(title, place)) and place > at else None
    )


def _is_marked(title: tuple[Token, ...], at: int) -> bool:
    """Whether signs say that the number counts: 第, brackets, #, a separator or the end behind it."""
    before = title[at - 1].text if at else ""
    behind = title[at + 1].text if at + 1 < len(title) else ""
    if before in OPENING or before in COUNTERS or behind in BREAKS - {" "} or not behind:
        return True
    if before in {" ", ".", "-"} and at > 1 and title[at - 2].text in COUNTERS:
        return True
    return behind in {"月", "日"} or (behind in {"篇", "部", "集"} and not title[at].is_plain)


def _sets_off(title: tuple[Token, ...], at: int) -> bool:
    text = title[at].text
    return text in {":", "|", "—", "·"} or (text in "】]》」』#" and title[0].text in "【[《「『#")
