"""The ways up: breadcrumb, 更多, 返回列表, tags and albums; and the turning of pages."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.extraction.links import wording
from crawler.extraction.links.headings import promise_of
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.page import Candidate, Page

_CRUMB_TEXT = re.compile(r"(?:当前|现在|所在|您的?)?位置|你在|首页")
_CRUMB_MARK = re.compile(r"crumb|location|position|pathlink|cur_?path|weizhi|lujing|breadcrumb", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s>›»/\\→|·:：-]{1,5}$")
_TAG_URL = re.compile(
    r"/(?:tags?|topics?|labels?|series|categor(?:y|ies)|columns?|zhuanlan|zhuanti|special|collections?)/[^/?#]+",
    re.IGNORECASE,
)
_ALBUM_URL = re.compile(r"/mp/appmsgalbum\b|[?&]album_id=")
_PAGER_WORD = re.compile(r"^\W*(?:首页|尾页|末页|最后一页|第\s*\d+\s*页|last|first)\W*$", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|#|reply|pinglun", re.IGNORECASE)
_MOST_CRUMBS = 8


def find_columns(page: Page) -> Iterator[Candidate]:
    """The column that a breadcrumb ends in."""
    for line in page.lines:
        if line.anchors:
            yield from _crumbs(page, line)


def find_listings(page: Page) -> Iterator[Candidate]:
    """Pages that list this page among others: 更多 beside a 往期 heading, 返回列表, tags, albums."""
    for line in page.lines:
        for anchor in line.anchors:
            why = _listing_reason(anchor)
            if why and page.leads_somewhere(anchor):
                yield Candidate("listing", anchor.text, anchor.href, 0.7, why, line.index)


def _listing_reason(anchor: Anchor) -> str | None:
    if _ALBUM_URL.search(anchor.href):
        return "an album"
    if wording.BACK.match(anchor.text):
        return f"labelled {anchor.text!r}"
    if "tag" in anchor.rel.split():
        return "a tag of this page"
    if wording.MORE.match(anchor.text) and promise_of(anchor.line.text[: anchor.start]):
        return f"labelled {anchor.text!r} beside {anchor.line.text!r}"
    return None


def _crumbs(page: Page, line: Line) -> Iterator[Candidate]:
    anchors = line.anchors
    if not 1 <= len(anchors) <= _MOST_CRUMBS:
        return
    marked = any(_CRUMB_MARK.search(_marks(line, up)) for up in range(3)) or bool(_CRUMB_TEXT.search(line.text[:12]))
    gaps = [line.text[a.end : b.start] for a, b in pairwise(anchors)]
    chained = len(anchors) >= 2 and all(_BETWEEN.match(gap) for gap in gaps)
    if not marked or not (chained or len(anchors) == 1):
        return
    column = next((a for a in reversed(anchors) if page.leads_somewhere(a) and not wording.HOME.match(a.text)), None)
    if column is not None and (len(anchors) > 1 or _CRUMB_TEXT.search(line.text[:12])):
        yield Candidate("listing", column.text, column.href, 0.9, "the column that the breadcrumb ends in", line.index)


def _marks(line: Line, up: int) -> str:
    element = line.element
    for _ in range(up):
        parent = element.getparent()
        if parent is None:
            return ""
        element = parent
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def find_pages(page: Page) -> Iterator[Candidate]:
    """`page` links: the numbered pages of this listing or story."""
    run: list[Anchor] = []
    for line in page.lines:
        numbers = [a for a in line.anchors if a.text.strip("[]() ").isdigit() and len(a.text) <= 6]
        if numbers and len(numbers) >= len(line.anchors) - 5:
            run += numbers
            continue
        if line.anchors or line.length > 8:
            yield from _turned(page, run)
            run = []
    yield from _turned(page, run)


def _turned(page: Page, run: list[Anchor]) -> Iterator[Candidate]:
    """The run, where it counts upwards from 1 or 2 and is neither a month nor the pages of the comments."""
    numbers = [int(a.text.strip("[]() ")) for a in run]
    if not numbers or numbers[0] > 2 or len(numbers) > 27 or numbers != sorted(numbers):
        return
    for anchor in run:
        if page.leads_somewhere(anchor) and not _COMMENTS.search(anchor.href):
            yield Candidate("page", anchor.text, anchor.href, 0.8, f"page {anchor.text} of this one", anchor.line.index)
