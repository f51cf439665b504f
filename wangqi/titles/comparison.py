"""What two titles have in common that titles of one work have: a name, and a number that differs."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from wangqi.titles.dates_behind import undated
from wangqi.titles.editions.daily import by_named_day, is_daily
from wangqi.titles.editions.versions import by_version, may_have_versions
from wangqi.titles.editions.yearly import by_year, is_yearly
from wangqi.titles.issues import EPISODE, Numbering, fold, numbering_of
from wangqi.titles.laying import BREAKS, OPENING, Laid, counts_others, lay, numbers_at, shown, words
from wangqi.titles.marks import LONGEST, folded, may_touch, tokens
from wangqi.titles.names import letters, sorts, unlabelled
from wangqi.titles.sequels import by_sequel, may_be_sequel
from wangqi.titles.set_off import NAMED, NAMED_LAST, SEPARATORS, Name, Title, is_marked, is_set_off, names_of
from wangqi.titles.tie import Tie

_SHORTEST_NAME = 2
_SHORTEST_WHOLE = 4
_MOST_ADDED = 4  # tokens of a number in its signs
_FIRST_YEAR = 1900
_LAST_ADDED = 99  # a name with a year behind it is an edition of what the bare name lists
_DOUBTFUL = 0.3
_COUNTED = frozenset({*"期篇章回节集话讲课辑弹季#", "part"})
# What a page of contents puts behind the name.
_CONTENTS = frozenset({"系列", "目录", "合集", "索引", "专题", "系列文章", "系列目录", "目录索引", "文集", "连载"})

_DAY_ALONE = re.compile(
    r"(?:(?:19|20)?\d\d[-./年])?\s*[01]?\d\s*[-./月]\s*[0-3]?\d\s*[日号]?\s*(?:[(（]?(?:星期|周|礼拜)\S[)）]?)?"
)
_NUMBER = re.compile(r"[\d一二]")


def by_title(own: str, other: str, known: frozenset[str] = frozenset()) -> Tie | None:
    """The tie of two titles; `known` names are a series' although they might be a speaker's."""
    # The cheap question comes first: most pairs of titles have nothing in common.
    return _by_title(own, other, known) if _may_be_tied(_own(own), _other(other)) else None


def _may_be_tied(mine: "_Own", theirs: "_Other") -> bool:
    ours, unit = mine.tokens, mine.numbering.unit if mine.numbering else ""
    return (
        (mine.is_edition and theirs.has_number)
        or _has_name(mine.names, theirs.written)
        or unit == EPISODE
        or (unit in _COUNTED and unit in theirs.title.lower())
        or mine.may_be_sequel
        or theirs.may_be_sequel
        or (bool(ours) and may_touch((ours[0], ours[-1]), theirs.written))
    )


def _has_name(names: tuple[Name, ...], written: str) -> bool:
    """Whether it has all letters of one of the names."""
    return any(name.text[0] in written and all(map(written.__contains__, name.text)) for name in names)


@lru_cache(maxsize=8_192)
def _by_title(own: str, other: str, known: frozenset[str]) -> Tie | None:
    mine, laid = _own(own), _other(other)
    own, ours, other, written = mine.title, mine.tokens, laid.title, laid.written
    found = [by_year(own, other) or by_version(own, other) or by_named_day(own, other)] if mine.is_edition else []
    if _has_name(mine.names, written):
        found.append(_by_name(mine.names, other, known))
    if mine.numbering is not None:
        found += _by_unit(own, mine.numbering, other), _by_season(mine.numbering, other)
    if mine.may_be_sequel or laid.may_be_sequel:
        found.append(by_sequel(own, other))
    if ours and may_touch((ours[0], ours[-1]), written) and _touch(ours, theirs := tokens(other)):
        head = lay(ours, theirs)
        if head.is_whole and not head.places:
            return Tie(0.5, "it is called as this page is")
        if _DAY_ALONE.fullmatch(own.strip()) and _DAY_ALONE.fullmatch(other.strip()):
            return Tie(0.75, "both are called by nothing but a day")
        found += [_by_count(ours, theirs, head), _by_tail(ours, theirs), _by_addition(ours, theirs, head.length)]
    return max((each for each in found if each), key=lambda each: each.strength, default=None)


@dataclass(frozen=True, slots=True)
class _Own:
    """What a title is asked for each time that another one is laid beside it."""

    title: str
    tokens: Title
    names: tuple[Name, ...]
    numbering: Numbering | None
    is_edition: bool
    may_be_sequel: bool


@lru_cache(maxsize=256)
def _own(title: str) -> _Own:
    bare = undated(unlabelled(title))
    is_edition = is_yearly(bare) or may_have_versions(bare) or is_daily(bare)
    return _Own(bare, tokens(bare), names_of(bare), numbering_of(bare), is_edition, may_be_sequel(bare))


class _Other(NamedTuple):
    """What a title is asked for when it is laid beside another one: nothing that costs much."""

    title: str
    written: str
    has_number: bool
    may_be_sequel: bool


@lru_cache(maxsize=16_384)  # it is laid beside several members, and menus stand on every page
def _other(title: str) -> _Other:
    bare = undated(unlabelled(title))
    written = folded(bare)
    has_number = len(bare) > LONGEST or _NUMBER.search(written) is not None
    return _Other(bare, written, has_number, may_be_sequel(bare))


def _touch(ours: Title, theirs: Title) -> bool:
    """Whether both begin or end alike, or with a number."""
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
    if len(name) < _SHORTEST_NAME and (head.is_whole or ours[head.length - 1].text in SEPARATORS):
        name = words(ours[: head.length], skip=head.places)
    marked = any(is_marked(ours, place) for place in head.places)
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
    start = next((n for n, token in enumerate(shared) if token.text in OPENING or token.text in SEPARATORS), None)
    if counts_others(shared[: places[0]] if places else (), ours[:first], theirs[: len(theirs) - tail.length]):
        return None
    if any(is_marked(shared, place) for place in places):
        name = words(shared[start or 0 :], skip=[place - (start or 0) for place in places])
        if len(name) >= (_SHORTEST_WHOLE if start is None else _SHORTEST_NAME):
            numbers = numbers_at(shared, other, Laid(tail.length, places, is_whole=False))
            if tail.length == len(theirs) and numbers and min(numbers) >= _FIRST_YEAR:
                return Tie(_DOUBTFUL, f"an edition of “{name}”, of which the other is a part", numbers)
            return Tie(0.9, f"both end with “{name}” and a number", numbers)
    return None


def _by_name(ours: tuple["Name", ...], other: str, known: frozenset[str]) -> Tie | None:
    """A name that signs set off at either end of both: Go编程模式：切片, 【慢城记】…, …｜街坊周刊, 源码分析之队列."""
    theirs = names_of(other)
    shared = [(min(a.strength, b.strength), a.text) for a in ours for b in theirs if _agree(a, b)]
    if not shared:
        return None
    strength, name = max(shared)
    return Tie(NAMED if name in known else strength, f"both bear the name “{name}”")


def _agree(a: Name, b: Name) -> bool:
    return a.text == b.text and (a.sign == b.sign or not a.sign or not b.sign)


def _by_unit(own: str, ours: Numbering, other: str) -> Tie | None:
    """Both are counted in the same unit, wherever it stands: …（第58期）, 第57期…."""
    if ours.unit not in _COUNTED or ours.unit not in other.lower():
        return None
    theirs = numbering_of(other)
    if theirs is None or theirs.unit != ours.unit or ours.value is None or theirs.value in {None, ours.value}:
        return None
    heads = {_head(own, ours), _head(other, theirs)} - {""}
    if len(heads) == len((own, other)):  # 渡口周刊（第3期）：…, 渡口人物（第4期）：… are two series
        return None
    return Tie(0.4, f"both are counted in {ours.unit}", (ours.value, theirs.value or 0), is_bare=True)


def _by_addition(ours: Title, theirs: Title, shared: int) -> Tie | None:
    """One is the other with a count, or is its contents: 运河上的船（二）, 运河上的船目录."""
    name = shown(ours[:shared])
    if len(letters(name)) < _SHORTEST_WHOLE:
        return None
    for longer, shorter in ((ours, theirs), (theirs, ours)):
        ends = shared == len(shorter) or is_set_off(shorter, shared)
        number = _counter_at(longer, shared)
        lists = shared == len(shorter) and letters(shown(longer[shared + _MOST_ADDED :]))  # 周刊 lists 周刊第3期：雨
        if ends and number is not None:
            pair = (number, 1) if longer is ours else (1, number)
            return Tie(0.5 if lists else 0.8, f"“{name}” with a number in one of them", pair if number > 1 else None)
        if ends and letters(shown(longer[shared:])) in _CONTENTS:
            return Tie(0.8, f"one is the contents of “{name}”")
    return None


def _by_season(ours: Numbering, other: str) -> Tie | None:
    """Both are episodes of seasons: S1E02, S2E03."""
    theirs = numbering_of(other) if ours.unit == EPISODE else None
    if theirs is None or theirs.unit != EPISODE or None in {ours.value, theirs.value}:
        return None
    numbers = (ours.value or 0, theirs.value or 0) if ours.volume == theirs.volume else None
    return Tie(NAMED_LAST, "both are episodes of seasons", numbers)


def _head(title: str, number: Numbering) -> str:
    """What counts, where a topic stands behind the number; "" of a topic with a number behind it."""
    whole = fold(title)
    return letters(whole[: number.start]) if letters(whole[number.end :]) else ""


def _counter_at(title: Title, at: int) -> int | None:
    """The number that stands set off at this place."""
    place = at
    while place < len(title) and (title[place].text in OPENING or title[place].text in BREAKS):
        place += 1
    if not at < place <= at + 2 or place >= len(title):
        return None
    token = title[place]
    is_date = (token.value or 0) > _LAST_ADDED or (place + 1 < len(title) and title[place + 1].text == ".")
    return token.value if not is_date and (token.is_plain or is_marked(title, place)) else None
