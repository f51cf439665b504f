"""PURE: a story as XHTML, which is HTML as well."""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from storage.exports.books.pieces import Piece, facts_of, pieces_of, rows_of, whence
from storage.rows import FileRow, HandedStory
from wangqi.urls import is_web_url

Shown = Callable[[FileRow], str]
STYLE: Final = """body{max-width:42em;margin:0 auto;padding:1em;line-height:1.8;font-family:serif}
h1,h2,h3,h4{line-height:1.4}
.facts,.whence,.caption,.lacking{color:#555;font-size:.9em}
.caption,.medium{text-align:center}
img{max-width:100%}
.whence{border-top:1px solid #ccc;margin-top:2em;padding-top:.5em;word-break:break-all}
table{border-collapse:collapse}
td{border:1px solid #ccc;padding:.2em .5em}
article{margin-bottom:4em}
"""
# What XML 1.0 cannot hold, however it is written.
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEDIA: Final[Mapping[str, str]] = {"image": "Picture", "film": "Film", "sound": "Sound", "document": "Document"}


def story_of(handed: HandedStory, level: int = 1, shown: Shown | None = None) -> str:
    """Title, facts, body and source of a story, its title as a heading of this level."""
    story = handed.story
    lines = [f"<h{level}>{text(story.title)}</h{level}>"]
    if story.subtitle:
        lines.append(f'<p class="subtitle">{text(story.subtitle)}</p>')
    if facts := facts_of(story):
        lines.append(f'<p class="facts">{text(facts)}</p>')
    lines.append(body_of(handed, level, shown))
    told = " ".join(map(text, whence(handed)))
    return "\n".join([*lines, f'<div class="whence"><p>{link(story.url, story.url)}</p><p>{told}</p></div>'])


def body_of(handed: HandedStory, level: int = 1, shown: Shown | None = None) -> str:
    """`shown` says under which address a kept picture is shown; without it pictures are links to where they were."""
    return "\n".join(_picture(piece, shown) or _piece(piece, level) for piece in pieces_of(handed))


def text(words: str) -> str:
    """Safe between tags and in attributes."""
    return escape(_UNFIT.sub("\ufffd", words))


def link(url: str, words: str) -> str:
    """Nothing but words where the address is none of the web."""
    return f'<a href="{text(url)}">{text(words)}</a>' if _can_be_linked(url) else text(words)


def _can_be_linked(url: str) -> bool:
    return is_web_url(url) and not any(sign in url for sign in ' <>"{}|\\^`[]')


def _paragraph(piece: Piece, _: int) -> str:
    return f"<p>{text(piece.text)}</p>"


def _heading(piece: Piece, level: int) -> str:
    depth = min(level + max(piece.level - 1, 1), 6)
    return f"<h{depth}>{text(piece.text)}</h{depth}>"


def _quote(piece: Piece, _: int) -> str:
    return f"<blockquote><p>{text(piece.text)}</p></blockquote>"


def _list(piece: Piece, _: int) -> str:
    return "<ul>" + "".join(f"<li>{text(line)}</li>" for line in piece.text.split("\n")) + "</ul>"


def _table(piece: Piece, _: int) -> str:
    rows = ("".join(f"<td>{text(cell)}</td>" for cell in row) for row in rows_of(piece))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _medium(piece: Piece, _: int) -> str:
    words = f"{_MEDIA[piece.kind]}{': ' if piece.text else ''}{piece.text}"
    missing = f'<span class="lacking">, missing: {text(piece.lacks)}</span>' if piece.lacks else ""
    return f'<p class="medium">[{link(piece.url, words)}{missing}]</p>{_seen(piece)}'


def _picture(piece: Piece, shown: Shown | None) -> str:
    if shown is None or piece.picture is None:
        return ""
    return f'<p class="medium"><img src="{text(shown(piece.picture))}" alt="{text(piece.text)}"/></p>{_seen(piece)}'


def _seen(piece: Piece) -> str:
    return f'\n<p class="caption">{"<br/>".join(map(text, piece.seen.splitlines()))}</p>' if piece.seen else ""


def _caption(piece: Piece, _: int) -> str:
    return f'<p class="caption">{text(piece.text)}</p>'


_AS: Final[Mapping[str, Callable[[Piece, int], str]]] = {
    "heading": _heading,
    "quote": _quote,
    "list": _list,
    "table": _table,
    "caption": _caption,
    **dict.fromkeys(_MEDIA, _medium),
}


def _piece(piece: Piece, level: int) -> str:
    return _AS.get(piece.kind, _paragraph)(piece, level)
