"""Rows of a list that have no title of their own: a label that all of them bear, or a day or number alone. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from wangqi.series.family import Named
from wangqi.series.slugs import by_address, by_day
from wangqi.text.folding import fold, simpler

_FEWEST: Final = 3  # rows
_ENOUGH: Final = 0.5  # of the tie of two addresses, where a label says the rest
_DIGITS: Final = re.compile(r"\d+")
_MONTH: Final = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
# 2013年7月号, 平成23年度, No. 5, Vol.12, 第3号, July 2013
_NAMELESS: Final = re.compile(
    r"(?:[\W_]|\d|[第年度月日号期回集卷版份]|[〇一二三四五六七八九十百火水木金土]|平成|令和|昭和|[春夏秋冬]"
    rf"|\b(?:vol|no|nr|issue|(?:{_MONTH})[a-z]*)\b)+",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[\d〇一二三四五六七八九十春夏秋冬]")


class Labels:
    """Remembers what members are called in lists where rows have no titles."""

    def __init__(self) -> None:
        self._of_members: set[str] = set()

    def alike(self, member: Named, rows: Sequence[Named], *, is_beside: bool) -> set[str]:
        """The addresses of rows that are back numbers as the member is.

        Where the list shows the member they bear its label, and their addresses differ in a day or a number alone; or
        they are called by a day or number, as it is. So are those of a list that stands beside one that shows it.
        """
        titles: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            titles[row.url].add(row.title)
        if member.url not in titles and not is_beside:
            return set()
        self._of_members |= titles.pop(member.url, set())
        found = {url for url, called in titles.items() if self._is_alike(member, url, called, is_beside=is_beside)}
        return found if is_beside or len(found) + 1 >= _FEWEST else set()

    def _is_alike(self, member: Named, url: str, called: set[str], *, is_beside: bool) -> bool:
        if _DIGITS.sub("0", url) != _DIGITS.sub("0", member.url):
            return False
        is_bare = any(map(_is_nameless, self._of_members))
        if all(title in self._of_members or (is_bare and _is_nameless(title)) for title in called):
            return is_beside or not called <= self._of_members or _count(member.url, url)
        return not is_beside and not called.isdisjoint(self._of_members) and _count(member.url, url)


def _count(one: str, other: str) -> bool:
    """Whether two addresses differ in a day or a number of parts."""
    counted = by_address(one, other)
    return by_day(one, other) is not None or (counted is not None and counted.strength >= _ENOUGH)


def _is_nameless(title: str) -> bool:
    """Whether it is a day or a number and no more; a number alone may turn pages."""
    word = simpler(fold(title)).strip()
    return _NAMELESS.fullmatch(word) is not None and bool(_NUMBER.search(word)) and not word.isdecimal()
