"""Rows that count on from this page's own number: they are its series whatever stands above them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.members import is_member
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.self_reference import says_here
from wangqi.text.numerals import spelled as chinese_number
from wangqi.titles.anatomy import strip_decoration
from wangqi.titles.issues import fold, ordinal_of

# 之四：…, 第6集 …, 7：…, (3)…; a bare rank "1 …" is none.
_LEADING = re.compile(
    r"^[\W_]*(?:第|之|no\.?|part|vol\.?|ep\.?)?\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
    r"(?:[章讲集期篇回节课话]|[:.、)\]|·])(?!\d)",
    re.IGNORECASE,
)
_ANY_NUMBER = re.compile(r"[\d一二三四五六七八九十①-⑳]")
# 9.1 LoRa, 第3章 …: where a page stands in a book
_SECTION = re.compile(
    r"^\W*(?:第\s?(?P<chapter>\d{1,3})\s?章|(?P<section>\d{1,3}(?:\.\d{1,3})+))(?![\d.])[.:、]?\s*(?=\S)"
)
_FEWEST_SECTIONS = 5
_STEADY = 0.7  # of the steps from row to row that go on by one; a book may lack some
_FAR_ENOUGH = 12
_GAP = 1  # lines without a link between two rows
_FEWEST = 2
_LONGEST = 80


@dataclass(slots=True)
class _Run:
    rows: list[tuple[int, Anchor]] = field(default_factory=list)
    last: int = -1

    def values(self) -> list[int]:
        return [number for number, _ in self.rows]


def counting_rows(page: Page) -> Iterator[Candidate]:
    """Links of runs of rows whose numbers fill, with this page's own, a stretch without a gap."""
    own = ordinal_of(page.title or "")
    if own is None:  # Part 4: This article
        own = next((number for line in page.lines if says_here(line.text) and (number := _number(line.text))), None)
    if own is None:
        return
    for run in _runs(page, own):
        if len(run.rows) >= _FEWEST and _fills(own, run) and _alike(page, run):
            for _, anchor in run.rows:
                title, at = strip_decoration(anchor.text), anchor.line.index
                yield Candidate(
                    "series", title, anchor.href, 0.85, "one of a run that counts on from here", at, in_block=True
                )


def section_rows(page: Page) -> Iterator[Candidate]:
    """Links of a menu of all sections, in the order of their numbers and with this page's own (9.1) among them."""
    own = _section(page.title or "")
    if own is None or len(own) == 1:
        return
    rows: dict[str, tuple[tuple[int, ...], Anchor]] = {}
    for anchor in (anchor for line in page.lines for anchor in line.anchors):
        number, target = _section(anchor.text), (page.resolve(anchor.href) or "").partition("#")[0]
        is_here = target.rstrip("/") == page.url.partition("#")[0].rstrip("/")
        if number and (number == own if is_here else page.at_home(anchor)):
            rows.setdefault("" if is_here else target, (number, anchor))
    numbers = [number for number, _ in rows.values()]
    if rows.get("", ((), None))[0] != own or len(numbers) < _FEWEST_SECTIONS or numbers != sorted({*numbers}):
        return
    steps = [_goes_on(one, other) for one, other in pairwise(numbers)]
    if sum(steps) < _STEADY * len(steps):
        return
    for target, (_, anchor) in rows.items():
        if target:
            yield Candidate("series", anchor.text, anchor.href, 0.85, IN_CONTENTS, anchor.line.index, in_block=True)


def _section(text: str) -> tuple[int, ...] | None:
    found = _SECTION.match(fold(text[:_LONGEST]))
    if found is None:
        return None
    return tuple(int(number) for number in (found["chapter"] or found["section"]).split("."))


def _goes_on(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether the second is the next section, or the first of the next chapter."""
    is_next = len(one) == len(other) and one[:-1] == other[:-1] and other[-1] == one[-1] + 1
    return is_next or (other[0] == one[0] + 1 and set(other[1:]) <= {0, 1})


def _runs(page: Page, own: int) -> Iterator[_Run]:
    run = _Run()
    for line in page.lines:
        if not line.text or line.length > _LONGEST or len(line.anchors) > 1:
            continue
        anchor = line.anchors[0] if line.anchors else None
        number = (_number(anchor.text) if anchor else None) or _number(line.text)
        member = anchor if number is not None and anchor is not None and is_member(page, anchor) else None
        if number is None or (member is None and number != own):
            continue
        if run.last < line.index - 1 - _GAP:
            yield run
            run = _Run()
        run.last = line.index
        if member is not None:
            run.rows.append((number, member))
    yield run


def _number(text: str) -> int | None:
    found = _LEADING.match(fold(text[:_FAR_ENOUGH])) if _ANY_NUMBER.search(text[:_FAR_ENOUGH]) else None
    if found is None:
        return None
    return int(found["n"]) if found["n"].isdecimal() else chinese_number(found["n"])


def _fills(own: int, run: _Run) -> bool:
    numbers = run.values()
    distinct = set(numbers)
    steady = numbers in (sorted(numbers), sorted(numbers, reverse=True)) and len(distinct) == len(numbers)
    whole = distinct | {own}
    return steady and own not in distinct and max(whole) - min(whole) + 1 == len(whole)


def _alike(page: Page, run: _Run) -> bool:
    targets = [page.resolve(anchor.href) or "" for _, anchor in run.rows]
    return not page.url or 2 * sum(made_alike(page.url, target) for target in targets) > len(targets)
