"""The contents of the work: a list or a menu that holds this page between its neighbours."""

import re
from collections.abc import Iterator
from itertools import chain, islice, takewhile
from typing import Final

from lxml.html import HtmlElement

from crawler.extraction.links.headings import is_related
from crawler.extraction.links.lines import Anchor, Line, is_tag, is_within
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.self_reference import says_here
from crawler.extraction.links.wording import HOME, MORE, simpler
from wangqi.addresses import is_home
from wangqi.series.family import Named, tie
from wangqi.titles.anatomy import strip_decoration
from wangqi.titles.issues import numbering_of

_LEVELS = 6
_LISTS = ("ul", "ol", "dl")
_OF_LISTS = frozenset((*_LISTS, "li", "dd", "dt", "div", "section", "details"))
_PAGES_ONLY = 0.8  # of the links; a list of widgets has ways up, tags and other sites too
_FEWEST = 3  # pages of a work: this one and two others
_ABOVE = 2  # lines from a heading to its list
_BESIDE = 2  # lines around a neighbour that are the pair's own
_DAY = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*[01]?\d|(?<![\d.])[01]\d[-/][0-3]\d(?!\d)|\d\s*月\s*\d")
_ON = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?(?!\d)")
_PROSE = 40  # characters without a link that no row of a menu has
_CHAPTER = re.compile(r"\W*(?:第|卷|\d+\s*[.、:)]|(?:chapter|part|section|unit|vol)\b)", re.IGNORECASE)
_NEWEST = re.compile(
    r"最[新近]|近期|归档|存档|[所全][有部]文章|recent|latest\s+\w|archives?\b|(?:new|all) posts", re.IGNORECASE
)
_BY_DAY = re.compile(r"\b(?:older|newer)\b|较[旧早新]|更早", re.IGNORECASE)  # a pair that leads through a blog


def find_contents(page: Page, neighbours: list[Candidate]) -> Iterator[Candidate]:
    """`series` rows of such a list; none of a list of the newest posts, which has days or says so."""
    beside = {_bare(url) for n in neighbours if n.kind in {"prev", "next"} and (url := page.resolve(n.href or ""))}
    if not beside or any(_BY_DAY.search(simpler(page.lines[n.at].text)) for n in neighbours):
        return
    after = {_bare(page.resolve(n.href or "") or "") for n in neighbours if n.kind == "next"}
    pair = {at + step for at in (n.at for n in neighbours) for step in range(-_BESIDE, _BESIDE + 1)}
    rows = [a for line in page.lines for a in line.anchors if _target(page, a) in beside and line.index not in pair]
    absent = beside - {_target(page, anchor) for anchor in rows}
    if absent and absent != {_bare(page.resolve(n.href or "") or "") for n in neighbours if n.kind == "prev"}:
        return
    beside -= absent
    for line in page.lines if beside else ():
        if line.index in pair or not _is_here(page, line):
            continue
        room, held = _room(page, line, rows, beside, after)
        is_found = room is not None and _is_between(page, line, room, held, is_first=bool(absent))
        if room is not None and is_found and _members(page, room, held):
            for anchor in _whole(page, room, held):
                title = strip_decoration(anchor.text)
                yield Candidate("series", title, anchor.href, 0.85, IN_CONTENTS, anchor.line.index, in_block=True)
            return


IN_CONTENTS: Final = "a list holds it, this page and the pages beside this one"


def _is_here(page: Page, line: Line) -> bool:
    """Whether the line is this page's own row: a link to itself, its title without a link, or the word 本文."""
    if line.anchors:
        return any(_is_own(page, anchor) for anchor in line.anchors)
    return line.element.tag not in {"h1", "h2"} and (page.bears_title(line.text) or says_here(line.text))


def _is_own(page: Page, anchor: Anchor) -> bool:
    """Whether the link leads to this page: by its address, or to a place on it that is called as the page is."""
    target = _target(page, anchor)
    return target == _bare(page.url) or (not target and page.bears_title(anchor.text))


def _room(
    page: Page, line: Line, rows: list[Anchor], beside: set[str], after: set[str]
) -> tuple[HtmlElement | None, set[str]]:
    """The smallest element that holds the page's row and those of its neighbours, and which of these it holds.

    At the end of a section one neighbour is enough where the other lies in another folder: it may be another work.
    """
    for room in islice(chain([line.element], line.element.iterancestors()), _LEVELS):
        if room.tag in {"body", "html", "main", "article"}:
            break
        held = beside & {_target(page, anchor) for anchor in rows if is_within(anchor.element, room)}
        left = beside - held
        if not left or (held and _leave_folder(page, left) and _is_end(page, line, room, held, is_last=left <= after)):
            return room, held
    return None, set()


def _leave_folder(page: Page, targets: set[str]) -> bool:
    """Whether all of them lie outside of the folder that the page lies in."""
    folder = page.url.partition("#")[0].partition("?")[0].rpartition("/")[0] + "/"  # an index lies in its own
    return not any(target.startswith(folder) for target in targets)


def _is_end(page: Page, line: Line, room: HtmlElement, held: set[str], *, is_last: bool) -> bool:
    """Whether the page's own row is the last of some, or the first, and its neighbour the one beside it there."""
    before, behind = _around(page, line, room)
    none, some = (behind, before[::-1]) if is_last else (before, behind)
    return not none and len(set(some)) >= _FEWEST - 1 and held == {some[0]}


