"""PURE: words that altered copies have taught the archive, looked for in a new text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from wangqi.copies.records import Finding, Span
from wangqi.text.forms import display

# Spinners also put in words that honest writers use (事情 for 工作). So such words never make a sign by themselves;
# beside the signs of other detectors they count as one more.
_HINT: Final = 0.3
_LEAST: Final = 3  # different words
_LEAST_RATE: Final = 2.0  # a thousand characters
_SHOWN: Final = 50


class SpinPair(Protocol):
    """A word, and what spinners put in its place; it is looked for when its status is `counts`."""

    @property
    def spun(self) -> str: ...
    @property
    def original(self) -> str: ...
    @property
    def status(self) -> str: ...


class LearntWords:
    """Those pairs that count: seen in two copies, or confirmed by a person."""

    def __init__(self, pairs: Iterable[SpinPair] = ()) -> None:
        self._originals = {pair.spun: pair.original for pair in pairs if pair.status == "counts"}
        self._lengths = sorted({len(spun) for spun in self._originals}, reverse=True)

    def finding(self, text: str) -> Finding | None:
        """A hint when several of the words stand in the text, else None."""
        shown = display(text)
        hits = list(self._hits(shown)) if self._originals else []
        words = {found for _, found in hits}
        rate = 1000 * len(hits) / max(300, len(re.findall(r"\w", shown))) if hits else 0.0
        if len(words) < _LEAST or rate < _LEAST_RATE:
            return None
        return Finding(
            detector="learnt_words",
            version=1,
            label="synonym_spin",
            score=_HINT,
            summary=f"{len(words)} words that altered copies put in for others: {'、'.join(sorted(words)[:4])}",
            evidence=tuple(
                Span(start=start, end=start + len(word), found=word, expected=self._originals[word])
                for start, word in hits[:_SHOWN]
            ),
            measured={"hits": len(hits), "words": len(words), "per_thousand": round(rate, 1)},
        )

    def _hits(self, text: str) -> Iterator[tuple[int, str]]:
        """The longest word at each place; none begins inside another."""
        place = 0
        while place < len(text):
            pieces = (text[place : place + length] for length in self._lengths)
            word = next((piece for piece in pieces if piece in self._originals), None)
            if word is not None:
                yield place, word
            place += len(word or " ")
