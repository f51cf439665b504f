"""Titles of what comes out day by day, where the day is written with the name of its month.

Keeper's schedule: April 20, 2016 and Keeper’s Schedule for Monday, 31 October 2016 are two days of one paper, and so is
Keeper's Monday Schedule beside them. Days in numbers need no more than any number.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from wangqi.titles.issues import fold
from wangqi.titles.names import letters
from wangqi.titles.tie import Tie

_SHORTEST: Final = 6  # letters of what is left
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = re.compile(
    rf"(?<![a-z\d])(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,\s*\d{{1,2}}(?!\d))*|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|[01]?\d/[0-3]?\d)"
    r"(?![a-z\d])(?:\s*[,/]?\s*(?:(?:19|20)\d\d|\d\d)(?![\d/]))?",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(r"\b(?:weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
# What stands in one day's title and not in the next one's, and says nothing.
_ASIDE: Final = re.compile(rf"['’]s\b|\b(?:for|of|on|to|the|and|updated)\b|{_WEEKDAY.pattern}", re.IGNORECASE)


class _Issue(NamedTuple):
    days: tuple[str, ...]
    words: str
    is_dated: bool


def by_named_day(own: str, other: str) -> Tie | None:
    """The tie of two titles that differ in their day alone."""
    ours = _issue(own)
    theirs = _issue(other) if ours else None
    if ours is None or theirs is None or ours.days == theirs.days or ours.words != theirs.words:
        return None
    if not (ours.is_dated or theirs.is_dated):
        return None
    return Tie(0.9, "the same title of another day")


def is_daily(title: str) -> bool:
    """Whether titles of other days may be like it."""
    return _issue(title) is not None


@lru_cache(maxsize=8_192)
def _issue(title: str) -> _Issue | None:
    folded = fold(title)
    dates = [found[0] for found in _DAY.finditer(folded)]
    days = tuple(dates or _WEEKDAY.findall(folded))
    words = letters(_ASIDE.sub(" ", _DAY.sub(" ", folded))).casefold() if days else ""
    return _Issue(days, words, bool(dates)) if len(words) >= _SHORTEST else None
