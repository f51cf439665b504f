"""Where to look for the rest of a series when no link leads on. Pure.

A post says what it files itself under; above it lie folders, a contents page, the front page. A crawl that has nothing
left to read looks at a few of these, the likeliest first, and goes on where a row fits.
"""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final

from crawler.extraction.model import Shelf, ShelfSort
from crawler.extraction.source.feeds import ANNOUNCED
from crawler.scope.home import ORIGINAL
from crawler.scope.lists.alike import Alike
from crawler.scope.lists.passing import Passing
from crawler.scope.lists.places import MOST, REASON, TIERS, Place
from storage.rows import DuePage
from wangqi.outcomes import Outcome
from wangqi.urls import canonical_or_none
from wangqi.visit import Discovery

FREE: Final = 9  # pages that a series may cost beside its stories
A_STORY: Final = 2  # more for each of them: a rare series stands far apart in a long column
_AT_ONCE: Final = 4
_DRY_ALIKE: Final = 3  # lists like one that shows a member in a row without any
_DRY_ON: Final = 5  # pages in a row without any of a list that has shown some
_DRY: Final = 2  # pages of one shelf in a row without a row that fits
LEAD: Final = "lead"  # the kind of link, if it is one, that leads to a shelf
_NOT_THERE: Final = frozenset({"gone", "soft_404", "blocked", "robots", "too_large"})
_ABSENT: Final = frozenset({"gone", "soft_404"})
_DIGITS: Final = re.compile(r"[0-9]+")
_IN_WARC: Final = re.compile(r" is not in ")  # which holds no more than it holds
_SURE: Final = frozenset({"named", "series"})
OWN: Final = frozenset({"named", "series", "filed"})


def is_lead(reason: str) -> bool:
    """Whether a link was followed only to look for rows of the series."""
    return reason.startswith(REASON)


def ending(page: DuePage, outcome: Outcome, reason: str) -> tuple[Outcome, str]:
    """How a page ends that gave no answer: one that was only looked for is missed by nobody.

    Nor is a feed that has never been there: themes announce one whether their site has it or not. Nothing found again
    changes nothing.
    """
    is_guess = page.via == LEAD or page.reason == ORIGINAL or (page.reason.endswith(ANNOUNCED) and outcome in _ABSENT)
    if is_guess and page.outcome in {None, "out_of_scope"} and (outcome in _NOT_THERE or _IN_WARC.search(reason)):
        return "out_of_scope", f"{page.reason}: nothing is there, {reason}"
    return outcome, reason


