"""How the addresses of numbered pages are made, learnt from some of them: list_2.html, list_3.html, …"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

_DIGITS = re.compile(r"(\d+)")
_MOST_PAIRS = 12
_DATE = re.compile(r"(?:19|20)\d\d[-/_]?(?:0?[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class PagePattern:
    """Addresses that are equal but for one number, and that number grows evenly with the page's.

    Attributes:
        before: What stands before the number.
        behind: What stands behind it.
        step: By how much it grows from page to page; sites that count backwards have -1, offsets 10 or 20.
        first: What it would be on page 0.
    """

    before: str
    behind: str
    step: int
    first: int

    @property
    def is_of_days(self) -> bool:
        """Whether a year and a month stand before the number: then it counts days."""
        return _DATE.search(self.before) is not None

    def address(self, number: int) -> str | None:
        value = self.first + self.step * number
        return f"{self.before}{value}{self.behind}" if value >= 0 else None

    def number(self, url: str) -> int | None:
        """Which page the address is of, or None."""
        middle = url[len(self.before) : len(url) - len(self.behind)]
        whole = url == f"{self.before}{middle}{self.behind}"
        if not whole or not middle.isdigit() or (int(middle) - self.first) % self.step:
            return None
        return (int(middle) - self.first) // self.step


def pattern_of(pages: Iterable[tuple[int, str]]) -> PagePattern | None:
    """The pattern that most of the pages have; None where no two have one.

    Args:
        pages: Numbers with their addresses. The first page's often is its own: index.html before index_2.html.
    """
    known = list(dict.fromkeys(pages))[:_MOST_PAIRS]
    found = Counter(p for one, other in combinations(known, 2) if (p := _between(one, other)))
    return max(found, key=lambda pattern: (found[pattern], abs(pattern.step) == 1), default=None)


def _between(one: tuple[int, str], other: tuple[int, str]) -> PagePattern | None:
    pieces, others = _DIGITS.split(one[1]), _DIGITS.split(other[1])
    if len(pieces) != len(others) or one[0] == other[0]:
        return None
    apart = [at for at, piece in enumerate(pieces) if piece != others[at]]
    if len(apart) != 1 or apart[0] % 2 == 0:
        return None
    at = apart[0]
    if pieces[at].startswith("0") or others[at].startswith("0"):
        return None if pieces[at] != "0" and others[at] != "0" else _line(one, other, pieces, others, at)
    return _line(one, other, pieces, others, at)


def _line(
    one: tuple[int, str], other: tuple[int, str], pieces: list[str], others: list[str], at: int
) -> PagePattern | None:
    step, rest = divmod(int(others[at]) - int(pieces[at]), other[0] - one[0])
    if rest or not step:
        return None
    return PagePattern("".join(pieces[:at]), "".join(pieces[at + 1 :]), step, int(pieces[at]) - step * one[0])
