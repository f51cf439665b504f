"""The last page of a listing, which may hold a single row."""

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawler.extraction.links import FoundLinks
from crawler.extraction.links.page import Candidate
from wangqi.titles.anatomy import strip_decoration

if TYPE_CHECKING:
    from crawler.extraction.links.lines import Anchor

_OF_A_STORY = frozenset({"series", "prev", "next", "entry"})
_SHORTEST_TITLE = 6
_LONGEST_PAGE = 400  # lines; a page with more is no end of a list


def with_last_rows(found: FoundLinks) -> FoundLinks:
    """The links, and as `entry` the rows of a page that turns its pages and has too few rows to be known by them.

    Unchanged where any link shows a story or a listing.
    """
    kinds = {link.kind for link in found.links}
    page = found.page
    if page is None or "page" not in kinds or kinds & _OF_A_STORY:
        return found
    if len(page.lines) > _LONGEST_PAGE:
        return found
    lists: dict[object, list[Anchor]] = defaultdict(list)
    for line in page.lines:
        for anchor in line.anchors:
            if len(anchor.text) > 1 and page.at_home(anchor):
                lists[_surroundings(anchor.element)].append(anchor)
    long = [run for run in lists.values() if any(len(anchor.text) >= _SHORTEST_TITLE for anchor in run)]
    rows = max(long, key=lambda run: sum(len(anchor.text) for anchor in run), default=[])
    entries = [
        page.link(
            Candidate("entry", strip_decoration(row.text), row.href, 0.6, "a row of a page that turns its pages"),
            number,
        )
        for number, row in enumerate(rows)
    ]
    return replace(found, links=(*found.links, *entries))


def _surroundings(link: HtmlElement) -> tuple[object, object]:
    parent = link.getparent()
    return (None, None) if parent is None else (parent.tag, parent.get("class"))
