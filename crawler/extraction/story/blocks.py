"""Lines of a story to blocks: headings, paragraphs, pictures with their captions, lists, tables, notes, quotes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from lxml.html import HtmlElement

from crawler.extraction.model import Block
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.around import Around
from wangqi.addresses import resolve

_HEADING = re.compile(r"h([1-6])$")
_STOP = re.compile(r"[。！？；!?;.…：:，,、”」』]$")
_NOTE = re.compile(
    r"^\W{0,2}(?:编者按|编者的话|编者注|编者语|编辑手记|按语|导语|编前语|开栏的话|开栏语|编后)\s*(?:[:：丨|】\]]|$)"
)
_VOICE = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{0,6}(?:声音|心声|感言|寄语|格言|语录|座右铭|心语|宣言|承诺|箴言|名言))\s*[:：]\s*[“\"「『].+"
)
_WHO = r"[^\s（()）。，,;；：:]{1,20}"
_CREDIT = re.compile(
    r"(?:摄影|攝影|供图|图片来源|图源|资料图片?|图片|图|摄|来源|制图|漫画|photo(?:graph)? by)\s*[:：/丨|]"
    rf"\s*(?P<after>{_WHO})|(?P<before>{_WHO}?)\s*[/／]?\s*(?:摄影|供图|提供|摄|制图|图|发)\s*[）)。]?$"
    r"|[（(]\s*(?P<plain>资料图片?|资料照片|网络图片|图片来自网络|效果图|示意图|视频截图|网络截图|截图)\s*[）)]?",
    re.IGNORECASE,
)
# What no credit is without: one of these words, or one of these at its end.
_MAY_CREDIT = re.compile("[摄攝图源画照]")
_CREDIT_ENDS = ("供", "发")
_MANNERS = ("文", "图文", "圖文")  # 康大文 文/图
_CAPTION_NAMES = re.compile(
    r"caption|tuzhu|tushuo|pic[-_]?(?:text|desc|info|note|title)|img[-_]?(?:text|desc|info|note|title|alt)|photo[-_]?(?:text|desc)",
    re.IGNORECASE,
)
_WORDLESS = ("image", "film", "sound")
_Finder = Callable[[HtmlElement | None], HtmlElement | None]
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CHINESE = 0.1  # share of Han characters above which a text is Chinese
_LONGEST_CAPTION = 120
_LONGEST_HEADING = 30
_LONG = 40  # characters of a paragraph between which a short line is a heading


def blocks_of(lines: Sequence[Segment], base_url: str) -> tuple[Block, ...]:
    """The lines as blocks in reading order; repeated paragraphs stay repeated."""
    blocks = list(_joined(lines, base_url))
    blocks = [_as_caption(block, blocks[i - 1] if i else None, lines) for i, block in enumerate(blocks)]
    return tuple(_notes(_headings(blocks)))


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """The blocks as plain text; of pictures, films and sounds nothing, of a document the line that leads to it.

    A Chinese story reads on through its captions, and every Chinese gold set counts them; an English one is read
    without, and its gold set leaves them out, unless most of the story stands below its pictures.
    """
    lines = [block for block in blocks if block.kind not in _WORDLESS and block.text]
    text = "\n".join(block.text for block in lines)
    if sum(map(len, _HAN.findall(text))) >= _CHINESE * len(text):
        return text
    told = "\n".join(block.text for block in lines if block.kind != "caption")
    return told if 2 * len(told) >= len(text) else text


def credit_of(caption: str) -> str | None:
    """Who made or lent the picture, as its caption says; "资料图" when it only says that."""
    found = _CREDIT.search(caption) if _may_credit(caption) else None
    name = (found["after"] or found["before"] or found["plain"]) if found else ""
    return name if name not in _MANNERS and any(sign.isalpha() for sign in name) else None


def _may_credit(caption: str) -> bool:
    """The cheap questions before the dear one."""
    if _MAY_CREDIT.search(caption) or caption.rstrip(" ）)。").endswith(_CREDIT_ENDS):
        return True
    return "photo" in caption.lower()


def _joined(lines: Sequence[Segment], base_url: str) -> Iterator[Block]:
    around = Around()
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index + 1
        table, group = around.table(line.block), around.list(line.block)
        if line.src is not None:
            yield Block(kind=line.medium, text=line.text, url=absolute(base_url, line.src))
        elif table is not None and around.is_data(table):
            end = _run(lines, index, table, around.table)
            yield Block(kind="table", text=_rows(lines[index:end], around))
        elif group is not None and (ending := _run(lines, index, group, around.list)) > index + 1:
            end = ending
            yield Block(kind="list", text="\n".join(item.text for item in lines[index:end]))
        elif document := document_led_to(line):
            yield Block(kind="document", text=line.text, url=absolute(base_url, document))
        else:
            yield _single(line)
        index = end


def document_led_to(line: Segment) -> str | None:
    """The address, as written, of the document that a line of hardly anything but a link leads to; or None."""
    return line.document if line.src is None and line.link_chars >= 0.5 * line.chars else None


def _single(line: Segment) -> Block:
    for node in chain((line.block,), line.block.iterancestors()):
        tag = str(node.tag)
        if found := _HEADING.match(tag):
            return Block(kind="heading", text=line.text, level=int(found[1]))
        if tag == "figcaption" or _CAPTION_NAMES.search(node.get("class") or ""):
            return Block(kind="caption", text=line.text, credit=credit_of(line.text))
        if tag == "blockquote":
            return Block(kind="quote", text=line.text)
        if tag in ("div", "td", "section", "article", "body"):
            break
    if line.bold_chars >= line.chars and line.chars <= _LONGEST_HEADING and not _STOP.search(line.text):
        return Block(kind="heading", text=line.text, level=3)
    return Block(kind="paragraph", text=line.text)


def _as_caption(block: Block, before: Block | None, lines: Sequence[Segment]) -> Block:
    """A paragraph under a picture that is short and unlike prose, or any that ends with a picture credit."""
    del lines
    if block.kind not in ("paragraph", "heading") or len(block.text) > _LONGEST_CAPTION or _VOICE.match(block.text):
        return block
    credit = credit_of(block.text)
    under = before is not None and before.kind == "image"
    if (credit and (under or len(block.text) <= _LONG)) or (under and block.level == 0 and len(block.text) <= 40):
        return Block(kind="caption", text=block.text, credit=credit)
    return block


def _headings(blocks: Sequence[Block]) -> list[Block]:
    """Short lines without a closing point between long paragraphs are headings; two such lines are one head."""
    found = list(blocks)
    index = 0
    while index < len(found):
        end = index
        while end < len(found) and end - index < 3 and _headlike(found[end]):
            end += 1
        if end > index and _closed(found, index - 1) and _long(found, end):
            for place in range(index, end):
                found[place] = replace(found[place], kind="heading", level=found[place].level or 3)
        index = max(end, index + 1)
    return found


def _headlike(block: Block) -> bool:
    return (
        block.kind in ("paragraph", "heading")
        and 2 <= len(block.text) <= _LONGEST_HEADING
        and not _STOP.search(block.text)
    )


def _closed(blocks: Sequence[Block], index: int) -> bool:
    """Whether the text above ends a sentence, or is a picture or a caption."""
    return index >= 0 and (blocks[index].kind in ("image", "caption") or bool(_STOP.search(blocks[index].text)))


def _long(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next text, past pictures and captions, is a long paragraph."""
    while index < len(blocks) and blocks[index].kind in ("image", "caption"):
        index += 1
    return (
        index < len(blocks)
        and blocks[index].kind in ("paragraph", "quote", "list")
        and len(blocks[index].text) >= _LONG
    )


