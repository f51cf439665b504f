"""PURE: the place of a text that answers a question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wangqi.search.bigrams import fold, runs_of

_folded: Final = lru_cache(maxsize=2**14)(fold)  # of a character: a text has few that are not common
_AROUND: Final = 40  # characters on either side of the hit


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text in one line.

    Attributes:
        hits: Where in it the words stand: first character and the one behind the last.
    """

    text: str
    hits: tuple[tuple[int, int], ...] = ()


def snippet(text: str, words: Iterable[str], around: int = _AROUND) -> Snippet:
    """The text around the first place where one of the words stands; its beginning when none does."""
    wanted = [pattern for word in words if (pattern := _pattern(word)) is not None]
    start, end = min(_places(text, wanted), default=(0, 0))
    start, end = max(0, start - around), min(len(text), end + around)
    line = f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"
    return Snippet(line, tuple(_apart(sorted(_places(line, wanted)))))


def _pattern(word: str) -> re.Pattern[str] | None:
    """Finds the word in a folded text, whatever marks part its runs; a Latin word not within another."""
    runs = [re.escape(run) for run in runs_of(word)]
    if not runs:
        return None
    within = "(?<![a-z0-9])" if runs[0].isascii() else ""
    return re.compile(within + r"[\W_]*".join(runs))


def _places(text: str, wanted: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    folded, origins = _folded_with_origins(text)
    for pattern in wanted:
        for found in pattern.finditer(folded):
            yield origins[found.start()], origins[found.end() - 1] + 1


def _apart(hits: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of two that overlap, the first."""
    behind = 0
    for first, last in hits:
        if first >= behind:
            yield first, last
            behind = last


def _folded_with_origins(text: str) -> tuple[str, Sequence[int]]:
    pieces = list(map(_folded, text))
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return folded, range(len(text))
    return folded, [place for place, piece in enumerate(pieces) for _ in piece]
