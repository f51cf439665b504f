"""The small elements of a line, and what their makers have called them."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment

_INLINE = ("span", "em", "i", "b", "strong", "font", "address", "cite")
_MOST = 100
_LISTED = re.compile(r"/(?:tags?|topics?|categor(?:y|ies)|sections?|news|blog|label)(?:[/?#]|$)", re.IGNORECASE)


def parts_of_line(line: Segment) -> Iterator[HtmlElement]:
    """The links and inline elements of the block that holds a line; no byline stands behind that many of them."""
    return islice(line.block.iter("a", *_INLINE), _MOST)


def called(node: HtmlElement) -> str:
    """Class, id and property of an element, with one sign between their words."""
    return f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}".replace("_", "-")


def leads_to_a_list(line: Segment) -> bool:
    """Whether a link of the line's block leads to what is filed under one word."""
    return any(_LISTED.search(str(link.get("href", ""))) for link in line.block.iter("a"))
