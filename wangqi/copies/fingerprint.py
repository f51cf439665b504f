"""What a text is found by: a MinHash sketch, its bands, and the hashes of its long sentences.

Every constant is written down here and nothing is taken from a library's generator, so that a sketch stored today can
be computed again in decades, in any language. Whoever changes one raises `SKETCH_VERSION`.
"""

import numpy as np
from numpy.typing import NDArray

from wangqi.copies.records import Fingerprint
from wangqi.copies.shingles import GOLDEN, Words, grams, mix
from wangqi.text.paragraphs import countable
from wangqi.text.sentences import sentence_hashes

BANDS = 42
ROWS = 3  # 42 x 3: 1.7 candidates a query, .95 to 1.0 of spun copies found among 18,826 stories
SHORTEST_KEY = 40  # below that a handful of grams decides, and the exact key has to do

_Halves = NDArray[np.uint32]
_MASK = (1 << 64) - 1
_CHUNK = 1024  # grams at a time: half a megabyte of products, which stays in the cache


def fingerprint(match_key: str, text: str) -> Fingerprint:
    """Fingerprint a text by its match key (for the sketch) and its display form (for the sentences).

    Take out what the series repeats first: `paragraphs.without_repeated`.
    """
    hashes, paragraphs = sentence_hashes(text), countable(text)
    if len(match_key) < SHORTEST_KEY:
        return Fingerprint(sketch=None, bands=(), sentences=hashes, paragraphs=paragraphs)
    minima = _minima(grams(match_key))
    return Fingerprint(
        sketch=minima.astype(np.uint8).tobytes(), bands=_band_keys(minima), sentences=hashes, paragraphs=paragraphs
    )


def _stream(first: int, count: int) -> Words:
    """`count` outputs of SplitMix64 seeded with 0, beginning with output number `first`."""
    states = [(place * GOLDEN) & _MASK for place in range(first + 1, first + count + 1)]
    return mix(np.array(states, dtype=np.uint64))


def _high(words: Words) -> _Halves:
    return (words >> np.uint64(32)).astype(np.uint32)


# x -> ax + b on 32-bit words, a permutation since a is odd; eight times as fast as on 64-bit words.
_FACTORS = _high(_stream(0, BANDS * ROWS))[:, None] | np.uint32(1)
_ADDENDS = _high(_stream(BANDS * ROWS, BANDS * ROWS))[:, None]


def _minima(hashes: Words) -> _Halves:
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
        keys = mix(keys + row + np.uint64(1))
    numbered = (np.arange(BANDS, dtype=np.uint64) << np.uint64(56)) | (keys >> np.uint64(8))
    return tuple(numbered.astype(np.int64).tolist())
