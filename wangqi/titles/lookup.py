"""The stories of a series, found by lines that name them however they spell them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Generic, TypeVar

from wangqi.text.folding import fold
from wangqi.titles.likeness import GRAM, SHORTEST, Title, contradict, numbers_of, taken_apart
from wangqi.titles.names import letters

Key = TypeVar("Key", bound=Hashable)

_LONG = 8  # letters of a title that stops without saying so
_FEWEST = 3  # titles that share a name
_GLUED = re.compile(r"^\W*\d{1,4}(?=[^\W\d])")
# Headings, and links to lists: words that name no story, however many of them stand together.
_FURNITURE = re.compile(
    "(?:请|选择|点击|查看|阅读|返回|回到|更多|全部|所有|往期|历期|过往|上期|本期|精彩|精选|回顾|相关|延伸|文章|内容|报道|链接|目录|列表|首页|主页|栏目|专栏|专题|系列|合集"
    "|打印|关闭|窗口|本页|收藏|分享|转发|评论|点赞|纠错|顶部|字号|[大中小]号?"
    "|推荐|热门|最新|[上下]一?[篇期章页]|标题|日期|时间|期数|序号|编号|more|next|prev(?:ious)?|home|index|archives?)+"
)


def _names(parted: Sequence[tuple[Key, Title]], given: Iterable[str | None]) -> frozenset[str]:
    """What a series is called, as letters: given names, and the piece with which half of its titles begin or end."""
    found = {letters(fold(name)) for name in given if name and "://" not in name}
    stories = len({key for key, _ in parted})
    for at in (0, -1):
        bearers: defaultdict[str, set[Key]] = defaultdict(set)
        for key, title in parted:
            if title.pieces:
                bearers[title.pieces[at]].add(key)
        found |= {piece for piece, keys in bearers.items() if len(keys) >= max(_FEWEST, stories / 2)}
    return frozenset(name for name in found if len(name) > 1)


def own_pieces(title: Title, names: frozenset[str]) -> tuple[str, ...]:
    """The pieces without the series' name, which may stand before or behind them in one piece with them."""
    pieces = [piece for piece in title.pieces if piece not in names]
    for name in sorted(names, key=len, reverse=True):
        if pieces and len(pieces[0]) > len(name) and pieces[0].startswith(name):
            pieces[0] = pieces[0].removeprefix(name)
        elif pieces and len(pieces[-1]) > len(name) and pieces[-1].endswith(name):
            pieces[-1] = pieces[-1].removesuffix(name)
    return tuple(pieces)


