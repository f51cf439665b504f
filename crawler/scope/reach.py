"""How far a crawl may go: the sites where its series lives, and the limits of its catalogue entry. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.model import Extraction, SeriesLink
from crawler.scope.home import ORIGINAL, Home
from storage.rows import KnownAddress
from wangqi.url_traps import looks_like_trap
from wangqi.urls import canonical_or_none
from wangqi.visit import Discovery

_MOST_SITEMAPS: Final = 3


class Reach:
    """Decides where a link may be followed to, whatever it leads to there.

    Args:
        spec: The limits.
        places: All pages of the series that the archive knows.
    """

    def __init__(self, spec: SeriesSpec, places: Iterable[KnownAddress] = ()) -> None:
        originals = (one.url for one in places if one.has_story and one.found_reason == ORIGINAL)
        self.home = Home((*spec.start, *spec.watch), originals)
        self._spec = spec
        self._sitemaps: dict[str, None] = {}

    def announce(self, sitemaps: Iterable[str]) -> list[str]:
        """Sitemaps that a robots.txt names; the first few at home are read, and the answer is the others."""
        at_home = (target for url in sitemaps if (target := canonical_or_none(url)) and self.home.holds(target))
        found = list(at_home)
        self._sitemaps |= dict.fromkeys(found[:_MOST_SITEMAPS])
        return found[_MOST_SITEMAPS:]

    def announced(self) -> list[Discovery]:
        """The sitemaps that were announced since this was asked last."""
        sitemaps, self._sitemaps = self._sitemaps if "listing" in self._spec.follow else {}, {}
        return [Discovery(url=url, via="listing", reason="robots.txt names it as a sitemap") for url in sitemaps]

    def is_open(self, target: str) -> bool:
        """Whether the address is at home, within the limits, and no trap."""
        return self.home.holds(target) and self._spec.in_scope(target) and not looks_like_trap(target)

    def original(self, page: Extraction, url: str) -> Iterator[Discovery]:
        """What a story that a person began with calls its original, where that is on another site."""
        target = canonical_or_none(page.canonical_url) if page.kind == "story" else None
        if target and self._spec.in_scope(target) and self.home.is_original(url, target):
            yield Discovery(url=target, via="entry", title=page.title, reason=ORIGINAL)

    def at_hand(self, link: SeriesLink) -> str | None:
        """Where the link leads, if that is open."""
        return target if (target := canonical_or_none(link.url)) and self.is_open(target) else None

    def all_at_hand(self, page: Extraction, kind: str) -> list[str]:
        """Where the page's links of one kind lead, as far as that is open."""
        return [target for link in page.links if link.kind == kind and (target := self.at_hand(link))]
