"""Pages that members turn to as the next 页, 章 or 节, and whether they turn back: both ends say one work. Pure."""

import re
from typing import Final

from crawler.extraction.links.direction import label_of
from crawler.extraction.links.wording import LEAVES
from crawler.extraction.model import Extraction, SeriesLink
from wangqi.urls import canonical_or_none

TURNED_BACK: Final = "it and a member turn to each other as leaves of one work"
_BESIDE: Final = re.compile("the (.) beside this one")  # the reason of a link to the next 章


def turns(kind: str, title: str | None, reason: str) -> bool:
    """Whether a link turns a leaf of a work: nothing but its label, 下一章, is on it, or a member says so."""
    if kind in {"prev", "next"}:
        said = label_of(title or "")
        return said is not None and said[1] in LEAVES
    found = _BESIDE.search(reason) if kind == "series" else None
    return found is not None and found[1] in LEAVES


def turns_leaves(page: Extraction) -> bool:
    """Whether the page turns to others as the next or last of its work: a column does not."""
    return any(map(_is_leaf, page.links))


class Turns:
    """Remembers by which members each page is turned to, and where pages turn that were refused."""

    def __init__(self) -> None:
        self._by: dict[str, set[str]] = {}
        self._refused: dict[str, set[str]] = {}
        self._heard: list[str] = []

    def hear(self, page: Extraction, url: str) -> None:
        """A member was read."""
        for target in _leaves(page):
            self._by.setdefault(target, set()).add(url)
            if url in self._refused.get(target, ()):
                self._heard.append(target)

    def refuse(self, page: Extraction, url: str) -> None:
        """A page was refused, as nothing spoke for it yet."""
        self._refused[url] = _leaves(page)

    def heard(self) -> list[str]:
        """Pages that were refused and that a member has turned back to since this was asked last."""
        heard, self._heard = self._heard, []
        return heard

    def back(self, page: Extraction, url: str) -> bool:
        """Whether a page turns to a member that turns to it."""
        return not self._by.get(url, set()).isdisjoint(_leaves(page))


def _leaves(page: Extraction) -> set[str]:
    return {target for link in page.links if _is_leaf(link) and (target := canonical_or_none(link.url))}


def _is_leaf(link: SeriesLink) -> bool:
    return turns(link.kind, link.title, link.reasons[0] if link.reasons else "")
