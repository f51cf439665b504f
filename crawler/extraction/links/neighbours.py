"""Previous and next, by their wording; which of the two is older the words never say."""

import re
from collections.abc import Iterator
from typing import Literal

from crawler.extraction.links import wording
from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.alike import counts_on
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.namesakes import is_namesake
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.paging import COMMENTS
from crawler.extraction.series_numbers import numbering_of
from crawler.extraction.series_titles import strip_decoration
from crawler.urls import site

Way = Literal["prev", "next"]
_LONGEST_LABEL = 12
_REST = re.compile(r"\W|文章|新闻|阅读")
_NO_TITLE = re.compile(r"\W*(?:文章|内容|连载|报道)?\W*")
_DIGITS = re.compile(r"\d+")
_LABEL_REST = re.compile(r"^(?:文章)?[\s：:】\]》>）)«»<→←|-]+|[\s«»<>→←|]+$")
_PAGE_TAIL = re.compile(r"(?:[_-]\d{1,3}|/\d{1,3}|/(?:index|list|page)[_-]?\d{0,3})?(?:\.\w{3,5})?/?$")
_PAGE_KEY = re.compile(r"[?&](?:p|page|pn|pageno|page_?(?:no|num|index)|curpage|start|offset)=\d+", re.IGNORECASE)


def find_neighbours(page: Page) -> Iterator[Candidate]:
    """`prev` and `next`; and the same link as `series` where it is a part of the work or shares the title's shape."""
    for at, line in enumerate(page.lines):
        if not line.anchors or not _speaks(page, at, line):
            continue
        for way, what, anchor in _labelled(page, at, line):
            title = _title(anchor)
            leads = page.leads_somewhere(anchor) or is_namesake(page, title, anchor.href)
            if not leads or wording.NOWHERE.match(title):
                continue
            if what == "页" and COMMENTS.search(anchor.href):
                continue
            if what == "页" and _is_pagination(page, at, anchor):
                yield Candidate(
                    "page", anchor.text, anchor.href, 0.9, f"labelled {anchor.text!r} beside page numbers", at
                )
                continue
            yield Candidate(way, title, anchor.href, 0.9, f"labelled as {way}", at)
            yield from as_member(page, what, title, anchor, at)


def as_member(page: Page, what: str, title: str, anchor: Anchor, at: int) -> Iterator[Candidate]:
    """The neighbour once more as `series`, where it is a part of the same work; `what` is the unit of its label."""
    because = page.shape.member(title) if page.shape else None
    if because:
        yield Candidate("series", title, anchor.href, 0.95, because, at)
    elif what in wording.PARTS or what == "页":
        yield Candidate("series", title, anchor.href, 0.8, f"the {what} beside this one", at)
    elif what == "期" and (title == anchor.text or _NO_TITLE.fullmatch(title)) and _is_numbered_story(page, anchor):
        yield Candidate("series", title, anchor.href, 0.75, "the issue beside this one", at)
    elif is_namesake(page, title, anchor.href):
        yield Candidate("series", title, anchor.href, 0.8, "called as this page is, and beside it", at)
    elif _counted(page, title, anchor):
        yield Candidate("series", title, anchor.href, 0.75, "the numbered part beside this one", at)


def _is_numbered_story(page: Page, anchor: Anchor) -> bool:
    """Whether the page is a numbered part and the link's address is made like its own: 上期内容 of a serial."""
    target = page.resolve(anchor.href)
    return (
        bool(target and page.url) and numbering_of(page.title or "") is not None and made_alike(page.url, target or "")
    )


def _counted(page: Page, title: str, anchor: Anchor) -> bool:
    """Whether the page is a numbered part, and the file of the link is numbered one more or less."""
    own = numbering_of(page.title or "")
    if own is None or counts_on(page.url, page.resolve(anchor.href)) not in {1, -1}:
        return False
    theirs = numbering_of(title)
    return theirs.unit == own.unit if theirs else _way(anchor.text) is not None


def _labelled(page: Page, at: int, line: Line) -> Iterator[tuple[Way, str, Anchor]]:
    for number, anchor in enumerate(line.anchors):
        label = anchor.text[:30]
        found = _way(label) or _way(anchor.rel) or _way(anchor.hint[:_LONGEST_LABEL])
        if found is None:
            previous = line.anchors[number - 1].end if number else 0
            found = _way(line.text[previous : anchor.start].strip(), whole=True)
        if found is None and number == 0 and anchor.start == 0 and at:
            above = page.lines[at - 1]
            if not above.anchors and above.length <= _LONGEST_LABEL:
                found = _way(above.text, whole=True)
        if found:
            yield *found, anchor


def _speaks(page: Page, at: int, line: Line) -> bool:
    """Whether any word of direction stands at the line: the cheap question before the dear ones."""
    if wording.DIRECTION.search(line.text) or (
        at and wording.DIRECTION.search(page.lines[at - 1].text[:_LONGEST_LABEL])
    ):
        return True
    return any(wording.DIRECTION.search(anchor.rel + anchor.hint) for anchor in line.anchors)


def _way(label: str, *, whole: bool = False) -> tuple[Way, str] | None:
    """The direction a label gives, and what it counts in; `whole`: the label holds nothing else."""
    if whole and len(label) > _LONGEST_LABEL:
        return None
    label = wording.simpler(label)
    tests: tuple[tuple[Way, re.Pattern[str]], ...] = (("prev", wording.PREV), ("next", wording.NEXT))
    for way, pattern in tests:
        found = pattern.match(label)
        if found and not (whole and _REST.sub("", label[found.end() :])):
            return way, found["what"]
    if wording.PREV_WORD.match(label):
        return "prev", ""
    if wording.NEXT_WORD.match(label):
        return "next", ""
    return None


def _title(anchor: Anchor) -> str:
    simpler = wording.simpler(anchor.text)  # character for character
    found = wording.PREV.match(simpler) or wording.NEXT.match(simpler)
    text = anchor.text[found.end() :] if found else anchor.text
    return strip_decoration(_LABEL_REST.sub("", text)) or anchor.hint or anchor.text


def _is_pagination(page: Page, at: int, anchor: Anchor) -> bool:
    """Whether 下一页 turns a page of this listing or story, and does not lead to the next chapter."""
    near = [other for line in page.lines[max(0, at - 2) : at + 3] for other in line.anchors]
    if any(other.text.strip("[]() ").isdigit() for other in near):
        return True
    if any(wording.BACK.match(other.text) for other in near):
        return False
    targets = {page.resolve(a.href) or "" for a in near if a is anchor or (_way(a.text) or ("", ""))[1] == "页"}
    here = {page.url} if site(page.url) == site(page.resolve(anchor.href) or "") else set()
    urls = {url for url in targets | here if url}
    chapters = len({_stem(url) for url in urls}) > 1 and len({_DIGITS.sub("0", url) for url in urls}) == 1
    return not chapters


def _stem(url: str) -> str:
    return _PAGE_TAIL.sub("", _PAGE_KEY.sub("", url.partition("#")[0]))
