"""Words, by jieba's dictionary; it is loaded when two texts are first compared, for that takes most of a second."""

import logging
import warnings
from functools import cache, lru_cache
from typing import Any, Protocol, cast


class _Tokenizer(Protocol):
    FREQ: dict[str, int]

    def lcut(self, sentence: str, *, HMM: bool) -> list[str]: ...  # noqa: N803 - jieba's own name


@cache
def _jieba() -> _Tokenizer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its regular expressions are written with bad escapes
        import jieba  # noqa: PLC0415 - costs 0.7 s that only a word diff may spend
    jieba.setLogLevel(logging.ERROR)
    tokenizer: Any = jieba.Tokenizer()
    tokenizer.initialize()
    return cast("_Tokenizer", tokenizer)


@lru_cache(maxsize=4096)
def boundaries(key: str) -> tuple[int, ...]:
    """Offsets in a match key where a word begins or ends, from 0 to its length."""
    found, place = [0], 0
    for word in _jieba().lcut(key, HMM=False):
        place += len(word)
        found.append(place)
    return tuple(found)


def frequency(word: str) -> int:
    """The dictionary's count; 0 for a word that it does not have."""
    return _jieba().FREQ.get(word, 0)


def listed(word: str) -> bool:
    """Whether the dictionary has it."""
    return frequency(word) > 0


def unlisted(word: str) -> bool:
    """Whether it looks like a name: 2 to 4 ideographs that the dictionary only has as single characters."""
    return 2 <= len(word) <= 4 and all("\u4e00" <= char <= "\u9fff" for char in word) and _loose(word)


def _loose(word: str) -> bool:
    return len(boundaries(word)) == len(word) + 1
