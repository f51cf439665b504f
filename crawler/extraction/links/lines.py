"""A page as its reader sees it: lines of text in order, with the links that stand in them."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DEEPEST = 200


@dataclass(slots=True, eq=False)
class Anchor:
    """A link in its line: an `<a>`, or whatever else leads somewhere (`targets`).

    Attributes:
        text: Its heading where it is a card; else what the reader sees; else its `title`, else its picture's `alt`.
        hint: Its `title` attribute or its picture's `alt`, or "".
        rel: Its `rel` attribute, or "".
        head: The heading within a card, or "".
        start: Where its text begins in the line's.
        end: Where it ends.
        is_hidden: A script follows it, and its address is not on the page.
    """

    element: HtmlElement
    href: str
    hint: str
    rel: str
    start: int
    end: int = 0
    text: str = ""
    head: str = ""
    is_hidden: bool = False
    line: "Line" = field(init=False)


@dataclass(slots=True, eq=False)
class Line:
    """The inline content between two block borders.

    Attributes:
        element: The innermost block that holds it.
        index: Its place on the page.
        text: White space folded, cut at 400 characters.
        length: Of the whole text.
    """

    element: HtmlElement
    index: int
    text: str
    length: int
    anchors: list[Anchor]
    _linked: int | None = None

    @property
    def free_length(self) -> int:
        """Characters that are no link's."""
        if self._linked is None:
            self._linked = sum(anchor.end - anchor.start for anchor in self.anchors)
        return self.length - self._linked


def is_within(element: HtmlElement, room: HtmlElement) -> bool:
    """Whether the element is the room or in it; not looked for more than `_DEEPEST` levels up."""
    current: HtmlElement | None = element
    for _ in range(_DEEPEST):
        if current is room:
            return True
        if current is None:
            return False
        current = current.getparent()
    return False


_TAG_URL = re.compile(r"/tags?/[^/]+/?$", re.IGNORECASE)


def is_tag(anchor: Anchor) -> bool:
    """Whether the link is a tag of the page or of the site, which may be called 系列文章."""
    return "tag" in anchor.rel.split() or _TAG_URL.search(anchor.href) is not None
