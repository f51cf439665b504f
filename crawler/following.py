"""Which links of a page the crawl follows, and what it has learned of the series' titles."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from crawler.catalogue import SeriesSpec
from crawler.extraction.links.wording import NEXT, PREV
from crawler.extraction.model import Extraction, SeriesLink
from crawler.extraction.series import SeriesShape, follow
from crawler.membership import Membership
from crawler.traps import looks_like_trap
from crawler.urls import canonical_or_none, site
from storage.records import Discovery

# Only a 往期 block may lead away from the sites where the series lives: it names its stories one by one.
_ANYWHERE = "series"
# A title alone speaks for these; a 往期 block, or a person, for the others.
_DOUBTFUL = frozenset({"prev", "next", "entry"})
_MOST_REFUSED = 5_000  # links that wait for a title to speak for them: a column of 250 pages


class Following:
    """Decides for each link, by the catalogue's limits and by the titles of the members that are known.

    A link that nothing speaks for yet is kept, and looked at again when more is known of the series: the column may be
    read before the second story is.

    Args:
        titles: Of the stories that the archive has already.
        named: Titles in their 往期 blocks.
    """

    def __init__(self, spec: SeriesSpec, titles: Iterable[str] = (), named: Iterable[str] = ()) -> None:
        self.spec = spec
        self.members = Membership(titles, named)
        self._home = {site(url) for url in (*spec.start, *spec.watch)}
        self._is_column_series = False
        self._refused: dict[str, SeriesLink] = {}
        self._found_on: dict[str, str] = {}

    @property
    def shape(self) -> SeriesShape | None:
        return self.members.shape

    def at_home(self, url: str) -> bool:
        """Whether the page is on a site where the series lives: one that its catalogue entry or its start names."""
        return site(url) in self._home

    def discover(self, page: Extraction, url: str, depth: int) -> list[dict[str, Any]]:
        """The pages that this page leads to, as the fields of a `Discovery`, each URL once.

        With them come links of earlier pages that what this page says speaks for.
        """
        is_wiser = page.kind == "story" and self.members.learn(
            [page.title or ""], [link.title for link in page.links if link.kind == "series"]
        )
        if page.kind == "listing" and not depth and not self.shape:
            self._take_column(page)
        found: dict[str, Discovery] = {}
        is_deep = self.spec.max_depth is not None and depth >= self.spec.max_depth
        for discovery in self._excluded(page.links) if is_deep else self._wanted(page.links, url):
            known = found.get(discovery.url)
            if known is None or (discovery.via == _ANYWHERE != known.via):
                found[discovery.url] = discovery
        if is_wiser:
            for discovery in self._second_thoughts():
                found.setdefault(discovery.url, discovery)
        found.pop(url, None)
        for discovery in found.values():
            self._forget(discovery.url)
        return [asdict(discovery) for discovery in found.values()]

    def stranger(self, page: Extraction, via: str, link_title: str | None = None) -> str | None:
        """Why a story that only a neighbour or a column led to is none of the series; None when it is one.

        Args:
            page: As read.
            via: The kind of link that led there.
            link_title: Its text: a column may name the series where the story does not.
        """
        if page.kind != "story" or via not in _DOUBTFUL or (via == "entry" and self._is_column_series):
            return None
        title = page.title or ""
        if self.members.reason(title) or self.members.reason(link_title or ""):
            return None
        if self.shape and self.shape.name and page.series_name == self.shape.name:
            return None
        return f"its title, {title!r}, is not of the series"

    def _take_column(self, page: Extraction) -> None:
        """A person began with the column: its rows are the series, all of them where they have no shape in common."""
        titles = [link.title for link in page.links if link.kind == "entry"]
        self.members.learn(titles)
        self._is_column_series = bool(titles) and not self.shape

    def _wanted(self, links: Iterable[SeriesLink], url: str) -> Iterator[Discovery]:
        for link in links:
            target = canonical_or_none(link.url)
            if target is None:
                continue
            if link.kind not in self.spec.follow or not self.spec.in_scope(target):
                yield from self._excluded([link])
                continue
            if link.kind != _ANYWHERE and (not self.at_home(target) or looks_like_trap(target)):
                continue
            reason = self._reason(link)
            if reason:
                yield Discovery(url=target, via=link.kind, title=link.title or None, reason=reason)
            else:
                self._refuse(target, link, url)

    def _excluded(self, links: Iterable[SeriesLink]) -> Iterator[Discovery]:
        """Members that a 往期 block names beyond the limits of the catalogue: they are known, and not visited."""
        for link in links:
            if link.kind == _ANYWHERE and (target := canonical_or_none(link.url)):
                why = "the limits of its series in the catalogue leave it out"
                yield Discovery(url=target, via=link.kind, title=link.title or None, reason=why, is_excluded=True)

    def _reason(self, link: SeriesLink) -> str | None:
        if link.kind not in _DOUBTFUL:
            return follow(link, self.shape)
        if link.kind == "entry" and self._is_column_series:
            return "entry: a row of the column that a person named"
        reason = self.members.reason(link.title)
        return f"{link.kind}: {reason}" if reason else self._untitled(link)

    def _untitled(self, link: SeriesLink) -> str | None:
        """A neighbour that does not say its title has to be read to be known, once there is something to know it by."""
        if link.kind == "entry" or not self.shape:
            return None
        words = NEXT.sub("", PREV.sub("", link.title))
        return None if any(map(str.isalnum, words)) else f"{link.kind}: a neighbour without a title"

    def _refuse(self, target: str, link: SeriesLink, url: str) -> None:
        if target not in self._refused and len(self._refused) >= _MOST_REFUSED:
            self._forget(next(iter(self._refused)))
        # Only the words and the kind count from here on.
        self._refused[target] = replace(link, reasons=link.reasons[:1])
        self._found_on[target] = url

    def _forget(self, target: str) -> None:
        self._refused.pop(target, None)
        self._found_on.pop(target, None)

    def _second_thoughts(self) -> Iterator[Discovery]:
        for target, link in list(self._refused.items()):
            if reason := self._reason(link):
                yield Discovery(
                    url=target, via=link.kind, title=link.title or None, reason=reason, found_on=self._found_on[target]
                )
