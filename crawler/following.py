"""Which links of a page the crawl follows, and what it has learned of the series' titles."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cached_property
from typing import Any

from crawler.catalogue import SeriesSpec
from crawler.extraction.links.wording import NEXT, PREV
from crawler.extraction.model import Extraction, SeriesLink
from crawler.extraction.series import SeriesShape, follow, title_shape
from crawler.reading import canonical_or_none
from crawler.traps import looks_like_trap
from crawler.urls import site
from storage.records import Discovery

# Only a 往期 block may lead away from the sites where the series lives: it names its stories one by one.
_ANYWHERE = "series"
# A title alone speaks for these; a 往期 block, or a person, for the others.
_DOUBTFUL = frozenset({"prev", "next", "entry"})
_LEARNED_TITLES = 300  # enough to know a shape by, few enough to learn it again after a story


class Following:
    """Decides for each link, by the catalogue's limits and by the titles of the members that are known.

    Args:
        titles: Of the stories that the archive has already, and of those that they name.
    """

    def __init__(self, spec: SeriesSpec, titles: Iterable[str] = ()) -> None:
        self.spec = spec
        self._home = {site(url) for url in (*spec.start, *spec.watch)}
        self._titles = dict.fromkeys(titles)

    def learn(self, titles: Iterable[str]) -> None:
        """Take these titles as members of the series."""
        before = len(self._titles)
        self._titles.update(dict.fromkeys(titles))
        if len(self._titles) != before:
            self.__dict__.pop("shape", None)

    @cached_property
    def shape(self) -> SeriesShape | None:
        return title_shape(list(self._titles)[:_LEARNED_TITLES])

    def at_home(self, url: str) -> bool:
        """Whether the page is on a site where the series lives: one that its catalogue entry or its start names."""
        return site(url) in self._home

    def discover(self, page: Extraction, url: str, depth: int) -> list[dict[str, Any]]:
        """The pages that this page leads to, as the fields of a `Discovery`, each URL once."""
        if page.kind == "story":
            self.learn([page.title or "", *(link.title for link in page.links if link.kind == "series")])
        if self.spec.max_depth is not None and depth >= self.spec.max_depth:
            return []
        found = {discovery.url: discovery for discovery in self._wanted(page.links)}
        found.pop(url, None)
        return [asdict(discovery) for discovery in found.values()]

    def stranger(self, page: Extraction, via: str) -> str | None:
        """Why a story that only a neighbour or a column led to is none of the series; None when it is one."""
        if page.kind != "story" or via not in _DOUBTFUL or not self.shape:
            return None
        title = page.title or ""
        return None if self.shape.member(title) else f"its title, {title!r}, is not of the series"

    def _wanted(self, links: Iterable[SeriesLink]) -> Iterator[Discovery]:
        for link in links:
            target = canonical_or_none(link.url)
            if target is None or link.kind not in self.spec.follow or not self.spec.in_scope(target):
                continue
            if link.kind != _ANYWHERE and (not self.at_home(target) or looks_like_trap(target)):
                continue
            reason = follow(link, self.shape) or _untitled(link)
            if reason:
                yield Discovery(url=target, via=link.kind, title=link.title or None, reason=reason)


def _untitled(link: SeriesLink) -> str | None:
    """A neighbour that does not say its title has to be read to be known."""
    if link.kind not in {"prev", "next"}:
        return None
    words = NEXT.sub("", PREV.sub("", link.title))
    return None if any(map(str.isalnum, words)) else f"{link.kind}: a neighbour without a title"
