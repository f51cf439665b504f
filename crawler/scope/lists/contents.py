"""The contents of a work: a page that lists a part right between the pages that the part itself calls its neighbours.

A blog's archive lists its posts like that, too, and so does the issue of a newspaper. What they list has days, and the
last comes first, or all have the same; of a work whose pages bear days, each is later than the one above it. Pure.
"""

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date
from itertools import islice, pairwise
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import Forms
from crawler.extraction.model import Extraction
from crawler.scope.lists.bounds import Bounds
from wangqi.titles.issues import numbering_of
from wangqi.urls import canonical_or_none

CONTENTS_ROW: Final = "named as a member: the contents of its work list it"
BESIDE: Final = "entry: a list has it beside a member; its day says whether that is the contents of a work"
_FEWEST: Final = 3  # rows
_MOST: Final = 500  # rows of one work
_MOST_LISTS: Final = 300
_LISTS: Final = "lists, one of which may be the contents of the work,"
_NEAR: Final = 2  # rows on either side, one of which may lead nowhere
_DATED: Final = 2  # pages in order that tell which comes first
# The issue of a newspaper or magazine has an address of its day, or a title with its number.
_OF_DAY: Final = re.compile(r"/(?:19|20)\d\d[-/_]?[01]\d(?!\d{2,})[-/_\d]*/")
_DIGITS: Final = re.compile(r"\d+")
_OF_ALL: Final = re.compile(r"最[新近]|近期|归档|存档|歸檔|recent|latest|archives?\b|\bposts\b|\bnews\b", re.IGNORECASE)


class _Beside(NamedTuple):
    """Where the links of a page lead by which it names its neighbours, and its day."""

    prev: frozenset[str]
    next: frozenset[str]
    day: date | None