def _notes(blocks: Sequence[Block]) -> Iterator[Block]:
    """Editor's notes and voices; a note whose label stands alone reaches to the next voice, heading or picture."""
    reach = 0
    for index, block in enumerate(blocks):
        if block.kind in ("paragraph", "heading", "quote") and _NOTE.match(block.text):
            alone = len(block.text) <= 8
            reach = _note_end(blocks, index + 1) if alone else 0
            yield replace(block, kind="note", level=0)
        elif block.kind in ("paragraph", "quote", "heading") and _VOICE.match(block.text):
            reach = 0
            yield replace(block, kind="pull_quote", level=0)
        elif index < reach and block.kind == "paragraph":
            yield replace(block, kind="note")
        else:
            yield block


def _note_end(blocks: Sequence[Block], start: int) -> int:
    for index in range(start, min(start + 4, len(blocks))):
        if blocks[index].kind != "paragraph" or _VOICE.match(blocks[index].text):
            return index
    return start + 1


def absolute(base_url: str, href: str) -> str:
    """The address resolved, or as written when it is beyond repair."""
    return resolve(href, base_url) or href


def _run(lines: Sequence[Segment], start: int, group: HtmlElement, nearest: _Finder) -> int:
    """One past the last line that stands inside `group`, whose like `nearest` finds."""
    end = start
    known: dict[HtmlElement | None, bool] = {}  # thousands of lines may stand in one list, 500 levels down
    while end < len(lines) and lines[end].src is None:
        found = nearest(lines[end].block)
        if found not in known:
            known[found] = _inside(found, group, nearest)
        if not known[found]:
            break
        end += 1
    return end


def _inside(found: HtmlElement | None, group: HtmlElement, nearest: _Finder) -> bool:
    while found is not None and found is not group:
        found = nearest(found.getparent())
    return found is group


def _rows(lines: Sequence[Segment], around: Around) -> str:
    rows: list[tuple[HtmlElement | None, list[str]]] = []
    for line in lines:
        row = around.row(line.block)
        if not rows or rows[-1][0] is not row:
            rows.append((row, []))
        rows[-1][1].append(line.text)
    return "\n".join("\t".join(cells) for _, cells in rows)
