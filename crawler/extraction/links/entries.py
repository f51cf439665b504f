"""The rows of a page that is itself a listing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series_titles import strip_decoration

_ENOUGH_ROWS = 6
_FEWEST_ROWS = 2  # one is like no other
_SHORTEST_TITLE = 6
_SHORTEST_DATED = 2  # 早安 with a day beside it is no word of a menu
_PARAGRAPH = 50
_OUTWEIGHS = 2  # a listing's rows hold at least so many times the characters of its paragraphs
_DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d\d\s*[-./年]\s*)?[01]?\d\s*[-./月]\s*[0-3]?\d(?!\d)")
_FOOT = re.compile(r"ICP备|公网安备|版权所有|许可证|copyright|©", re.IGNORECASE)
_LONGEST_DAY = 24  # characters of a line that is a row's date and no more
_OF_A_LIST = re.compile(r"/(?:(?:index|list|default|node|column)[\w-]*(?:\.\w{3,5})?)?$", re.IGNORECASE)


def find_entries(page: Page) -> Iterator[Candidate]:
    """`entry` links, where one long run of like links outweighs all running text.

    A short run is one only with a day beside each row, on a page whose address is that of a folder which holds them.
    """
    texts = (line for line in page.lines if not line.anchors and line.length >= _PARAGRAPH)
    prose = sum(line.length for line in texts if not _FOOT.search(line.text))
    runs: dict[object, list[Anchor]] = defaultdict(list)
    for line in page.lines:
        for anchor in line.anchors:
            if len(anchor.text) >= _SHORTEST_DATED and _leads_away(page, anchor):
                runs[_place(anchor.element)].append(anchor)
    long = [[a for a in run if len(a.text) >= _SHORTEST_TITLE] for run in runs.values()]
    dated = [run for run in runs.values() if _is_dated(page, run)]
    rows = max([*long, *dated], key=_weight, default=[])
    distinct = len({a.href for a in rows})
    is_short = distinct < _ENOUGH_ROWS
    if distinct < _FEWEST_ROWS or _weight(rows) < _OUTWEIGHS * prose:
        return
    if is_short and not (_is_dated(page, rows) and _holds(page, rows) and _is_most(page, rows)):
        return
    for anchor in rows:
        if not wording.MORE.match(anchor.text):
            reason = f"one of {distinct} like rows of a listing"
            yield Candidate("entry", strip_decoration(anchor.text), anchor.href, 0.8, reason, anchor.line.index)


def _leads_away(page: Page, anchor: Anchor) -> bool:
    """Whether it leads to another page, and be that called as this one: the column 今日河口 lists nothing else."""
    target = page.resolve(anchor.href)
    return target is not None and target.partition("#")[0] != page.url.partition("#")[0]


def _is_dated(page: Page, run: list[Anchor]) -> bool:
    return bool(run) and all(_has_day(page, anchor) for anchor in run)


def _has_day(page: Page, anchor: Anchor) -> bool:
    """Whether a day stands in the row's line, or alone in the line before it or behind it."""
    line = anchor.line
    if _DAY.search(line.text[: anchor.start]) or _DAY.search(line.text[anchor.end :]):
        return True
    near = page.lines[max(0, line.index - 1) : line.index + 2]
    return any(_is_day(other) for other in near if other is not line)


def _is_day(line: Line) -> bool:
    return not line.anchors and line.length <= _LONGEST_DAY and _DAY.search(line.text) is not None


def _holds(page: Page, rows: list[Anchor]) -> bool:
    """Whether the page's address is a folder or its index, the rows lie in that folder, and are not made like it."""
    path = urlsplit(page.url).path
    if not _OF_A_LIST.search(path):
        return False
    folder = page.url.partition("?")[0].rpartition("/")[0] + "/"
    targets = [page.resolve(anchor.href) or "" for anchor in rows]
    return all(t.startswith(folder) and not made_alike(page.url, t) for t in targets)


def _is_most(page: Page, rows: list[Anchor]) -> bool:
    """Whether the page's links hold more than all text beside them, the days of the rows and the foot aside."""
    own = {anchor.line.index for anchor in rows}
    others = [
        line for line in page.lines if line.index not in own and not _is_day(line) and not _FOOT.search(line.text)
    ]
    linked = sum(line.length - line.free_length for line in others) + _weight(rows)
    return linked >= sum(line.free_length for line in others)


def _weight(run: list[Anchor]) -> int:
    return sum(min(len(anchor.text), 60) for anchor in run)


def _place(element: HtmlElement) -> tuple[object, ...]:
    """The tags and classes around a link: rows of one list share them."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return tuple((e.tag, e.get("class")) for e in (element, parent, above) if e is not None)
