"""The evidence on a block: which of its lines are links, which resemble each other, which resemble the page."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from crawler.extraction.links.blocks.find import Block
from crawler.extraction.links.blocks.unlinked import rows_among
from crawler.extraction.links.kinship import PROMISED, Kinship
from crawler.extraction.links.page import Candidate, Page
from wangqi.series.family import LIKELY, Tie
from wangqi.series.shape import series_name, title_shape
from wangqi.titles.anatomy import TitleParts


@dataclass(eq=False)
class Case:
    page: Page
    kinship: Kinship
    block: Block
    columns: frozenset[str]

    @cached_property
    def linked(self) -> list[Candidate]:
        return [m for m in self.block.members if m.href is not None]

    @cached_property
    def alike(self) -> list[Candidate]:
        return _alike(self.block)

    @cached_property
    def ties(self) -> list[tuple[Candidate, Tie]]:
        found = self.kinship.ties(self.block.members, self.page.lines)
        return [(m, tie) for m, tie in zip(self.block.members, found, strict=True) if tie is not None]

    @cached_property
    def own(self) -> list[Candidate]:
        """Those that are like the page, as far as a heading that promises the series needs it."""
        return [m for m, tie in self.ties if tie.strength >= PROMISED]

    @cached_property
    def likely(self) -> list[Candidate]:
        """Those that are like the page whatever stands above them."""
        return [m for m, tie in self.ties if tie.strength >= LIKELY]

    @cached_property
    def named(self) -> list[Candidate]:
        """Those that share more with the page than that both are numbered."""
        return [m for m, tie in self.ties if tie.strength >= PROMISED and not tie.is_bare]

    @cached_property
    def is_at_home(self) -> bool:
        """Whether most of its links stay on the page's site."""
        targets = [target for m in self.linked if (target := self.page.resolve(m.href or ""))]
        foreign = sum(not self.page.is_of_site(target) for target in targets)
        return 2 * foreign <= len(targets)

    @cached_property
    def why(self) -> str:
        """What the surest of them has in common with the page."""
        return max((tie for _, tie in self.ties), key=lambda tie: tie.strength).reason

    @cached_property
    def all(self) -> list[Candidate]:
        """The links, and the bare titles that are like them or stand among them."""
        wanted = {id(m) for m in (*self.linked, *self.alike, *self.own, *rows_among(self.page, self.block))}
        return [m for m in self.block.members if id(m) in wanted]


def _alike(block: Block) -> list[Candidate]:
    """Members that share a name, a beginning or a counting unit with each other."""
    name = series_name(block.label)
    shape = title_shape([m.title for m in block.members], name) if len(block.members) > 1 or name else None
    parts = [TitleParts.of(m.title) for m in block.members]
    units = Counter(p.numbering.unit for p in parts if p.numbering)
    unit = next((u for u, count in units.most_common(1) if count >= 2 and 2 * count >= len(parts)), None)
    found: list[Candidate] = []
    for member, part in zip(block.members, parts, strict=True):
        numbered = unit is not None and part.numbering is not None and part.numbering.unit == unit
        if numbered or (shape is not None and shape.member(member.title)):
            found.append(member)
    return found
