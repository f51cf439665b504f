"""The rows of a page, and the titles that they hold, without what a list puts around them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from crawler.extraction.links.lines import HEADINGS, Anchor, Line, is_within
from crawler.extraction.links.page import Page
from crawler.extraction.links.row_days import is_bare_day
from crawler.extraction.model import Row
from wangqi.titles.anatomy import key, strip_decoration

_CIRCLED = re.compile("^[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴]\\s*(?=\\S{2})")
_WRAPPED = re.compile(r"^(?:《(?P<book>[^《》]{4,})》|【(?P<box>[^【】]{4,})】|「(?P<quote>[^「」]{4,})」)$")
_FEWEST: Final = 2  # links of one text that lead to different pages
_LONGEST: Final = 160
_MOST_TITLES: Final = 3  # of one address: a card's heading, its picture, its first lines
_LONGEST_NUMBER: Final = 12  # characters before a link that may be its number
_AROUND: Final = 12  # lines of a row on either side of its link


def rows_of(page: Page) -> tuple[Row, ...]:
    """Every link of the page that has a title, whatever it stands in: as written, and without a row's day or bullet."""
    titles = {target: {said: None} for target, said in labelled_rows(page).items()}
    for line in page.lines:
        for anchor in line.anchors:
            target = page.resolve(anchor.href)
            if target is None:
                continue
            known = titles.get(target)
            if known is None:
                known = titles[target] = {}
            for text in (anchor.text, row_title(page, anchor.text), _with_number(anchor), anchor.hint):
                if 1 < len(text) <= _LONGEST and len(known) < _MOST_TITLES:
                    known[text] = None
    return tuple(Row(url, tuple(known)) for url, known in titles.items() if known)


def _with_number(anchor: Anchor) -> str:
    """The title of a row with the number that stands before its link: 第3回 <a>…</a>; else ""."""
    line = anchor.line
    before = line.text[: anchor.start].strip()
    is_number = len(line.anchors) == 1 and 0 < len(before) <= _LONGEST_NUMBER and any(map(str.isnumeric, before))
    return f"{before} {anchor.text}" if is_number else ""


def row_title(page: Page, text: str) -> str:
    """Without bullet, number, date and the brackets around all of it; where the page's own title has them they stay."""
    title = strip_decoration(text)
    own = page.title or ""
    if not _CIRCLED.match(own):
        title = _CIRCLED.sub("", title)
    wrapped = None if _WRAPPED.match(own) else _WRAPPED.match(title)
    return wrapped[wrapped.lastgroup or 0] if wrapped else title


def labelled_rows(page: Page) -> dict[str, str]:
    """What rows say whose links all bear one label, この号を読む or 详细; by where they lead.

    A text that several pages are linked by, and that the page itself is not called by, names none of them: the heading
    of the row does, else its first line, a day only where there is nothing else.
    """
    if page.labelled is None:
        page.labelled = _said_beside_labels(page)
    return page.labelled


def _said_beside_labels(page: Page) -> dict[str, str]:
    linked: defaultdict[str, dict[str, Anchor]] = defaultdict(dict)
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for anchor in (anchor for line in page.lines for anchor in line.anchors):
        if anchor.text and (target := page.resolve(anchor.href)):
            linked[anchor.text].setdefault(target, anchor)
            texts[target].add(anchor.text)
    own = key(page.title or "")
    labels = {text for text, rows in linked.items() if len(rows) >= _FEWEST and not (key(text) and key(text) in own)}
    found: dict[str, str] = {}
    for label in (text for text in linked if text in labels):
        rows = {target: anchor for target, anchor in linked[label].items() if texts[target] <= labels}
        anchors = list(rows.values())
        places = [anchor.line.index for anchor in anchors]
        steps = [below - above for above, below in pairwise(places)]
        near = (page.lines[max(0, at - step) : at] for at, step in zip(places, [*steps[:1], *steps], strict=False))
        for (target, anchor), room, above in zip(rows.items(), _rooms(anchors), near, strict=False):
            if said := _said_in(page, anchor, room) or _best(above):
                found.setdefault(target, said)
    return found


def _rooms(anchors: list[Anchor]) -> Iterator[HtmlElement]:
    """For each link the largest element around it that holds no other of them."""
    paths = [[*reversed([anchor.element, *anchor.element.iterancestors()])] for anchor in anchors]
    shared = [sum(1 for _ in _common(one, other)) for one, other in pairwise(paths)]
    for path, above, below in zip(paths, [0, *shared], [*shared, 0], strict=False):
        yield path[min(max(above, below), len(path) - 1)]


def _common(one: list[HtmlElement], other: list[HtmlElement]) -> Iterator[HtmlElement]:
    for mine, yours in zip(one, other, strict=False):
        if mine is not yours:
            return
        yield mine


def _said_in(page: Page, anchor: Anchor, room: HtmlElement) -> str | None:
    at = anchor.line.index
    beside = anchor.line.text[: anchor.start].strip() or anchor.line.text[anchor.end :].strip()
    near = page.lines[max(0, at - _AROUND) : at + _AROUND]
    lines = [line for line in near if line.index != at and is_within(line.element, room)]
    return _best(lines, beside)


def _best(lines: list[Line], beside: str = "") -> str | None:
    """The heading among the lines, else the first that is no day, else what is beside, else the day."""
    said = [line for line in lines if 1 < line.length <= _LONGEST]
    heading = next((line.text for line in said if line.element.tag in HEADINGS), None)
    named = heading or next((line.text for line in said if not is_bare_day(line)), None)
    return named or beside or next((line.text for line in said), None)
