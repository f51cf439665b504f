"""Issues that are lists of stories: where a person begins with one, the others are the series as well. Pure.

An issue may stand beside the next (上一期), or name others in a block; these links are followed anyway. Else they are
rows of the list that the issue is filed under: of that list they alone are of the series.
"""

from dataclasses import replace
from typing import Final

from crawler.extraction.model import Extraction
from crawler.scope.filing import crumbs_of
from wangqi.series.family import LIKELY, Named, Tie, family, tie
from wangqi.titles.issues import numbering_of
from wangqi.urls import canonical_or_none

_UNITS: Final = frozenset({"期", "辑", "集", "卷", "册", "号", "季", "part"})


class Issues:
    """Knows the issue that a crawl began with, if it did, and which others were read."""

    def __init__(self) -> None:
        self._own: Named | None = None
        self._lists: set[str] = set()  # that the issue is filed under, and their further pages
        self._has_others = False

    def begin(self, page: Extraction, url: str) -> None:
        """A person began with this list."""
        number = numbering_of(page.title or "")
        if number is not None and number.value is not None and number.unit in _UNITS:
            self._own = Named(page.title or "", url)
            self._lists |= crumbs_of(page).keys()

    @property
    def are_lists(self) -> bool:
        """Whether the crawl began with one: then none of them is read as a story that leads elsewhere."""
        return self._own is not None

    def is_own(self, url: str) -> bool:
        """Whether it is the issue that the crawl began with: what that is filed under lists others."""
        return self._own is not None and self._own.url == url

    def read(self, page: Extraction, url: str) -> Extraction:
        """A page was read. A list that issues are filed under comes back with no rows but these, any other as it is."""
        if self._own is None or self.is_own(url):
            return page
        self._has_others |= _is_like(tie(self._own, Named(page.title or "", url)))
        if url not in self._lists:
            return page
        turned = (canonical_or_none(link.url) for link in page.links if link.kind == "page")
        self._lists.update(filter(None, turned))
        rows = [Named(row.titles[0], row.url) for row in page.rows if row.url != url]
        ties = family(self._own, rows)
        issues = {row.url for row, bond in zip(rows, ties, strict=True) if _is_like(bond)}
        links = tuple(link for link in page.links if link.kind == "page" or link.url in issues)
        return replace(page, links=links, rows=tuple(row for row in page.rows if row.url in issues))

    def doubt(self) -> str | None:
        """That no other issue was found, as a sentence."""
        if self._own is None or self._has_others:
            return None
        return f"the crawl began with one issue, “{self._own.title}”, and no page that was read names another"


def _is_like(bond: Tie | None) -> bool:
    return bond is not None and bond.strength >= LIKELY