def _around(page: Page, line: Line, room: HtmlElement) -> tuple[list[str], list[str]]:
    """Where the links of the room lead that stand before the page's own row, and behind it."""
    here = _bare(page.url)
    links = [
        (a.line.index, _target(page, a)) for row in page.lines if is_within(row.element, room) for a in row.anchors
    ]
    own = next((at for at, (_, target) in enumerate(links) if target == here), None)
    if own is None:  # its own row is no link
        own = sum(index <= line.index for index, _ in links)
    before = [target for _, target in links[:own] if target not in {here, ""}]
    return before, [target for _, target in links[own:] if target not in {here, ""}]


def _is_between(page: Page, line: Line, room: HtmlElement, beside: set[str], *, is_first: bool) -> bool:
    """Whether the rows of the neighbours are those right before and right behind the page's own.

    `is_first`: the page before this one is in no list: then its row has to be the first of a section. The last row of a
    list whose next page is in none is that of a list of the newest.
    """
    before, behind = _around(page, line, room)
    return beside <= {*before[-1:], *behind[:1]} and not (is_first and before)


def _members(page: Page, room: HtmlElement, beside: set[str]) -> list[Anchor]:
    """The links of the room; none where it lists what is new, or the story itself."""
    lines = [line for line in page.lines if is_within(line.element, room)]
    above = page.lines[max(0, lines[0].index - _ABOVE) : lines[0].index]
    head = [*takewhile(lambda line: not line.anchors, reversed(above)), lines[0]]
    if any(is_related(line) or _NEWEST.search(simpler(line.text[:40])) for line in head if not line.anchors):
        return []
    dated = [line for line in lines if _DAY.search(line.text)]
    if 2 * len(dated) >= len(lines) and not _counts_by_day(dated):
        return []
    if any(line.free_length >= _PROSE for line in lines) or _is_some_of_many(page, lines):
        return []
    links = [a for line in lines for a in line.anchors if a.text and page.at_home(a) and not is_tag(a)]
    links = [
        a
        for at, a in enumerate(links)
        if not page.is_above(a) or _target(page, a) in beside or (not at and _is_first_page(page, a))
    ]
    return links if len({_target(page, anchor) for anchor in links}) >= _FEWEST - 1 else []


def _counts_by_day(dated: list[Line]) -> bool:
    """Whether the days go on from row to row, as in minutes and diaries: a list of what is new begins with the last."""
    days = [[int(number) for number in found.groups(default="0")] for line in dated if (found := _ON.search(line.text))]
    return len(days) == len(dated) >= _FEWEST and days == sorted(days) and days[0] < days[-1]


def _is_some_of_many(page: Page, lines: list[Line]) -> bool:
    """Whether the list ends in a way to more, or names parts of another series beside those of the page's own."""
    anchors = [anchor for line in lines for anchor in line.anchors]
    if any(MORE.match(anchor.text) for anchor in anchors[-1:]):
        return True
    own = numbering_of(page.title or "")
    counted = [anchor.text for anchor in anchors if own and numbering_of(anchor.text)]
    alike = [tie(Named(page.title or ""), Named(text)) for text in counted]
    return any(alike) and not all(alike)


def _is_first_page(page: Page, anchor: Anchor) -> bool:
    """Whether the work may begin at the front page of its site, which then has a title of its own: 前言."""
    return is_home(_target(page, anchor)) and not HOME.match(anchor.text)


def _whole(page: Page, room: HtmlElement, beside: set[str]) -> list[Anchor]:
    """The links of the outermost list of nothing but pages that the room is a section of.

    A section that has a folder of its own, and its head leads there, is a work of its own as far as this page knows:
    the last page of a mere chapter has the first of the next one for its neighbour.
    """
    members = _members(page, room, beside)
    for outer in takewhile(lambda e: e.tag in _OF_LISTS, islice(room.iterancestors(), 2 * _LEVELS)):
        if outer.tag in _LISTS:
            links = [a for line in page.lines if is_within(line.element, outer) for a in line.anchors if a.text]
            others = [anchor for anchor in links if _target(page, anchor) != _bare(page.url)]
            pages = _without_frame(page, others)
            inner = _members(page, outer, beside)
            if len(inner) < _PAGES_ONLY * len(pages) or _leaves_folder(page, room, others, inner):
                break
            members = inner
    return members


def _without_frame(page: Page, links: list[Anchor]) -> list[Anchor]:
    """Without the way to the front of the work above its pages, and the credits of a program below them."""
    first = 1 if links and page.is_above(links[0]) else 0
    last = len(links)
    while last > first and not page.is_of_site(_target(page, links[last - 1])):
        last -= 1
    return links[first:last]


def _leaves_folder(page: Page, room: HtmlElement, links: list[Anchor], members: list[Anchor]) -> bool:
    """Whether members of the list lie outside of this page's folder, and nothing says that its sections are chapters.

    A number does, at the head of the section or in the name of the folder, and the front page of the work as first row.
    """
    folder = page.url.partition("?")[0].rstrip("/").rpartition("/")[0] + "/"
    if all(_target(page, anchor).startswith(folder) for anchor in members) or folder[-2:-1].isdigit():
        return False
    if page.is_above(links[0]) and not HOME.match(links[0].text) and _target(page, links[0]) != folder.rstrip("/"):
        return False
    first = next((line.index for line in page.lines if is_within(line.element, room)), 0)
    heads = [line.text for line in page.lines[max(0, first - 1) : first + 1]]
    return not any(_CHAPTER.match(head) for head in heads)


def _target(page: Page, anchor: Anchor) -> str:
    return _bare(page.resolve(anchor.href) or "")


def _bare(url: str) -> str:
    """The address as two spellings of one share it: a menu may leave the last slash away."""
    return url.partition("#")[0].rstrip("/")
