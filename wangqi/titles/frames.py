"""Titles with the variable in the middle and no number: 用绳结做的平结的打法, 用绳结做的八字结的打法.

What stays equal at both ends is the name. Two titles may be so by chance, and news of one place often are; so the rows
of a list have to stand in a row, or to share nearly all that they say, and that has to be words of a subject.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from wangqi.titles.marks import folded, tokens

_FEWEST: Final = 3  # titles that stand in a row, the given one among them
_SHORTEST_END: Final = 2  # letters at either end
_SHORTEST: Final = 3  # letters that are words of a subject
_SHORTEST_FRAME: Final = 6  # letters at both ends: 河口大学, 河口药科大学 and 河口工业大学 are rows of a menu
_LONGEST_MIDDLE: Final = 16
_SUBJECT_FAR: Final = 6  # such letters in titles that stand apart
_MIDDLE_FAR: Final = 0.25  # of what such a title says
_OF_A_WORD: Final = 2
_BROAD: Final = 12  # rows; where half of so many are framed so, it is how the site writes its titles
# Words by which titles are built whatever they are about.
_GRAMMAR: Final = re.compile(
    "基于|关于|使用|利用|通过|如何|怎样|怎么|为什么|什么|实现|介绍|详解|简介|浅谈|浅析|分析|解析|学习|笔记|教程|方法|技巧|问题|总结|入门|原理"
    "|应用|开发|实践|指南|一个|一些|几个|几种|[的之在中与和及了是用做法我你]"
)
_ENGLISH: Final = frozenset(
    {"how", "what", "why", "to", "the", "a", "an", "of", "in", "with", "and", "for", "on", "by", "is", "using", "your"}
)
# How offices name their papers, and papers their news: all that an office does ends so.
_OF_OFFICES: Final = re.compile(
    "(?:通[知告报]|公[告示报]|决定|意见|批复|函|报告|方案|办法|规定|细则|条例|名单|讲话|致辞|会议?|大会|活动|仪式|举[行办]|召开|开展|开幕|闭幕"
    "|圆满|成功|结束|启动|工作|培训班?|比赛|竞赛|调研|检查|讲座|招聘|中标|采购|成交|更正)$"
)


class Frame(NamedTuple):
    """What the titles of a work begin and end with, as folded words without signs."""

    head: tuple[str, ...]
    tail: tuple[str, ...]

    def holds(self, title: str) -> bool:
        """Whether the title begins and ends so, and says something else between."""
        words = _words(title)
        middle = words[len(self.head) : len(words) - len(self.tail)]
        ends = words[: len(self.head)] == self.head and words[len(words) - len(self.tail) :] == self.tail
        return ends and 0 < len("".join(middle)) <= _LONGEST_MIDDLE

    def __str__(self) -> str:
        return f"{''.join(self.head)}…{''.join(self.tail)}"


def frames_around(own: str, titles: Sequence[str]) -> Iterator[Frame]:
    """The frames that a title has in common with those that stand beside it in a list; `titles` in the list's order."""
    mine = _words(own)
    # Cheap questions come first: hardly a row of a menu begins as the title does.
    near = (at for at, title in enumerate(titles) if mine and mine[0] in folded(title))
    for at in (at for at in near if _words(titles[at]) == mine):
        runs = (titles[first : first + _FEWEST] for first in range(max(0, at - _FEWEST + 1), at + 1))
        found = (frame for run in runs if len(run) == _FEWEST and (frame := _frame([*map(_words, run)])))
        for frame in (*found, *_far(own, titles)):
            framed = sum(frame.holds(title) for title in {*titles})
            if framed >= _FEWEST and (framed < _BROAD or 2 * framed < len({*titles})):
                yield frame


def _far(own: str, titles: Sequence[str]) -> Iterator[Frame]:
    """Frames of titles that stand apart: hardly more than one word tells these from one another."""
    mine = _words(own)
    others = {words for title in titles if (words := _words(title)) and words[0] == mine[0] and words[-1] == mine[-1]}
    for words in others - {mine}:
        frame = _frame([mine, words], subject=_SUBJECT_FAR)
        if frame and all(_weight(one) <= _MIDDLE_FAR * _weight(all_) for one, all_ in _middles(frame, mine, words)):
            yield frame


def _middles(frame: Frame, *titles: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands between, and the whole title."""
    return ((words[len(frame.head) : len(words) - len(frame.tail)], words) for words in titles)


def _weight(words: Sequence[str]) -> int:
    """How much is said: a word in letters says as much as two ideographs."""
    return sum(_OF_A_WORD if word.isascii() else len(word) for word in words)


def _frame(run: Sequence[tuple[str, ...]], subject: int = _SHORTEST) -> Frame | None:
    if len({*run}) < len(run) or not all(run):
        return None
    head = _shared(run)
    tail = _shared([words[::-1] for words in run])[::-1]
    if min(map(_written, (head, tail))) < _SHORTEST_END or _OF_OFFICES.search("".join(tail)):
        return None
    is_long = len("".join((*head, *tail))) >= _SHORTEST_FRAME and _subject(head) + _subject(tail) >= subject
    return Frame(head, tail) if is_long else None


def _shared(run: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    columns = zip(*run, strict=False)
    return tuple(column[0] for column in takewhile(lambda words: len(set(words)) == 1, columns))


def _subject(words: Sequence[str]) -> int:
    """How many letters say what it is about."""
    return len(_GRAMMAR.sub("", "".join(word for word in words if word not in _ENGLISH and not word.isdigit())))


def _written(words: Sequence[str]) -> int:
    """How many letters there are: no figures, by which the sections of a book begin alike."""
    return sum(len(word) for word in words if not word.isdigit())


@lru_cache(maxsize=8_192)  # rows are asked for once for each member, and menus stand on every page
def _words(title: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(title) if any(map(str.isalnum, token.text)))
