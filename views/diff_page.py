"""PURE: two texts side by side as one HTML page: no script, no request to anywhere."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from storage.rows import NamedText
from views.cells import cell, safe
from views.diff_pieces import Kind, Paragraph, Row
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import Comparison

_TAGS: Final[dict[Kind, tuple[str, str]]] = {
    "equal": ("", ""),
    "number": ('<mark class="fact">', "</mark>"),
    "name": ('<mark class="fact">', "</mark>"),
    "word": ("<mark>", "</mark>"),
    "insert": ("<ins>", "</ins>"),
    "delete": ("<del>", "</del>"),
    "lost": ("<del>", "</del>"),
    "new": ("<ins>", "</ins>"),
}
# Points that no style repeats; the comparison passes them over, and a reader should not.
_POINTS: Final = re.compile(r"([，。、；：,;])\1+")
_STYLE: Final = """
:root { color-scheme: light dark; --ink: light-dark(#1c1c1c, #e6e6e6); --soft: light-dark(#666, #a0a0a0);
  --paper: light-dark(#fbfaf7, #17181a); --line: light-dark(#ddd8cc, #3a3c40); --word: light-dark(#ffe58a, #6b5300);
  --fact: light-dark(#b3261e, #d9534a); --new: light-dark(#cdeccd, #1f4d2a); --gone: light-dark(#f7cfcb, #5c2320) }
body { background: var(--paper); color: var(--ink); font: 16px/1.8 system-ui, "Noto Sans CJK SC", sans-serif;
  margin: 0 auto; max-width: 84em; padding: 2em 1.5em }
h1 { font-size: 1.35em; line-height: 1.4; margin: 0 } h2 { font-size: 1em; margin: 2em 0 .4em }
.verdict { color: var(--soft); margin: .2em 0 1em } .verdict b { color: var(--ink) }
dl { display: flex; flex-wrap: wrap; gap: .6em; margin: 0 0 1em }
dl div { border: 1px solid var(--line); border-radius: .4em; padding: .3em .9em }
dt { color: var(--soft); font-size: .8em } dd { font-size: 1.3em; font-weight: 600; line-height: 1.3; margin: 0 }
.worst dd { color: var(--fact) }
.list { display: flex; flex-wrap: wrap; gap: .2em 1.2em; list-style: none; margin: 0; padding: 0 }
.list small, .key, th small { color: var(--soft) } .key { font-size: .9em }
table { border-collapse: collapse; table-layout: fixed; width: 100% }
th { background: var(--paper); border-bottom: 2px solid var(--line); font-weight: 600; position: sticky; top: 0;
  text-align: left }
th small { display: block; font-weight: 400; line-height: 1.5 } th .unfit { color: var(--fact) }
td, th { overflow-wrap: anywhere; padding: .4em .9em; vertical-align: top; width: 50% }
td { border-top: 1px solid var(--line) } td + td, th + th { border-left: 1px solid var(--line) }
mark, ins, del { border-radius: .2em; color: inherit; margin: 0 1px; padding: 0 .1em; text-decoration: none }
mark { background: var(--word) } mark.fact { background: var(--fact); color: #fff } ins { background: var(--new) }
del { background: var(--gone); text-decoration: line-through }
u { text-decoration: underline wavy var(--fact); text-underline-offset: .25em }
@media print { body { font-size: 11px; max-width: none } th { position: static } }
"""
_PAGE: Final = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<p class="verdict">The second is to the first: <b>{verdict}</b> ({reason}).</p>
<dl>
{figures}
</dl>
{lists}
<p class="key"><mark class="fact">numbers, dates, names</mark> <mark>other words</mark> <ins>only here</ins>
<del>gone from the other</del> <u>，，</u> points that no style repeats</p>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def page(first: NamedText, second: NamedText, comparison: Comparison, rows: list[Row]) -> str:
    """Whole and ready to be written to a file in UTF-8; what the texts hold can neither run nor load anything."""
    titles = dict.fromkeys([first.title, second.title])
    return _PAGE.format(
        title=" / ".join(_words(title) for title in titles),
        style=_STYLE,
        verdict=_words(comparison.verdict),
        reason=_words(comparison.reason),
        figures="\n".join(_figures(comparison)),
        lists="\n".join(_lists(comparison)),
        heads=f"{_head('first', first)}{_head('second', second)}",
        rows="\n".join(f"<tr><td>{_cell(left)}</td><td>{_cell(right)}</td></tr>" for left, right in rows),
    )


def _words(text: str) -> str:
    return escape(safe(text))


def _figures(comparison: Comparison) -> Iterator[str]:
    facts = {
        "numbers and dates differ": len(comparison.number_conflicts),
        "names differ": len(comparison.name_conflicts),
        "words put in": len(comparison.injected),
    }
    others = {
        "words swapped": comparison.swap_count,
        "sentences gone": len(comparison.lost),
        "sentences new": len(comparison.new),
    }
    for name, number in (facts | others).items():
        kind = ' class="worst"' if number and name in facts else ""
        yield f"<div{kind}><dt>{name}</dt><dd>{number}</dd></div>"


def _lists(comparison: Comparison) -> Iterator[str]:
    """The worst class first, each whole."""
    conflicts = [*comparison.number_conflicts, *comparison.name_conflicts]
    yield from _list("Other numbers, dates and names", [(f"{before} → {after}", 1) for before, after in conflicts])
    yield from _list("Put in", comparison.injected)
    known = set(conflicts)
    swaps = [swap for swap in comparison.swaps if (swap.before, swap.after) not in known]
    yield from _list("Swapped", [(f"{swap.before} → {swap.after}", swap.count) for swap in swaps])


def _list(name: str, items: Sequence[tuple[str, int]]) -> Iterator[str]:
    if items:
        lines = (f"<li>{_words(text)}{f' <small>×{count}</small>' if count > 1 else ''}</li>" for text, count in items)
        yield f'<h2>{name}</h2>\n<ul class="list">{"".join(lines)}</ul>'


def _head(which: str, one: NamedText) -> str:
    unfit = '<small class="unfit">shows strong signs of tampering, or its site is not trusted</small>'
    return (
        f"<th>The {which}: r{one.revision_id} of story {one.story_id}<small>{_words(one.url)}</small>"
        f"<small>read on {cell(one.recorded_at)}</small>{unfit if one.standing >= TAMPERED else ''}</th>"
    )


def _cell(paragraph: Paragraph) -> str:
    return "".join(f"{_TAGS[piece.kind][0]}{_pointed(piece.text)}{_TAGS[piece.kind][1]}" for piece in paragraph)


def _pointed(text: str) -> str:
    """Escaped, with runs of points marked."""
    runs = [(match.start(), match.end()) for match in _POINTS.finditer(text)]
    edges = [0, *(edge for run in runs for edge in run), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    return "".join(f"<u>{_words(piece)}</u>" if place % 2 else _words(piece) for place, piece in enumerate(pieces))
