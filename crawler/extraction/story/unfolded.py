"""What a page holds of a story beside what it shows: hidden parts (展开全文), and all of it for another screen."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment, is_hidden
from wangqi.text.folding import simpler

_OPENER = re.compile(
    r"展开|(?:阅读|查看|显示|点击|余下|剩余)(?:全文|全部|更多|余下)|全文$"
    r"|(?:read|show|see) (?:more|all|full)|continue reading",
    re.IGNORECASE,
)
_LONGEST_OPENER = 16
_NEAR = 3  # siblings behind the hidden part, and behind its parent, among which the opener stands
_START = 12  # signs by which the whole is told to begin like its shown beginning
_LONG = 60  # characters of a line that nobody writes twice
_SHARE = 1 / 3  # of all characters, that such lines must have


def unfolded(node: HtmlElement) -> bool:
    """Whether a hidden element is the rest of a text, or the whole of it, that an opener beside it shows."""
    style = node.get("style")
    return style is not None and is_hidden(style) and any(map(_is_opener, _beside(node)))


def shown_beginning(node: HtmlElement) -> HtmlElement | None:
    """The element before a hidden one whose text the hidden one begins with too, so that only one of them counts."""
    before = node.getprevious()
    if before is None or not isinstance(before.tag, str):
        return None
    start = _signs(before)
    return before if len(start) == _START and start == _signs(node) else None


def told_again(lines: Sequence[Segment]) -> set[int]:
    """The places of the lines told before in another element, where a good part of all was; a refrain stays."""
    first: dict[str, object] = {}
    again: set[int] = set()
    for at, line in enumerate(lines):
        if line.src is None and first.setdefault(line.text, parent := line.block.getparent()) is not parent:
            again.add(at)
    chars = sum(lines[at].chars for at in again if lines[at].chars >= _LONG)
    return again if chars and chars >= _SHARE * sum(line.chars for line in lines) else set()


def _beside(node: HtmlElement) -> Iterator[HtmlElement]:
    yield from islice(node.itersiblings(etree.Element), _NEAR)
    yield from islice(node.itersiblings(etree.Element, preceding=True), 1)
    if (parent := node.getparent()) is not None:
        yield from islice(parent.itersiblings(etree.Element), _NEAR)


def _is_opener(node: HtmlElement) -> bool:
    words = "".join(islice(node.itertext(), 8)).strip() or (node.get("value") or "")
    return len(words) <= _LONGEST_OPENER and _OPENER.search(simpler(words)) is not None


def _signs(node: HtmlElement) -> str:
    return "".join("".join(islice(node.itertext(), 20)).split())[:_START]
