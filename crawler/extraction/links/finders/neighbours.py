"""Previous and next: two links that point apart in one small room, or one whose words leave no doubt.

Which of the two is older nothing on the page says.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.extraction.links import wording
from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.direction import OTHER, Pointer, label_of, near_pictures, pointer_of
from crawler.extraction.links.finders.pagination import COMMENTS, is_page_of_this
from crawler.extraction.links.kinship import BESIDE, Kinship
from crawler.extraction.links.namesakes import is_namesake
from crawler.extraction.links.page import Candidate, Page
from wangqi.titles.issues import numbering_of
from wangqi.urls import site

_MOST_POINTERS = 300
_ROOM = 6  # lines from one link of a pair to the other
_BESIDE = 2  # lines around a pointer that are its own
_LONGEST = 24  # characters of a line that says no more than that there is none
_MOST_IN_A_ROOM = 100  # links, whatever they are
_PARAGRAPH = 50
_DIGITS = re.compile(r"\d+")
_PAGE_TAIL = re.compile(r"(?:[_-]\d{1,3}|/\d{1,3}|/(?:index|list|page)[_-]?\d{0,3})?(?:\.\w{3,5})?/?$")
_PAGE_KEY = re.compile(r"[?&](?:p|page|pn|pageno|page_?(?:no|num|index)|curpage|start|offset)=\d+", re.IGNORECASE)
_PART = re.compile(r"[_-]\d{1,3}(?=(?:\.\w{3,5})?/?$)")  # news_2.html goes on with news.html
_WHOLES = frozenset("版期卷部季页")  # a page that has a next 篇 and a next 版 stands beside the 篇
_BY = {
    "words": "its label",
    "rel": "its rel",
    "name": "the name of its element",
    "arrow": "its arrow",
    "sentence": "a sentence",
}


def find_neighbours(page: Page, kinship: Kinship) -> Iterator[Candidate]:
    """`prev` and `next`; `page` where they turn pages; and the same link as `series` where it is a part of the work."""
    found = [pointer for pointer in _pointers(page) if _leads(page, pointer)]
    turning = [p for p in found if _turns(page, p)]
    for pointer in turning:
        anchor, said = pointer.anchor, f"labelled {pointer.anchor.text!r} beside page numbers"
        if not COMMENTS.search(anchor.href):
            yield Candidate("page", anchor.text, anchor.href, 0.9, said, anchor.line.index)
    found = [pointer for pointer in found if pointer not in turning and not _is_of_the_whole(page, pointer, found)]
    believed = _believed(page, kinship, found)
    fine = {p.way for p in believed if p.what not in _WHOLES}
    for pointer in believed:
        anchor, at = pointer.anchor, pointer.anchor.line.index
        if pointer.way not in fine or pointer.what not in _WHOLES:
            leaf = f", the {pointer.what} beside this one" if pointer.what in wording.LEAVES else ""
            why = f"{_BY[pointer.by]} calls it {pointer.way}{leaf}"
            yield Candidate(pointer.way, pointer.title, anchor.href, 0.9, why, at)
    for pointer in (*believed, *(p for p in found if p.is_spoken and p not in believed)):
        yield from _as_member(page, kinship, pointer)


def _pointers(page: Page) -> Iterator[Pointer]:
    """Every link of the page that points somewhere, in page order, up to a bound that no page of a story comes near."""
    pictured = near_pictures(page)
    found = (pointer_of(page, line, n, pictured) for line in page.lines for n in range(len(line.anchors)))
    some = filter(None, found)
    yield from islice(some, _MOST_POINTERS)
    if next(some, None) is not None:
        page.bounds[f"more than {_MOST_POINTERS} links of the page point back or on; those behind were not read"] = None


def _is_of_the_whole(page: Page, pointer: Pointer, found: list[Pointer]) -> bool:
    """Whether it turns what the story is printed in: 下一版, made otherwise, beside a 下一篇 of its own make."""
    if pointer.what not in _WHOLES or pointer.has_title or _is_own_make(page, pointer):
        return False
    return any(p.way == pointer.way and p.what not in _WHOLES and _is_own_make(page, p) for p in found)


def _is_own_make(page: Page, pointer: Pointer) -> bool:
    """Whether its address is the page's own but for numbers."""
    target = page.resolve(pointer.anchor.href)
    return target is not None and _DIGITS.sub("0", target) == _DIGITS.sub("0", page.url)


