"""A page as its reader sees it: lines of text in order, with the links that stand in them."""

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

# Text of these is never shown, or is a form's.
_UNREAD = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "textarea", "svg", "iframe", "object"}
)
_BLOCK_TAGS = """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th
thead tr ul"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MOST_LINKS = 5_000
# Longer texts are paragraphs; what stands behind is never asked for.
_LONGEST_TEXT = 400


@dataclass(slots=True, eq=False)
class Anchor:
    """An `<a>` in its line.

    Attributes:
        text: What the reader sees; else its `title`, else its picture's `alt`.
        hint: Its `title` attribute or its picture's `alt`, or "".
        start: Where its text begins in the line's.
        end: Where it ends.
    """

    element: HtmlElement
    href: str
    line: "Line"
    text: str = ""
    hint: str = ""
    start: int = 0
    end: int = 0


@dataclass(slots=True, eq=False)
class Line:
    """The inline content between two block borders.

    Attributes:
        element: The innermost block that holds it.
        index: Its place on the page.
        length: Of the whole text, where `text` was cut.
    """

    element: HtmlElement
    index: int = 0
    text: str = ""
    length: int = 0
    anchors: list[Anchor] = field(default_factory=list)

    @property
    def free_length(self) -> int:
        """Characters that are no link's."""
        return self.length - sum(anchor.end - anchor.start for anchor in self.anchors)

    def before(self, anchor: Anchor) -> str:
        """The text between the previous link and this one."""
        at = self.anchors.index(anchor)
        return self.text[self.anchors[at - 1].end if at else 0 : anchor.start].strip()


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._blocks: list[HtmlElement] = []
        self._pieces: list[str] = []
        self._length = 0
        self._anchors: list[Anchor] = []
        self._open: Anchor | None = None
        self._links = 0

    def text(self, text: str | None) -> None:
        if text and (shown := " ".join(text.split())):
            if self._pieces and (text[0].isspace() or self._pieces[-1] == " "):
                shown = shown if self._pieces[-1] == " " else f" {shown}"
            self._pieces.append(shown)
            self._length += len(shown)
            if text[-1].isspace():
                self.space()

    def space(self) -> None:
        if self._pieces and self._pieces[-1] != " ":
            self._pieces.append(" ")
            self._length += 1

    def border(self) -> None:
        if self._open is not None:  # a card: blocks within one link are one line
            self.space()
            return
        if self._pieces or self._anchors:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._pieces)
        if self._anchors or not text.isspace():
            line = Line(
                self._blocks[-1] if self._blocks else self._anchors[0].element, len(self.lines), text[:_LONGEST_TEXT]
            )
            line.length = self._length
            line.anchors = self._anchors
            for anchor in line.anchors:
                anchor.line = line
                anchor.text = text[anchor.start : anchor.end].strip() or anchor.hint
            self.lines.append(line)
        self._pieces, self._anchors, self._length = [], [], 0

    def enter(self, block: HtmlElement) -> None:
        self.border()
        self._blocks.append(block)

    def leave(self, block: HtmlElement) -> None:
        self.border()
        if self._blocks and self._blocks[-1] is block:
            self._blocks.pop()

    def open_link(self, element: HtmlElement) -> None:
        if self._links >= MOST_LINKS or self._open is not None:
            return
        self._links += 1
        self._open = Anchor(element, (element.get("href") or "").strip(), _NOWHERE, start=self._length)
        self._open.hint = " ".join((element.get("title") or "").split())
        self._anchors.append(self._open)

    def close_link(self, element: HtmlElement) -> None:
        if self._open is not None and self._open.element is element:
            self._open.end = self._length
            self._open = None

    def picture(self, element: HtmlElement) -> None:
        if self._open is not None and not self._open.hint:
            self._open.hint = " ".join((element.get("title") or element.get("alt") or "").split())


_NOWHERE = Line(HtmlElement())


def read_lines(tree: HtmlElement) -> list[Line]:
    """Every line of the page in reading order, in one pass; links past `MOST_LINKS` are plain text."""
    reader = _Reader()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNREAD or not isinstance(tag, str):
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                reader.enter(element)
            elif tag == "a":
                reader.open_link(element)
            elif tag == "br":
                reader.border()
            elif tag == "img":
                reader.picture(element)
            reader.text(element.text)
            continue
        if tag in _BLOCKS:
            reader.leave(element)
        elif tag == "a":
            reader.close_link(element)
        reader.text(element.tail)
    reader.border()
    return reader.lines
