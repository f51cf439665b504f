"""Words of jieba's dictionary as frequent as they are in Chinese, and phrases and slogans made of them."""

from functools import cache
from typing import Final

import jieba
import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
POOL: Final = 1 << 20  # words drawn beforehand
_SEED: Final = 7
_PHRASES: Final = 20_000
_PHRASED: Final = 0.06  # of the places in a text
_SLOGANS: Final = 3_000


class Lexicon:
    """Drawing from the pool draws words in their natural proportions, and a phrase the rarer the higher its rank."""

    def __init__(self) -> None:
        jieba.initialize()
        counts = {word: count for word, count in jieba.dt.FREQ.items() if count and _is_han(word)}
        words = list(counts)
        weights = np.fromiter(counts.values(), dtype=float)
        drawn = _rng(0).choice(len(words), POOL, p=weights / weights.sum())
        rng = _rng(1)
        runs = (drawn[at : at + rng.integers(2, 5)] for at in range(_PHRASES))
        self._vocabulary = words + ["".join(words[each] for each in run) for run in runs]
        ranks = 1 / np.arange(10, _PHRASES + 10)  # Zipf
        phrases = len(words) + rng.choice(_PHRASES, POOL, p=ranks / ranks.sum())
        self._pool = np.where(rng.random(POOL) < _PHRASED, phrases, drawn)
        self._slogans = [f"{self.run(rng, 5)}，{self.run(rng, 6)}。" for _ in range(_SLOGANS)]

    def topic(self, rng: np.random.Generator, size: int) -> Places:
        """Words that some texts have in common."""
        return self._pool[rng.integers(0, POOL, size)]

    def words(self, rng: np.random.Generator, size: int, topic: Places) -> list[str]:
        """Half of them of the topic."""
        theirs, any_ = topic[rng.integers(0, len(topic), size)], self._pool[rng.integers(0, POOL, size)]
        return [self._vocabulary[place] for place in np.where(rng.random(size) < 0.5, theirs, any_)]

    def run(self, rng: np.random.Generator, count: int) -> str:
        return "".join(self._vocabulary[self._pool[place]] for place in rng.integers(0, POOL, count))

    def slogan(self, rng: np.random.Generator) -> str:
        """The first ones much more often than the last."""
        return self._slogans[int(_SLOGANS * rng.random() ** 3)]


@cache
def lexicon() -> Lexicon:
    """The same words in every process."""
    return Lexicon()


def _rng(purpose: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([_SEED, purpose]))


def _is_han(word: str) -> bool:
    return all("一" <= char <= "鿿" for char in word)
