"""How far a run goes: along a chain that brings nothing new, in pages, in minutes."""

import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from crawler.extraction.model import Extraction

# Heritrix gives up 20 hops from a seed (TooManyHopsDecideRule); here a new story begins the count anew.
MOST_BARREN: Final = 20
# A page with one of these is known to be a story of its own.
_FRUITFUL: Final = frozenset({"stored", "unchanged", "revised"})
_REPEAT: Final = 7  # pages that a listing of nothing but known rows counts for: after three in a row nobody turns on


class Patience:
    """Counts, along each chain of links, the pages since the last one that brought a story.

    A page brings something when it is a story and no copy of another, or a listing with a row that no listing before
    it had. A listing that says only what others said counts several times: some show the same rows for ever.

    Args:
        pages: That the run may ask for; 0 is without limit.
        minutes: That it may take; 0 is without limit.
    """

    def __init__(self, pages: int = 0, minutes: float = 0) -> None:
        self.pages = pages
        self.seconds = 60 * minutes
        self.asked = 0
        self._began = time.monotonic()
        self._barren: dict[str, int] = {}  # pages before this one in a row; 0 is not kept
        self._shown: set[str] = set()
        self._repeats: set[str] = set()

    def limit(self) -> str | None:
        """Which limit of the run is reached, as the word for its `reason`; None while it may go on."""
        if self.pages and self.asked >= self.pages:
            return "limit_pages"
        return "limit_minutes" if self.seconds and time.monotonic() - self._began >= self.seconds else None

    def room(self, wanted: int) -> int:
        """How many of so many pages may still be asked for."""
        return min(wanted, self.pages - self.asked) if self.pages else wanted

    def ended(self, url: str) -> str | None:
        """Why the chain that led to this page ends before it; None when it may be read."""
        if self._barren.get(url, 0) < MOST_BARREN:
            return None
        return f"{MOST_BARREN} pages in a row before it brought no new story"

    def expect(self, url: str, discovered: Iterable[Mapping[str, Any]], rows: Iterable[str] | None = None) -> None:
        """Take note of what a page leads to, before anybody can read it.

        Args:
            url: The page.
            discovered: As its item has them.
            rows: The addresses that a listing lists, followed or not; None of a page that is no listing.
        """
        if rows is not None:
            listed = set(rows)
            if listed <= self._shown:
                self._repeats.add(url)
            self._shown |= listed
        barren = self._beyond(url)
        for child in discovered:
            self._barren.setdefault(child["url"], barren)

    def settle(self, url: str, outcome: str, discovered: Iterable[Mapping[str, Any]]) -> None:
        """Take note of what became of a page."""
        is_fruitful = outcome in _FRUITFUL or (outcome == "listing" and url not in self._repeats)
        barren = 0 if is_fruitful else self._beyond(url)
        for link in discovered:
            if barren < self._barren.get(link["url"], 0):
                self._barren[link["url"]] = barren

    def _beyond(self, url: str) -> int:
        """The pages in a row before what this page leads to, if it brings nothing."""
        return self._barren.get(url, 0) + (_REPEAT if url in self._repeats else 1)


def rows_of(page: Extraction) -> list[str] | None:
    """The addresses that a listing lists, followed or not; None of a page that is none."""
    if page.kind != "listing":
        return None
    return [row.url for row in page.links if row.url and (row.kind == "entry" or row.in_block)]
