"""Which words of a text stand where an earlier one had others, in writing with blanks between its words and without."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from wangqi.copies.records import Change, Comparison

_LONGEST: Final = 6  # characters of a word without blanks around it
_LATIN: Final = re.compile(r"[a-z]{2}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST: Final = 400  # words of a sentence that is read word by word

Pairs = dict[tuple[str, str], Change]


def word_swaps(comparison: Comparison, before: str, after: str) -> tuple[Pairs, float]:
    """The different pairs of an old and a new word, each with its first place; and what share of all that changed they
    are, in characters.
    """
    pairs: Pairs = {}
    total = swapped = 0
    for change in comparison.changes:
        size = len(change.before) + len(change.after)
        words = list(_words_of(change, before, after))
        if words:
            size = sum(len(old) + len(new) for old, new, _ in words)
        elif change.before and change.after and max(len(change.before), len(change.after)) <= _LONGEST:
            words = [(change.before, change.after, change.kind == "word")]
        total += size
        for old, new, is_swap in words:
            swapped += (len(old) + len(new)) * is_swap
            if is_swap:
                pairs.setdefault((old, new), change)
    total += sum(map(len, (*comparison.new, *comparison.lost)))
    return pairs, swapped / total if total else 0.0


def _words_of(change: Change, before: str, after: str) -> Iterator[tuple[str, str, bool]]:
    """The words that differ within a longer change in Latin letters, and whether each stands for one; else nothing.

    A match key has no blanks, so that such a sentence is one long word there.
    """
    if len(change.before) <= _LONGEST or not (_LATIN.match(change.before) and _LATIN.match(change.after)):
        return
    old = _WORD.findall(before[slice(*change.before_span)].lower())[:_MOST]
    new = _WORD.findall(after[slice(*change.after_span)].lower())[:_MOST]
    for kind, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if end - start == other_end - other_start:
            yield from (
                (one, other, True) for one, other in zip(old[start:end], new[other_start:other_end], strict=True)
            )
        else:
            yield " ".join(old[start:end]), " ".join(new[other_start:other_end]), False
