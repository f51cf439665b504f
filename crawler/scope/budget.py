"""How far a run goes: along what brings nothing new, in pages, in minutes."""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from wangqi.outcomes import PRODUCTIVE, Outcome
from wangqi.visit import Discovery

# Heritrix gives up 20 hops from a seed (TooManyHopsDecideRule); here a new story begins the count anew.
MOST_UNPRODUCTIVE: Final = 20
# Many series may share a column, and a rare one stand far apart on it: so many pages of it without a member.
MOST_FOREIGN: Final = 100
# What a page costs that brings nothing; MOST_UNPRODUCTIVE pages and MOST_FOREIGN foreign ones come to the same.
_FOREIGN: Final = 1
_UNPRODUCTIVE: Final = MOST_FOREIGN // MOST_UNPRODUCTIVE
_REPEAT: Final = 7 * _UNPRODUCTIVE  # a listing of nothing but known rows: after three in a row nobody turns on
_ALL: Final = MOST_UNPRODUCTIVE * _UNPRODUCTIVE
_TURNING: Final = frozenset({"prev", "next", "page"})  # where other links name what they lead to


@dataclass(frozen=True, slots=True)
class Rows:
    """The addresses that a listing lists, followed or not, and those of them that are known to be of the series."""

    addresses: Collection[str]
    members: Collection[str]


class Budget:
    """Counts what has been spent since the last page that brought a story: along each chain, and on all its branches.

    A page brings something when it is a story and no copy of another, or a listing with a row of the series that no
    listing before it had. A listing of foreign rows costs little, as a column may be long; one that says only what
    others said costs a lot: some show the same rows for ever.

    Chains that begin at one productive page share one budget, so that branching does not multiply it.
    Pages that lead nowhere cost nothing, and what a productive page leads to is always read.

    Args:
        pages: That the run may ask for; 0 is without limit.
        minutes: That it may take; 0 is without limit.
    """

    def __init__(self, pages: int = 0, minutes: float = 0) -> None:
        self.pages = pages
        self.seconds = 60 * minutes
        self.asked = 0
        self._began = time.monotonic()
        self._spent: dict[str, int] = {}  # on the way to this page
        self._root_of: dict[str, str] = {}  # by the page from which its chain and those beside it begin
        self._spent_from: dict[str, int] = {}  # what is spent of each
        self._shown: set[str] = set()
        self._copied: set[str] = set()  # where stories are known from that this run has met
        self._named: set[str] = set()  # by productive pages; a line of 往期 may be a detour to its story
        self._costs: dict[str, int] = {}  # of listings that bring nothing
        self._after_foreign: set[str] = set()

    def limit(self) -> str | None:
        """Which limit of the run is reached, as the word for its `reason`; None while it may go on."""
        if self.pages and self.asked >= self.pages:
            return "limit_pages"
        return "limit_minutes" if self.is_over() else None

    def is_over(self) -> bool:
        """Whether the run has no time left."""
        return bool(self.seconds) and time.monotonic() - self._began >= self.seconds

    def room(self, wanted: int) -> int:
        """How many of so many pages may still be asked for."""
        return min(wanted, self.pages - self.asked) if self.pages else wanted

    def ended(self, url: str) -> str | None:
        """Why the chain that led to this page ends before it; None when it may be read."""
        spent = self._spent.get(url, 0)
        if not spent or max(spent, self._spent_from.get(self._root(url), 0)) < _ALL:
            return None
        if url in self._after_foreign:
            return f"{MOST_FOREIGN} pages in a row before it listed no story that is known to be of the series"
        return f"{MOST_UNPRODUCTIVE} pages in a row before it brought no new story"

    def expect(self, url: str, discoveries: Iterable[Discovery], rows: Rows | None = None) -> None:
        """Take note of what a page leads to, before anybody can read it.

        Args:
            url: The page.
            discoveries: As its visit has them.
            rows: Of a listing; None of a page that is none.
        """
        if rows is not None:
            self._take(url, rows)
        spent = self._spent.get(url, 0) + self._cost(url)
        for child in discoveries:
            if child.url not in self._spent:
                self._lead(child.url, spent, self._root(url))
                if self._costs.get(url) == _FOREIGN:
                    self._after_foreign.add(child.url)

    def settle(
        self, url: str, outcome: Outcome, discoveries: Collection[Discovery], copy_of: str | None = None
    ) -> None:
        """Take note of what became of a page; `copy_of` is where its story is known from."""
        root = self._root(url)
        if outcome in PRODUCTIVE or (outcome == "listing" and url not in self._costs):
            self._copied.add(url)
            self._spent_from[root] = 0
            for child in discoveries:
                if self._spent.get(child.url):
                    self._lead(child.url, 0, url)
                    if child.via not in _TURNING:
                        self._named.add(child.url)
        elif copy_of is not None and copy_of not in self._copied:
            self._copied.add(copy_of)  # a mirror's pages bring nothing new, but each another story
            self._spent_from[root] = 0
        elif discoveries and (outcome == "copy" or url not in self._named):
            self._spent_from[root] = self._spent_from.get(root, 0) + self._cost(url)

    def _take(self, url: str, rows: Rows) -> None:
        fresh = set(rows.addresses) - self._shown
        if not fresh:
            self._costs[url] = _REPEAT
        elif fresh.isdisjoint(rows.members):
            self._costs[url] = _FOREIGN
        self._shown |= fresh

    def _lead(self, url: str, spent: int, root: str) -> None:
        self._spent[url] = spent
        self._root_of[url] = root

    def _root(self, url: str) -> str:
        return self._root_of.get(url, url)

    def _cost(self, url: str) -> int:
        """What the page costs, if it brings nothing."""
        return self._costs.get(url, _UNPRODUCTIVE)
