"""The blocks that a 往期 or series heading opens: how far they reach and which titles stand in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.blocks.captions import give_captions
from crawler.extraction.links.headings import (
    Words,
    dressed_alike,
    is_related,
    name_before,
    promise,
    promise_of,
    promises_by_name,
)
from crawler.extraction.links.lines import HEADINGS, Line, is_tag, is_within
from crawler.extraction.links.members import is_member
from crawler.extraction.links.namesakes import namesakes_among
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.row_titles import row_title
from crawler.extraction.links.self_reference import is_only_number, names_itself
from wangqi.series.boxes import Box, box_of
from wangqi.series.shape import series_name
from wangqi.titles.anatomy import key

_MOST_BLOCKS = 50
MOST_LINES = 5_000
_PARAGRAPH = 60  # characters without a link that a list's line never has
_AROUND_LINKS = 2  # letters: 年, 月 of a date
_SHORTEST_TITLE = 4
_MOST_LEVELS = 8
_LOOK_AHEAD = 9
_TEASER = 3  # lines below the title of its row
_NAMES_A_SERIES = re.compile(r"属于.{0,4}系列\W*$")
_GENERIC = re.compile("更多|全部|所有|返回|more|点击|查看|目录|列表", re.IGNORECASE)
_SENTENCE_LENGTH = 20
_FULL_STOP = re.compile(r"。|[a-z]\. [A-Z]")
_ONLY_DATE = re.compile(r"^[\d\s:./年月日时分秒-]+$|^\W*$")


@dataclass(slots=True, eq=False)
class Block:
    """A heading and what stands under it.

    Attributes:
        index: URLs that the heading itself, or a 更多 beside it, leads to, with the words of the link.
        members: Titles in page order, not yet judged: score 0 and no reason.
        is_cut: Whether it was given up at `MOST_LINES`, with lines of the page still to come.
    """

    heading: Line
    words: Words
    label: str
    index: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    members: list[Candidate] = field(default_factory=list)
    is_cut: bool = False


def find_blocks(page: Page) -> Iterator[Block]:
    """Every block under such a heading, in page order."""
    left = _MOST_BLOCKS
    above: Block | None = None
    for at, line in enumerate(page.lines):
        block = _opened_by(page, line)
        if block is not None and _is_teaser(page, at):
            block = None
        if block is not None and not left:
            page.bounds[
                f"more than {_MOST_BLOCKS} headings of the page promise other parts; those behind were not read"
            ] = None
            return
        if block is not None and not page.bears_title(line.text):
            left -= 1
            _fill(page, block, at)
            _set_apart(block, box_of(line.text))
            if above is not None and at == above.heading.index + 1 and series_name(above.label):
                block.words, block.label = above.words, above.label  # “…”系列推文 with 往期 right below
            above = None if block.members else block
            if block.members:
                yield block


def _is_teaser(page: Page, at: int) -> bool:
    """Whether the line says more of the row above it, and leads where that one leads: 《…》 / 推出系列教程 查看更多."""
    more = {anchor.href for anchor in page.lines[at].anchors}
    rows = (line for line in page.lines[max(0, at - _TEASER) : at] if more and len(line.anchors) == 1)
    return any(row.anchors[0].href in more and row.text == row.anchors[0].text for row in rows)


def _opened_by(page: Page, line: Line) -> Block | None:
    first = line.anchors[0].start if line.anchors else 0
    label = line.text[:first].strip() if first > 1 else line.text  # 往期回顾：<a>…</a> <a>…</a>
    words = promise_of(label, tag=line.element.tag) if first > 1 else ""
    is_inline = bool(words) and _heads_its_line(line, label)
    words = words or promise(line) or ("series" if promises_by_name(page, line) else "")
    if not words and not line.anchors and (page.loose_shape is not None or page.is_counted) and is_related(line):
        words = "related"
    if not words or any(map(is_tag, line.anchors)):
        return None
    block = Block(line, words, label)
    if is_inline and not _NAMES_A_SERIES.search(label):
        _take(page, block, line)
    else:  # 属于系列：<a>its own page</a>
        block.index |= {url: a.text for a in line.anchors if (url := page.resolve(a.href))}
    return block


def _heads_its_line(line: Line, label: str) -> bool:
    """Whether what stands before the first link is the heading of the links behind it."""
    is_row = len(line.anchors) > 1 or line.element.tag not in HEADINGS
    return is_row and (label.endswith(("：", ":", "|", "】")) or line.free_length == len(label))


def lists_of_boxes(page: Page) -> Iterator[Candidate]:
    """`listing`: where the sentence of a box names the series with a link."""
    for line in page.lines:
        box = box_of(line.text) if line.anchors else None
        for anchor in line.anchors if box and box.name else ():
            if box and key(anchor.text) == key(box.name or "") and page.leads_somewhere(anchor):
                yield Candidate(
                    "listing", anchor.text, anchor.href, 0.95, "the box of this part leads there", line.index
                )


def _set_apart(block: Block, box: Box | None) -> None:
    """The link in the sentence of a box that is called as the series is none of its parts."""
    if box and box.name:
        block.members = [m for m in block.members if key(m.title) != key(box.name)]


def _fill(page: Page, block: Block, at: int) -> None:
    used: frozenset[int] = frozenset()
    for line in _reach(page, block, at):
        block.lines.append(line)
        used |= give_captions(page, [line])
        if line.index not in used:
            _take(page, block, line)
    if not block.members and block.label != block.heading.text:  # 往期：<a>the only one</a>
        _take(page, block, block.heading)
        block.index.clear()
    if any(page.bears_title(m.title) for m in block.members) and not namesakes_among(page, block.members):
        block.members = [m for m in block.members if not page.bears_title(m.title)]
    last = max((m.at for m in block.members), default=-1)
    end = next((line.index for line in block.lines if line.index > last and page.bears_title(line.text)), last)
    block.lines = [line for line in block.lines if line.index <= end]


def _reach(page: Page, block: Block, at: int) -> Iterator[Line]:
    """The lines under the heading, up to the next heading, a paragraph or the end of the element that holds them."""
    following = page.lines[at + 1 : at + 1 + MOST_LINES]
    room = _room(page, block.heading, following)
    inside, inline = True, bool(block.members)
    for line in following:
        if not is_within(line.element, room) or promise(line) or (inline and not _is_row(line)):
            return
        if _closes(page, block, line):
            inside = False
        inside = inside or _continues(page, block, line)
        if not inside:
            continue
        if line.free_length <= _PARAGRAPH and not _turns(line) and not (block.members and _speaks(line)):
            yield line
        elif block.members:
            return
    block.is_cut = len(following) == MOST_LINES


def _continues(page: Page, block: Block, line: Line) -> bool:
    """Whether a sub-heading leads to the same index as the heading of the block."""
    sub_heading = line.element.tag in HEADINGS or any(wording.MORE.match(a.text) for a in line.anchors)
    return sub_heading and any(page.resolve(a.href) in block.index for a in line.anchors)


def _is_row(line: Line) -> bool:
    """Whether the line is hardly more than links: so goes on what began behind a label among sentences."""
    free = line.text
    for anchor in reversed(line.anchors):
        free = free[: anchor.start] + free[anchor.end :]
    return bool(line.anchors) and sum(map(str.isalpha, free)) <= _AROUND_LINKS


def _turns(line: Line) -> bool:
    """Whether it is a line of 上一篇 and 下一篇."""
    text = wording.simpler(line.text)
    return wording.PREV.match(text) is not None or wording.NEXT.match(text) is not None


def _speaks(line: Line) -> bool:
    """Whether it is prose: a full stop within or behind what no link holds."""
    return line.free_length > _SENTENCE_LENGTH and _FULL_STOP.search(line.text) is not None


def _take(page: Page, block: Block, line: Line) -> None:
    for anchor in line.anchors:
        if is_member(page, anchor):
            block.members.append(Candidate("series", row_title(page, anchor.text), anchor.href, 0.0, "", line.index))
        elif wording.MORE.match(anchor.text) and (target := page.resolve(anchor.href)):
            block.index.setdefault(target, anchor.text)
    bare = not line.anchors and _SHORTEST_TITLE <= line.length <= _PARAGRAPH
    if bare and not (_ONLY_DATE.match(line.text) or is_only_number(line.text) or names_itself(page, line.text)):
        title = row_title(page, _without_rank(line))
        block.members.append(Candidate("series", title, None, 0.0, "", line.index))


def _without_rank(line: Line) -> str:
    """The text without the number that a list gives the row in an element of its own."""
    first = next(iter(line.element), None)
    rank = " ".join((first.text or "").split()) if first is not None else ""
    return line.text.removeprefix(rank).strip() if rank.isdigit() else line.text


def indexes_of(block: Block) -> Iterator[Candidate]:
    """The block's own index as `listing`."""
    for url, text in block.index.items():
        why = f"the heading “{block.label}” leads there"
        yield Candidate("listing", text or block.label, None, 0.95, why, block.heading.index, url)


