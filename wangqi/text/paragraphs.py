"""Leaving out what a series repeats: editor's notes, footers, 往期 lists.

Dropping paragraphs that three or more stories share takes the 99th percentile of the similarity of two different
stories of one series from .373 to .025 (findings/copies.md §2.2).
"""

from collections.abc import Collection, Iterator, Mapping

from wangqi.text.forms import key_of_display
from wangqi.text.sentences import hash64

STORIES = 3  # a paragraph of so many stories of a host or series is boilerplate
LEAST_REST = 20  # key characters; a text with less besides its boilerplate is taken whole
_SHORTEST = 8  # key characters; a shorter line weighs nothing
# Boilerplate stands around a text: the middle of a long text is not looked at.
_HEAD, _TAIL = 12, 24


def paragraph_hashes(text: str) -> tuple[int, ...]:
    """Of the distinct paragraphs of a display form that have a letter, signed 64-bit, in the order of the text."""
    return tuple(paragraph_keys(text))


def paragraph_keys(text: str) -> dict[int, int]:
    """The same, with the length of each one's match key."""
    return {hash64(key): len(key) for key, _ in keyed(text) if key}


def countable(text: str) -> tuple[int, ...]:
    """The hashes of those that may prove to be boilerplate: 36 at most."""
    keys = [key for key, _ in keyed(text) if len(key) >= _SHORTEST]
    around = keys if len(keys) <= _HEAD + _TAIL else keys[:_HEAD] + keys[-_TAIL:]
    return tuple(dict.fromkeys(map(hash64, around)))


def repeated(counts: Mapping[int, int]) -> frozenset[int]:
    """The hashes that are boilerplate, given how many stories of the host or series carry each."""
    return frozenset(each for each, stories in counts.items() if stories >= STORIES)


def without_repeated(text: str, repeated: Collection[int]) -> str:
    """The display form without these paragraphs, or the whole of it when nothing would be left."""
    if not repeated:
        return text
    kept = [line for key, line in keyed(text) if key and hash64(key) not in repeated]
    return "\n".join(kept) or text


def keyed(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a display form, each after its match key."""
    return ((key_of_display(line), line) for line in text.split("\n"))
