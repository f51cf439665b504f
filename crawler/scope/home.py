"""The sites where a series lives. Pure."""

from collections import Counter
from collections.abc import Iterable

from crawler.extraction.links.finders.breadcrumb import MOVED
from crawler.extraction.model import SeriesLink
from wangqi.urls import site

_ENOUGH = 2  # members there that a page of the series names


class Home:
    """Begins with the sites that a person named, and follows the series to another when its own pages lead there.

    Args:
        named: Addresses that a person named.
    """

    def __init__(self, named: Iterable[str]) -> None:
        self._named = frozenset(site(url) for url in named)
        self._sites = set(self._named)

    def is_named(self, url: str) -> bool:
        """Whether a person named the site. What the series was followed to may be a mirror, and stands for nothing."""
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