def _leads(page: Page, pointer: Pointer) -> bool:
    """Whether it leads to another page that is neither the front page, a way up nor a page of comments."""
    anchor, title = pointer.anchor, pointer.title
    leads = page.leads_somewhere(anchor) or is_namesake(page, title, anchor.href)
    if pointer.by == "sentence" and not (page.at_home(anchor) or pointer.is_quoted):
        return False
    stray = wording.NOWHERE.match(title) or wording.BACK.match(title) or wording.HOME.match(title)
    comments = pointer.what == "页" and COMMENTS.search(anchor.href) is not None
    is_way_up = page.is_above(anchor) and "?" not in anchor.href and not _is_in_menu(page, pointer)
    return leads and not stray and not comments and not is_way_up


def _is_in_menu(page: Page, pointer: Pointer) -> bool:
    """Whether a menu elsewhere has it right before or behind this page, on the side that it points to."""
    target, at = (page.resolve(pointer.anchor.href) or "").partition("#")[0], pointer.anchor.line.index
    beside = page.beside_own_row
    return any(way == pointer.way and url == target and abs(row - at) > _BESIDE for way, url, row in beside)


def _believed(page: Page, kinship: Kinship, found: list[Pointer]) -> list[Pointer]:
    """The pairs; else links whose own words leave no doubt; else those that a sentence points with."""
    told = [p for p in found if not p.is_spoken]
    paired = [p for p in told if _is_paired(page, p, told)]
    ways = {p.way for p in paired}
    alone = [p for p in told if p.way not in ways and _stands_alone(page, kinship, p)]
    ways |= {p.way for p in alone}
    spoken = [p for p in found if p.way not in ways and p.is_spoken]
    return sorted([*paired, *alone, *spoken], key=lambda p: p.anchor.line.index)


def _is_paired(page: Page, pointer: Pointer, others: list[Pointer]) -> bool:
    """Whether a link that points the other way, or the word that there is none, stands in the same small room."""
    at = pointer.anchor.line.index
    for other in others:
        near = abs(other.anchor.line.index - at) <= _ROOM and other.way == OTHER[pointer.way]
        if near and page.resolve(other.anchor.href) != page.resolve(pointer.anchor.href):
            return _is_small(page, pointer, other)
    line, anchor = pointer.anchor.line, pointer.anchor
    around = [page.lines[i].text for i in range(max(0, at - 2), min(len(page.lines), at + 3)) if i != at]
    return any(
        _says_none(text.strip(), pointer) for text in (*around, line.text[: anchor.start], line.text[anchor.end :])
    )


def _is_small(page: Page, one: Pointer, other: Pointer) -> bool:
    """Whether hardly another link stands between the two; words and rels are believed among some more."""
    first, last = sorted((one.anchor.line.index, other.anchor.line.index))
    ours = {page.resolve(p.anchor.href) for p in (one, other)}
    most = 4 if {one.by, other.by} <= {"words", "rel"} else 1
    strangers: set[str] = set()
    for number, anchor in enumerate(a for line in page.lines[first : last + 1] for a in line.anchors):
        url = page.resolve(anchor.href)
        if url and url not in ours and not wording.BACK.match(anchor.text):
            strangers.add(url)
        if len(strangers) > most or number >= _MOST_IN_A_ROOM:
            return False
    return True


def _says_none(text: str, pointer: Pointer) -> bool:
    """Whether the line is the label of the other way and the word that nothing is there."""
    said = label_of(text) if len(text) <= _LONGEST else None
    if said is None and len(text) <= _LONGEST and (found := re.search(r"没有|暂无|无\W*$|已是", wording.simpler(text))):
        said = label_of(text[: found.start()].rstrip(" :：【["))
    return said is not None and said[0] == OTHER[pointer.way]


def _stands_alone(page: Page, kinship: Kinship, pointer: Pointer) -> bool:
    """Whether it needs no other: its words, rel, head or menu say it, or it leads to a part of the work."""
    if pointer.by in {"words", "rel"} or _is_in_menu(page, pointer):
        return True
    if pointer.has_title and page.resolve(pointer.anchor.href) in _of_head(page, pointer.way):
        return True
    found = kinship.tie(pointer.title if pointer.has_title else "", pointer.anchor.href)
    if found is not None and found.strength >= BESIDE:
        return True
    return pointer.by == "arrow" and pointer.way == "prev" and pointer.has_title and _is_like_below(page, pointer)


