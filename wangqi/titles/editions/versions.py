"""Titles that differ in the number of a version alone: Ferry 24.0.1 is out, Ferry 25 Beta1 is out."""

import re
from functools import lru_cache
from typing import Final

from wangqi.titles.issues import fold
from wangqi.titles.names import letters
from wangqi.titles.tie import Tie

_SHORTEST: Final = 8  # letters that another title hardly has by chance
_VERSION: Final = re.compile(
    r"(?<![\w.])v?(?P<first>\d{1,4})(?:\.\d{1,4}){0,3}"
    r"(?:[ .-]?(?:alpha|beta|preview|rc|cr|sp|final|ga|lts)[ .-]?\d{0,3})?(?![\w.]\w)",
    re.IGNORECASE,
)


def by_version(own: str, other: str) -> Tie | None:
    """The tie of two such titles."""
    ours = _release(own)
    theirs = _release(other) if ours else None
    if ours is None or theirs is None or ours[1] != theirs[1] or ours[2] == theirs[2]:
        return None
    return Tie(0.9, "the same title of another version", (ours[0], theirs[0]) if ours[0] != theirs[0] else None)


def may_have_versions(title: str) -> bool:
    """Whether titles of other versions may be like it."""
    return _release(title) is not None


@lru_cache(maxsize=8_192)
def _release(title: str) -> tuple[int, str, str] | None:
    """The number, the words around the version, and the version; None where there is none, or several."""
    folded = fold(title).casefold()
    found = list(_VERSION.finditer(folded))
    words = letters(_VERSION.sub(" ", folded)) if len(found) == 1 else ""
    return (int(found[0]["first"]), words, letters(found[0][0])) if len(words) >= _SHORTEST else None
