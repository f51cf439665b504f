"""The rows of a page that is itself a listing."""

from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series_titles import strip_decoration

_FEWEST_ROWS = 6
_SHORTEST_TITLE = 6
_PARAGRAPH = 50
_OUTWEIGHS = 2  # a listing's rows hold at least so many times the characters of its paragraphs


def find_entries(page: Page) -> Iterator[Candidate]:
    """`entry` links, where one long run of like links outweighs all running text."""
    prose = sum(line.length for line in page.lines if not line.anchors and line.length >= _PARAGRAPH)
    titles = [a for line in page.lines for a in line.anchors if len(a.text) >= _SHORTEST_TITLE]
    if sum(len(a.text) for a in titles) < _OUTWEIGHS * prose:
        return
    runs: dict[object, list[Anchor]] = defaultdict(list)
    for anchor in titles:
        if page.leads_somewhere(anchor):
            runs[_place(anchor.element)].append(anchor)
    rows = max(runs.values(), key=_weight, default=[])
    distinct = len({a.href for a in rows})
    if distinct < _FEWEST_ROWS or _weight(rows) < _OUTWEIGHS * prose:
        return
    for anchor in rows:
        if not wording.MORE.match(anchor.text):
            reason = f"one of {distinct} like rows of a listing"
            yield Candidate("entry", strip_decoration(anchor.text), anchor.href, 0.8, reason, anchor.line.index)


def _weight(run: list[Anchor]) -> int:
    return sum(min(len(anchor.text), 60) for anchor in run)


def _place(element: HtmlElement) -> tuple[object, ...]:
    """The tags and classes around a link: rows of one list share them."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return tuple((e.tag, e.get("class")) for e in (element, parent, above) if e is not None)
