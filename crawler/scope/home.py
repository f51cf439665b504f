"""The sites where a series lives. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from crawler.extraction.links.finders.breadcrumb import MOVED
from crawler.extraction.model import SeriesLink
from wangqi.urls import site

ORIGINAL: Final = "entry: the page that the crawl began with calls this its original"
_ENOUGH = 2  # members there that a page of the series names


class Home:
    """Begins with the sites that a person named, and follows the series to another when its own pages lead there.

    A person may have begun at a mirror: its page calls one of another site its original. Once a story of the series was
    read there, that is the home, and the mirror a way in. Where all members that a page names lie on another site, that
    is a home as well.

    Args:
        named: Addresses that a person named.
        originals: What earlier runs read where such a page calls something its original.
    """

    def __init__(self, named: Iterable[str], originals: Iterable[str] = ()) -> None:
        self._named = {site(url) for url in named}
        self._proven = {site(url) for url in originals}
        self._sites = self._named | self._proven
        self._mirrors: dict[str, set[str]] = {}  # to each site those that copy from it, as they say themselves

    def is_named(self, url: str) -> bool:
        """Whether a person named the site, or what a person named leads there.

        What else the series was followed to may be a mirror, and stands for nothing.
        """
        return site(url) in self._named

    def holds(self, url: str) -> bool:
        return site(url) in self._sites

    def move(self, links: Iterable[SeriesLink]) -> list[SeriesLink]:
        """Links by which the series' own column says where it has moved: that site is its home as well."""
        moves = [link for link in links if link.url and MOVED in link.reasons]
        self._sites |= {where for link in moves if (where := site(link.url or ""))}
        return moves

    def follow(self, members: Iterable[str]) -> None:
        """Addresses of members that one page of the series names: a site that has two of them is its home as well."""
        away = Counter(where for url in members if (where := site(url)) and where not in self._sites)
        self._sites |= {where for where, count in away.items() if count >= _ENOUGH}

    def hear(self, url: str, members: Mapping[str, bool]) -> None:
        """A story of the series was read: the addresses of members that it names, and whether in a block."""
        self._arrive(site(url))
        if self.holds(url):
            self.follow(members)
        if self.is_named(url):
            blocks = [site(target) for target, in_block in members.items() if in_block]
            self._named |= {*blocks} if len(blocks) >= _ENOUGH and len({*blocks}) == 1 else set()

    def is_original(self, url: str, target: str) -> bool:
        """Whether what a page calls its original is on a site that may be the home, and was not known for it."""
        where = site(target)
        if not self.is_named(url) or not where or where in self._named:
            return False
        self._mirrors.setdefault(where, set()).add(site(url))
        if where in self._proven:
            self._arrive(where)
        return True

    def _arrive(self, where: str) -> None:
        """A story of the series is there: if mirrors copy from the site, that is the home."""
        if mirrors := self._mirrors.pop(where, None):
            self._proven.add(where)
            self._sites.add(where)
            self._named = self._named - mirrors | {where}
