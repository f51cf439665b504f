"""The pages that list stories: which of them are the series' own, and what that says of their rows. Pure."""

from collections.abc import Iterable, Iterator

from crawler.extraction.links.addresses import Forms, is_shelf
from crawler.extraction.links.finders.breadcrumb import CRUMB
from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.links.finders.pagination import OPENED_BY_SCRIPT
from crawler.extraction.model import Extraction, SeriesLink, Shelf
from crawler.extraction.platforms.wechat.albums import ROW_OF_ALBUM
from crawler.extraction.source.feeds import LIST_CUT
from crawler.scope.arrivals import NOTICE, OWN_ROW, Arrivals, Link
from crawler.scope.filing import Column
from crawler.scope.leads import Leads, is_lead
from crawler.scope.lists.alike import is_list_beside
from crawler.scope.lists.years import Years
from crawler.scope.membership import Membership
from crawler.scope.probes import Probes
from crawler.scope.reach import Reach
from wangqi.addresses import is_home
from wangqi.urls import canonical_or_none


class Columns:
    """Reads listings for a crawl, with all that is known of the series.

    Attributes:
        own: Addresses of columns that bear the series' name, and of their further pages.
        name: Of the column that is the series where nothing else is.
        issues: If a person began with a list that is one of several.
        years: When members came out.
        is_persons: Whether a person began with a column whose rows have no shape in common: all of them are the series.
    """

    def __init__(self, reach: Reach, members: Membership, leads: Leads, probes: Probes, arrivals: Arrivals) -> None:
        self.own: set[str] = set()
        self.name: str | None = None
        self.is_persons = False
        self.issues = arrivals.issues
        self.years = Years()
        self.filing = arrivals.filing
        self.reach = reach
        self.members = members
        self.leads = leads
        self.probes = probes
        self._arrivals = arrivals

    def take(self, page: Extraction, url: str, depth: int, link: Link, *, are_rows_wanted: bool) -> bool:
        """Take in a listing; `link` led to it, `depth` links from where a person began.

        The answer is whether rows of earlier lists may be known by it now.
        """
        if link.reason == NOTICE:
            self.reach.home.move(page.links)
            return False
        self.members.hear_of_site(page)
        rows = [row for row in page.links if row.kind == "entry"]
        titles = [row.title for row in rows if row.title]
        is_wiser = self.members.kin.hear_column(filter(None, (page.title, link.title)), titles)
        self.filing.take(page, url)
        if not depth:
            self.issues.begin(page, url)
        if not depth and not self.members.shape:
            self.members.learn(titles)
            self.is_persons = bool(titles) and not self.members.shape
        are_fitting = [self.members.likeness(title) for row in page.rows for title in row.titles]
        if self.members.bears_name(page.title, link.title) or url in self.own:
            self.own.update((url, *self.reach.all_at_hand(page, "page")))
            self.reach.home.move(page.links)
        self.filed(page, url)
        if not is_lead(link.reason) and any(are_fitting):
            self.leads.has_column()
        if not any(are_fitting) and (link.via == "listing" or self.leads.is_own(url)):
            self.leads.take(self._within(page, url), url, first=True)
        if are_rows_wanted:
            at_home = [(target, row.title) for row in rows if (target := self.reach.at_hand(row))]
            self.probes.take_rows((row for row in at_home if row[1]), url)
            self.probes.take_addresses((target for target, title in at_home if not title), url)
        return is_wiser

    def is_aside(self, link: SeriesLink, url: str = "") -> bool:
        """Whether a link of a list leads aside: what it is filed under is broader, and a block on it is its site's.

        Where members have a shape, what a block names belongs by that; what an issue is filed under lists issues.
        """
        is_listed = "".join(link.reasons).startswith((IN_CONTENTS, ROW_OF_ALBUM))
        is_named = link.kind == "series" and not link.is_ruled and not is_listed
        is_foreign = is_named and self.members.shape is not None and not self.members.likeness(link.title)
        return is_foreign or (CRUMB in link.reasons and not self.issues.is_own(url))

    def without_menu(self, links: Iterable[SeriesLink]) -> list[SeriesLink]:
        """The links of a list without those of a menu that holds the list and what stands beside it, but no member: the
        contents of a work hold its parts, and the site's own menu holds its columns.
        """
        links = list(links)
        menu = [link for link in links if "".join(link.reasons).startswith(IN_CONTENTS)]
        if not self.probes.members or any(self.probes.is_member(canonical_or_none(row.url) or "") for row in menu):
            return links
        return [link for link in links if link not in menu]

    def is_kept(self, page: Extraction, url: str) -> bool:
        """Whether a page that was looked at is of a list that is read on: a member says that it is there, or it lists
        a member and has further pages, where others may stand.
        """
        rows = {target: row.titles[0] for row in page.rows if (target := canonical_or_none(row.url))}
        if any(map(self.probes.is_member, rows)):
            is_one_of_many = not is_home(url) and not is_shelf(url)
            further = self.reach.all_at_hand(page, "page")
            self.leads.lists_member(url, goes_on=bool(further), is_one_of_many=is_one_of_many)
        if self.leads.alike.has_room(url, is_story=page.kind == "story"):
            lists = (row for row in rows if not self.filing.is_made_alike(row) or self._is_list(row, url))
            self.leads.alike.lists(url, {row: rows[row] for row in lists if self.reach.is_open(row)})
        return self.leads.is_read_on(url)

    def leave(self, url: str) -> None:
        """This page is of another work, and so is what it leads to."""
        self.leads.alike.leave(url)
        self.leads.passing.leave(url)

    def show_only_member(self, page: Extraction, url: str) -> None:
        """A page was looked at: where it lists the only member, rows beside that may be tried."""
        rows = {target: row.titles[0] for row in page.rows if (target := canonical_or_none(row.url))}
        if len(self.probes.members) == 1 and not self.probes.members.isdisjoint(rows):
            may_be_stories = (row for row in rows if self.reach.is_open(row) and not self._is_list(row, url))
            siblings = filter(Forms(self.probes.members).has_sibling, may_be_stories)
            self.probes.take_rows([(row, rows[row]) for row in siblings], url)

    def pass_by(self, page: Extraction, url: str) -> None:
        """A member, or a page beside one, was read: take note of the neighbours that nothing speaks for."""
        if page.kind == "story" or url in self.leads.passing:
            self.leads.passing.hear(page, url, self.reach.at_hand, self.probes.members)

    def look_behind(self, page: Extraction, url: str) -> None:
        """What a page that was looked at knows of others: its contents, the folders of members, or its neighbours."""
        if url in self.leads.passing:
            self.pass_by(page, url)
            return
        called = (Shelf(row.url, row.titles[0], "named") for row in page.rows if self.members.bears_name(*row.titles))
        contents = (shelf for shelf in page.shelves if shelf.sort == "contents")
        above = (Shelf(row.url, row.titles[0], "above") for row in page.rows if self.probes.is_above(row.url))
        self.leads.take((*called, *contents, *above, *self.years.shelves(page)), url, first=True)

    def _is_list(self, row: str, shown: str) -> bool:
        return is_list_beside(shown, row, self.probes.members)

    def _within(self, page: Extraction, url: str) -> Iterator[Shelf]:
        """What stands in a column's own folder, and is no story by its address: its front may show no rows."""
        folder = url.partition("?")[0].rpartition("/")[0] + "/"
        members = Forms(self.probes.members)
        for row in page.rows:
            is_within = row.url.startswith(folder) and canonical_or_none(row.url) != url
            if is_within and not members.has_sibling(row.url):
                yield Shelf(row.url, row.titles[0], "within")

    def series(self) -> Column | None:
        """The column that turns out to be the series now that nothing else leads on; once, and then no more."""
        if self.name or self.members.shape or self.members.are_alike:
            return None
        if column := self.filing.series():
            self.name = column.name
            self._arrivals.columns.add(column.url)
        return column

    def filed(self, page: Extraction, url: str) -> list[str]:
        """The rows of a column that a member says it is in: they are tried, whatever they are called."""
        if not self.leads.is_column(url) or self.members.are_alike:
            return []
        shelf = self.leads.shelf_of(url)
        shown = {target for row in page.rows if (target := canonical_or_none(row.url))}
        self._arrivals.claimed.setdefault(shelf, set()).update(shown)
        if not shown.isdisjoint(self.probes.members):
            self._arrivals.columns.add(shelf)
        self.leads.turn(url, self.reach.all_at_hand(page, "page"))
        rows = [row for row in self.filing.rows_of(page) if self.reach.is_open(row)]
        filed = list(filter(Forms(self.probes.members).has_sibling, rows))
        self.probes.take_filed(filed, url)
        return filed

    def doubts(self, page: Extraction, url: str) -> tuple[str, ...]:
        """Those of a page, but of rows that a script opens only where one would be followed if it had an address.

        A page that does not look like a list has no rows among its links: then nobody can say what they are called.
        That a list of mere addresses is cut counts at the end, if others of these turned out to be parts.
        """
        told = page.doubts
        if any(doubt.startswith(LIST_CUT) for doubt in told) and not any(row.title for row in page.links):
            self.probes.unread.add(url)
            told = tuple(doubt for doubt in told if not doubt.startswith(LIST_CUT))
        opened = [row.title for row in page.links if row.kind == "entry" and row.url is None]
        if not self.members.are_alike or not opened or any(map(self.members.reason, opened)):
            return told
        return tuple(doubt for doubt in told if not doubt.startswith(OPENED_BY_SCRIPT))

    def own_row(self, link: SeriesLink, url: str) -> str | None:
        """Why a row of the series' own column belongs whatever it is called; where members are alike, only such do."""
        is_row = link.kind == "entry" and link.title and url in self.own
        return OWN_ROW if is_row and not self.members.are_alike else None
