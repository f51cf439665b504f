"""A block before its judgement: which of its lines are links, which are like each other, which like the page."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from crawler.extraction.links.blocks import Block
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.unlinked import rows_among
from crawler.extraction.series import series_name, title_shape
from crawler.extraction.series_titles import TitleParts


@dataclass(eq=False)
class Case:
    page: Page
    block: Block
    columns: frozenset[str]

    @cached_property
    def linked(self) -> list[Candidate]:
        return [m for m in self.block.members if m.href is not None]

    @cached_property
    def alike(self) -> list[Candidate]:
        return _alike(self.block)

    @cached_property
    def own(self) -> list[Candidate]:
        """Those with the title shape of the page."""
        shape = self.page.loose_shape
        return [m for m in self.block.members if shape and shape.member(m.title)]

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