class Leads:
    """Gathers shelves, and hands them out when asked, within what the stories found so far have earned.

    Those of the start come first: it is read in every run, so that a run which was killed looks at the same ones.

    Attributes:
        alike: Lists that show a member, and those beside them.
        passing: Stories of something else beside members.

    Args:
        known: Addresses that need no look, as the archive knows them, with the page that each was found on.
    """

    def __init__(self, known: Iterable[tuple[str, str | None]] = ()) -> None:
        self._found_earlier = dict(known)
        self._known = set(self._found_earlier)
        self._of_start: dict[str, Place] = {}
        self._of_others: dict[str, Place] = {}
        self._left = FREE
        self._looked: Counter[ShelfSort] = Counter()
        self._has_own = False  # a shelf of a member's own lists other members
        self._further: deque[str] = deque()  # pages behind one that had fresh rows
        self._waiting: deque[str] = deque()  # pages behind one of a member's own shelf that had none
        self._found_on: dict[str, str] = {}
        self._shelf_of: dict[str, str] = {}
        self._dry: Counter[str] = Counter()  # of a shelf, or of all that are alike
        self._fruitful: set[str] = set()
        self._with_members: set[str] = set()  # shelves that list a member
        self.alike = Alike()
        self.passing = Passing()

    def earn(self) -> None:
        """A story was found."""
        self._left += A_STORY

    def take(self, shelves: Iterable[Shelf], found_on: str, *, first: bool) -> None:
        """The shelves of a page; `first` when it is the start, or was itself looked at."""
        for shelf in shelves:
            places = self._of_start if first or shelf.sort == "spoken" else self._of_others
            if url := canonical_or_none(shelf.url):
                places.setdefault(url, Place(shelf.title, shelf.sort, found_on))

    def is_column(self, url: str) -> bool:
        """Whether a member says in so many words that this is its column, or it is a further page of such a one."""
        return self._sort_of(self.shelf_of(url)) == "series"

    def shelf_of(self, url: str) -> str:
        """The first page of the list of which this is a further page; else the page itself."""
        return self._shelf_of.get(url, url)

    def waits(self) -> bool:
        """Whether a shelf of the start that is sure to be its own was not looked at."""
        return any(place.sort in _SURE and url not in self._known for url, place in self._of_start.items())

    def turn(self, url: str, further: Iterable[str]) -> None:
        """A page that links led to has these further pages: they are of its shelf."""
        for page in further:
            self._shelf_of.setdefault(page, self._shelf_of.get(url, url))

    def met(self, url: str) -> None:
        """A link leads there anyway."""
        self._known.add(url)

    def is_fresh(self, url: str, found_on: str) -> bool:
        """Whether nothing else led to a row: a list that is read again is judged as it was the first time."""
        return url not in self._known or self._found_earlier.get(url) == found_on

    def has_column(self) -> None:
        """The column of the series was read; links led to it."""
        self._has_own = True

    def lists_member(self, url: str, *, goes_on: bool, is_one_of_many: bool) -> None:
        """A page that was looked at shows a member: others may stand on its further pages, or in lists like it."""
        if is_one_of_many:
            self.alike.shows_member(url)
        if goes_on:
            self._with_members.add(self.shelf_of(url))

    def found(self, url: str, fresh: int, further: Collection[str], fitting: int = 0) -> None:
        """A page was looked at.

        Args:
            url: Its own.
            fresh: How many of its rows are of the series and were not known.
            further: Its further pages.
            fitting: How many are of the series, known or not: where a feed has shown the newest, older ones come later.
        """
        if url in self.passing:
            self.passing.looked(is_fruitful=fresh > 0)
            return
        shelf = self._shelf_of.get(url, url)
        self._dry[shelf] = 0 if fresh else self._dry[shelf] + 1
        self._dry["alike"] *= not fresh
        self._has_own |= self.is_own(shelf) and fresh > 0
        if fresh:
            self._fruitful.add(shelf)
        if not fresh and not self.is_read_on(shelf) and (not fitting or self._dry[shelf] > _DRY):
            return
        new = sorted((page for page in further if page not in self._known and page != url), key=_by_number)
        self._known.update(new)
        self._shelf_of |= dict.fromkeys(new, shelf)
        self._found_on |= dict.fromkeys(new, url)
        if fresh:
            behind = [page for page in self._waiting if self._shelf_of[page] == shelf]
            self._waiting = deque(page for page in self._waiting if self._shelf_of[page] != shelf)
            self._further = deque([*new, *behind, *self._further])
        else:
            self._waiting.extend(new)

    def doubt(self) -> str | None:
        """What is left unread of lists that have shown parts, as a sentence; None where nothing is."""
        shown = self._fruitful | self._with_members
        unread = [
            url
            for url in (*self._further, *self._waiting)
            if self._shelf_of[url] in shown or self.is_column(self._shelf_of[url])
        ]
        if any(self._sort_of(shelf) == "alike" for shelf in self._fruitful):
            unread += [one.url for one in self.alike.unread(self._known)]
        if not unread:
            return None
        return f"lists that have shown parts go on, and {len(unread)} pages of them were not read, {unread[0]} first"

    def next(self, *, is_whole: bool, has_gaps: bool = False) -> list[Discovery]:
        """What to look at now; nothing when enough was found or spent.

        `is_whole`: no number is missing so far. Then only the lists that have shown members are read to their end.
        `has_gaps`: some are: they may stand behind stories of something else.
        """
        if self._left <= 0:
            return []
        chosen = list(self._turned()) or self._shelves(is_whole=is_whole)
        chosen = chosen or ([] if is_whole else self._next_alike())
        chosen = chosen or (self._next_beside() if has_gaps else [])
        if not chosen:
            ready = (url for url in self._waiting if self._is_wanted(url, is_whole=is_whole))
            chosen = [self._page(url) for url in islice(ready, 1)]
            self._waiting = deque(url for url in self._waiting if url not in {one.url for one in chosen})
        self._left -= len(chosen)
        self._known.update(one.url for one in chosen)
        return chosen

    def _turned(self) -> Iterator[Discovery]:
        """The next page behind one with fresh rows. Those that come after too many without any wait until nothing else
        is left, where the shelf is a member's own, or has shown one while not all are known.
        """
        while self._further:
            url = self._further.popleft()
            shelf = self._shelf_of[url]
            if self._dry[shelf] < _DRY:
                yield self._page(url)
                return
            if self.is_read_on(shelf):
                self._waiting.append(url)

    def _page(self, url: str) -> Discovery:
        return Discovery(url=url, via="page", reason=f"{REASON}a further page", found_on=self._found_on[url])

    def is_own(self, url: str) -> bool:
        """Whether a member says that it is on this shelf, or on that of which this is a further page."""
        return self._sort_of(self.shelf_of(url)) in OWN

    def _sort_of(self, shelf: str) -> ShelfSort | None:
        place = self._of_start.get(shelf) or self._of_others.get(shelf)
        return place.sort if place else None

    def is_kept(self, url: str) -> bool:
        """Whether a shelf is read on behind pages that show none, when nothing else is left."""
        return self.is_own(url) or self.shelf_of(url) in self._with_members

    def _is_wanted(self, url: str, *, is_whole: bool) -> bool:
        """Whether a page behind some that showed none is read: too many, or the last number, end a list that no member
        says it is on.
        """
        shelf = self._shelf_of[url]
        is_dry = self._dry[shelf] > _DRY_ON and not self.is_own(shelf)
        return not is_dry and (not is_whole or (self.is_kept(shelf) and (not self._has_own or shelf in self._fruitful)))

    def is_read_on(self, url: str) -> bool:
        """The same, and of a shelf that has shown members while not all are known: the start may stand further back."""
        return self.is_kept(url) or self.shelf_of(url) in self._fruitful

    def _next_beside(self) -> list[Discovery]:
        """The next story of something else beside a member."""
        found = islice(self.passing.next(self._known), 1)
        return [self._look(one.url, Place(one.title, "beside", one.found_on)) for one in found]

    def _next_alike(self) -> list[Discovery]:
        """The next list like one that shows a member, until too many in a row show none."""
        if self._dry["alike"] >= _DRY_ALIKE or not (found := list(islice(self.alike.unread(self._known), 1))):
            return []
        url, title, page = found[0]
        place = self._of_start.setdefault(url, Place(title, "alike", page))
        self._dry["alike"] += 1
        return [self._look(url, place)]

    def _look(self, url: str, place: Place) -> Discovery:
        return Discovery(url=url, via=LEAD, title=place.title or None, reason=place.reason, found_on=place.found_on)

    def _shelves(self, *, is_whole: bool) -> list[Discovery]:
        if is_whole and self._has_own:
            return []
        for places in (self._of_start, {} if self._has_own else self._of_others):
            for tier in TIERS:
                ready = [(url, place) for url, place in places.items() if place.sort == tier and url not in self._known]
                room = min(_AT_ONCE, self._left, MOST.get(tier, FREE) - self._looked[tier])
                if chosen := ready[: max(0, room)]:
                    self._looked[tier] += len(chosen)
                    return [self._look(url, place) for url, place in chosen]
        return []


def _by_number(url: str) -> tuple[int, str]:
    """Pages in the order of their numbers."""
    numbers = _DIGITS.findall(url)
    return (int(numbers[-1]) if numbers else 0, url)
