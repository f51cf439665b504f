"""The pages of the generated library: one template a site."""

from dataclasses import dataclass
from html import escape
from random import Random
from typing import TYPE_CHECKING

from benchmarks.prose import paragraph, person
from examples.blocks import render

if TYPE_CHECKING:
    from benchmarks.corpus import Piece, Site

_MENU = ("要闻", "时政", "社会", "文化", "教育", "视频", "图片", "关于我们")


@dataclass(frozen=True, slots=True)
class Template:
    """What the pages of one site have in common.

    Attributes:
        rows: Of one page of the column.
        older_is_prev: Whether 上一篇 leads to the older story.
        block_first: Whether the 往期 block stands above the text.
        paged: How the column turns its pages: `numbers` or `words` (上一页, 下一页).
    """

    name: str
    has_column: bool
    has_neighbours: bool
    rows: int
    older_is_prev: bool
    block_first: bool
    paged: str

    @classmethod
    def random(cls, rng: Random) -> "Template":
        return cls(
            name=rng.choice(("田野日报", "山城在线", "河口发布", "石桥文明网")),
            has_column=rng.random() < 0.75,
            has_neighbours=rng.random() < 0.5,
            rows=rng.choice((10, 12, 15, 20)),
            older_is_prev=rng.random() < 0.5,
            block_first=rng.random() < 0.15,
            paged=rng.choice(("numbers", "numbers", "words")),
        )


def story_html(site: "Site", piece: "Piece", older: "Piece | None", newer: "Piece | None") -> str:
    rng = Random(piece.url)
    text = "\n".join(f"<p>　　{paragraph(rng)}</p>" for _ in range(rng.randint(4, 9)))
    block = ""
    if piece.series and piece.names:
        lines = [(named.title, address) for named, address in piece.names]
        block = render(piece.series.markup, piece.series.heading, [("往期", lines)])
    body = f"{block}\n{text}" if site.template.block_first else f"{text}\n{block}"
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{escape(piece.title)}_{site.template.name}</title></head><body>
{_top(site, "正文")}
<div class="article"><h1>{escape(piece.title)}</h1>
<div class="info"><span>发布时间：{piece.published:%Y-%m-%d %H:%M}</span> <span>来源：{site.template.name}</span>
<span>记者：{person(rng)}</span></div>
<div class="content">
{body}
</div>
{_neighbours(site, older, newer)}
</div>
{_bottom(site)}"""


def column_html(site: "Site", number: int) -> str:
    rows = site.template.rows
    shown = site.listed[number * rows : (number + 1) * rows]
    items = "\n".join(
        f'<li><a href="{piece.url}">{escape(piece.title)}</a><span>{piece.published:%Y-%m-%d}</span></li>'
        for piece in shown
    )
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>专栏_{site.template.name}</title></head><body>
{_top(site, "列表")}
<div class="list"><ul>
{items}
</ul>
<div class="pages">{_paging(site, number)}</div></div>
{_bottom(site)}"""


def _top(site: "Site", here: str) -> str:
    menu = "".join(f'<li><a href="/m{n}/">{word}</a></li>' for n, word in enumerate(_MENU))
    crumb = f'<a href="{site.column_url(0)}">专栏</a> &gt; ' if site.template.has_column and here == "正文" else ""
    return (
        f'<div class="menu"><ul>{menu}</ul></div>\n'
        f'<div class="crumbs">当前位置：<a href="/">首页</a> &gt; {crumb}{here}</div>'
    )


def _bottom(site: "Site") -> str:
    return f'<div class="footer"><p>版权所有：{site.template.name}　未经授权不得转载</p></div></body></html>'


def _neighbours(site: "Site", older: "Piece | None", newer: "Piece | None") -> str:
    if not site.template.has_neighbours:
        return ""
    before, after = (older, newer) if site.template.older_is_prev else (newer, older)
    lines = ((word, piece) for word, piece in (("上一篇", before), ("下一篇", after)) if piece)
    rows = "\n".join(f'<p>{word}：<a href="{piece.url}">{escape(piece.title)}</a></p>' for word, piece in lines)
    return f'<div class="near">{rows}</div>'


def _paging(site: "Site", number: int) -> str:
    count = site.column_pages
    if count < 2:
        return ""
    window = range(max(0, number - 4), min(count, number + 6))
    numbers = " ".join(f'<a href="{site.column_url(n)}">{n + 1}</a>' for n in window if n != number)
    words = [
        *([f'<a href="{site.column_url(number - 1)}">上一页</a>'] if number else []),
        *([f'<a href="{site.column_url(number + 1)}">下一页</a>'] if number + 1 < count else []),
    ]
    return f"{' '.join(words)}" if site.template.paged == "words" else f"{numbers} {' '.join(words)}"
