"""Which links of the page are of its family, by the difference between titles and addresses."""

from dataclasses import dataclass, field
from functools import cached_property

from crawler.extraction.links.lines import Line
from crawler.extraction.links.page import Candidate, Page
from wangqi.series.family import Named, Tie, family, tie
from wangqi.text.folding import fold
from wangqi.titles.names import letters
from wangqi.titles.set_off import names_of

PROMISED = 0.3  # enough of a tie where a heading promises the series
BESIDE = 0.5  # enough for a neighbour


@dataclass(eq=False)
class Kinship:
    """The ties of one page, each asked once."""

    page: Page
    _ties: dict[tuple[str, str], Tie | None] = field(default_factory=dict)

    @cached_property
    def own(self) -> Named:
        return Named(self.page.title or "", self.page.url)

    @cached_property
    def columns(self) -> frozenset[str]:
        """Names that a folder which this page lies in is called by: then 问大夫：… is no speaker."""
        names = {name.text for name in names_of(self.own.title)}
        above = (a for line in self.page.lines if names for a in line.anchors if self.page.is_above(a))
        return frozenset(word for anchor in above if (word := letters(fold(anchor.text))) in names)

    def tie(self, title: str, href: str | None) -> Tie | None:
        """The tie of a link, by its title as written and where it leads."""
        asked = (title, href or "")
        if asked not in self._ties:
            target = self.page.resolve(href) if href else None
            self._ties[asked] = tie(self.own, Named(title, target or ""), self.columns)
        return self._ties[asked]

    def ties(self, members: list[Candidate], lines: list[Line]) -> list[Tie | None]:
        """The ties of rows that stand together, which may vouch for one another; a row's number may stand beside it."""
        named = [Named(m.title, (self.page.resolve(m.href) if m.href else m.url) or "") for m in members]
        bare = family(self.own, named, self.columns)
        beside = family(
            self.own, [Named(lines[m.at].text, one.url) for m, one in zip(members, named, strict=True)], self.columns
        )
        return [max(pair, key=lambda tie: tie.strength if tie else 0.0) for pair in zip(bare, beside, strict=True)]
