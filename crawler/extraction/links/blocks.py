"""The blocks that a 往期 or series heading opens, and whether they name the series."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.lines import HEADINGS, Anchor, Line
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series import series_name, strip_decoration, title_shape
from crawler.extraction.series_numbers import numbering_of

_MOST_LINES = 120
_PARAGRAPH = 60  # characters without a link that a list line never has
_SHORTEST_TITLE = 4
_MOST_LEVELS = 8


@dataclass(slots=True, eq=False)
class Block:
    """A heading and what stands under it."""

    heading: Line
    words: str
    lines: list[Line] = field(default_factory=list)
    members: list[Candidate] = field(default_factory=list)

    @property
    def titles(self) -> list[str]:
        return [member.title for member in self.members]


def find_blocks(page: Page) -> Iterator[Block]:
    """Every block under a heading of past or series wording, in page order, its members not yet judged."""
    taken = -1
    for at, line in enumerate(page.lines):
        if at <= taken or not _is_heading(line):
            continue
        words = "series" if wording.SERIES.search(line.text) else "past" if wording.PAST.search(line.text) else ""
        if not words:
            continue
        block = Block(line, words)
        _fill(page, block, at)
        if block.members:
            taken = block.lines[-1].index if block.lines else at
            yield block


def _is_heading(line: Line) -> bool:
    return 0 < line.length <= wording.LONGEST_HEADING and not wording.PLACE.search(line.text)


def _fill(page: Page, block: Block, at: int) -> None:
    own = [a for a in block.heading.anchors if page.leads_somewhere(a) and not wording.MORE.match(a.text)]
    index = {page.resolve(a.href) for a in block.heading.anchors}
    room = _container(page, block.heading, at)
    following = page.lines[at + 1 : at + 1 + _MOST_LINES]
    inside = True
    for line in following:
        if room is not None and not _within(line.element, room):
            break
        if _closes(page, block, line):
            inside = any(page.resolve(a.href) in index for a in line.anchors) and bool(index)
            continue
        if not inside:
            continue
        if line.free_length > _PARAGRAPH:
            if block.members:
                break
            continue
        block.lines.append(line)
        _take(page, block, line)
    if not block.members and own and wording.SERIES.search(block.heading.text):
        block.lines = []
    while block.lines and not any(m.at == block.lines[-1].index for m in block.members):
        block.lines.pop()


def _take(page: Page, block: Block, line: Line) -> None:
    anchors = [a for a in line.anchors if _is_member(page, a)]
    for anchor in anchors:
        block.members.append(Candidate("series", strip_decoration(anchor.text), anchor.href, 0.0, "", line.index))
    if not line.anchors and _SHORTEST_TITLE <= line.length <= _PARAGRAPH:
        block.members.append(Candidate("series", strip_decoration(line.text), None, 0.0, "", line.index))


def _is_member(page: Page, anchor: Anchor) -> bool:
    if not page.leads_somewhere(anchor) or not anchor.text:
        return False
    return not any(p.match(anchor.text) for p in (wording.MORE, wording.BACK, wording.HOME, wording.PREV, wording.NEXT))


def _closes(page: Page, block: Block, line: Line) -> bool:
    """Whether another heading, or a credit line, begins here."""
    if not line.text:
        return False
    if wording.CLOSES.match(line.text) and not line.anchors:
        return True
    if line.element.tag in HEADINGS and block.heading.element.tag in HEADINGS:
        return line.element.tag <= block.heading.element.tag
    if line.length > 16 or any(_is_member(page, a) for a in line.anchors):
        return False
    return bool(wording.RELATED.search(line.text))


def _container(page: Page, heading: Line, at: int) -> HtmlElement | None:
    """The smallest element that holds the heading and the first lines under it."""
    first = next((line for line in page.lines[at + 1 : at + 9] if line.text), None)
    if first is None:
        return None
    room: HtmlElement | None = heading.element
    for _ in range(_MOST_LEVELS):
        if room is None or (room is not heading.element and _within(first.element, room)):
            break
        room = room.getparent()
    return room


def _within(element: HtmlElement, room: HtmlElement) -> bool:
    current: HtmlElement | None = element
    while current is not None:
        if current is room:
            return True
        current = current.getparent()
    return False


def judge(page: Page, block: Block) -> list[Candidate]:
    """The block's members of the page's own series, with their reasons; none when it names other things."""
    heading = block.heading.text
    name = series_name(heading)
    linked = [m for m in block.members if m.href is not None]
    if wording.PRINT_ARCHIVE.search(heading):
        return []
    shape = title_shape([*block.titles, page.title or ""], name) if len(block.members) > 1 else page.shape
    alike = [m for m in block.members if shape and shape.member(m.title)]
    if block.words == "series":
        score, why = 0.95, f"under the heading “{heading}”"
        fitting = linked or alike
        if linked and alike:
            fitting = [m for m in block.members if m.href is not None or m in alike]
    elif page.shape and any(page.shape.member(m.title) for m in block.members):
        score, why = 0.9, f"under “{heading}”, with the title shape of this page"
        fitting = alike
    elif _numbered(page, block):
        score, why = 0.85, f"under “{heading}”, numbered like this page"
        fitting = linked
    elif _recommends(page, block):
        return []
    else:
        score, why = 0.7, f"under the heading “{heading}”"
        fitting = linked or alike
    for member in fitting:
        member.score, member.reason = score, why
    return fitting


def _numbered(page: Page, block: Block) -> bool:
    """Whether this page has an issue number and the block's lines carry numbers of the same kind."""
    own = numbering_of(page.title or "")
    if own is None:
        return False
    numbers = [numbering_of(line.text) for line in block.lines if line.anchors]
    return sum(n is not None and n.unit in {own.unit, "()"} for n in numbers) * 2 > len(numbers) > 0


def _recommends(page: Page, block: Block) -> bool:
    """Whether the block offers whatever the publisher wrote before."""
    return page.is_wechat or bool(wording.RECOMMENDS.search(block.heading.text))


def alike_elsewhere(page: Page) -> Iterator[Candidate]:
    """Links anywhere on the page whose titles share the shape of the page's own."""
    if page.shape is None:
        return
    seen: dict[str, str | None] = {}
    for line in page.lines:
        for anchor in line.anchors:
            text = anchor.text if len(anchor.text) >= _SHORTEST_TITLE else anchor.hint
            if not _SHORTEST_TITLE <= len(text) <= _PARAGRAPH * 2:
                continue
            if text not in seen:
                seen[text] = page.shape.member(text) if page.shape.may_hold(text) else None
            because = seen[text]
            if because and page.at_home(anchor):
                yield Candidate("series", strip_decoration(text), anchor.href, 0.8, because, line.index)
