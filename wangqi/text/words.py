"""Words, by the dictionary of jieba, which rjieba holds; it is loaded when somebody first asks, or by `load`."""

from functools import cache, lru_cache
from typing import Protocol, cast


class _Dictionary(Protocol):
    def cut(self, text: str, *, hmm: bool) -> list[str]: ...
    def has_word(self, word: str) -> bool: ...


@cache
def _dictionary() -> _Dictionary:
    import rjieba  # noqa: PLC0415 - 0.1 s and 30 MB that only a word diff may spend

    return cast("_Dictionary", rjieba)


def load() -> None:
    """For a process that will ask, but is not to wait at that moment."""
    _dictionary()


@lru_cache(maxsize=4096)
def boundaries(key: str) -> tuple[int, ...]:
    """Offsets in a match key where a word begins or ends, from 0 to its length."""
    found, place = [0], 0
    for word in _dictionary().cut(key, hmm=False):
        place += len(word)
        found.append(place)
    return tuple(found)


def listed(word: str) -> bool:
    """Whether the dictionary has it."""
    return _dictionary().has_word(word)


def unlisted(word: str) -> bool:
    """Whether it looks like a name: 2 to 4 ideographs that the dictionary only has as single characters."""
    return 2 <= len(word) <= 4 and all("\u4e00" <= char <= "\u9fff" for char in word) and _loose(word)


def _loose(word: str) -> bool:
    return len(boundaries(word)) == len(word) + 1
