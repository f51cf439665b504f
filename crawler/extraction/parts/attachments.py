"""The files that a story leads to beside its text: 附件 below it, and those in its sentences."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extraction.locate import Located
from crawler.extraction.model import Block
from crawler.extraction.source.media import document_in
from crawler.extraction.source.segments import BLOCK_TAGS, Segment
from crawler.extraction.story.blocks import absolute

_NAMED = re.compile(
    r"^\W*(?:附件|附：|附表|附录|相关附件|文件下载|附件下载|下载附件|attachments?\b|downloads?\b)", re.IGNORECASE
)
_ASIDE = re.compile(r"foot|copyright|\bnav|menu|sidebar|banner|friend|recommend|relat", re.IGNORECASE)
_ASIDES = frozenset({"nav", "header", "footer", "aside"})
_FAR = 60  # lines below the story that are looked at
_MOST_OTHERS = (
    6  # lines of links to other pages, 打印 and 关闭 among them, behind which nothing is the story's any more
)


def attachments_of(place: Located, blocks: Sequence[Block], base: str) -> tuple[Block, ...]:
    """Those that no block of the story has already, each once, with the words that lead to it."""
    known = {block.url for block in blocks if block.url}
    found: dict[str, Block] = {}
    read = set[HtmlElement]()  # the lines of one block lead to what all of it leads to
    for line in _lines(place):
        if line.src is None and line.block in read:
            continue
        read.add(line.block)
        for words, address in _documents(line):
            url = absolute(base, address)
            if url not in known:
                found.setdefault(url, Block(kind="document", text=words, url=url))
    return tuple(found.values())


def _lines(place: Located) -> Iterator[Segment]:
    """Lines with a document: of the story, and below it up to what leads elsewhere."""
    body, segments = place.body, place.segments
    if body.first is None or body.last is None:
        return
    yield from (line for line in segments[body.first : body.last + 1] if _bears(line))
    others, is_named = 0, False
    for line in segments[body.last + 1 : body.last + 1 + _FAR]:
        is_named = is_named or _NAMED.match(line.text) is not None
        if _bears(line) and not _is_aside(line.block):
            if others > _MOST_OTHERS and not is_named:
                return
            yield line
        elif line.src is None and line.link_chars > 0.5 * line.chars:
            others += 1
            is_named = False


def _bears(line: Segment) -> bool:
    return line.document is not None or (line.src is not None and line.medium == "document")


def _documents(line: Segment) -> Iterator[tuple[str, str]]:
    if line.src is not None:
        yield line.text, line.src
        return
    for anchor in line.block.iter("a"):
        if (address := document_in(anchor.get("href") or "")) and _block_of(anchor) is line.block:
            yield " ".join(str(anchor.text_content()).split()) or line.text, address


def _block_of(node: HtmlElement) -> HtmlElement | None:
    return next((above for above in (node, *node.iterancestors()) if above.tag in BLOCK_TAGS), None)


def _is_aside(node: HtmlElement) -> bool:
    """Whether it stands in what a site has on every page."""
    return any(
        above.tag in _ASIDES or _ASIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in (node, *node.iterancestors())
        if above.tag not in {"body", "html"}
    )
