"""The HTML of one page: a sheet, its neighbours and its 往期 block, put into the template of its site."""

from collections.abc import Mapping, Sequence
from html import escape
from string import Template

from examples import blocks
from examples.sheets import SITE, Item, Sheet, Sheets
from examples.spin import spin

# The server puts the real addresses in their place; ports are not known before it listens.
ADDRESSES = {"publisher": "__PUBLISHER__", "mirror": "__MIRROR__"}
CHARSETS = {"gb18030": "gb2312"}  # what such pages say of themselves


def fill(template: str, **fields: str) -> str:
    return Template((SITE / "templates" / f"{template}.html").read_text("utf-8")).substitute(fields)


def story_page(sheet: Sheet, sheets: Sheets, neighbours: tuple[Sheet | None, Sheet | None], reads: int) -> bytes:
    """A page of the publisher; `neighbours` are the older and the newer page of the column, `reads` its hit counter."""
    older, newer = neighbours
    html = fill(
        "portal",
        charset=CHARSETS.get(sheet.encoding, sheet.encoding),
        title=sheet.title,
        head=sheet.head,
        byline=Template(sheet.byline).safe_substitute(reads=str(reads)),
        body=_paragraphs(sheet),
        block=block(sheet, sheets),
        prev=_neighbour("上一篇", older, named=True),
        next=_neighbour("下一篇", newer, named=not sheet.unnamed_next),
    )
    return (_break(html) if sheet.broken else html).encode(sheet.encoding)


def copy_page(sheet: Sheet, sheets: Sheets) -> bytes:
    """A page of the mirror."""
    assert sheet.of is not None
    original = sheets.pages[sheet.of]
    fields = {"title": sheet.title, "byline": sheet.byline, "block": block(sheet, sheets)}
    if sheet.relation == "altered":
        spun = "\n".join(f"<p>{line}</p>" for line in map(spin, sheet.text))
        return fill("hijacked", body=spun, **fields).encode()
    return fill("mirror", body=_paragraphs(sheet), original=ADDRESSES["publisher"] + original.path, **fields).encode()


def title_of(item: Item, sheets: Sheets) -> str:
    """The title of the story that the line means."""
    missing = {one.id: one.title for one in sheets.missing}
    return missing.get(item.to) or sheets.pages[item.to].title


def href_of(item: Item, sheet: Sheet, sheets: Sheets) -> str | None:
    """Where the line leads, as written in the page of `sheet`; None for a title that carries no link."""
    if not item.linked or (sheet.block and sheet.block.markup == "bare"):
        return None
    missing = {one.id: one for one in sheets.missing}
    if item.to in missing:
        return missing[item.to].path
    target = sheets.pages[item.page or item.to]
    address = "" if target.host == sheet.host else ADDRESSES[target.host]
    return address + target.path + (f"?{item.query}" if item.query else "")


def written(item: Item, sheets: Sheets) -> str:
    """The words of the line as the page prints them."""
    return item.written or title_of(item, sheets)


def block(sheet: Sheet, sheets: Sheets) -> str:
    if sheet.block is None:
        return "<p>更多故事，敬请期待！</p>" if sheet.of is None else ""
    sections = [
        (heading, [(written(item, sheets), href_of(item, sheet, sheets)) for item in items])
        for heading, items in sheet.block.groups.items()
    ]
    return blocks.render(sheet.block.markup, sheet.block.heading, sections)


def neighbours(column: Sequence[Sheet]) -> Mapping[str, tuple[Sheet | None, Sheet | None]]:
    """The older and the newer page of each, by id; `column` runs from old to new."""
    padded = [None, *column, None]
    return {sheet.id: (padded[at], padded[at + 2]) for at, sheet in enumerate(column)}


def _neighbour(word: str, sheet: Sheet | None, *, named: bool) -> str:
    if sheet is None:
        return f"{word}：没有了"
    if not named:
        return f'<a href="{sheet.path}">{word} &gt;</a>'
    return f'{word}：<a href="{sheet.path}">{escape(sheet.title)}</a>'


def _paragraphs(sheet: Sheet) -> str:
    return "\n".join(map(_paragraph, sheet.paragraphs))


def _paragraph(line: str) -> str:
    match line[:2]:
        case "图：":
            picture = '<p align="center"><img src="/picture.png" alt="" width="600"></p>'
            return f'{picture}\n<p class="caption" align="center">{escape(line[2:])}</p>'
        case "署：":
            return f'<p style="text-align:right">{escape(line[2:])}</p>'
        case _:
            return f"<p>　　{escape(line, quote=False)}</p>"


def _break(html: str) -> str:
    """What a careless editor leaves: no end tags, unquoted attributes, crossed tags, strays, a bare ampersand."""
    start, end = html.index('<div class="content"'), html.index('<div class="tools"')
    body = html[start:end].replace("</p>", "").replace("<p>　　", "<P class=MsoNormal>　　<b><i></b></i>")
    strays = "</span></font></td>&nbsp & \n<o:p></o:p><a name=end>"
    return html[:start] + body + strays + html[end:].replace("</body>\n</html>", "")
