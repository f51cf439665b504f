"""A match key as a set of hashed 3-grams."""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
GRAM = 3  # characters of the match key; 4 finds fewer spun copies (findings/copies.md §2.3)
STRANGERS = 0.2  # of the shorter one's 3-grams; copies with 30 % of their words swapped keep .35 and more
GOLDEN = 0x9E3779B97F4A7C15  # 2^64 / golden ratio, the increment of SplitMix64


def similarity(first: Words, second: Words) -> tuple[float, float]:
    """Jaccard similarity of two sets of grams, and the share of the smaller that the larger has too."""
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / (len(first) + len(second) - shared), shared / min(len(first), len(second))


def grams(key: str) -> Words:
    """Hashes of the distinct 3-grams, ascending; a shorter key is one gram."""
    codes = np.frombuffer(key.encode("utf-32-le"), dtype="<u4").astype(np.uint64) + np.uint64(1)
    if len(codes) < GRAM:
        codes = np.pad(codes, (0, GRAM - len(codes)))
    count = len(codes) - GRAM + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for place in range(GRAM):
        hashes += codes[place : place + count] * np.uint64(pow(GOLDEN, place + 1, 1 << 64))
    return np.unique(mix(hashes))


def mix(words: Words) -> Words:
    """The finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
