"""Which links of a page the crawl follows, and what it has learned of the series' titles."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.model import Extraction, SeriesLink
from crawler.scope import probes
from crawler.scope.albums import Albums
from crawler.scope.arrivals import COLUMN_ROW, DOUBTFUL, NAMED, NO_LINK, NOTICE, OWN_ROW, PERSONS_ROW, Arrivals, Link
from crawler.scope.budget import Rows
from crawler.scope.doubts import Doubts
from crawler.scope.ends import Ends
from crawler.scope.filing import Filing
from crawler.scope.follow import follow, why_beside
from crawler.scope.leads import Leads, is_lead
from crawler.scope.lists.bounds import Bounds
from crawler.scope.lists.columns import Columns
from crawler.scope.lists.contents import CONTENTS_ROW, Contents
from crawler.scope.lists.looking import Looking
from crawler.scope.lists.rest import Rest
from crawler.scope.lists.rows import titles_led_to
from crawler.scope.membership import Membership
from crawler.scope.probes import Deferred, Probes
from crawler.scope.reach import Reach
from storage.rows import DuePage, KnownAddress
from wangqi.addresses import is_home
from wangqi.series.family import Named
from wangqi.series.shape import SeriesShape
from wangqi.url_traps import looks_like_trap
from wangqi.urls import canonical_or_none
from wangqi.visit import HEARD_AGAIN, Discovery


class Scope:
    """Decides for each link, by the catalogue's limits and by what is known of the members.

    A link that nothing speaks for yet is kept, and looked at again when more is known of the series: the column may be
    read before the second story is. Where only a page itself can tell whether it belongs, a few such pages are tried.

    Args:
        titles: Of the stories that the archive has already.
        named: Titles in their 往期 blocks.
        places: All pages of the series that the archive knows.
        name: The series' title in the archive.
    """

    def __init__(
        self,
        spec: SeriesSpec,
        titles: Iterable[str] = (),
        named: Iterable[str] = (),
        places: Sequence[KnownAddress] = (),
        name: str | None = None,
    ) -> None:
        self.spec = spec
        self.reach = Reach(spec, places)
        self.home = self.reach.home
        self.members = Membership(titles, named, spec.title or name)
        self.albums = Albums(self.members)
        self.leads = Leads((place.url, place.found_on) for place in places)
        held = [place.url for place in places if place.has_story]
        found_by = {place.found_reason for place in places if place.has_story}
        self.probes = Probes(
            held,
            (place.url for place in places if not place.has_story),
            tried=[place.url for place in places if place.found_reason in probes.REASONS],
        )
        filing = Filing((place.url for place in places), held, is_known=COLUMN_ROW in found_by)
        filing.elsewhere.update(place.url for place in places if place.is_elsewhere)
        bounds = Bounds()
        self.contents = Contents(held, is_known=CONTENTS_ROW in found_by, bounds=bounds)
        self.arrivals = Arrivals(self.members, filing, self.contents)
        self.arrivals.works.beyond.update(place.url for place in places if place.is_of_another)
        self.columns = Columns(self.reach, self.members, self.leads, self.probes, self.arrivals)
        self._ends = Ends()
        self._looking = Looking(spec, self.columns, self.contents, self._ends)
        self._deferred = Deferred()
        self._rest = Rest(bounds)
        self.doubts = Doubts(
            columns=self.columns,
            arrivals=self.arrivals,
            ends=self._ends,
            rest=self._rest,
            albums=self.albums,
            deferred=self._deferred,
            bounds=bounds,
        )

    @property
    def shape(self) -> SeriesShape | None:
        return self.members.shape

    @property
    def name(self) -> str | None:
        """The series' name, as its stories give it, else as its album, its column or its contents do; or None."""
        return self.members.name or self.albums.name or self.columns.name or self.contents.name

    def at_home(self, url: str) -> bool:
        """Whether the page is on a site where the series lives: one that its catalogue entry or its start names."""
        return self.home.holds(url)

    def discover(self, page: Extraction, url: str, depth: int, link: Link = NO_LINK) -> list[Discovery]:
        """The pages that this page leads to, each URL once.

        With them come links of earlier pages that what this page says speaks for, and pages to try; `link` led here.
        """
        page = self.columns.issues.read(page, url)
        if page.kind == "story":
            is_wiser = self.members.read(page, url)
            self.probes.learn(url, was_tried=link.reason in probes.REASONS)
            self.leads.take(page.shelves, url, first=not depth)
            self.leads.earn()
            self.columns.years.hear(page)
            self._hear(page, url)
            self.contents.hear(page, url, is_member=True)
            self.arrivals.hear_turns(page, url)
            self._ends.hear(page, url)
            if not depth:
                self.albums.start_with(page)
        else:
            named = [] if is_lead(link.reason) else [each for each in page.links if each.kind == NAMED]
            is_wiser = self.members.learn([], [each.title for each in named if not self.columns.is_aside(each)])
        if page.kind == "listing":
            if link.reason == NOTICE:
                self._ends.led_on(url)
            is_wiser |= self.columns.take(page, url, depth, link, are_rows_wanted="entry" in self.spec.follow)
        found: dict[str, Discovery] = {}
        is_deep = self.spec.max_depth is not None and depth >= self.spec.max_depth
        if is_lead(link.reason) and page.kind != "story":
            wanted = self._looked_through(page, url)
        else:
            wanted = (
                self._excluded(page.links) if is_deep else self._wanted(page.links, url, is_list=page.kind == "listing")
            )
        original = () if depth else self.reach.original(page, url)
        besides = () if is_deep else chain(original, self._fitting(page, url), self._besides(is_wiser=is_wiser))
        for discovery in chain(wanted, besides):
            known = found.get(discovery.url)
            is_better = known and (discovery.via == NAMED != known.via or discovery.reason.startswith(HEARD_AGAIN))
            if known is None or is_better:
                found[discovery.url] = discovery
        found.pop(url, None)
        for discovery in found.values():  # nobody has to look for these
            self._deferred.forget(discovery.url)
            if discovery.reason not in probes.REASONS:
                self.probes.met(discovery.url)
            self.leads.met(discovery.url)
        self.columns.pass_by(page, url)
        return list(found.values())

    def lead_on(self, url: str, part: DuePage) -> list[Discovery]:
        """From a further part of a story to an earlier one, which is followed for the reason that led to this one."""
        if not self.spec.in_scope(url):
            return []
        via, reason = (part.via, part.reason) if part.depth else (NAMED, "the story begins there")
        return [Discovery(url=url, via=via, title=part.title, reason=reason)]

    def look(self) -> list[Discovery]:
        """Pages to look at when nothing leads on; none when enough was found or spent, or the catalogue forbids it."""
        return self._looking.next()

    def why_foreign(self, page: Extraction, url: str, link: Link) -> str | None:
        """Why a page that a link led to is none of the series, nor lists any of it; None where it is or does."""
        read = self.arrivals.as_looked_at(page, url, link)
        may_be_contents = self.contents.meet(read, url, link.title or "")
        if read.kind != "story":
            self._rest.hear(read, url, self.probes.members)
        is_own = self.members.bears_name(page.title, link.title) or self.columns.is_kept(read, url)
        is_told = (is_own and page.rows) or may_be_contents
        if not (is_lead(link.reason) and read.kind != "story"):
            self._hear_rows(read)  # what stands beside it may speak for its title
            why = self.arrivals.why_foreign(read, url, link)
            if url in self.arrivals.works.beyond:
                self.columns.leave(url)
            return why
        self.columns.show_only_member(read, url)
        if not is_told and not any(self._fitting(read, url)):
            if any(self.reach.is_open(row.url) and not is_home(row.url) for row in read.rows):
                self._ends.list_nothing()
            self.columns.look_behind(read, url)
            return f"{link.reason}; it lists nothing of the series"
        return self.arrivals.why_foreign(read, url, link)

    def _hear(self, page: Extraction, url: str) -> None:
        """Take note of whom a member names."""
        named = [(row, target) for row in page.links if row.kind == NAMED and (target := canonical_or_none(row.url))]
        self.arrivals.filing.hear(page, url)
        self.arrivals.named(target for row, target in named if row.in_block)
        self.home.hear(url, {target: row.in_block for row, target in named if self.members.reason(row.title)})

    def _looked_through(self, page: Extraction, url: str) -> Iterator[Discovery]:
        found = list(self._fitting(page, url))
        listed = (*(one.url for one in found), *self.columns.filed(page, url))
        fresh = sum(self.leads.is_fresh(one, url) for one in listed)
        self.leads.found(url, fresh, self.reach.all_at_hand(page, "page"), len(listed))
        self.columns.look_behind(page, url)
        yield from (*found, *(self._own_rows(page, url) if url in self.columns.own else ()))

    def _own_rows(self, page: Extraction, url: str) -> Iterator[Discovery]:
        """The rows of a column that bears the series' name: where nothing sets them off, the links into its folder."""
        yield from self._wanted(self.home.move(page.links), url)
        rows = [(row.url, row.title) for row in page.links if row.kind == "entry"]
        folder = url.rpartition("/")[0] + "/"
        rows = rows or [(row.url, row.titles[0]) for row in page.rows if row.url.startswith(folder) and row.url != url]
        for address, title in rows if not self.members.are_alike else ():
            if (target := canonical_or_none(address)) and self.reach.is_open(target):
                yield Discovery(url=target, via="entry", title=title, reason=OWN_ROW)

    def _hear_rows(self, page: Extraction) -> tuple[Named, ...]:
        """Take in what a page lists: by that other titles may be known, and another site be the series' home."""
        named = titles_led_to(page)
        if any("#" in row.url for row in named):
            named = tuple(row for row in named if not self.probes.is_within(row.url))
        self.members.hear_rows(named)
        self.home.follow({row.url for row in named if not self.home.holds(row.url) and self.members.reason(row.title)})
        return named

    def _fitting(self, page: Extraction, url: str) -> Iterator[Discovery]:
        """The rows of a page that are of the series by their titles."""
        named = self._hear_rows(page)
        is_beside = self.leads.alike.stands_beside(url)
        for row, why in zip(named, self.members.reasons(named, is_beside=is_beside), strict=True):
            if why and self.reach.is_open(row.url):
                yield Discovery(url=row.url, via="entry", title=row.title, reason=f"entry: {why}")

    def rows(self, page: Extraction, url: str) -> Rows | None:
        """What a listing lists; None of a page that is none."""
        if page.kind != "listing":
            return None
        listed = (canonical_or_none(row.url) for row in page.links if row.kind in {"entry", NAMED})
        self._ends.list(filter(None, listed))
        self._ends.glance(target for row in page.rows if (target := canonical_or_none(row.url)))
        rows = {row.url: row for row in page.links if row.url and (row.kind == "entry" or row.in_block)}
        if not rows:  # nothing sets them off: those that are called as members are
            known = {row.url for row in page.rows if any(map(self.members.reason, row.titles))}
            return Rows(known, known)
        return Rows(rows.keys(), {target for target, row in rows.items() if self._may_belong(row, url)})

    def untried(self, sitemap: str) -> str:
        """What of a sitemap's addresses is left alone, in words to put behind what it is; "" of another page."""
        if not (left := self.probes.alike(sitemap)):
            return ""
        return f"; {len(left)} addresses like those of members are not tried, as too few that were tried are members"

    def _besides(self, *, is_wiser: bool) -> Iterator[Discovery]:
        yield from self.reach.announced()
        is_wiser |= self.members.has_heard_rows()
        yield from self._deferred.reconsidered(self._reason) if is_wiser else ()
        yield from (one for one in self.arrivals.heard_again(is_wiser=is_wiser) if self.spec.in_scope(one.url))
        if not self.shape:
            for url, column in self.probes.beside(self.members.knows):
                yield Discovery(url=url, via="entry", reason=probes.BESIDE, found_on=column)
        for url, column in self.probes.filed() if not (self.shape or self.members.are_alike) else ():
            yield Discovery(url=url, via="entry", reason=probes.FILED, found_on=column)
        for url, sitemap in self.probes.mapped():
            yield Discovery(url=url, via="entry", reason=probes.MAPPED, found_on=sitemap)

    def _wanted(self, links: Iterable[SeriesLink], url: str, *, is_list: bool = False) -> Iterator[Discovery]:
        for link in self.columns.without_menu(links) if is_list else links:
            target = canonical_or_none(link.url)
            if target is None or (is_list and self.columns.is_aside(link, url)):
                continue
            if link.kind not in self.spec.follow or not self.spec.in_scope(target):
                yield from self._excluded([link])
                continue
            if link.kind != NAMED and (not (link.is_ruled or self.at_home(target)) or looks_like_trap(target)):
                continue
            if title := self.contents.title_of(target):
                yield Discovery(url=target, via=NAMED, title=title, reason=CONTENTS_ROW, found_on=self.contents.url)
            elif reason := self._reason(link) or self.columns.own_row(link, url):
                if reason == NOTICE:
                    self._ends.notice(target, link.title)
                yield Discovery(url=target, via=link.kind, title=link.title or None, reason=reason)
            elif link.title or link.kind != "entry":
                self._deferred.keep(target, link, url)

    def _may_belong(self, row: SeriesLink, url: str) -> bool:
        is_wanted = self._reason(row) or self.columns.own_row(row, url) or self.members.knows(row.title)
        return bool(is_wanted) or self.probes.is_member(canonical_or_none(row.url) or "")

    def _excluded(self, links: Iterable[SeriesLink]) -> Iterator[Discovery]:
        """Members that a 往期 block names beyond the limits of the catalogue: they are known, and not visited."""
        for link in links:
            if link.kind == NAMED and (target := canonical_or_none(link.url)):
                why = "the limits of its series in the catalogue leave it out"
                yield Discovery(url=target, via=link.kind, title=link.title or None, reason=why, is_excluded=True)

    def _reason(self, link: SeriesLink) -> str | None:
        if link.kind not in DOUBTFUL or link.is_ruled:
            return follow(link, self.shape)
        if link.kind == "entry" and self.columns.is_persons:
            return PERSONS_ROW
        reason = self.members.reason(link.title)
        return f"{link.kind}: {reason}" if reason else why_beside(link, self.members)
