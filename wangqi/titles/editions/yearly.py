"""Titles of the editions of one yearly thing: the same words with another year, wherever it stands and however written.

二〇一三年河口镇工作要点, 2017年河口镇工作要点 and 河口镇2019年度工作的要点 are three years of one paper.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from wangqi.text.numerals import spelled
from wangqi.titles.issues import fold
from wangqi.titles.names import letters
from wangqi.titles.tie import Tie

_SHORTEST: Final = 5  # letters that another title hardly has by chance, in whatever order
_SPELLED: Final = "[一二][〇零○九][〇零○一二三四五六七八九]{2}"
_YEAR: Final = re.compile(
    rf"(?<![\d.])(?P<year>(?:19|20)\d\d|{_SPELLED})(?:\s*[-—~至]\s*(?:(?:19|20)?\d\d)(?=\s*学?年))?(?![\d.])\s*学?年?度?"
)
# What stands in one year's title and not in the next one's, and says nothing.
_ASIDE: Final = re.compile(r"的|关于|年度|工作|[()\[\]]")


class _Edition(NamedTuple):
    year: int
    words: str  # their letters in an order of their own: 软件自由日 one year, 自由软件日 the next


def by_year(own: str, other: str) -> Tie | None:
    """The tie of two titles that differ in their year alone."""
    ours = _edition(own)
    theirs = _edition(other) if ours else None
    if ours is None or theirs is None or ours.year == theirs.year or ours.words != theirs.words:
        return None
    return Tie(0.9, "the same title of another year", (ours.year, theirs.year))


def is_yearly(title: str) -> bool:
    """Whether titles of other years may be like it."""
    return _edition(title) is not None


@lru_cache(maxsize=8_192)
def _edition(title: str) -> _Edition | None:
    folded = fold(title)
    years = {spelled(found["year"]) or int(found["year"]) for found in _YEAR.finditer(folded)}
    words = letters(_ASIDE.sub("", _YEAR.sub(" ", folded))) if len(years) == 1 else ""
    return _Edition(years.pop(), "".join(sorted(words.casefold()))) if len(words) >= _SHORTEST else None
