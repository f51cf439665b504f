"""The rows of a page that is itself a listing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.addresses import is_shelf, made_alike
from crawler.extraction.links.finders.teasers import have_teasers
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.row_days import Days, has_all_days, has_day, is_day, is_foot
from crawler.extraction.links.row_titles import labelled_rows
from wangqi.titles.anatomy import strip_decoration

_ENOUGH_ROWS = 6
ALL_THERE_IS = 0.9  # the score of rows on a page that shows nothing else
_SHORTEST_TITLE = 6
_SHORTEST_DATED = 2  # 早安 with a day beside it is no word of a menu
_PARAGRAPH = 50
_FEWEST_ITEMS = 3
_OUTWEIGHS = 2  # a listing's rows hold at least so many times the characters of its paragraphs
_OF_A_LIST = re.compile(r"/(?:(?:index|list|default|node|column)[\w-]*(?:\.\w{3,5})?)?$", re.IGNORECASE)


def find_entries(page: Page, menu: frozenset[int] = frozenset()) -> Iterator[Candidate]:
    """`entry` links: one long run of like links that outweighs all running text, and a run with a day beside each row.

    A short run is one only with days, on a page that shows little else: its address is that of a list, or no other day
    stands on it. One row is like no other, so it counts on a list's address only. What holds a line of the `menu`, the
    contents of the work that the page is in, is none.
    """
    texts = [line for line in page.lines if not line.anchors and line.length >= _PARAGRAPH and not is_foot(line)]
    runs: dict[object, list[Anchor]] = defaultdict(list)
    for line in page.lines:
        for anchor in line.anchors:
            if len(anchor.text) >= _SHORTEST_DATED and _leads_away(page, anchor):
                runs[_place(anchor.element)].append(anchor)
    runs = {place: run for place, run in runs.items() if not any(anchor.line.index in menu for anchor in run)}
    runs = {place: _without_menus(page, _without_folders(page, run)) for place, run in runs.items()}
    long = [_rows(page, run) for run in runs.values()]
    runs = {place: run for place, run in runs.items() if len(run) == 1 or _are_several(page, run)}
    days = Days(page)
    dated = [run for run in runs.values() if _is_dated(days, run)]
    best = max([*long, *dated], key=_weight, default=[])
    short = max(dated, key=_weight, default=[])
    teased = max(
        (run for run in runs.values() if have_teasers(page, run, days) and _lead_on(page, run)), key=_weight, default=[]
    )
    said = labelled_rows(page)
    for rows in (best, *(run for run in (short, teased) if run and run is not best)):
        distinct = len({page.resolve(a.href) or a.text for a in rows})
        is_all = rows is teased or _is_short_list(days, rows)
        beside = _outside(rows, texts) if rows and rows is best else texts
        if beside and rows not in dated:  # a short item above the stories of others
            beside = texts
        if not rows or (rows is not teased and _weight(rows) < _OUTWEIGHS * sum(line.length for line in beside)):
            continue
        if (rows is not best or distinct < _ENOUGH_ROWS) and not is_all:
            continue
        for anchor in rows:
            if not wording.MORE.match(anchor.text):
                reason = f"one of {distinct} like rows of a listing"
                score = ALL_THERE_IS if is_all else 0.8
                title = said.get(page.resolve(anchor.href) or "") or strip_decoration(anchor.text)
                yield Candidate("entry", title, anchor.href, score, reason, anchor.line.index)


def _outside(rows: list[Anchor], texts: list[Line]) -> list[Line]:
    """The lines that stand in no row's own element, as the beginning of its story does."""
    ways = [[row.element, *row.element.iterancestors()] for row in rows]
    shared = set(ways[0]).intersection(*ways[1:])
    items = {next((below for below, above in pairwise(way) if above in shared), way[0]) for way in ways}
    if len(items) < max(len(rows), _FEWEST_ITEMS):
        return texts
    return [line for line in texts if items.isdisjoint((line.element, *line.element.iterancestors()))]


def _are_several(page: Page, run: list[Anchor]) -> bool:
    """Whether the links lead to more than one page: the column's name in every row is no row."""
    return len({page.resolve(anchor.href) or anchor.text for anchor in run}) > 1


