"""PURE: two texts side by side as one HTML page: no script, no request to anywhere."""

from html import escape
from typing import Final

from crawler.showing.diff_pieces import Kind, Paragraph, Row
from crawler.showing.diff_terminal import heading
from crawler.showing.tables import safe
from pipelines.copies import Comparison
from storage.rows import NamedText

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
_PAGE: Final = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 16px/1.7 system-ui, sans-serif; margin: 2em auto; max-width: 90em; padding: 0 1em }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100% }}
td {{ border-top: 1px solid #ddd; overflow-wrap: anywhere; padding: .3em .8em; vertical-align: top }}
mark {{ background: #fe8 }} mark.fact {{ background: #c22; color: #fff }}
ins {{ background: #cfc; text-decoration: none }} del {{ background: #fcc }}
</style>
</head>
<body>
<pre>{heading}</pre>
<p>Marked: <mark class="fact">numbers, dates and names</mark>, <mark>words</mark>, <ins>only here</ins>,
<del>gone from the other</del>.</p>
<table>
{rows}
</table>
</body>
</html>
"""


def page(first: NamedText, second: NamedText, comparison: Comparison, rows: list[Row]) -> str:
    """Whole and ready to be written to a file in UTF-8; what the texts hold can neither run nor load anything."""
    return _PAGE.format(
        title=escape(safe(f"{first.title} / {second.title}")),
        heading=escape(heading(first, second, comparison)),
        rows="\n".join(f"<tr><td>{_cell(left)}</td><td>{_cell(right)}</td></tr>" for left, right in rows),
    )


def _cell(paragraph: Paragraph) -> str:
    return "".join(f"{_TAGS[piece.kind][0]}{escape(safe(piece.text))}{_TAGS[piece.kind][1]}" for piece in paragraph)