def name_of(block: Block) -> str | None:
    """The series' name, as the heading or the link in it gives it."""
    named = (text for text in block.index.values() if text and not _GENERIC.search(text) and not promise_of(text))
    if box := box_of(block.label):
        return box.name
    said = series_name(block.label) or name_before(block.label)
    return said or (next(named, None) if block.words == "series" else None)


def _closes(page: Page, block: Block, line: Line) -> bool:
    """Whether another heading, or a credit line, begins here."""
    if not line.text:
        return False
    if not line.anchors and wording.CLOSES.match(line.text):
        return True
    if promise(line) or is_related(line) or dressed_alike(block.heading, line):
        return True
    if line.element.tag in HEADINGS and not any(is_member(page, a) for a in line.anchors):
        own = block.heading.element.tag
        return own not in HEADINGS or line.element.tag <= own
    return False


def _room(page: Page, heading: Line, following: list[Line]) -> HtmlElement:
    """The smallest element that holds the heading and the first titles under it."""
    titles = (line for line in following[:_LOOK_AHEAD] if any(is_member(page, a) for a in line.anchors))
    bare = (line for line in following[:_LOOK_AHEAD] if not line.anchors and line.length >= _SHORTEST_TITLE)
    first = next(titles, None) or next(bare, None)
    room = heading.element
    if first is not None and first.element is not room and is_within(first.element, room):
        return room  # <blockquote>系列文章：<ul>…
    for _ in range(_MOST_LEVELS):
        parent = room.getparent()
        if first is None or parent is None or (room is not heading.element and is_within(first.element, room)):
            break
        room = parent
    return room