class Stories(Generic[Key]):
    """The stories of a series, to be found by lines that name them.

    Args:
        titles: Of each story one or more, beside whatever the caller knows it by.
        names: Of the series, as it is called by people; what half of its titles share counts, too.
    """

    def __init__(self, titles: Iterable[tuple[Key, str]], *names: str | None) -> None:
        parted = [(key, taken_apart(title)) for key, title in titles]
        self.names = _names(parted, names)
        self._known = [_Known(key, title, own_pieces(title, self.names)) for key, title in parted]
        self._cores = {known.title.core for known in self._known} - {""}
        self._by_core: defaultdict[str, list[int]] = defaultdict(list)  # of those that have words of their own
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._by_number: defaultdict[int, list[int]] = defaultdict(list)
        self._by_issue: defaultdict[tuple[int, str | None], list[int]] = defaultdict(list)  # number and date
        self._by_date: defaultdict[str, list[int]] = defaultdict(list)  # of those that a date alone tells apart
        dates: set[str] = set()
        starts: list[tuple[str, int]] = []
        for place, known in enumerate(self._known):
            if known.own:
                self._by_core[known.title.core].append(place)
                self._by_word[known.word].append(place)
                starts += [(start, place) for start in {*_starts(known.own), *_starts(known.title.pieces)}]
            date = known.title.date
            for one in numbers_of(known.title):
                self._by_number[one].append(place)
                self._by_issue[one, date].append(place)
            if date:
                dates.add(date[::-1])
            if date and not known.own:
                self._by_date[date].append(place)
        self._starts = sorted(starts)
        self._dates_backwards = sorted(dates)

    def is_title(self, line: str) -> bool:
        """Whether the line may name a story: no date, no bare number, no signs, and more than the series' name.

        Some series call every story by their name.
        """
        title = taken_apart(line)
        own = [piece for piece in own_pieces(title, self.names) if not piece.isdigit()]
        if _FURNITURE.fullmatch("".join(own)):
            own = []
        return bool(title.number or own or (title.date and title.pieces)) or title.core in self._cores

    def meant_by(self, line: str, *, besides: Key | None = None) -> Key | None:
        """The one story that the line names; None where it is none, could be several, or is the one given."""
        title = taken_apart(line)
        sought = _Known(besides, title, own_pieces(title, self.names))
        found = self._alike(sought) if sought.own else []
        same = {known.key for known in found if known.word == sought.word} - {besides}
        keys = same or {known.key for known in found} - {besides} or self._of_issue(sought) - {besides}
        if not keys and (glued := _GLUED.match(line)):
            return self.meant_by(line[glued.end() :], besides=besides)
        return next(iter(keys)) if len(keys) == 1 else None

    def _alike(self, line: "_Known[Key | None]") -> "list[_Known[Key]]":
        """Those that fit: one of the two is a piece of the other or its beginning, or they have one number."""
        near = {place for run in _runs(line.own) for place in self._by_word.get(run, ())}
        near |= {place for run in _runs(line.title.pieces) for place in self._by_core.get(run, ())}
        near |= {place for end in range(len(line.word)) for place in self._by_word.get(line.word[:end], ())}
        for word in {line.word, line.title.core}:
            near |= self._starting_with(word) if len(word) >= SHORTEST else set()
        near |= {place for place in self._of_number(line.title) if _share(line, self._known[place])}
        known = (self._known[place] for place in near)
        return [one for one in known if one.own and not contradict(line.title, one.title) and _fit(line, one)]

    def _starting_with(self, word: str) -> set[int]:
        """Those that have a piece from which on they begin so."""
        found: set[int] = set()
        for at in range(bisect_left(self._starts, (word,)), len(self._starts)):
            start, place = self._starts[at]
            if not start.startswith(word):
                break
            found.add(place)
        return found

    def _of_number(self, title: Title) -> Iterable[int]:
        """Those that have its number, and no other date."""
        numbers = numbers_of(title)
        if not numbers:
            return ()
        if title.date is None:
            return self._by_number.get(numbers[0], ())
        dates = {None, *self._dates_like(title.date)}
        return [place for date in dates for place in self._by_issue.get((numbers[0], date), ())]

    def _dates_like(self, date: str) -> set[str]:
        """The dates that may be this one, of which each may lack its year."""
        found = {date[at:] for at in range(len(date))}
        backwards = date[::-1]
        for at in range(bisect_left(self._dates_backwards, backwards), len(self._dates_backwards)):
            if not self._dates_backwards[at].startswith(backwards):
                break
            found.add(self._dates_backwards[at][::-1])
        return found

    def _of_issue(self, line: "_Known[Key | None]") -> set[Key]:
        """街坊周刊第12期 is 街坊周刊第12期：面馆; in a series that is named by its days, a date says as much."""
        if numbers_of(line.title):
            places = self._of_number(line.title)
        elif (date := line.title.date) and not line.own:
            places = [place for one in self._dates_like(date) for place in self._by_date.get(one, ())]
        else:
            return set()
        known = (self._known[place] for place in places)
        return {one.key for one in known if one.word.startswith(line.word) and not contradict(line.title, one.title)}


@dataclass(frozen=True, slots=True)
class _Known(Generic[Key]):
    key: Key
    title: Title
    own: tuple[str, ...]
    word: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", "".join(self.own))


def _fit(line: "_Known[Key]", other: "_Known[Any]") -> bool:
    if line.word == other.word:
        return True
    if numbers_of(line.title) and numbers_of(line.title) == numbers_of(other.title):
        return _share(line, other)
    shared = (line.title.pieces, other.title.pieces)
    if min(len(line.title.core), len(other.title.core)) >= SHORTEST and (
        _stands_in(*shared) or _stands_in(*shared[::-1])
    ):
        return True
    if min(len(line.word), len(other.word)) < SHORTEST:
        return False
    if _stands_in(line.own, other.own) or _stands_in(other.own, line.own):
        return True
    return _goes_on(line, other.word) or _goes_on(other, line.word)


def _share(line: "_Known[Any]", other: "_Known[Any]") -> bool:
    """Whether one of them stands in the other; of very few letters only as a piece."""
    short, long = (line, other) if len(line.word) <= len(other.word) else (other, line)
    return short.word in (long.word if len(short.word) >= GRAM else long.own)


def _goes_on(short: "_Known[Any]", long: str) -> bool:
    is_cut = short.title.is_cut or (len(short.word) >= _LONG and 2 * len(short.word) >= len(long))
    return is_cut and long.startswith(short.word)


def _stands_in(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the pieces of one are whole pieces of the other."""
    word = "".join(short)
    ends = {0}
    for piece in long:
        ends.add(max(ends) + len(piece))
    whole = "".join(long)
    at = whole.find(word)
    while at >= 0:
        if at in ends and at + len(word) in ends:
            return True
        at = whole.find(word, at + 1)
    return False


def _starts(pieces: Sequence[str]) -> Iterable[str]:
    """The words from each piece on to the end, as far as they can be told from others."""
    words = accumulate(reversed(pieces), lambda behind, piece: piece + behind)
    return (word for word in words if len(word) >= SHORTEST)


def _runs(pieces: Sequence[str]) -> Iterable[str]:
    """The words of each piece, and of those that follow one another."""
    return (word for first in range(len(pieces)) for word in accumulate(pieces[first:]))
