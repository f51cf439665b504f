"""The column that members are filed in, and whether it is their series where their titles share nothing. Pure."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import Forms
from crawler.extraction.links.finders.breadcrumb import CRUMB, HEADED
from crawler.extraction.model import Extraction
from crawler.scope.leads import OWN
from wangqi.series.breadth import is_broad
from wangqi.urls import canonical_or_none, site

_FEWEST: Final = 3  # rows
_MOST: Final = 300  # rows of a column whose pages stand beside one another: a series rarely has more
_MOST_ALONE: Final = 120  # rows where no neighbour proves that, and a larger column is more likely a whole rubric
_ALIKE: Final = 0.8  # of the rows, whose addresses are made as those of members are


class Column(NamedTuple):
    """A column that is a series: its address, what it is called, and the titles of its rows."""

    url: str
    name: str
    rows: dict[str, str]


class Filing:
    """Gathers which column members say they are in, what it lists, and who their neighbours are.

    Attributes:
        elsewhere: Pages that file themselves where no member is.

    Args:
        known: Pages that the archive knows: an earlier run has read them.
        held: Those of them that are members' pages.
        is_known: Whether an earlier run has found that such a column is the series.
    """

    def __init__(self, known: Iterable[str] = (), held: Iterable[str] = (), *, is_known: bool = False) -> None:
        self._known = frozenset(known)
        self._is_known = is_known
        self._names: dict[str, str] = {}
        self._crumbs: set[str] = set()
        self._shared: set[str] | None = None  # the columns that all members are in; None before the first
        self._shelves: set[str] = set()
        self._members: dict[str, None] = {}
        self._forms = Forms(held)
        self._folders: set[str] = set()
        self._beside: set[str] = set()
        self.elsewhere: set[str] = set()
        self._column_of: dict[str, str] = {}  # a further page
        self._read: set[str] = set()
        self._rows: dict[str, dict[str, str]] = {}

    def hear(self, page: Extraction, url: str) -> None:
        """A member was read."""
        crumbs = crumbs_of(page)
        self._crumbs |= crumbs.keys()
        crumbs = crumbs or _only_shelf(page)
        self._names = crumbs | self._names
        self._shared = set(crumbs) if self._shared is None else self._shared & crumbs.keys()
        self._shelves |= shelves_of(page).keys()
        self._members[url] = None
        self._forms.add(url)
        if not (folder := url.rstrip("/").rpartition("/")[0]).endswith("/"):
            self._folders.add(folder)
        self._beside.update(
            target for link in page.links if link.kind in {"prev", "next"} and (target := canonical_or_none(link.url))
        )

    def take(self, page: Extraction, url: str) -> None:
        """A listing was read."""
        column = self._column_of.get(url, url)
        self._read.add(url)
        for link in page.links:
            if link.kind == "page" and (target := canonical_or_none(link.url)):
                self._column_of.setdefault(target, column)
        self._rows.setdefault(column, {}).update(self.rows_of(page))

    def holds(self, url: str) -> bool:
        """Whether a member that was read stands there."""
        return url in self._members

    def rows_of(self, page: Extraction) -> dict[str, str]:
        """The rows of a listing with their titles; where nothing sets them off, what has addresses like members'.

        The last page of a list may have fewer rows than the site's menu.
        """
        entries: list[tuple[str | None, str]] = [(link.url, link.title) for link in page.links if link.kind == "entry"]
        if not any(url and self._may_be_beside(url) for url, _ in entries):
            beside = [(row.url, row.titles[0]) for row in page.rows if self._is_in_folder(row.url)]
            alike = [(row.url, row.titles[0]) for row in page.rows if self.is_made_alike(row.url)]
            entries = [*(beside or alike)] or entries
        return {target: title for url, title in entries if (target := canonical_or_none(url))}

    def is_elsewhere(self, page: Extraction, url: str) -> bool:
        """Whether the page says where it is filed, and no member is filed there."""
        is_so = bool(self._shelves and (own := shelves_of(page)) and self._shelves.isdisjoint(own))
        if is_so:
            self.elsewhere.add(url)
        return is_so

    def series(self) -> Column | None:
        """The column that is the members' series; None where none is, or not all of it was read."""
        return next((found for url in self._shared or () if (found := self._judged(url))), None)

    def _judged(self, url: str) -> Column | None:
        """A narrow column whole: few rows made alike, the members among them, and nothing but rows beside them.

        Where pages stand beside one another by their days, a page of another column may stand between two rows.
        """
        further = {page for page, column in self._column_of.items() if column == url} | {url}
        rows = self._rows.get(url, {})
        if self._is_known:
            return Column(url, self._names[url], rows)
        others = self._beside & self.elsewhere
        beside = self._beside - others - {url}
        most = _MOST if beside and not others else _MOST_ALONE
        if is_broad(self._names[url]) or not further <= self._read | self._known or not _FEWEST <= len(rows) <= most:
            return None
        own = {
            row: title for row, title in rows.items() if site(row) == site(url)
        }  # below it stand friends of the site
        alike = sum(map(self._may_be_beside, own))
        is_one = alike >= _ALIKE * len(own) and beside <= own.keys() >= self._members.keys()
        if not beside and (others or url not in self._crumbs):
            return None
        return Column(url, self._names[url], own) if is_one else None

    def _may_be_beside(self, url: str) -> bool:
        return self.is_made_alike(url) or self._is_in_folder(url)

    def _is_in_folder(self, url: str) -> bool:
        """Whether the address lies in the very folder of a member's, whatever it is called: 5-reasons, vote-today."""
        return url.rstrip("/").rpartition("/")[0] in self._folders

    def is_made_alike(self, url: str) -> bool:
        """Whether the address is made as those of members are."""
        return self._forms.has_alike(url)


def crumbs_of(page: Extraction) -> dict[str, str]:
    """The columns that the page's breadcrumbs end in, or whose names head it, with their names."""
    crumbs = (link for link in page.links if link.kind == "listing" and not {CRUMB, HEADED}.isdisjoint(link.reasons))
    return {target: link.title for link in crumbs if (target := canonical_or_none(link.url))}


def _only_shelf(page: Extraction) -> dict[str, str]:
    """The only category that the page says it is in; of several, each holds other things, too."""
    shelves = {
        target: shelf.title
        for shelf in page.shelves
        if shelf.sort == "filed" and (target := canonical_or_none(shelf.url))
    }
    return shelves if len(shelves) == 1 else {}


def shelves_of(page: Extraction) -> dict[str, str]:
    """The columns, categories and tags that the page says it is in, with their names."""
    shelves = ((canonical_or_none(shelf.url), shelf.title) for shelf in page.shelves if shelf.sort in OWN)
    return {url: title for url, title in shelves if url} | crumbs_of(page)
