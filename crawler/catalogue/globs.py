"""PURE: the patterns of `include` and `exclude`, in which * stands for any characters."""

from collections.abc import Iterable


def matches_any(globs: Iterable[str], url: str) -> bool:
    """Whether one of them is the URL, in a time that grows with their lengths alone, however many stars they have.

    >>> matches_any(["*/video/*", "*?print=1"], "https://a.example/video/1"), matches_any(["a*b*c"], "abd")
    (True, False)
    """
    return any(_matches(glob.split("*"), url) for glob in globs)


def _matches(pieces: list[str], url: str) -> bool:
    if len(pieces) == 1:
        return url == pieces[0]
    first, *between, last = pieces
    place, end = len(first), len(url) - len(last)
    if place > end or not (url.startswith(first) and url.endswith(last)):
        return False
    for piece in between:
        found = url.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True
