"""The links that a rule names, in the place of those of their kind that would be found without it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement

from crawler.extraction.links import FoundLinks
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.page import Page
from crawler.extraction.links.wording import NEXT, PREV
from crawler.extraction.model import Kind, LinkKind, SeriesLink
from crawler.extraction.rules.selectors import Key, Matches, shown
from wangqi.titles.anatomy import strip_decoration

_KINDS: Final[dict[Key, LinkKind]] = {
    "members": "series",
    "previous": "prev",
    "next": "next",
    "rows": "entry",
    "pages": "page",
}
_FOREIGN: Final[dict[Kind, frozenset[LinkKind]]] = {
    "story": frozenset({"entry"}),
    "listing": frozenset({"series", "prev", "next"}),
}
_SIDES: Final = frozenset({"prev", "next"})
_ROWS: Final = ("li", "dd", "tr", "p")
_LISTS: Final = frozenset({"ul", "ol", "dl", "table"})


def links_by(matches: Matches, found: FoundLinks) -> FoundLinks:
    """The links with those of the rule; which of them count, the kind of the page says (`links_for`)."""
    page = found.page
    if page is None or matches.rule is None:
        return found
    links, blocks = list(found.links), list(found.blocks)
    replaced: list[SeriesLink] = []
    remarks = [] if matches.matched("members") else list(found.remarks)
    anchors = {anchor.element: anchor for line in page.lines for anchor in line.anchors}
    for key, kind in _KINDS.items():
        if not matches.matched(key):
            continue
        reason = f"{matches.rule.name}: {key}"
        named = list(_links(matches, key, page, anchors, reason))
        known = {link.url or link.title for link in named}
        others = [link for link in links if link.kind == kind and (link.url or link.title) not in known]
        replaced += (link for link in links if link.kind == kind)
        links = [*(link for link in links if link.kind != kind), *named]
        if others:
            remarks.append(f"the {reason} names {len(named)} and not {len(others)} that would be found without it")
        if key == "members":
            blocks += [_list_around(node) for node in matches.nodes(key) if isinstance(node, HtmlElement)]
    return replace(
        found,
        links=tuple(links),
        blocks=tuple(dict.fromkeys(blocks)),
        remarks=tuple(dict.fromkeys(remarks)),
        replaced=tuple(replaced),
    )


def links_for(kind: Kind, found: FoundLinks) -> tuple[SeriesLink, ...]:
    """The links of a page of this kind: what a rule calls rows are a column's, its members and neighbours a story's.

    Elsewhere its selectors find what is made alike, and say nothing.
    """
    foreign = _FOREIGN.get(kind, frozenset())
    own = (link for link in found.links if not (link.is_ruled and link.kind in foreign))
    return (*own, *(link for link in found.replaced if link.kind in foreign))


def _links(
    matches: Matches, key: Key, page: Page, anchors: dict[HtmlElement, Anchor], reason: str
) -> Iterator[SeriesLink]:
    kind = _KINDS[key]
    seen: set[str] = set()
    for title, href in (row for node in matches.nodes(key) for row in _rows(node, anchors, page)):
        url = page.resolve(href) if href else None
        bare = NEXT.sub("", PREV.sub("", title)).lstrip(" :：") if kind in _SIDES else strip_decoration(title)
        name = url or bare
        if not name or name in seen or (url is None and kind != "series"):
            continue
        seen.add(name)
        yield SeriesLink(
            kind=kind,
            title=bare,
            url=url,
            href=href or None,
            position=len(seen) - 1,
            in_block=kind == "series",
            reasons=(reason,),
            is_ruled=True,
        )


def _rows(node: HtmlElement | str, anchors: dict[HtmlElement, Anchor], page: Page) -> Iterator[tuple[str, str]]:
    """Titles with their addresses as written, "" of a title without one; none of what the rule takes out."""
    if isinstance(node, str):
        yield "", node
        return
    if node.getroottree().getroot() is not page.tree:
        return
    own = anchors.get(node)
    rows: list[Anchor | str] = [own] if own else list(_rows_in(node, anchors))
    if not any(isinstance(row, Anchor) for row in rows):
        around = next((anchors[each] for each in node.iterancestors() if each in anchors), None)
        rows = [around] if around else rows or [shown(node)]
    for row in rows:
        if isinstance(row, str):
            yield row, ""
        elif not page.is_self(row):
            yield row.text, "" if row.is_hidden else row.href


def _rows_in(node: HtmlElement, anchors: dict[HtmlElement, Anchor]) -> Iterator[Anchor | str]:
    """Its links, and the rows in it without one."""
    for each in node.iterdescendants():
        if each in anchors:
            yield anchors[each]
        elif each.tag in _ROWS and not any(inner in anchors or inner.tag in _ROWS for inner in each.iterdescendants()):
            yield shown(each)


def _list_around(node: HtmlElement) -> HtmlElement:
    return next((each for each in (node, *node.iterancestors()) if each.tag in _LISTS), node)
