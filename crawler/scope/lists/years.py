"""Columns that are kept year by year, or month by month: the list in which a member's own day falls. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from crawler.extraction.model import Extraction, Shelf
from wangqi.text.folding import fold

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTH: Final = re.compile(r"\D{1,2}(0?[1-9]|1[0-2])(?!\d)")
_FEWEST: Final = 2  # years of one list: a single one may be anything
_LONGEST: Final = 12  # characters: 2005年的文章


class Years:
    """Remembers when members came out."""

    def __init__(self) -> None:
        self._months: dict[tuple[int, int], None] = {}

    def hear(self, page: Extraction) -> None:
        """A member was read."""
        if page.published_at is not None:
            self._months[page.published_at.year, page.published_at.month] = None

    def shelves(self, page: Extraction) -> Iterator[Shelf]:
        """Of the years and months that a page leads to those of members, the first member's first."""
        led = [(row, found) for row in page.rows for title in row.titles if (found := _read(title))]
        if len({year for _, (year, _) in led}) < _FEWEST:
            return
        for year, month in self._months:
            for row, (named, within) in led:
                if named == year and within in {None, month}:
                    yield Shelf(row.url, row.titles[0], "dated")


def _read(title: str) -> tuple[int, int | None] | None:
    """The year, and the month if it names one, of a title that is nothing more."""
    folded = fold(title)
    year = _YEAR.search(folded) if len(folded) <= _LONGEST else None
    if year is None:
        return None
    month = _MONTH.match(folded, year.end())
    return int(year[1]), int(month[1]) if month else None
