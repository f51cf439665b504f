"""One pass over the tree: its lines in reading order."""

import re
from collections.abc import Callable
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.links.lines import HEADINGS, Anchor, Line
from crawler.extraction.source.targets import Target, Targets, target_of

# Text of these is never shown, or is a form's.
_UNREAD = frozenset({"script", "style", "noscript", "template", "head", "textarea", "svg", "iframe", "object"})
_BLOCK_TAGS = """address area article aside blockquote body center dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary
table tbody td tfoot th thead tr ul"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CHOICES = ("select", "option")  # read where they lead on
MOST_LINKS = 10_000
# Longer texts are paragraphs; what stands behind is never asked for.
_LONGEST_TEXT = 400
# A heading drawn as a picture says so in its alt text.
_HEADING_PICTURE = re.compile("往期|系列|历期")
_LONGEST_CAPTION = 30
_TITLE = re.compile(
    r"(?!.*(?:sub|cat|col|author|site))(?:.*[\s_-])?(?:title|headline|subject|tit|bt)(?:$|[\s_-])", re.IGNORECASE
)
_LETTERS = 4  # 第3期 and 2024年5月 have fewer


def _whole(text: str, hint: str) -> str:
    """The title where the page cuts it short: 一碗热… stands whole in the `title` attribute."""
    bare = text.rstrip(".… ")
    return hint if len(hint) > len(bare) < len(text) and hint.startswith(bare) else text or hint


def _title_in(row: HtmlElement) -> str:
    """Of a row that is a link as a whole the piece that is its title, its number and its day aside; or ""."""
    pieces = [" ".join("".join(map(str, piece.itertext())).split()) for piece in row]
    return next((piece for piece in pieces if sum(map(str.isalpha, piece)) >= _LETTERS), "") if len(pieces) > 1 else ""


_Act = Callable[[HtmlElement], None]


def _is_heading(block: HtmlElement) -> bool:
    """Whether a block within a link is the title of its card."""
    return block.tag in HEADINGS or _TITLE.match(block.get("class") or "") is not None


class _Reader:
    """Gathers the pieces of a line; while one is open, an anchor's `start` and `end` count pieces."""

    def __init__(self, root: HtmlElement) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self._blocks: list[HtmlElement] = [root]
        self._anchors: list[Anchor] = []
        self._open: Anchor | None = None
        self._room = root
        self._links = 0
        self.unread = 0

    def border(self) -> None:
        if self._open is not None:  # a card: blocks within one link are one line
            self.pieces.append(" ")
        elif self._anchors:
            self._flush_links()
        elif self.pieces:
            text = " ".join("".join(self.pieces).split())
            if text:
                self.lines.append(Line(self._blocks[-1], len(self.lines), text[:_LONGEST_TEXT], len(text), []))
            self.pieces.clear()

    def _flush_links(self) -> None:
        alone = self._anchors[0] if len(self._anchors) == 1 else None
        outside = alone and "".join(self.pieces[: alone.start] + self.pieces[alone.end :])
        if alone and (not outside or outside.isspace()):  # the usual row of a list
            text = " ".join("".join(self.pieces).split())
            places = [0, 0, 0, len(text)]
        else:
            text, places = self._joined()
        line = Line(self._blocks[-1], len(self.lines), text[:_LONGEST_TEXT], len(text), self._anchors)
        for number, anchor in enumerate(self._anchors):
            anchor.start, anchor.end = places[4 * number + 2 : 4 * number + 4]
            anchor.text = anchor.head or _whole(text[anchor.start : anchor.end], anchor.hint)
            anchor.line = line
        self.lines.append(line)
        self.pieces.clear()
        self._anchors = []

    def _joined(self) -> tuple[str, list[int]]:
        """The line's text, and where each piece before, within and after a link begins and ends in it."""
        cuts = [0, *(cut for anchor in self._anchors for cut in (anchor.start, anchor.end)), len(self.pieces)]
        text, pending = "", False
        places: list[int] = []
        for first, last in pairwise(cuts):
            raw = "".join(self.pieces[first:last])
            shown = " ".join(raw.split())
            if text and (pending or raw[:1].isspace()) and shown:
                text += " "
            pending = raw[-1:].isspace() or (pending and not shown)
            places.append(len(text))
            text += shown
            places.append(len(text))
        return text, places

    def enter(self, block: HtmlElement) -> None:
        if self.pieces or self._anchors:
            self.border()
        self._blocks.append(block)

    def leave(self, block: HtmlElement) -> None:
        if self._open is not None and not self._open.head and _is_heading(block):
            self._open.head = " ".join("".join(block.itertext()).split())
        if self.pieces or self._anchors:
            self.border()
        self._blocks.pop()

    def line_break(self, _element: HtmlElement) -> None:
        self.border()

    def open_link(self, element: HtmlElement, target: Target | None) -> None:
        if target is not None and self._open is not None and element.tag == self._open.element.tag == "a":
            self._end_unclosed()
        if target is None or self._open is not None:
            return
        if self._links >= MOST_LINKS:
            self.unread += 1
            return
        self._links += 1
        hint, rel = element.get("title") or element.get("alt") or "", element.get("rel", "")
        self._open = Anchor(
            element, target.href, " ".join(hint.split()), rel, len(self.pieces), is_hidden=target.is_hidden
        )
        self._anchors.append(self._open)
        self._room = self._blocks[-1]
        if element.tag == "input":
            self.pieces.append(element.get("value", ""))

    def _end_unclosed(self) -> None:
        """A link that begins within another ends that one, as browsers have it; its row ends where a block began."""
        self._open, open_link = None, self._open
        if open_link is not None:
            open_link.end = len(self.pieces)
        if self._room is not self._blocks[-1]:
            inner, self._blocks[-1] = self._blocks[-1], self._room
            self.border()
            self._blocks[-1] = inner

    def close_link(self, element: HtmlElement) -> None:
        if self._open is not None and self._open.element is element:
            self._open.end = len(self.pieces)
            if element.tag != "a" and not self._open.head:
                self._open.head = _title_in(element)
            self._open = None

    def picture(self, element: HtmlElement) -> None:
        text = element.get("title") or element.get("alt") or ""
        if self._open is None:
            if _HEADING_PICTURE.search(text[:_LONGEST_CAPTION]):
                self.border()
                self.pieces.append(text)
                self.border()
        elif not self._open.hint:
            self._open.hint = " ".join(text.split())


def read_lines(tree: HtmlElement, targets: Targets) -> tuple[list[Line], int]:
    """Every line of the page in reading order, in one pass; and how many links past `MOST_LINKS` are plain text."""
    reader = _Reader(tree)
    scripts, beside = targets.scripts, targets.beside
    starts: dict[object, _Act] = {
        **dict.fromkeys(_BLOCKS, reader.enter),
        "br": reader.line_break,
        "img": reader.picture,
    }
    ends: dict[object, _Act] = dict.fromkeys(_BLOCKS, reader.leave)
    pieces = reader.pieces
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        is_link = tag == "a" or (beside and element in beside)
        if tag in _UNREAD or not isinstance(tag, str) or (tag in _CHOICES and not is_link):
            if event == "start":
                walk.skip_subtree()
                continue
            text = element.tail
        elif event == "start":
            if act := starts.get(tag):
                act(element)
            if is_link:
                reader.open_link(element, target_of(element, scripts) if tag == "a" else beside[element])
            text = element.text
        else:
            if is_link:
                reader.close_link(element)
            if act := ends.get(tag):
                act(element)
            text = element.tail
        if text and (pieces or not text.isspace()):
            pieces.append(text)
    reader.border()
    return reader.lines, reader.unread
