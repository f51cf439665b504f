"""Bounds: what is left out because there is too much of it is counted in one place, and told from there. Pure."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final, TypeVar

Thing = TypeVar("Thing")
_TOLD: Final = "{count} {what} behind the first {most} were not read"


class Bounds:
    """Takes things up to a bound, and counts what lies beyond it: nothing is cut but here."""

    def __init__(self) -> None:
        self._left: Counter[tuple[str, int]] = Counter()

    def within(self, things: Iterable[Thing], most: int, what: str) -> list[Thing]:
        """The first `most` things; `what` the others are, in the plural, as in "lists that were looked at".

        >>> bounds = Bounds()
        >>> bounds.within("abcde", 3, "letters"), bounds.sentences()
        (['a', 'b', 'c'], ['2 letters behind the first 3 were not read'])
        """
        rest = iter(things)
        found = list(islice(rest, most))
        self.leave(what, most, sum(1 for _ in rest))
        return found

    def leave(self, what: str, most: int, count: int = 1) -> None:
        """So many more things were met when there was room for none."""
        if count:
            self._left[what, most] += count

    def sentences(self) -> list[str]:
        """What was left out, a sentence for each kind of thing."""
        return [
            _TOLD.format(count=f"{count:,}", what=what, most=f"{most:,}") for (what, most), count in self._left.items()
        ]
