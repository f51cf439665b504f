"""PURE: Chinese full-text search by overlapping pairs of characters, which stock indexes can hold.

A run of ideographs becomes its pairs and, last, its last character alone; Latin words and numbers stay whole. So a
phrase of pairs finds exactly what a search for the substring would find, and one character is a prefix of some token.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wangqi.text.sanitise import storable

_IDEOGRAPHS: Final = (
    "\u2e80-\u2fdf\u3005\u3007\u303b\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # radicals, 々 〇 〻, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # the unified ideographs and their extensions
)
_RUN: Final = re.compile(f"([{_IDEOGRAPHS}]+)|([^\\W_{_IDEOGRAPHS}]+)")
LONGEST_QUERY: Final = 200  # characters; PostgreSQL's stack ends at a phrase of some ten thousand tokens
_LONGEST_WORD: Final = 64  # characters; PostgreSQL refuses a lexeme of 2,048 bytes
_AROUND: Final = 40  # characters of a snippet on either side of the hit


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another.

    Attributes:
        is_prefix: The last token may be the beginning of a longer one.
    """

    tokens: tuple[str, ...]
    is_prefix: bool


def terms(text: str) -> list[str]:
    """The tokens of a text, in its order.

    >>> terms("招商引资2024")
    ['招商', '商引', '引资', '资', '2024']
    """
    return [token for run, is_ideographs in _runs(text) for token in (_pairs(run) if is_ideographs else (run,))]


def index_words(title: str, text: str) -> str:
    """What the index keeps of a story: the tokens of its title and text, parted by spaces."""
    return " ".join(terms(f"{storable(title)}\n{storable(text)}"))


def match_query(words: str) -> list[Phrase]:
    """What a text must contain; words parted by spaces may stand anywhere. Empty when there is nothing to look for.

    Characters after the two hundredth are left out.

    >>> match_query("招商引 年")
    [Phrase(tokens=('招商', '商引'), is_prefix=False), Phrase(tokens=('年',), is_prefix=True)]
    """
    phrases = []
    for chunk in fold(words[:LONGEST_QUERY]).split():
        runs = list(_runs(chunk))
        tokens = terms(chunk)
        if not tokens:
            continue
        last, is_ideographs = runs[-1]
        if is_ideographs and len(last) > 1:
            tokens.pop()  # in the text the run may go on
        phrases.append(Phrase(tuple(tokens), is_prefix=is_ideographs and len(last) == 1))
    return phrases


def contains(tokens: Sequence[str], phrases: Sequence[Phrase]) -> bool:
    """Whether a text of these tokens holds every phrase; what the index does, for one text."""
    line = f" {' '.join(tokens)} "
    return all(f" {' '.join(phrase.tokens)}{'' if phrase.is_prefix else ' '}" in line for phrase in phrases)


def snippet(text: str, words: str, around: int = _AROUND) -> str:
    """The text around the first place where one of the words stands; its beginning when none does."""
    folded, origins = _folded_with_origins(text)
    places = [(folded.find(word), len(word)) for word in fold(words[:LONGEST_QUERY]).split()]
    found = [(place, length) for place, length in places if place >= 0]
    place, length = min(found, default=(0, 0))
    first = origins[place] if origins else 0
    last = origins[place + length - 1] + 1 if length else first
    start, end = max(0, first - around), min(len(text), last + around)
    cut = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"


def fold(text: str) -> str:
    """The form in which texts are compared: full-width and half-width alike, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for found in _RUN.finditer(fold(text)):
        ideographs, word = found.groups()
        yield (ideographs, True) if ideographs else (word[:_LONGEST_WORD], False)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    pieces, origins = [], []
    for place, character in enumerate(text):
        piece = fold(character)
        pieces.append(piece)
        origins.extend([place] * len(piece))
    return "".join(pieces), origins