def _of_head(page: Page, way: str) -> set[str | None]:
    """Where the head of the page says that this way leads, further pages of the same story left out."""
    links = page.tree.iterfind("./head/link[@href]")
    found = (page.resolve(link.get("href", "")) for link in links if way in (link.get("rel") or "").lower().split())
    return {target for target in found if target and _PART.sub("", target) != page.url}


def _is_like_below(page: Page, pointer: Pointer) -> bool:
    """Whether it stands below the story and leads to a page whose address is made alike."""
    foot = max((line.index for line in page.lines if line.free_length >= _PARAGRAPH), default=0)
    target = page.resolve(pointer.anchor.href) or ""
    return pointer.anchor.line.index > foot and page.at_home(pointer.anchor) and made_alike(page.url, target)


def _as_member(page: Page, kinship: Kinship, pointer: Pointer) -> Iterator[Candidate]:
    """The neighbour once more as `series`, where it is a part of the same work."""
    anchor, at, title = pointer.anchor, pointer.anchor.line.index, pointer.title
    found = kinship.tie(title, anchor.href) if pointer.has_title else None  # else its own page has to say it
    if found and found.strength >= BESIDE:
        yield Candidate("series", title, anchor.href, max(0.8, found.strength), found.reason, at)
    elif pointer.what in wording.PARTS or (pointer.what == "页" and not pointer.has_title):
        yield Candidate("series", title, anchor.href, 0.8, f"the {pointer.what} beside this one", at)
    elif pointer.what == "期" and _is_issue(page, anchor.href):
        yield Candidate("series", title, anchor.href, 0.75, "the issue beside this one", at)
    elif not pointer.has_title and _has_contents_beside(page, pointer):
        yield Candidate("series", title, anchor.href, 0.8, "beside the way to the contents of the work", at)
    elif pointer.is_spoken:
        yield Candidate("series", title, anchor.href, 0.75, "a sentence calls it the part beside this one", at)
    elif is_namesake(page, title, anchor.href):
        yield Candidate("series", title, anchor.href, 0.8, "called as this page is, and beside it", at)


def _has_contents_beside(page: Page, pointer: Pointer) -> bool:
    """Whether 系列目录 or 章节列表 stands between the two."""
    at = pointer.anchor.line.index
    near = (a for line in page.lines[max(0, at - 1) : at + 2] for a in line.anchors)
    return any(wording.CONTENTS.match(wording.simpler(a.text)) for a in near if len(a.text) <= _LONGEST)


def _is_issue(page: Page, href: str) -> bool:
    """Whether the page is a numbered part and the address is made like its own: 上期内容 of a serial."""
    titles = (page.title, page.tree.findtext(".//title"))
    numbered = any(numbering_of(" ".join(title.split())) for title in titles if title)
    return bool(page.url) and numbered and made_alike(page.url, page.resolve(href) or "")


def _turns(page: Page, pointer: Pointer) -> bool:
    """Whether it turns pages: it says 页, or leads to this very address with the number of a page."""
    if is_page_of_this(page, pointer.anchor):
        return True
    if pointer.what != "页":
        return False
    if pointer.has_title:  # news_2.html behind news.html, whatever it is called
        return _PART.sub("", page.resolve(pointer.anchor.href) or "") == page.url
    return _is_pagination(page, pointer)


def _is_pagination(page: Page, pointer: Pointer) -> bool:
    """Whether 下一页 turns a page of this listing or story, and does not lead to the next chapter."""
    at, anchor = pointer.anchor.line.index, pointer.anchor
    near = [other for line in page.lines[max(0, at - 2) : at + 3] for other in line.anchors]
    if any(other.text.strip("[]() ").isdigit() for other in near):
        return True
    if any(wording.BACK.match(other.text) for other in near):
        return False
    targets = {page.resolve(a.href) or "" for a in near if a is anchor or (label_of(a.text) or ("", ""))[1] == "页"}
    here = {page.url} if site(page.url) == site(page.resolve(anchor.href) or "") else set()
    urls = {url for url in targets | here if url}
    stems = {_stem(url) for url in urls}
    if anchor.text.isascii():  # Next page of a manual: its pages are called by words
        return len(stems) == 1
    are_counted = len(stems) > 1 and len({_DIGITS.sub("0", url) for url in urls}) == 1
    are_all_apart = len(stems) == len(urls) > 2  # ch04s06, ch05 and ch05s02: neither way turns a page of this one
    return not (are_counted or are_all_apart)


def _stem(url: str) -> str:
    return _PAGE_TAIL.sub("", _PAGE_KEY.sub("", url.partition("#")[0]))
