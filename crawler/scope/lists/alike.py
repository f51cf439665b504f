"""Lists like one that shows a member, beside it in a list of lists: the issues of a magazine. Pure."""

from collections.abc import Container, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import made_alike

_MOST_LISTED: Final = 3_000  # rows of a list that may be lists


class Beside(NamedTuple):
    """A list, what it is called, and the page that lists it."""

    url: str
    title: str
    found_on: str


class Alike:
    """Gathers the lists that show a member, and what other lists name."""

    def __init__(self) -> None:
        self._showing: dict[str, None] = {}
        self._listed: dict[str, dict[str, str]] = {}

    def shows_member(self, url: str) -> None:
        """A page that was looked at, one of many, shows a member."""
        self._showing[url] = None

    def lists(self, url: str, rows: Mapping[str, str]) -> None:
        """What a page that was looked at lists, with titles."""
        self._listed[url] = dict(islice(rows.items(), _MOST_LISTED))

    def unread(self, known: Container[str]) -> Iterator[Beside]:
        """Those beside a list that shows a member, the nearest first, but for the `known` ones."""
        for shown in self._showing:
            for page, rows in ((page, rows) for page, rows in self._listed.items() if shown in rows):
                order = list(rows)
                ready = [row for row in order if row not in known and made_alike(shown, row)]
                for url in sorted(ready, key=lambda row: abs(order.index(row) - order.index(shown))):
                    yield Beside(url, rows[url], page)
