"""Pages that only their own words can prove to be of the series: which of them a crawl tries, and how many. Pure."""

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from crawler.extraction.model import SeriesLink
from wangqi.addresses import is_home
from wangqi.url_shapes import Addresses
from wangqi.visit import Discovery

BESIDE: Final = "entry: beside a member on the column; only its own page can say more"
MAPPED: Final = "entry: its address in a sitemap is like those of members; only its own page can say more"
FILED: Final = "entry: a row of the column that a member says it is in; only its own page can say more"
REASONS: Final = frozenset({BESIDE, MAPPED, FILED})
FREE: Final = 20  # tries without a proof
A_PROOF: Final = 10  # more tries for each page that proved to be of the series
_FEW: Final = 30  # members whose folders are compared with every row
_INDEX: Final = re.compile(r"(?<=/)(?:index|default)\.\w{3,5}$", re.IGNORECASE)
_NEAR: Final = (-2, -1, 1)  # rows from a member: two newer ones, which may name it, and an older one
_MOST_ROWS: Final = 5_000
_MOST_ADDRESSES: Final = 50_000

Row = tuple[str, str]  # URL and title


class Probes:
    """Keeps the rows beside which a member may turn up, and the addresses of sitemaps.

    How many pages are tried depends on what they prove, over all runs together: a folder that holds the series and
    nothing else is read to its end, and of a site whose addresses are all alike a few dozen pages at most.

    Attributes:
        unread: Sitemaps of which no more than the beginning was read, or nothing.

    Args:
        members: Addresses of the stories that the archive has already.
        others: Addresses of the other pages that it knows: they need no probe.
        tried: Those that earlier runs have tried.
    """

    def __init__(self, members: Iterable[str] = (), others: Iterable[str] = (), *, tried: Collection[str] = ()) -> None:
        known = list(members)
        self._first = known[:_FEW]
        self.members = set(known)
        self.left = FREE + A_PROOF * len(self.members.intersection(tried)) - len(tried)
        self._lone = set(tried)  # pages that were tried and that no other link has led to
        self._met = {*others, *self.members}
        self._columns: dict[str, list[Row]] = {}
        self._rows = 0
        self._left_out = 0  # rows and addresses beyond what is kept of all lists
        self.unread: set[str] = set()
        self._addresses = Addresses(self.members)
        self._mapped: dict[str, str] = {}  # to the sitemap that has it
        self._sitemaps: set[str] = set()
        self._filed: dict[str, str] = {}  # to the column that has it
        self._queue: deque[str] = deque()
        self._next_lesson = 0  # members at which the addresses are sorted anew

    @property
    def proven(self) -> set[str]:
        """Members that were found by trying, and that no other link has led to."""
        return self._lone & self.members

    def take_rows(self, rows: Iterable[Row], column: str) -> None:
        """The rows of a page of a column, from top to bottom."""
        if column not in self._columns:
            given = list(rows)
            self._columns[column] = given[: max(0, _MOST_ROWS - self._rows)]
            self._rows += len(self._columns[column])
            self._left_out += len(given) - len(self._columns[column])

    def take_addresses(self, urls: Iterable[str], sitemap: str) -> None:
        fresh = [url for url in urls if url not in self._met and url not in self._mapped]
        room = _MOST_ADDRESSES - len(self._mapped)
        self._mapped |= dict.fromkeys(fresh[:room], sitemap)
        self._left_out += len(fresh[room:])
        if self._mapped:
            self._sitemaps.add(sitemap)
        self._next_lesson = 0

    def take_filed(self, urls: Iterable[str], column: str) -> None:
        """The rows of a column that a member says it is in."""
        for url in urls:
            self._filed.setdefault(url, column)

    def filed(self) -> Iterator[tuple[str, str]]:
        """Spends tries on rows of members' own columns; gives URLs and their columns."""
        for url in list(self._filed) if self.left > 0 else ():
            if self.left <= 0:
                return
            column = self._filed.pop(url)
            if self._spend(url):
                yield url, column

    def learn(self, url: str, *, was_tried: bool) -> None:
        """A page has turned out to be a member."""
        self.members.add(url)
        self._first += [url] if len(self._first) < _FEW else []
        self._need_no_probe(url)
        if self._addresses.learn(url):
            self._next_lesson = 0
        self.left += A_PROOF * was_tried

    def is_member(self, url: str) -> bool:
        return url in self.members

    def is_within(self, url: str) -> bool:
        """Whether it is a place within a member's page, as #/portal/signin is."""
        bare, sign, _ = url.partition("#")
        return bool(sign) and bare in self.members

    def is_above(self, url: str) -> bool:
        """Whether it is a folder that a member lies in, the host's own aside: the month of its archive."""
        folder = _INDEX.sub("", url.partition("?")[0])
        is_folder = folder.endswith("/") and not is_home(folder)
        return is_folder and any(member.startswith(folder) and member != folder for member in self._first)

    def met(self, url: str) -> None:
        """Another link leads to the page, so it needs no probe."""
        self._lone.discard(url)
        self._need_no_probe(url)

    def beside(self, is_member: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        """Spends tries on rows beside members, which are known by address or title; gives URLs and their columns.

        Once a row has proved right, one that has not holds up none: the next beside it is tried.
        """
        passed = self._met - self.members if self.proven else set()
        for column, listed in self._columns.items() if self.left > 0 else ():
            rows = [row for row in listed if row[0] not in passed]
            places = [at for at, (url, title) in enumerate(rows) if url in self.members or is_member(title)]
            near = dict.fromkeys(at + step for at in places for step in _NEAR if 0 <= at + step < len(rows))
            yield from ((rows[at][0], column) for at in near if self._spend(rows[at][0]))

    def mapped(self) -> Iterator[tuple[str, str]]:
        """Spends tries on addresses of sitemaps that are like those of members; gives URLs and their sitemaps."""
        if self.left <= 0 or not self._mapped:
            return
        if len(self.members) >= self._next_lesson:
            self._next_lesson = len(self.members) * 6 // 5 + 1
            self._queue = deque(self._addresses.nearest_first(self.alike()))
        while self._queue and self.left > 0:
            url = self._queue.popleft()
            sitemap = self._mapped.get(url)
            if sitemap is not None and self._spend(url):
                yield url, sitemap

    def alike(self, sitemap: str | None = None) -> list[str]:
        """The addresses of one sitemap, or all, that are like those of members, and where no link or probe has led."""
        if sitemap is not None and sitemap not in self._sitemaps:
            return []
        chosen = (url for url, at in self._mapped.items() if sitemap in {None, at})
        return [url for url in chosen if self._addresses.like(url)]

    def doubt(self) -> str | None:
        """That pages were not tried though others that nobody names are parts, as a sentence; None where none are."""
        left = [*self._filed, *self.alike()] if self.left <= 0 else []
        if not self.proven or not (left or self._left_out or self.unread):
            return None
        pages = f"{len(left) + self._left_out:,} pages of columns and sitemaps were not tried"
        first = f", {left[0]} first" if left else ""
        unread = f" and {len(self.unread)} sitemaps not read to their end" if self.unread else ""
        return f"{pages}{first}{unread}, though {len(self.proven)} of those that were are parts"

    def _spend(self, url: str) -> bool:
        if self.left <= 0 or url in self._met or self.is_above(url):
            return False
        self._need_no_probe(url)
        self._lone.add(url)
        self.left -= 1
        return True

    def _need_no_probe(self, url: str) -> None:
        self._met.add(url)
        self._mapped.pop(url, None)


_MOST = 5_000  # links: a column of 250 pages


class Deferred:
    """Keeps the links that wait for a title to speak for them; of too many, the oldest are let go."""

    def __init__(self) -> None:
        self._links: dict[str, tuple[SeriesLink, str]] = {}
        self._let_go = 0
        self._unheard = 0  # of those let go, when more was known later by which they might have been judged

    def keep(self, target: str, link: SeriesLink, found_on: str) -> None:
        if target not in self._links and len(self._links) >= _MOST:
            self.forget(next(iter(self._links)))
            self._let_go += 1
        # Only the words and the kind count from here on.
        self._links[target] = replace(link, reasons=link.reasons[:1]), found_on

    def forget(self, target: str) -> None:
        self._links.pop(target, None)

    def reconsidered(self, reason_for: Callable[[SeriesLink], str | None]) -> Iterator[Discovery]:
        """Those that have a reason now."""
        self._unheard = self._let_go
        for target, (link, found_on) in list(self._links.items()):
            if reason := reason_for(link):
                title = link.title or None
                yield Discovery(url=target, via=link.kind, title=title, reason=reason, found_on=found_on)

    def doubt(self) -> str | None:
        """That links were let go before all was known of the titles of members, as a sentence; None where none were."""
        if not self._unheard:
            return None
        return (
            f"{self._unheard:,} rows of lists, the first that were read, were let go before enough was known to judge"
        )
