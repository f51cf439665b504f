"""A list of facts on a terminal: what each is called, and what it is."""

import re
from typing import Final
from unicodedata import east_asian_width

from views.language.columns import COLUMNS
from views.language.speech import say, spoken
from views.language.told import told
from views.language.words import PLACES, ROLES, word

_WIDTH: Final = 20  # columns for the names
_OURS: Final = frozenset({"status", "stands for it", "length", "flaws"})  # whose values are sentences of ours
_WHENCE: Final = re.compile(r"(.*?) ?(?:\(from: ([^()]+)\)|from: ([^()]+))", re.DOTALL)


def fact_line(name: str, value: str) -> str:
    """One line, in the reader's language; what a page has written stays as it is."""
    if spoken() == "en":
        return f"{name:<{_WIDTH}}{value}"
    called = word(ROLES if name in ROLES else COLUMNS, name)
    return f"{called}{' ' * (_WIDTH - columns_of(called))}{told(value)[0] if name in _OURS else _with_whence(value)}"


def _with_whence(value: str) -> str:
    found = _WHENCE.fullmatch(value)
    if found is None:
        return value
    whence = say("read from") + word(PLACES, found[2] or found[3])
    return f"{found[1]}（{whence}）" if found[1] else whence


def columns_of(text: str) -> int:
    """That a terminal needs for it; most characters of Chinese take two.

    >>> columns_of("ab往期")
    6
    """
    return sum(2 if east_asian_width(sign) in {"W", "F"} else 1 for sign in text)
