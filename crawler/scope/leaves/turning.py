"""Pages that members turn to as the next 页, 章 or 节, and whether they turn back: both ends say one work. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from crawler.extraction.links import OF_ANOTHER
from crawler.extraction.links.direction import label_of
from crawler.extraction.links.wording import LEAVES
from crawler.extraction.model import Extraction, SeriesLink
from wangqi.urls import canonical_or_none

TURNED_BACK: Final = "it and a member turn to each other as leaves of one work"
LEAF: Final = "members turn to it as to a leaf of their work; only its own page can say more"
_BESIDE: Final = re.compile("the (.) beside this one")  # in the reason of a link to the next 章
_TURNING: Final = frozenset({"prev", "next", "page"})


def turns(kind: str, title: str | None, reason: str) -> bool:
    """Whether a link turns a leaf of a work: nothing but its label, 下一章, is on it, or a member says so."""
    if kind in {"prev", "next"}:
        said = label_of(title or "")
        return (said is not None and said[1] in LEAVES) or reason.endswith(LEAF)
    return kind == "series" and (_is_beside(reason) or reason.endswith(LEAF))


def turns_leaves(page: Extraction) -> bool:
    """Whether the page turns to others as the next or last of its work: a column does not."""
    return any(map(_is_bare, page.links))


class Turns:
    """Remembers by which members each page is turned to, and where pages turn that were refused.

    A neighbour with a title (上一页 木桶) may be that of a blog, or the first page of another work behind the last of
    this one. It is a leaf of the members' if members stand on either side of it, or it lies in the folder of the one
    that names it and their work has contents.

    Attributes:
        has_contents: Whether the contents of the members' work are known.
        are_scattered: Whether a member says that its neighbours are no parts of the series: a column in a magazine.
    """

    def __init__(self) -> None:
        self.has_contents = False
        self.are_scattered = False
        self._by: dict[str, set[str]] = {}
        self._sides: dict[str, dict[str, str]] = {}  # to the members that turn there, by the way they do
        self._refused: dict[str, set[str]] = {}
        self._heard: list[str] = []
        self._wanted: dict[str, None] = {}

    def hear(self, page: Extraction, url: str) -> None:
        """A member was read."""
        self.are_scattered |= any(link.kind in {"prev", "next"} and not _is_own(link) for link in page.links)
        if self.are_scattered:
            return
        for target in _leaves(page):
            self._by.setdefault(target, set()).add(url)
            if url in self._refused.get(target, ()):
                self._heard.append(target)
        for kind, target in _titled(page):
            sides = self._sides.setdefault(target, {})
            sides.setdefault(kind, url)
            if self._is_near(target, url) or len(sides) > 1:
                self._wanted[target] = None

    def refuse(self, page: Extraction, url: str) -> None:
        """A page was refused, as nothing spoke for it yet."""
        self._refused[url] = _leaves(page)

    def heard(self) -> list[str]:
        """Pages that were refused and that a member has turned back to since this was asked last."""
        heard, self._heard = self._heard, []
        return heard

    def wanted(self) -> Iterable[str]:
        """Pages that members name with a title and that may be leaves of their work, since this was asked last."""
        wanted, self._wanted = self._wanted, {}
        return wanted

    def back(self, page: Extraction, url: str) -> bool:
        """Whether a page turns to a member that turns to it, and to both if these name its title and are not near."""
        if not self._by.get(url, set()).isdisjoint(_leaves(page)):
            return True
        named = {target for _, target in _titled(page)}
        sides = [member for member in self._sides.get(url, {}).values() if member in named]
        return len(sides) > 1 or any(self._is_near(member, url) for member in sides)

    def _is_near(self, one: str, other: str) -> bool:
        return self.has_contents and _folder(one) == _folder(other)


def _leaves(page: Extraction) -> set[str]:
    return {target for link in page.links if _is_bare(link) and (target := canonical_or_none(link.url))}


def _titled(page: Extraction) -> Iterator[tuple[str, str]]:
    """The leaves that the page is between, with or without a title."""
    for link in page.links:
        is_leaf = link.kind in {"prev", "next"} and _is_own(link) and link.reasons and _is_beside(link.reasons[0])
        if is_leaf and (target := canonical_or_none(link.url)):
            yield link.kind, target


def _folder(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[0]


def _is_bare(link: SeriesLink) -> bool:
    """Whether the link turns a leaf, and nothing but the label is on it; 下一页 beside 2 may be that of a chapter."""
    said = label_of(link.title) if link.kind in _TURNING and _is_own(link) else None
    is_series = link.kind == "series" and link.reasons and _is_beside(link.reasons[0])
    return bool(is_series) or (said is not None and said[1] in LEAVES)


def _is_own(link: SeriesLink) -> bool:
    return link.score > OF_ANOTHER


def _is_beside(reason: str) -> bool:
    found = _BESIDE.search(reason)
    return found is not None and found[1] in LEAVES