class Contents:
    """Gathers the lists that were looked at and who stands beside whom, of members and of pages beside them.

    Attributes:
        url: Of the list that turned out to be the contents; or None.
        name: Its title.
        is_known: As given.
        is_told: Whether a block or a menu of a member names others: then no list has to.

    Args:
        known: Addresses of the stories that the archive has.
        is_known: Whether an earlier run found some of them by such a list: then one that has them is the contents.
        bounds: Hears of lists beyond those that are looked at.
    """

    def __init__(self, known: Iterable[str] = (), *, is_known: bool = False, bounds: Bounds | None = None) -> None:
        self.url: str | None = None
        self.name: str | None = None
        self.is_known = is_known
        self.is_told = False
        self._bounds = bounds or Bounds()
        self._beside: dict[str, _Beside] = {}
        self._members = dict.fromkeys(known)
        self._rows: dict[str, str] = {}
        self._outermost: list[str] = []
        self._lists: dict[str, list[str]] = {}
        self._titles: dict[str, str] = {}
        self._called: dict[str, str] = {}

    def hear(self, page: Extraction, url: str, *, is_member: bool = False) -> None:
        """A page was read."""
        if is_member:
            self._members[url] = None
            self.is_told |= any(link.kind == "series" and link.in_block for link in page.links)
        prev, behind = _targets(page, "prev") - {url}, _targets(page, "next") - {url}
        if prev or behind:
            self._beside[url] = _Beside(prev, behind, page.published.value.date() if page.published else None)

    def meet(self, page: Extraction, url: str, called: str = "") -> bool:
        """A page that a link `called` so was read; whether it may be the contents of the work."""
        self.hear(page, url)
        name = f"{page.title or ''} {called}"
        if url in self._lists:
            return self._holds(url)
        is_list = page.kind in {"listing", "other"} and not _is_of_periodical(name, url)
        if not is_list:
            return False
        if self.url is None and len(self._lists) >= _MOST_LISTS:
            self._bounds.leave(_LISTS, _MOST_LISTS)
            return False
        rows: dict[str, str] = {}
        for row in page.rows:
            if target := canonical_or_none(row.url.partition("#")[0]):
                rows.setdefault(target, row.titles[0])
        if _targets(page, "page") - rows.keys():  # a list goes on behind its rows, a book's 下一页 is its first chapter
            return False
        self._lists[url] = list(rows)
        self._called[url] = page.title or called
        self._titles |= rows
        return self._holds(url)

    def wanted(self) -> Iterator[str]:
        """Pages beside a member whose days would tell whether a list is the contents: only they can say more."""
        for url in self._lists if self.url is None else ():
            for found in self._between(url):
                near = [row for row in found if row not in self._beside]
                if self._order(found) is None:
                    yield from near

    def rows(self) -> dict[str, str]:
        """The rows of the contents with their titles, once they are found, and then no more.

        First and last come behind the others: they may have but one neighbour, and that one has to be heard before.
        """
        if self.url is not None:
            wanted, self._outermost = self._outermost, []
        else:
            self.url = next((url for url in self._lists if self._is_work(url)), None)
            self.name = self._called.get(self.url or "") or None
            whole = self._stretch(self.url) if self.url else []
            self._rows = {row: self._titles[row] for row in whole}
            wanted, self._outermost = whole[1:-1], [*whole[:1], *whole[-1:]]
        return {row: self._rows[row] for row in wanted}

    def title_of(self, url: str) -> str | None:
        """What the contents call the page, where they are found and list it."""
        return self._rows.get(url)

    def doubt(self, members: Container[str]) -> str | None:
        """What is not known of the work: rows that are no stories, and rows elsewhere that stand beside members."""
        unheld = [title for row, title in self._rows.items() if row not in members]
        if unheld:
            return f"the contents of the work list {len(unheld)} pages that are no stories of it, “{unheld[0]}” first"
        siblings = filter(Forms(self._members).has_sibling, self._lists[self.url] if self.url else ())
        if (left := sum(1 for _ in siblings) - _MOST) > 0:
            return f"the contents of the work list {left} pages behind the first {_MOST}, which were not read"
        beside = {url for row in self._rows if (found := self._beside.get(row)) for url in found.prev | found.next}
        elsewhere = beside - self._rows.keys() - self._lists.keys()
        beyond = [row for row in self._lists[self.url] if row in elsewhere] if self.url else []
        if not beyond:
            return None
        return f"the contents of the work go on with “{self._titles[beyond[0]]}”, which is elsewhere ({beyond[0]})"

    def is_part(self, url: str) -> bool:
        """Whether a row and one beside it name each other as neighbours, or either does: what the list says is so."""
        rows = self._siblings(self.url) if self.url else []
        at = rows.index(url) if url in rows else len(rows)
        near = [*rows[max(0, at - _NEAR) : at], *rows[at + 1 : at + 1 + _NEAR]]
        return any(self._leads(url, row) or self._leads(row, url) for row in near)

    def _leads(self, url: str, other: str) -> bool:
        beside = self._beside.get(url)
        return beside is not None and other in beside.prev | beside.next

    def _siblings(self, url: str) -> list[str]:
        """The rows that may be pages of one work with the members."""
        return list(islice(filter(Forms(self._members).has_sibling, self._lists[url]), _MOST))

    def _stretch(self, url: str) -> list[str]:
        """The rows in folders that members lie in, their numbers aside, and those that stand with them unbroken."""
        rows = set(self._siblings(url))
        folders = {_folder(row) for row in rows if row in self._members}
        runs: list[list[str]] = [[]]
        for row in self._lists[url]:
            if row in rows:
                runs[-1].append(row)
            elif runs[-1]:
                runs.append([])
        return [
            row for run in runs for row in run if _folder(row) in folders or not self._members.keys().isdisjoint(run)
        ]

    def _between(self, url: str) -> Iterator[tuple[str, str, str]]:
        """A member, or the page beside one, with the rows around it, where these are its neighbours."""
        rows = self._siblings(url)
        for before, here, behind in zip(rows, rows[1:], rows[2:], strict=False):
            if self._members.keys().isdisjoint((before, here, behind)):
                continue
            if self._follows(before, here) and self._follows(here, behind):
                yield before, here, behind

    def _follows(self, one: str, other: str) -> bool:
        """Whether either says that the other stands behind it: some pages lead on and never back."""
        ahead, back = self._beside.get(one), self._beside.get(other)
        return (ahead is not None and other in ahead.next) or (back is not None and one in back.prev)

    def _holds(self, url: str) -> bool:
        return next(self._between(url), None) is not None

    def _is_work(self, url: str) -> bool:
        if self.is_known:
            return len(self._members.keys() & set(self._siblings(url))) >= _FEWEST
        return any(self._order(found) for found in self._between(url))

    def _order(self, found: tuple[str, str, str]) -> bool | None:
        """Whether the days of these pages, where they have any, go on from row to row; None where that is not known."""
        read = [self._beside[row].day for row in found if row in self._beside]
        days = [day for day in read if day]
        if not days:
            return True
        if len(days) < _DATED:
            return None if len(read) < len(found) else True
        return all(one < other for one, other in pairwise(days))


def _folder(url: str) -> str:
    return _DIGITS.sub("0", url.partition("?")[0].rstrip("/").rpartition("/")[0])


def _is_of_periodical(name: str, url: str) -> bool:
    """Whether a list is that of all that is new, or of one issue."""
    number = numbering_of(name)
    is_issue = number is not None and number.unit == "期"
    return is_issue or _OF_ALL.search(name) is not None or _OF_DAY.search(url) is not None


def _targets(page: Extraction, kind: str) -> frozenset[str]:
    found = (canonical_or_none(link.url) for link in page.links if link.kind == kind)
    return frozenset(url for url in found if url)
