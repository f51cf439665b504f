"""Cutting a text into sentences and paragraphs that can be compared and found again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from wangqi.text.forms import key_of_display

LONG_SENTENCE = 12  # key characters; shorter ones are shared by chance (findings/copies.md §2.3)
CLAUSES_FROM = 40  # key characters of a sentence
LONG_CLAUSE = 16  # key characters; shorter ones are formulas
_CLAUSES = re.compile(r"[，,：:]")
_ENDS = re.compile(r"[^。！？!?；;\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its match key and its place in the display form."""

    key: str
    start: int
    end: int


def sentences(text: str, *, shortest: int = 4) -> Iterator[Sentence]:
    """The sentences of a display form that have at least so many key characters."""
    for match in _ENDS.finditer(text):
        key = key_of_display(match[0])
        if len(key) >= shortest:
            yield Sentence(key, match.start(), match.end())


def sentence_hashes(text: str) -> tuple[int, ...]:
    """Of the distinct long sentences of a display form, in the order of the text; the longest go by their clauses.

    So an excerpt of a line or two, which hardly holds a whole sentence, is found too.
    """
    return tuple(dict.fromkeys(hash64(key) for key in _hashed_keys(text)))


def _hashed_keys(text: str) -> Iterator[str]:
    for sentence in sentences(text, shortest=LONG_SENTENCE):
        if len(sentence.key) <= CLAUSES_FROM:
            yield sentence.key
        else:
            clauses = map(key_of_display, _CLAUSES.split(text[sentence.start : sentence.end]))
            yield from (clause for clause in clauses if len(clause) >= LONG_CLAUSE)


def hash64(key: str) -> int:
    """First 8 bytes of BLAKE2b over UTF-8, little-endian, signed: what a BIGINT column holds."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)
