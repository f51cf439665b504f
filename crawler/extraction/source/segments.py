"""A page as the run of its texts, pictures and other media, in reading order, from one walk over the tree."""
# ruff: noqa: SIM905 - twenty tag names read better as one text

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.media import Medium, document_in, medium_of
from crawler.extraction.source.notices import is_notice

UNSHOWN = frozenset(
    "script style noscript template iframe object embed svg math title select option textarea button input"
    " audio video canvas map link meta dialog".split()
)
BLOCK_TAGS = frozenset(
    "html body p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody"
    " tfoot tr td th caption blockquote pre figure figcaption form fieldset center address details summary hr".split()
)
_BOLD = frozenset(("b", "strong"))
_MARKING = BLOCK_TAGS | _BOLD | {"a", "br", "img"}  # all others change nothing
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-original-src", "original", "src")
_STOPS = re.compile(r"[，。！？；：、,.!?;]")
_UNSEEN = dict.fromkeys((*range(32), 127, 0xAD, 0x200B, 0x2060, 0xFEFF))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDDEN_ASIDE = 40  # characters; longer ones are the rest of a text that a reader unfolds
_SHORTEST_PROSE = 10
_SENTENCE = 40  # characters beside its links by which a line is a sentence of its own
_UNPOINTED = 20  # longer lines without any point are still half a sentence: lists of names, verse


@dataclass(slots=True, eq=False)
class Segment:
    """One line of text or one picture.

    Attributes:
        block: The nearest block element around it.
        text: Blanks collapsed; of a picture its alt text.
        chars: Characters that are no blanks.
        link_chars: How many of these stand inside a link.
        bold_chars: How many stand inside `<b>` or `<strong>`.
        prose: How much the line looks like prose: its characters outside links, when it has points or length and does
            not speak for the site.
        src: Of a picture, or of what else is no text, the address as written; else None.
        medium: What stands at that address.
        document: The address, as written, of a document that a link in the line leads to; or None.
        node: The element that shows it; None of a line.
    """

    block: HtmlElement
    text: str
    chars: int
    link_chars: int = 0
    bold_chars: int = 0
    prose: float = 0.0
    src: str | None = None
    medium: Medium = "image"
    document: str | None = None
    node: HtmlElement | None = None


def segments_of(root: HtmlElement, links: Collection[HtmlElement] = ()) -> list[Segment]:
    """Every line, picture, document and film below `root`; nothing that a browser does not show.

    Args:
        root: Of the page, or of a part of it.
        links: The elements that are links although they are no `<a>`.
    """
    reader = _Reader(root)
    enter, leave, add = reader.enter, reader.leave, reader.add
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, node in walker:
        tag = node.tag
        if event == "end":
            if node is not skipped and (tag in _MARKING or (links and node in links)):
                leave(tag, is_link=tag == "a" or node in links)
            text = node.tail if node is not root else None
        elif tag in UNSHOWN or not isinstance(tag, str) or (tag not in BLOCK_TAGS and _is_hidden_aside(node)):
            reader.show(node)
            walker.skip_subtree()
            skipped = node
            continue
        else:
            if tag in _MARKING or (links and node in links):
                enter(node, tag, is_link=tag == "a" or node in links)
            text = node.text
        if text:
            add(text)
    reader.close_line()
    return reader.segments


def _is_hidden_aside(node: HtmlElement) -> bool:
    """A few words hidden within a line; hidden blocks are lines of their own, which others judge."""
    style = node.get("style")
    if style is None or not is_hidden(style):
        return False
    left = _HIDDEN_ASIDE
    for inner in node.iter():  # each counts, too: a thousand empty ones in one another would take a million steps
        left -= 1 + len(inner.text or "") + (len(inner.tail or "") if inner is not node else 0)
        if left <= 0:
            return False
    return True


def is_hidden(style: str) -> bool:
    """Whether an element's style hides it."""
    return "display" in style and _HIDDEN.search(style) is not None


def _prose(text: str, plain: int, linked: int) -> float:
    # 康大文的《…》被收入，这是第一篇。: a paragraph about what it leads to
    leads = plain < linked and not (plain >= _SENTENCE and text.endswith("。"))
    if leads or plain < _SHORTEST_PROSE or is_notice(text):
        return 0.0
    if not _STOPS.search(text):
        return 0.3 * plain if plain > _UNPOINTED else 0.0
    return float(plain)


class _Reader:
    """Gathers lines while elements open and close around it."""

    def __init__(self, root: HtmlElement) -> None:
        self.segments: list[Segment] = []
        self._blocks = [root]
        self._pieces: list[str] = []
        self._in_link = self._in_bold = 0
        self._link = self._bold = 0
        self._document: str | None = None

    def enter(self, node: HtmlElement, tag: object, *, is_link: bool) -> None:
        if tag in BLOCK_TAGS:
            self.close_line()
            self._blocks.append(node)
        elif tag == "br":
            self.close_line()
        elif tag == "img":
            self._picture(node)
        elif tag in _BOLD:
            self._in_bold += 1
        if is_link:
            self._in_link += 1
            self._document = self._document or document_in(node.get("href") or "")

    def leave(self, tag: object, *, is_link: bool) -> None:
        if tag in BLOCK_TAGS:
            self.close_line()
            self._blocks.pop()
        elif tag in _BOLD:
            self._in_bold -= 1
        if is_link:
            self._in_link -= 1

    def add(self, text: str) -> None:
        if text.isspace():
            if self._pieces or self._document:  # blanks before a line are no part of it
                self._pieces.append(" ")
            return
        self._pieces.append(text)
        if self._in_link or self._in_bold:
            size = len("".join(text.split()))
            self._link += size if self._in_link else 0
            self._bold += size if self._in_bold else 0

    def close_line(self) -> None:
        if not self._pieces:
            return
        text = " ".join("".join(self._pieces).split())
        if not text.isprintable():
            text = " ".join(text.translate(_UNSEEN).split())
        if text:
            chars = len(text) - text.count(" ")
            linked = min(self._link, chars)
            made = Segment(self._blocks[-1], text, chars, linked, min(self._bold, chars))
            made.prose = _prose(text, chars - linked, linked)
            made.document = self._document
            self.segments.append(made)
        self._pieces.clear()
        self._link = self._bold = 0
        self._document = None

    def _picture(self, node: HtmlElement) -> None:
        self.close_line()
        # data: is a placeholder that a script would replace
        src = next((v for name in _LAZY if (v := node.get(name)) and not v.startswith("data:")), None)
        if src:
            alt = " ".join((node.get("alt") or "").split())
            self.segments.append(Segment(self._blocks[-1], alt, 0, src=src, node=node))

    def show(self, node: HtmlElement) -> None:
        if found := medium_of(node):
            self.close_line()
            medium, src = found
            title = " ".join((node.get("title") or "").split())
            self.segments.append(Segment(self._blocks[-1], title, 0, src=src, medium=medium, node=node))