def _without_folders(page: Page, run: list[Anchor]) -> list[Anchor]:
    """Without the folder that the page lies in and those of its kind: the months of a blog, the columns of a paper."""
    above = {target for anchor in run if page.is_above(anchor) and (target := page.resolve(anchor.href))}
    return [a for a in run if not any(_is_beside(one, page.resolve(a.href) or "") for one in above)] if above else run


def _without_menus(page: Page, run: list[Anchor]) -> list[Anchor]:
    """Without the lists that hold none of the pages of that folder in which most of a run lie: where nothing in the
    markup tells a column's rows from the site's menus, their addresses do.
    """
    folders = {anchor: (page.resolve(anchor.href) or "").rpartition("/")[0] for anchor in run}
    titles = Counter(folders[anchor] for anchor in run if len(anchor.text) >= _SHORTEST_TITLE)
    (folder, most), (_, next_most) = (*titles.most_common(2), ("", 0), ("", 0))[:2]
    if most < _ENOUGH_ROWS or most < _OUTWEIGHS * next_most:
        return run
    lists = {_list_of(anchor) for anchor in run if folders[anchor] == folder}
    return [anchor for anchor in run if _list_of(anchor) in lists]


def _list_of(anchor: Anchor) -> HtmlElement | None:
    """The element that holds its row and others."""
    return next(islice(anchor.element.iterancestors(), 1, 2), None)


def _is_beside(folder: str, target: str) -> bool:
    return folder.count("/") == target.count("/") and made_alike(folder, target)


def _rows(page: Page, run: list[Anchor]) -> list[Anchor]:
    """The links of a run that may be titles; short ones only among longer ones whose addresses are made like theirs."""
    links = [anchor for anchor in run if _is_row(page, anchor)]
    titles = [anchor for anchor in links if len(anchor.text) >= _SHORTEST_TITLE]
    if 2 * len(titles) <= len(links):
        return titles
    form = page.resolve(titles[0].href) or ""
    return [a for a in links if len(a.text) >= _SHORTEST_TITLE or made_alike(form, page.resolve(a.href) or "")]


def _is_row(page: Page, anchor: Anchor) -> bool:
    """Whether it may be a row: a choice of another site, or one that leads nowhere, is none of a column's."""
    return anchor.element.tag != "option" or page.at_home(anchor)


def _lead_on(page: Page, rows: list[Anchor]) -> bool:
    """Whether none of the rows is made like the page's own address: a story stands beside other stories."""
    if _OF_A_LIST.search(urlsplit(page.url).path):
        return True
    return not any(made_alike(page.url, page.resolve(anchor.href) or "") for anchor in rows)


def _is_short_list(days: Days, rows: list[Anchor]) -> bool:
    page = days.page
    if not _is_dated(days, rows) or not _is_most(page, rows):
        return False
    if _OF_A_LIST.search(urlsplit(page.url).path):
        return True
    targets = {page.resolve(anchor.href) or anchor.text for anchor in rows}
    return len(targets) > 1 and _lead_on(page, rows) and has_all_days(days, rows)


def _leads_away(page: Page, anchor: Anchor) -> bool:
    """Whether it leads to another page, even one with this page's title: the column 今日河口 lists nothing else."""
    if anchor.is_hidden:  # a title without an address is a row all the same
        return True
    target = page.resolve(anchor.href)
    return target is not None and target.partition("#")[0] != page.url.partition("#")[0]


def _is_dated(days: Days, run: list[Anchor]) -> bool:
    """Whether a day stands beside each; the day beside a category or a tag is that of the story which is in it."""
    if not run or not all(has_day(days, anchor) for anchor in run):
        return False
    return not any(is_shelf(days.page.resolve(anchor.href) or "") for anchor in run)


def _is_most(page: Page, rows: list[Anchor]) -> bool:
    """Whether the page's links hold more than its lines without any, the days of the rows and the foot aside."""
    own = {anchor.line.index for anchor in rows}
    others = [line for line in page.lines if line.index not in own and not is_day(line) and not is_foot(line)]
    linked = sum(line.length - line.free_length for line in others) + _weight(rows)
    return linked >= sum(line.length for line in others if not line.anchors)


def _weight(run: list[Anchor]) -> int:
    return sum(min(len(anchor.text), 60) for anchor in run)


def _place(element: HtmlElement) -> tuple[object, ...]:
    """The tags and classes around a link: rows of one list share them."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return tuple((e.tag, e.get("class")) for e in (element, parent, above) if e is not None)
