"""The contents of the work: a list or a menu that holds this page between its neighbours."""

import re
from collections.abc import Iterator
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from crawler.extraction.links.headings import is_related
from crawler.extraction.links.lines import Anchor, Line, is_within
from crawler.extraction.links.listings import is_tag
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.wording import HOME
from crawler.extraction.series_titles import strip_decoration
from wangqi.addresses import is_home

_LEVELS = 6
_LISTS = ("ul", "ol", "dl")
_OF_LISTS = frozenset((*_LISTS, "li", "dd", "dt", "div", "section", "details"))
_PAGES_ONLY = 0.9  # of the links; a list of widgets has ways up, tags and other sites too
_FEWEST = 3  # pages of a work: this one and two others
_ABOVE = 2  # lines from a heading to its list
_BESIDE = 2  # lines around a neighbour that are the pair's own
_DAY = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*[01]?\d|(?<![\d.])[01]\d[-/][0-3]\d(?!\d)|\d\s*月\s*\d")
_PROSE = 40  # characters without a link that no row of a menu has
_NEWEST = re.compile(r"最[新近]|近期|归档|存档|recent|latest|archives?\b|new posts", re.IGNORECASE)


def find_contents(page: Page, neighbours: list[Candidate]) -> Iterator[Candidate]:
    """`series` rows of such a list; none of a list of the newest posts, which has days or says so."""
    beside = {_bare(url) for n in neighbours if n.kind in {"prev", "next"} and (url := page.resolve(n.href or ""))}
    if not beside:
        return
    pair = {at + step for at in (n.at for n in neighbours) for step in range(-_BESIDE, _BESIDE + 1)}
    rows = [a for line in page.lines for a in line.anchors if _target(page, a) in beside and line.index not in pair]
    if not beside <= {_target(page, anchor) for anchor in rows}:
        return
    for line in page.lines:
        room = _room(page, line, rows, beside) if _is_here(page, line) and line.index not in pair else None
        if room is not None and _is_between(page, line, room, beside) and (members := _members(page, room)):
            for anchor in _whole(page, room) or members:
                title = strip_decoration(anchor.text)
                yield Candidate("series", title, anchor.href, 0.85, _WHY, anchor.line.index, in_block=True)
            return


_WHY = "a list holds it, this page and the pages beside this one"


def _is_here(page: Page, line: Line) -> bool:
    """Whether the line is this page's own row: a link to itself, or its title without a link."""
    if line.anchors:
        return any(_target(page, anchor) == _bare(page.url) for anchor in line.anchors)
    return line.element.tag not in {"h1", "h2"} and page.bears_title(line.text)


def _room(page: Page, line: Line, rows: list[Anchor], beside: set[str]) -> HtmlElement | None:
    """The smallest element that holds the page's row and those of its neighbours."""
    for room in islice(chain([line.element], line.element.iterancestors()), _LEVELS):
        if room.tag in {"body", "html", "main", "article"}:
            return None
        if beside <= {_target(page, anchor) for anchor in rows if is_within(anchor.element, room)}:
            return room
    return None


def _is_between(page: Page, line: Line, room: HtmlElement, beside: set[str]) -> bool:
    """Whether the rows of the neighbours are those right before and right behind the page's own."""
    here = _bare(page.url)
    links = [
        (a.line.index, _target(page, a)) for row in page.lines if is_within(row.element, room) for a in row.anchors
    ]
    own = next((at for at, (_, target) in enumerate(links) if target == here), None)
    if own is None:  # its own row is no link
        own = sum(index <= line.index for index, _ in links)
    before = [target for _, target in links[:own] if target not in {here, ""}]
    behind = [target for _, target in links[own:] if target not in {here, ""}]
    return beside <= {*before[-1:], *behind[:1]}


def _members(page: Page, room: HtmlElement) -> list[Anchor]:
    """The links of the room; none where it lists what is new, or the story itself."""
    lines = [line for line in page.lines if is_within(line.element, room)]
    head = page.lines[max(0, lines[0].index - _ABOVE) : lines[0].index + 1]
    if any(is_related(line) or _NEWEST.search(line.text[:40]) for line in head if not line.anchors):
        return []
    if 2 * sum(_DAY.search(line.text) is not None for line in lines) >= len(lines):
        return []
    if any(line.free_length >= _PROSE for line in lines):
        return []
    links = [a for line in lines for a in line.anchors if a.text and page.at_home(a) and not is_tag(a)]
    links = [a for at, a in enumerate(links) if not page.is_above(a) or (not at and _is_first_page(page, a))]
    return links if len({_target(page, anchor) for anchor in links}) >= _FEWEST - 1 else []


def _is_first_page(page: Page, anchor: Anchor) -> bool:
    """Whether the work may begin at the front page of its site, which then has a title of its own: 前言."""
    return is_home(_target(page, anchor)) and not HOME.match(anchor.text)


def _whole(page: Page, room: HtmlElement) -> list[Anchor]:
    """The links of the outermost list of nothing but pages that the room is a section of."""
    members: list[Anchor] = []
    for outer in takewhile(lambda e: e.tag in _OF_LISTS, islice(room.iterancestors(), 2 * _LEVELS)):
        if outer.tag in _LISTS:
            links = [a for line in page.lines if is_within(line.element, outer) for a in line.anchors if a.text]
            others = [anchor for anchor in links if _target(page, anchor) != _bare(page.url)]
            inner = _members(page, outer)
            if len(inner) < _PAGES_ONLY * len(others):
                break
            members = inner
    return members


def _target(page: Page, anchor: Anchor) -> str:
    return _bare(page.resolve(anchor.href) or "")


def _bare(url: str) -> str:
    return url.partition("#")[0]
