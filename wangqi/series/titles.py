"""What two titles have in common that titles of one work have: a name, and a number that differs."""

from functools import lru_cache

from wangqi.series.laying import BREAKS, OPENING, Laid, lay, numbers_at, shown, words
from wangqi.series.marks import COUNTERS, Token, tokens
from wangqi.series.names import is_name, letters, may_speak, sorts
from wangqi.series.tie import Tie

_SHORTEST_NAME = 2
_SHORTEST_WHOLE = 4
_SEPARATORS = frozenset({":", "|", "—", "·"})
_HOLDERS = frozenset("【[#")
_CLOSED = frozenset("】]#")
_UNITS = frozenset({*"期篇章回节集话讲课辑弹站部季卷幕天日夜场封问届版", ""})
# What a page of contents puts behind the name.
_CONTENTS = frozenset({"系列", "目录", "合集", "索引", "专题", "系列文章", "系列目录", "目录索引", "文集", "连载"})

Title = tuple[Token, ...]


@lru_cache(maxsize=8_192)
def by_title(own: str, other: str) -> Tie | None:
    ours, theirs = tokens(own), tokens(other)
    if not ours or not theirs or not _may_touch(ours, theirs):
        return None
    head = lay(ours, theirs)
    if head.is_whole and not head.places:
        return Tie(0.5, "it is called as this page is")
    found = (
        _by_count(ours, theirs, head),
        _by_tail(ours, theirs),
        _by_head(ours, theirs, head),
        _by_addition(ours, theirs, head.length),
    )
    return max((each for each in found if each), key=lambda each: each.strength, default=None)


def _may_touch(ours: Title, theirs: Title) -> bool:
    """The cheap question first: whether both begin or end alike, or with a number."""
    return any(
        a.text == b.text or (a.value is not None and b.value is not None)
        for a, b in ((ours[0], theirs[0]), (ours[-1], theirs[-1]))
    )


def _by_count(ours: Title, theirs: Title, head: Laid) -> Tie | None:
    """A number at the same place: 周刊（第7期）：雪, 写在四千小时, 2023年第12期农情周报：早稻."""
    if not head.places:
        return None
    numbers = numbers_at(ours, theirs, head)
    name = words(ours[: head.places[-1]], skip=head.places)
    if len(name) < _SHORTEST_NAME and (head.is_whole or ours[head.length - 1].text in _SEPARATORS):
        name = words(ours[: head.length], skip=head.places)
    marked = any(_is_marked(ours, place) for place in head.places)
    if sorts(name):
        return Tie(0.2, "numbered as this page is", numbers, is_bare=True)
    if len(name) < _SHORTEST_NAME or not (marked or len(name) >= _SHORTEST_WHOLE or head.is_whole):
        return Tie(0.5 if marked else 0.2, "numbered as this page is", numbers, is_bare=True)
    if head.is_whole:
        return Tie(0.95, "the same title with another number", numbers)
    return Tie(0.9 if marked else 0.6, f"both count “{name}”", numbers)


def _by_tail(ours: Title, theirs: Title) -> Tie | None:
    """The name at the end: …｜街坊周刊第12期, …（街坊周刊）, …-2020年3月5日晨报."""
    tail = lay(ours[::-1], theirs[::-1])
    first = len(ours) - tail.length
    if not first or not tail.length:
        return None
    shared, other = ours[first:], theirs[len(theirs) - tail.length :]
    places = tuple(sorted(tail.length - 1 - place for place in tail.places))
    start = next((n for n, token in enumerate(shared) if token.text in OPENING or token.text in _SEPARATORS), None)
    if any(_is_marked(shared, place) for place in places):
        name = words(shared[start or 0 :], skip=[place - (start or 0) for place in places])
        if len(name) >= (_SHORTEST_WHOLE if start is None else _SHORTEST_NAME):
            numbers = numbers_at(shared, other, Laid(tail.length, places, is_whole=False))
            return Tie(0.9, f"both end with “{name}” and a number", numbers)
    if start is None or places:
        return None
    name = shown(shared[start:]).strip("()》】」|:—")
    return Tie(0.7, f"both end with “{name}”") if is_name(name) else None


def _by_head(ours: Title, theirs: Title, head: Laid) -> Tie | None:
    """The name at the beginning: Go编程模式：切片, 【慢城记】…, 源码分析之队列."""
    last = head.places[0] if head.places else head.length
    ends = [at for at in range(1, last + 1) if _is_set_off(ours, at) and _is_set_off(theirs, at)]
    end = ends[-1] if ends else 0
    name = shown(ours[:end]).strip("【[#")
    if not end or not is_name(name):
        return None
    doubtful = ours[end].text == ":" and may_speak(name)
    return Tie(0.3 if doubtful else 0.8, f"both begin with “{name}”")


def _by_addition(ours: Title, theirs: Title, shared: int) -> Tie | None:
    """One is the other with a count, or is its contents: 运河上的船（二）, 运河上的船目录."""
    name = shown(ours[:shared])
    if len(letters(name)) < _SHORTEST_WHOLE:
        return None
    for longer, shorter in ((ours, theirs), (theirs, ours)):
        ends = shared == len(shorter) or _is_set_off(shorter, shared)
        number = _counter_at(longer, shared)
        if ends and number is not None:
            pair = (number, 1) if longer is ours else (1, number)
            return Tie(0.8, f"“{name}” with a number in one of them", pair if number > 1 else None)
        if ends and letters(shown(longer[shared:])) in _CONTENTS:
            return Tie(0.8, f"one is the contents of “{name}”")
    return None


def _counter_at(title: Title, at: int) -> int | None:
    """The number that stands set off at this place."""
    place = at
    while place < len(title) and (title[place].text in OPENING or title[place].text in BREAKS):
        place += 1
    if not at < place <= at + 2 or place >= len(title):
        return None
    token = title[place]
    return token.value if token.is_plain or _is_marked(title, place) else None


def _is_marked(title: Title, at: int) -> bool:
    """Whether signs say that the number counts: 第, brackets, #, a separator or the end behind it."""
    before = title[at - 1].text if at else ""
    behind = title[at + 1].text if at + 1 < len(title) else ""
    if before == "第" and behind not in BREAKS:  # 第3期, not 今年第3号台风
        return behind in _UNITS
    if before in OPENING or before in COUNTERS or behind in BREAKS - {" "} or not behind:
        return True
    if before in {" ", ".", "-"} and at > 1 and title[at - 2].text in COUNTERS:
        return True
    return behind in {"月", "日"} or (behind in {"篇", "部", "集"} and not title[at].is_plain)


def _is_set_off(title: Title, at: int) -> bool:
    """Whether a separator stands here; a hyphen only behind an ideograph, 之 only before words."""
    text = title[at].text if at < len(title) else ""
    if text in _SEPARATORS or (text in _CLOSED and title[0].text in _HOLDERS):
        return True
    if text == "-":
        return "\u4e00" <= title[at - 1].text[-1:] <= "\u9fff"
    return text == "之" and at + 1 < len(title) and title[at + 1].value is None
