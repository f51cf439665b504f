"""Which links of the page are of its family, by the difference between titles and addresses."""

from dataclasses import dataclass, field
from functools import cached_property

from crawler.extraction.links.page import Page
from wangqi.series.family import Named, Tie, tie


@dataclass(eq=False)
class Kinship:
    """The ties of one page, each asked once."""

    page: Page
    _ties: dict[tuple[str, str], Tie | None] = field(default_factory=dict)

    @cached_property
    def own(self) -> Named:
        return Named(self.page.title or "", self.page.url)

    def tie(self, title: str, href: str | None) -> Tie | None:
        """The tie of a link, by its title as written and where it leads."""
        asked = (title, href or "")
        if asked not in self._ties:
            target = self.page.resolve(href) if href else None
            self._ties[asked] = tie(self.own, Named(title, target or ""))
        return self._ties[asked]
