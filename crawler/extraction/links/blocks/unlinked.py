"""Titles of a block that are no links: rows of its list, or all there is under a heading that names the series."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from crawler.extraction.links.blocks.find import Block
from crawler.extraction.links.headings import is_bare_series, says_what
from crawler.extraction.links.page import Candidate, Page
from wangqi.series.shape import series_name

_ROWS = frozenset({"li", "dd", "td"})
_RANK = re.compile(r"^\W*(\d{1,3})\s*[.、)）:：](?!\d)")
_FEWEST = 2
_MOST_CELLS = 20  # of a row; further on they are as good as in one place
_LONGEST = 40
_PROSE = 50  # characters without a link that only running text has
_SENTENCE = re.compile(r"[。；;]|[，,：:]$|^[(（].*[)）]$")
_CREDIT = re.compile(r"记者|通讯员|实习生|供[图稿]|^[图文]\s*[/／|丨:：]|下[期篇集]再?见|敬请期待|关注|公众号")


def rows_among(page: Page, block: Block) -> list[Candidate]:
    """Bare titles in rows like those of the links: items of one list, or lines before its last link.

    A line behind the last link is a row where its number counts on, or where the heading names the series.
    """
    lines = {line.index: line for line in block.lines}
    at = [m.at for m in block.members if m.href is not None and m.at in lines]
    rows = {row for index in at for row in _rows(page, index)}
    rows = rows or {row for i in lines if page.lines[i].element.tag == "li" for row in _rows(page, i)}
    last = max(at, default=-1)
    bare = [m for m in block.members if m.href is None and m.at in lines and not rows.isdisjoint(_rows(page, m.at))]
    sure = [m for m in bare if m.at < last or page.lines[m.at].element.tag in _ROWS]
    return sure if len(sure) == len(bare) else [*sure, *_behind(page, block, last, [m for m in bare if m.at > last])]


def titles_alone(page: Page, block: Block) -> list[Candidate]:
    """The bare titles under a heading such as 往期“邻里食堂”系列推文; none where a line is a link or a sentence."""
    if any(m.href is not None for m in block.members) or not _is_explicit(page, block):
        return []
    titles = list(takewhile(lambda m: not _CREDIT.search(m.title), block.members))
    if len(titles) < _FEWEST and series_name(block.label) is None:
        return []
    return titles if all(map(_is_title, titles)) else []


def _behind(page: Page, block: Block, last: int, bare: list[Candidate]) -> Iterator[Candidate]:
    """The lines that follow the last link one upon the other, as far as they are rows of the same list."""
    explicit = series_name(block.label) is not None and _is_explicit(page, block)
    rank = _rank(page, last)
    for member in bare:
        counted = rank is not None and _rank(page, member.at) == rank + 1
        between = (char for line in page.lines[last + 1 : member.at] for char in line.text)
        if any(map(str.isalnum, between)) or not (counted or (explicit and rank is None and _is_title(member))):
            return
        yield member
        last, rank = member.at, _rank(page, member.at)


def _rank(page: Page, at: int) -> int | None:
    found = _RANK.match(page.lines[at].text) if at >= 0 else None
    return int(found[1]) if found else None


def _rows(page: Page, at: int) -> set[tuple[object, ...]]:
    """What the line's element has in common with those of other rows: its list, or its column in rows of cells."""
    element = row = page.lines[at].element
    # <section><section><p>…: each row in its own. To count a parent's children would take as long as there are.
    while (parent := row.getparent()) is not None and row.getnext() is None and row.getprevious() is None:
        row = parent
    found: set[tuple[object, ...]] = {(element.tag, element.get("class"), row.tag, parent)}
    if parent is not None and (around := parent.getparent()) is not None:
        place = sum(1 for _ in islice(row.itersiblings(preceding=True), _MOST_CELLS))
        found.add((element.tag, element.get("class"), place, parent.tag, parent.get("class"), around))
    return found


def _is_title(member: Candidate) -> bool:
    long = len(member.title) > _LONGEST
    return not long and _SENTENCE.search(member.title) is None and _CREDIT.search(member.title) is None


def _is_explicit(page: Page, block: Block) -> bool:
    """Whether the heading is of a series and speaks of its pieces; “…”系列 alone may head the story: not below it."""
    named = series_name(block.label) is not None
    if block.words == "related" or not (named or block.words == "series"):
        return False
    if is_bare_series(block.label):
        above = page.lines[: block.heading.index]
        return named and any(not line.anchors and line.length >= _PROSE for line in above)
    return says_what(block.label)
