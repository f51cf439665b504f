"""What a text is found by: a MinHash sketch, its bands, and the hashes of its long sentences.

Every constant is written down here and nothing is taken from a library's generator, so that a sketch stored today can
be computed again in decades, in any language. Whoever changes one raises `SKETCH_VERSION`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.copies.sentences import sentence_hashes

SKETCH_VERSION = 1
GRAM = 3  # characters of the match key; 4 finds fewer spun copies (findings/copies.md §2.3)
BANDS = 42
ROWS = 3  # 42 x 3: 1.7 candidates a query, .95 to 1.0 of spun copies found among 18,826 stories
SHORTEST_KEY = 40  # below that a handful of grams decides, and the exact key has to do

_Words = NDArray[np.uint64]
_Halves = NDArray[np.uint32]
_GOLDEN = 0x9E3779B97F4A7C15  # 2^64 / golden ratio, the increment of SplitMix64
_MASK = (1 << 64) - 1
_CHUNK = 1024  # grams at a time: half a megabyte of products, which stays in the cache


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What storage looks candidates up by.

    Attributes:
        sketch: 126 unsigned 32-bit minima, little-endian; None when the key has fewer than 40 characters.
        bands: 42 signed 64-bit keys, the band's number in the top byte; empty without a sketch.
        sentences: Signed 64-bit hashes of the distinct sentences of 12 key characters or more.
        version: `SKETCH_VERSION`; only fingerprints of one version can be compared.
    """

    sketch: bytes | None
    bands: tuple[int, ...]
    sentences: tuple[int, ...]
    version: int = SKETCH_VERSION


def fingerprint(match_key: str, text: str) -> Fingerprint:
    """Fingerprint a text by its match key (for the sketch) and its display form (for the sentences).

    Take out what the series repeats first: `paragraphs.without_repeated`.
    """
    hashes = sentence_hashes(text)
    if len(match_key) < SHORTEST_KEY:
        return Fingerprint(sketch=None, bands=(), sentences=hashes)
    minima = _minima(grams(match_key))
    return Fingerprint(sketch=minima.astype("<u4").tobytes(), bands=_band_keys(minima), sentences=hashes)


def resemblance(one: bytes, other: bytes) -> float:
    """Estimated Jaccard similarity of two sketches; the standard error is at most .045."""
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


def grams(key: str) -> _Words:
    """Hashes of the distinct 3-grams, ascending; a shorter key is one gram."""
    codes = np.frombuffer(key.encode("utf-32-le"), dtype="<u4").astype(np.uint64) + np.uint64(1)
    if len(codes) < GRAM:
        codes = np.pad(codes, (0, GRAM - len(codes)))
    count = len(codes) - GRAM + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for place in range(GRAM):
        hashes += codes[place : place + count] * np.uint64(pow(_GOLDEN, place + 1, 1 << 64))
    return np.unique(_mix(hashes))


def _mix(words: _Words) -> _Words:
    """The finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _stream(first: int, count: int) -> _Words:
    """`count` outputs of SplitMix64 that was seeded with 0, from its `first` on."""
    states = [(place * _GOLDEN) & _MASK for place in range(first + 1, first + count + 1)]
    return _mix(np.array(states, dtype=np.uint64))


def _high(words: _Words) -> _Halves:
    return (words >> np.uint64(32)).astype(np.uint32)


# x -> ax + b on 32-bit words, a permutation since a is odd; eight times as fast as on 64-bit words.
_FACTORS = _high(_stream(0, BANDS * ROWS))[:, None] | np.uint32(1)
_ADDENDS = _high(_stream(BANDS * ROWS, BANDS * ROWS))[:, None]


def _minima(hashes: _Words) -> _Halves:
    high = _high(hashes)
    lowest = np.full(BANDS * ROWS, 0xFFFFFFFF, dtype=np.uint32)
    for start in range(0, len(high), _CHUNK):
        permuted = _FACTORS * high[start : start + _CHUNK] + _ADDENDS
        lowest = np.minimum(lowest, permuted.min(axis=1))
    return lowest


def _band_keys(minima: _Halves) -> tuple[int, ...]:
    """Number of the band << 56 | 56 bits of its rows, as signed 64-bit."""
    keys = np.zeros(BANDS, dtype=np.uint64)
    for row in minima.reshape(BANDS, ROWS).T.astype(np.uint64):
        keys = _mix(keys + row + np.uint64(1))
    numbered = (np.arange(BANDS, dtype=np.uint64) << np.uint64(56)) | (keys >> np.uint64(8))
    return tuple(numbered.astype(np.int64).tolist())
