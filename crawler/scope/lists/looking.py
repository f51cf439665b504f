"""Where a crawl looks when nothing leads on: the contents of the work, its column, what may list more. Pure."""

from crawler.catalogue.file import SeriesSpec
from crawler.scope.arrivals import COLUMN_ROW, NAMED
from crawler.scope.ends import Ends
from crawler.scope.lists.columns import Columns
from crawler.scope.lists.contents import BESIDE, CONTENTS_ROW, Contents
from crawler.scope.probes import BESIDE as BESIDE_MEMBER
from wangqi.visit import Discovery


class Looking:
    """Asks those who know of lists, the surest first.

    Args:
        spec: Its limits hold here, too.
        columns: The lists that were read, and what is known of the series.
        contents: Which of them is the contents of the work.
        ends: Hears what the contents list.
    """

    def __init__(self, spec: SeriesSpec, columns: Columns, contents: Contents, ends: Ends) -> None:
        self._spec = spec
        self._columns = columns
        self._contents = contents
        self._ends = ends

    def next(self) -> list[Discovery]:
        """Pages to look at; none when enough was found or spent, or the catalogue forbids it."""
        if "listing" not in self._spec.follow or self._spec.max_depth is not None:
            return []
        if found := self._by_contents():
            return found
        if not self._columns.leads.waits() and "entry" in self._spec.follow and (column := self._columns.series()):
            # What was refused before the column was known for the series is heard again.
            return self._named(column.rows, COLUMN_ROW, column.url)
        members = self._columns.members
        leads = self._columns.leads.next(is_whole=members.is_whole, has_gaps=members.has_gaps)
        return [one for one in leads if self._spec.in_scope(one.url)] or self._beside()

    def _beside(self) -> list[Discovery]:
        """Rows beside the only member, or one that was found so, in a list that shows it: only their pages say more."""
        probes = self._columns.probes
        if len(probes.members) > 1 and not probes.proven:
            return []
        found = probes.beside(self._columns.members.knows)
        return [Discovery(url=url, via="entry", reason=BESIDE_MEMBER, found_on=page) for url, page in found]

    def _by_contents(self) -> list[Discovery]:
        """The rows of the contents of the work, or pages that would tell whether a list is that."""
        members, contents = self._columns.members, self._contents
        is_told = members.shape or members.are_alike or contents.is_told
        if len(self._columns.probes.members) > 1 and is_told and not (contents.is_known or contents.url):
            return []
        rows = self._contents.rows()
        self._ends.list(rows)
        if rows:
            return self._named(rows, CONTENTS_ROW, self._contents.url)
        wanted = dict.fromkeys(filter(self._columns.reach.is_open, self._contents.wanted()))
        return [Discovery(url=url, via="entry", reason=BESIDE) for url in wanted]

    def _named(self, rows: dict[str, str], reason: str, found_on: str | None) -> list[Discovery]:
        return [
            Discovery(url=url, via=NAMED, title=title or None, reason=reason, found_on=found_on)
            for url, title in rows.items()
            if self._columns.reach.is_open(url) and not self._columns.probes.is_member(url)
        ]
