"""How a table of contents names the page it stands on, and how it names the whole."""

import re
from functools import lru_cache

from crawler.extraction.links.addresses import may_be_series
from crawler.extraction.links.page import Candidate, Page
from wangqi.titles.anatomy import key, strip_decoration
from wangqi.titles.issues import Numbering, fold, numbering_of

_HERE = re.compile(
    r"\s*[(（\[【]?\s*(?:本文|本篇|本期|本讲|当前|在读|this (?:post|part|article|one|page)|you are here|current)"
    r"\s*[)）\]】]?\s*$",
    re.IGNORECASE,
)
_HERE_ENDS = (
    "本文",
    "本篇",
    "本期",
    "本讲",
    "当前",
    "在读",
    "post",
    "part",
    "article",
    "one",
    "page",
    "here",
    "current",
)
_AROUND_HERE = " )）]】"
_SIGN = re.compile(r"[:|]|—+|--")
# An unnumbered first part may be called by the name alone where the others carry a loose number; a 第2期 had a 第1期.
_LOOSE_UNITS = frozenset({"()", "上下", "之", "end", "系列", "start"})


def names_itself(page: Page, text: str) -> bool:
    """Whether the text is the page's title, what its title says behind the series' name and the number, or 本文."""
    bare = _without_here(text)
    if page.bears_title(bare) or says_here(text):
        return True
    subject = _subject(page.title or "")
    shared = page.loose_shape.suffixes if page.loose_shape else frozenset()
    return bool(subject) and subject not in shared and _subject(bare) == subject


def says_here(text: str) -> bool:
    """Whether the text is 本文 or "this article" and no more, perhaps behind its number: Part 4: This Article."""
    bare = _without_here(text)
    if bare == text:
        return False
    rest = key(bare)
    return not rest or rest.isdigit() or is_only_number(bare)


def _without_here(text: str) -> str:
    is_said = text.rstrip(_AROUND_HERE).lower().endswith(_HERE_ENDS)  # the cheap question first
    return _HERE.sub("", text) if is_said else text


@lru_cache(maxsize=256)  # of the page's own title it is asked at every row
def _subject(title: str) -> str:
    folded = fold(strip_decoration(title))
    sign, number = _SIGN.search(folded), numbering_of(folded)
    return key(folded[max(sign.end() if sign else 0, number.end if number else 0) :])


def _without(folded: str, number: Numbering) -> str:
    return folded[: number.start] + folded[number.end :]


def is_only_number(text: str) -> bool:
    """Whether the text is a part's number and no title: NO.211, 第三期."""
    number = numbering_of(text)
    return number is not None and not key(_without(fold(text), number))


def settle(page: Page, found: list[Candidate], indexes: frozenset[str]) -> None:
    """Call `listing` what a finder took for a member and is the series' own page: it bears the bare name.

    Args:
        page: The page.
        found: Candidates of every kind; changed in place.
        indexes: URLs that a breadcrumb or the heading of a series block leads to; the address of a series says as much.
    """
    for candidate in found:
        if candidate.kind != "series" or candidate.href is None:
            continue
        target = page.resolve(candidate.href) or ""
        at_top = target in indexes or (may_be_series(target) and not may_be_series(page.url))
        if _bears_name(page, candidate.title, loosely=at_top):
            candidate.kind, candidate.in_block = "listing", False
            candidate.reason = "it bears the series' name alone"


def _bears_name(page: Page, title: str, *, loosely: bool) -> bool:
    shape = page.loose_shape
    name = key(strip_decoration(title))
    if shape is None or not name:
        return False
    if name in shape.prefixes or name in shape.suffixes:
        return True
    counted = not shape.units <= _LOOSE_UNITS
    return name in shape.cores and (loosely or counted)
