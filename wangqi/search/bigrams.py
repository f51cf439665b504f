"""PURE: Chinese full-text search by overlapping pairs of characters, which stock indexes can hold.

A run of ideographs becomes its pairs and, last, its last character alone; Latin words and numbers stay whole. So a
phrase of pairs finds exactly what a search for the substring would find, and one character is a prefix of some token.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wangqi.text.folding import simpler
from wangqi.text.sanitise import storable

_IDEOGRAPHS: Final = (
    "\u2e80-\u2fdf\u3005\u3007\u303b\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # radicals, 々 〇 〻, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # the unified ideographs and their extensions
)
_RUN: Final = re.compile(f"([{_IDEOGRAPHS}]+)|([^\\W_{_IDEOGRAPHS}]+)")
_LONGEST_WORD: Final = 64  # characters; PostgreSQL refuses a lexeme of 2,048 bytes


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


def index_words(text: str) -> str:
    """What the index keeps of a text: its tokens, parted by spaces."""
    return " ".join(terms(storable(text)))


def phrase_of(text: str) -> Phrase | None:
    """What a text must contain that contains this one, whatever marks part its words; None of one without a word.

    An asterisk after a Latin word or number lets it be the beginning of one.

    >>> phrase_of("招商引")
    Phrase(tokens=('招商', '商引'), is_prefix=False)
    >>> phrase_of("年"), phrase_of("inter*")
    (Phrase(tokens=('年',), is_prefix=True), Phrase(tokens=('inter',), is_prefix=True))
    """
    runs = list(_runs(text))
    if not runs:
        return None
    tokens = terms(text)
    last, is_ideographs = runs[-1]
    if is_ideographs and len(last) > 1:
        tokens.pop()  # in the text the run may go on
    return Phrase(tuple(tokens), is_prefix=len(last) == 1 if is_ideographs else text.rstrip().endswith("*"))


def fold(text: str) -> str:
    """The form in which texts are compared: one width, small letters, simplified characters."""
    return simpler(unicodedata.normalize("NFKC", text).lower())


def runs_of(text: str) -> list[str]:
    """Its words and its unbroken rows of ideographs, folded.

    >>> runs_of("招商、引資 ＡＩ")
    ['招商', '引资', 'ai']
    """
    return [run for run, _ in _runs(text)]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for found in _RUN.finditer(fold(text)):
        ideographs, word = found.groups()
        yield (ideographs, True) if ideographs else (word[:_LONGEST_WORD], False)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]
