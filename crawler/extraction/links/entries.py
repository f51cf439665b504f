"""The rows of a page that is itself a listing."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series_titles import strip_decoration

if TYPE_CHECKING:
    from crawler.extraction.links.lines import Anchor

_FEWEST_ROWS = 6
_SHORTEST_TITLE = 6
_PARAGRAPH = 50
_UPWARD = 3


def find_entries(page: Page) -> Iterator[Candidate]:
    """`entry` links, where one long run of like links outweighs all running text."""
    runs: dict[str, list[Anchor]] = defaultdict(list)
    prose = 0
    for line in page.lines:
        if not line.anchors:
            prose += line.length if line.length >= _PARAGRAPH else 0
            continue
        for anchor in line.anchors:
            if len(anchor.text) >= _SHORTEST_TITLE and page.leads_somewhere(anchor):
                runs[_place(anchor.element)].append(anchor)
    if not runs:
        return
    rows = max(runs.values(), key=lambda run: sum(min(len(a.text), 60) for a in run))
    distinct = {a.href for a in rows}
    weight = sum(len(a.text) for a in rows)
    if len(distinct) < _FEWEST_ROWS or weight < 2 * prose:
        return
    for anchor in rows:
        if not wording.MORE.match(anchor.text):
            reason = f"one of {len(distinct)} like rows of a listing"
            yield Candidate("entry", strip_decoration(anchor.text), anchor.href, 0.8, reason, anchor.line.index)


def _place(element: HtmlElement) -> str:
    """The tags and classes around a link: rows of one list share them."""
    steps: list[str] = []
    current: HtmlElement | None = element
    for _ in range(_UPWARD):
        if current is None:
            break
        steps.append(str(current.tag) + "." + (current.get("class") or ""))
        current = current.getparent()
    return ">".join(steps)
