"""trafilatura's reading of a page, to check ours by and to fall back on; the only use of it."""

from collections.abc import Sequence
from copy import deepcopy

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from crawler.extraction.segments import UNSHOWN, Segment
from crawler.extraction.tree import new_element

VERSION = f"trafilatura-{trafilatura.__version__}"
_RATIO = 2.0  # of two lengths, beyond which the extractors disagree
_DEEPEST = 256  # levels, and
_MOST_TABLES = 200  # tables, above which its time, quadratic in nested tables, may hurt
_MOST_LINES = 3_000  # above which it takes seconds
_FEW_LINES = 500  # below which its fallbacks, quadratic in lines, are quick
_RESCUE = 200  # characters that make a story where the structure shows none
_SHORT = 100  # characters below which a ratio says nothing


def disagreement(container: HtmlElement, lines: Sequence[Segment]) -> bool:
    """Whether trafilatura, given the container alone, finds more than twice or less than half of our text."""
    if not lines or _too_much(container, lines):
        return False
    ours = sum(segment.chars for segment in lines)
    theirs = len("".join(trafilatura_text(container).split()))
    if max(ours, theirs) < _SHORT or not theirs:
        return False
    return max(ours, theirs) > _RATIO * min(ours, theirs)


def rescued(tree: HtmlElement, lines: Sequence[Segment]) -> str:
    """The story of a page whose structure shows none, as trafilatura finds it; empty when that is next to nothing."""
    if sum(line.chars - line.link_chars for line in lines) < _RESCUE or _too_much(tree, lines):
        return ""
    text = trafilatura_text(tree, fast=len(lines) > _FEW_LINES)
    return text if len(text) >= _RESCUE else ""


def trafilatura_text(element: HtmlElement, *, fast: bool = True) -> str:
    """What trafilatura takes for the story in this element, alone in a page; empty when it fails.

    `fast` leaves out its fallbacks, which take half of its time and change nothing at the scale of `disagreement`.
    """
    page = new_element("html")
    copy = deepcopy(element)
    copy.tail = None
    for node in list(copy.iterdescendants(*UNSHOWN)):
        node.drop_tree()
    if copy.tag in ("html", "body", "svg", "math"):
        copy.tag = "div"
    body = new_element("body")
    body.append(copy)
    page.append(body)
    try:
        document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=False, fast=fast)
    except (AssertionError, RecursionError, ValueError):
        return ""  # it raises on pages of nothing but svg or math, and on very deep ones
    return (document.text or "") if isinstance(document, Document) else ""


def _too_much(container: HtmlElement, lines: Sequence[Segment]) -> bool:
    if len(lines) > _MOST_LINES or sum(1 for _ in container.iter("table")) > _MOST_TABLES:
        return True
    return any(sum(1 for _ in block.iterancestors()) > _DEEPEST for block in {line.block for line in lines})
