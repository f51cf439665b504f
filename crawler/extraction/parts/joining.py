"""One story out of the readings of its parts: in order, and what the parts repeat of each other once."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from crawler.extraction.model import Block, Credit, Extraction, SeriesLink
from crawler.extraction.page import Read
from crawler.extraction.story.blocks import text_of_blocks
from crawler.extraction.story.title import flat

# What a part says of the page before or behind it.
_TURNING = re.compile(
    r"\W*(?:未完(?:待续)?|[上下][接转](?:第\s*)?\S{0,4}页?|[接转][上下]页|本文共\s*\d+\s*页.{0,12}|第\s*\d+\s*页(?:[/共\s]*\d+\s*页)?"
    r"|\d+\s*/\s*\d+)\W*"
)
# What a pager is made of.
_PAGER = re.compile(
    r"\d{1,3}|[上下前后]一?页|[首尾末]页|最后一页|页次|分页|转到第?|跳转?到?第?|共|第|页|单页阅读|(?:阅读|显示|展开|浏览)?全文"
    r"|prev(?:ious)?|next|pages?",
    re.IGNORECASE,
)
_LONGEST_PAGER = 120
_SENTENCE = re.compile(r"[。！？!?…][”』」）)]*$")
_SHORTEST_REPEATED = 6  # characters; shorter lines, such as 好的。, may be said twice
_OF_PAGE = frozenset({"page"})


def fresh(part: Read, known: Iterable[Block], frame: frozenset[str]) -> tuple[Block, ...]:
    """What a part adds to the blocks that are known: without what stands around them (`frame`) and repeated heads."""
    seen = {key for block in known if (key := key_of(block))}
    blocks = _unturned([block for block in part.page.blocks if _own(block, frame)])
    start = 0
    while start < len(blocks) and _is_repeated(blocks[start], seen):
        start += 1
    new = tuple(_unturned(blocks[start:]))
    # A page with the same story and other sentences around it has other comments.
    return new if new or start else _other_lines(part, seen | frame)


def _other_lines(part: Read, known: AbstractSet[str]) -> tuple[Block, ...]:
    """The sentences of a page that is too short for its body to be told from what stands around it."""
    lines = dict.fromkeys(line for line in part.lines if _SENTENCE.search(line) and flat(line) not in known)
    return tuple(Block(kind="paragraph", text=line) for line in lines)


def frame_of(reads: Sequence[Read]) -> frozenset[str]:
    """The lines that stand on the first page outside its story, and so on each of the others: keys of them."""
    first = reads[0]
    own = {key_of(block) for block in first.page.blocks}
    own |= {flat(line) for block in first.page.blocks for line in block.text.split("\n")}
    return frozenset(key for line in first.lines if (key := flat(line)) and key not in own)


def joined(reads: Sequence[Read]) -> Extraction:
    """The story of the first page, with the blocks, lines of blocks and credits of all.

    A foot that parts have in common, such as the line of the editor, stands once, behind the last of them.
    """
    first = reads[0].page
    frame = frame_of(reads)
    blocks = _unturned(first.blocks)
    for read in reads[1:]:
        new = list(fresh(read, blocks, frame))
        foot = _shared_foot(blocks, new)
        blocks = _unturned(blocks[: len(blocks) - foot]) + new
    pages = [read.page for read in reads]
    return replace(
        first,
        kind="story",
        evidence=f"{first.evidence}; joined from {len(reads)} pages" if len(reads) > 1 else first.evidence,
        blocks=tuple(blocks),
        text=text_of_blocks(blocks),
        attachments=tuple({one.url: one for page in pages for one in page.attachments}.values()),
        links=_links(pages),
        credits=_credits(pages),
        published=next((page.published for page in pages if page.published), None),
        cut=tuple(dict.fromkeys(piece for page in pages for piece in page.cut)),
        warnings=tuple(dict.fromkeys(word for page in pages for word in page.warnings)),
        remarks=tuple(dict.fromkeys(remark for page in pages for remark in page.remarks)),
        doubts=tuple(dict.fromkeys(doubt for page in pages for doubt in page.doubts)),
        replaced=sum(page.replaced for page in pages),
    )


def key_of(block: Block) -> str:
    """By which two blocks are the same; "" of a block without anything."""
    return block.url or flat(block.text)


def _unturned(blocks: Sequence[Block]) -> list[Block]:
    """Without what turns the page, above and below."""
    begin, end = 0, len(blocks)
    while begin < end and _turns(blocks[begin]):
        begin += 1
    while begin < end and _turns(blocks[end - 1]):
        end -= 1
    return list(blocks[begin:end])


def _turns(block: Block) -> bool:
    if block.url is not None or len(block.text) > _LONGEST_PAGER:
        return False
    if _TURNING.fullmatch(block.text):
        return True
    pieces = _PAGER.findall(block.text)
    # A number alone may be that of a chapter.
    return (len(pieces) > 1 or "页" in block.text) and not flat(_PAGER.sub("", block.text)) and bool(pieces)


def _own(block: Block, frame: frozenset[str]) -> bool:
    key = key_of(block)
    return bool(key) and key not in frame


def _is_repeated(block: Block, seen: set[str]) -> bool:
    key = key_of(block)
    return key in seen and (
        len(key) >= _SHORTEST_REPEATED or block.url is not None or block.kind in {"heading", "caption"}
    )


def _shared_foot(blocks: Sequence[Block], new: Sequence[Block]) -> int:
    """How many of the last blocks are the last ones of the next part, too."""
    most = min(len(blocks), len(new) - 1)
    count = 0
    while count < most and key_of(blocks[-1 - count]) == key_of(new[-1 - count]) != "":
        count += 1
    return count


def _links(pages: Sequence[Extraction]) -> tuple[SeriesLink, ...]:
    """All links but those that turn the pages, each target once; positions count on from page to page."""
    found: dict[tuple[str, str], SeriesLink] = {}
    for page in pages:
        for link in page.links:
            target = link.url or f" {flat(link.title)}"
            if link.kind not in _OF_PAGE:
                known = found.get((link.kind, target))
                if known is None or (link.in_block and not known.in_block):
                    found[link.kind, target] = link
    counts: dict[str, int] = {}
    links = []
    for link in found.values():
        links.append(replace(link, position=counts.get(link.kind, 0)))
        counts[link.kind] = counts.get(link.kind, 0) + 1
    return tuple(links)


def _credits(pages: Sequence[Extraction]) -> tuple[Credit, ...]:
    """Of the first page; what it does not name, of the next one that does."""
    found: list[Credit] = []
    for page in pages:
        known = {credit.role for credit in found}
        found += [credit for credit in page.credits if credit.role not in known]
    return tuple(found)
