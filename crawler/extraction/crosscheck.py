"""trafilatura's reading of a page, to check ours by and to fall back on; the only use of it."""

from collections.abc import Sequence
from copy import deepcopy

import trafilatura
from lxml.html import HtmlElement, html_parser
from trafilatura.settings import Document

from crawler.extraction.segments import UNSHOWN, Segment

VERSION = f"trafilatura-{trafilatura.__version__}"
_RATIO = 2.0  # of two lengths, beyond which the extractors disagree
_DEEPEST = 256  # levels; trafilatura's time is quadratic in nested tables
_SHORT = 100  # characters below which a ratio says nothing


def disagreement(container: HtmlElement, lines: Sequence[Segment]) -> bool:
    """Whether trafilatura, given the container alone, finds more than twice or less than half of our text."""
    ours = sum(segment.chars for segment in lines)
    theirs = len("".join(trafilatura_text(container).split()))
    if max(ours, theirs) < _SHORT or not theirs:
        return False
    return max(ours, theirs) > _RATIO * min(ours, theirs)


def trafilatura_text(element: HtmlElement, *, fast: bool = True) -> str:
    """What trafilatura takes for the story in this element, alone in a page; empty when it fails.

    `fast` leaves out its fallbacks, which take half of its time and change nothing at the scale of `disagreement`.
    """
    if _depth(element) > _DEEPEST:
        return ""
    page = html_parser.makeelement("html")
    copy = deepcopy(element)
    copy.tail = None
    for node in list(copy.iterdescendants(*UNSHOWN)):
        node.drop_tree()
    if copy.tag in ("html", "body", "svg", "math"):
        copy.tag = "div"
    body = page.makeelement("body")
    body.append(copy)
    page.append(body)
    try:
        document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=False, fast=fast)
    except (AssertionError, RecursionError, ValueError):
        return ""  # it raises on pages of nothing but svg or math, and on very deep ones
    return (document.text or "") if isinstance(document, Document) else ""


def _depth(element: HtmlElement) -> int:
    depths: dict[HtmlElement | None, int] = {element.getparent(): 0}
    for node in element.iter():
        depths[node] = depths[node.getparent()] + 1
    return max(depths.values())
