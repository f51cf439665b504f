"""The ways in which sites write a 往期 block. Each takes (heading, [(section, [(title, href or None)])])."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import chain

Line = tuple[str, str | None]
Sections = Sequence[tuple[str, Sequence[Line]]]


def render(markup: str, heading: str, sections: Sections) -> str:
    """The block as HTML; raises KeyError for a markup that nobody wrote."""
    return MARKUPS[markup](escape(heading, quote=False), sections)


def _link(line: Line, inner: str | None = None) -> str:
    title, href = line
    inner = inner or escape(title, quote=False)
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner


def _lines(sections: Sections) -> list[Line]:
    return list(chain.from_iterable(lines for _, lines in sections))


def _list(heading: str, sections: Sections) -> str:
    rows = "\n".join(f"<li>{_link(line)}</li>" for line in _lines(sections))
    return f'<div class="wqhg"><h3>{heading}</h3>\n<ul>\n{rows}\n</ul></div>'


def _paragraphs(heading: str, sections: Sections) -> str:
    rows = "\n".join(f'<p style="text-indent:2em">{_link(line)}</p>' for line in _lines(sections))
    return f"<p><strong>{heading}</strong></p>\n{rows}"


def _breaks(heading: str, sections: Sections) -> str:
    return f"<p>{heading}<br>\n" + "<br>\n".join(_link(line) for line in _lines(sections)) + "</p>"


def _bare(heading: str, sections: Sections) -> str:
    opening = "\n".join(f"<p>{line}</p>" for line in heading.split("|"))
    return opening + "\n" + "\n".join(f"<p>{escape(title, quote=False)}</p>" for title, _ in _lines(sections))


def _sections(heading: str, sections: Sections) -> str:
    parts = (
        f'<section class="part"><section style="color:#888"><span>{escape(name)}</span></section>\n'
        + "\n".join(f"<section><section><p><span>{_link(line)}</span></p></section></section>" for line in lines)
        + "</section>"
        for name, lines in sections
    )
    inner = "\n".join(parts)
    title = f"<section><section><span><strong>{heading}</strong></span></section></section>"
    return f'<section class="past">{title}\n{inner}\n</section>'


def _images(heading: str, sections: Sections) -> str:
    def card(line: Line) -> str:
        picture = f'<img src="/picture.png" alt="{escape(line[0])}" width="200">'
        return f'<div class="card">{_link(line, picture)}</div>'

    cards = "\n".join(map(card, _lines(sections)))
    return f'<div class="cards"><p class="cards-title">{heading}</p>\n{cards}\n</div>'


def _click(heading: str, sections: Sections) -> str:
    rows = "\n".join(f"<p>▶ {_link(line)}</p>" for line in _lines(sections))
    return f'<p style="text-align:center">— {heading} ↓↓↓ —</p>\n{rows}'


def _table(heading: str, sections: Sections) -> str:
    rows = "\n".join(f"<tr><td>·</td><td>{_link(line)}</td></tr>" for line in _lines(sections))
    return f'<table class="past" border="0"><tr><th colspan="2">{heading}</th></tr>\n{rows}\n</table>'


def _numbered(heading: str, sections: Sections) -> str:
    rows = "\n".join(f"<p>{n}. {_link(line)}</p>" for n, line in enumerate(_lines(sections), 1))
    return f"<p><b>{heading}</b></p>\n{rows}"


MARKUPS: dict[str, Callable[[str, Sections], str]] = {
    "list": _list,
    "paragraphs": _paragraphs,
    "breaks": _breaks,
    "bare": _bare,
    "sections": _sections,
    "images": _images,
    "click": _click,
    "table": _table,
    "numbered": _numbered,
}
