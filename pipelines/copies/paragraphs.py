"""Leaving out what a series repeats: editor's notes, footers, 往期 lists.

Dropping paragraphs that three or more stories share takes the 99th percentile of the similarity of two different
stories of one series from .373 to .025 (findings/copies.md §2.2).
"""

from collections.abc import Collection, Iterator, Mapping

from pipelines.copies.sentences import hash64
from pipelines.text import key_of_display

STORIES = 3  # a paragraph of so many stories of a host or series is a template


def paragraph_hashes(text: str) -> tuple[int, ...]:
    """Of the distinct paragraphs of a display form that have a letter, signed 64-bit."""
    return tuple(dict.fromkeys(each for each, _ in _hashed(text) if each is not None))


def repeated(counts: Mapping[int, int]) -> frozenset[int]:
    """The hashes that are template, given how many stories of the host or series carry each."""
    return frozenset(each for each, stories in counts.items() if stories >= STORIES)


def without_repeated(text: str, repeated: Collection[int]) -> str:
    """The display form without these paragraphs, or the whole of it when nothing would be left."""
    if not repeated:
        return text
    kept = [line for each, line in _hashed(text) if each is not None and each not in repeated]
    return "\n".join(kept) or text


def _hashed(text: str) -> Iterator[tuple[int | None, str]]:
    for line in text.split("\n"):
        key = key_of_display(line)
        yield (hash64(key) if key else None), line
