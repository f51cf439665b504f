"""What a run knows at its end of parts that it did not take, from all who have seen some. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.scope.albums import Albums
from crawler.scope.arrivals import Arrivals
from crawler.scope.ends import Ends
from crawler.scope.lists.bounds import Bounds
from crawler.scope.lists.columns import Columns
from crawler.scope.lists.rest import Rest
from crawler.scope.probes import Deferred


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """Asks all of them, and leaves none out because another has spoken.

    Attributes:
        columns: The lists that were read, with what is known of the members.
        arrivals: Which pages were found to be of other works.
        ends: What lies beside members.
        rest: What stands beside them in lists.
        albums: Those of the series.
        deferred: Links that waited for a word.
        bounds: What was left out because there was too much of it.
    """

    columns: Columns
    arrivals: Arrivals
    ends: Ends
    rest: Rest
    albums: Albums
    deferred: Deferred
    bounds: Bounds

    def know_ends(self) -> bool:
        """Whether this run has read all members, and may say what lies beyond them."""
        return self.ends.are_known(self.columns.probes.members)

    def sentences(self) -> list[str]:
        """What was found and left, and, where this run knows the ends of the series, what lies beyond them."""
        return list(dict.fromkeys(filter(None, self._all())))

    def _all(self) -> Iterator[str | None]:
        columns, members = self.columns, self.columns.probes.members
        yield from self.bounds.sentences()
        yield columns.members.doubt_of_editions(members)
        if not columns.members.is_whole:
            yield from (one.doubt() for one in (columns.leads, columns.probes, self.deferred, self.albums))
        if self.know_ends():
            yield self.arrivals.contents.doubt(members)
            yield columns.issues.doubt()
            yield self.ends.doubt(self._is_settled)
            yield from self.rest.doubts(members, self._is_accounted)

    def _is_settled(self, url: str) -> bool:
        """Whether it is a member's, of another work, or nobody is to go there."""
        columns = self.columns
        return columns.probes.is_member(url) or url in self.arrivals.works.beyond or not columns.reach.is_open(url)

    def _is_accounted(self, url: str, title: str) -> bool:
        """The same, and of what says that it is filed elsewhere, or bears a title that the ledger has."""
        return self._is_settled(url) or url in self.arrivals.filing.elsewhere or self.columns.members.knows(title)
