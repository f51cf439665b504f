"""Whether a title belongs to a series, learned from the titles of its members and from nothing else."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from crawler.extraction.model import SeriesLink
from crawler.extraction.series_numbers import fold, ordinal_of
from crawler.extraction.series_titles import SHORTEST_CORE, TitleParts, key, strip_decoration

__all__ = ["SeriesShape", "follow", "ordinal_of", "series_name", "strip_decoration", "title_shape"]

_QUOTED = re.compile(r"[\"《【「『](?P<name>[^\"》】」』]{2,24})[\"》】」』]")
_SERIES_NEAR = re.compile(r"系列|专栏|栏目|连载|往期")
_ALIKE = 85  # rapidfuzz ratio: 儿, spaces and signs come and go between two parts
_ALIKE_WITHOUT_NUMBER = 90


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """What the titles of one series have in common.

    Attributes:
        name: The series' name as a reader would write it, or None.
        prefixes: Folded words that members begin with.
        cores: Folded titles of the members that carry a part number, without it.
        units: The units their numbers are counted in (期, 章 …).
    """

    name: str | None = None
    prefixes: frozenset[str] = frozenset()
    cores: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def may_hold(self, title: str) -> bool:
        """A cheap first question, for pages with thousands of links: False only where `member` finds nothing."""
        shown = title.casefold()
        return any(probe in shown for probe in self._probes)

    @property
    def _probes(self) -> set[str]:
        words = (*self.prefixes, *self.cores, *((key(self.name),) if self.name else ()))
        return {piece for word in words for piece in (word[:2], word[2:4], word[-2:]) if piece}

    def member(self, title: str) -> str | None:
        """Why this title belongs, in words; None when it does not."""
        parts = TitleParts.of(title)
        if parts.prefix and parts.prefix in self.prefixes:
            return f"its title begins with “{parts.prefix_text}” like the others"
        if (
            self.name
            and len(self.name) >= 3
            and any(key(found["name"]) == key(self.name) for found in _QUOTED.finditer(parts.folded))
        ):
            return f"its title names “{self.name}”"
        return self._part(parts)

    def _part(self, parts: TitleParts) -> str | None:
        if not self.cores or len(parts.core) < SHORTEST_CORE:
            return None
        least = _ALIKE if parts.numbering else _ALIKE_WITHOUT_NUMBER
        for core in self.cores:
            if parts.core == core or fuzz.ratio(parts.core, core) >= least:
                return f"its title is “{core}” with another part number"
        return None


def title_shape(titles: Iterable[str], name: str | None = None) -> SeriesShape | None:
    """The shape that most of these titles share; of a single title, what it says about itself.

    Returns:
        None when the titles have nothing in common that other titles would not have too.
    """
    parts = [TitleParts.of(title) for title in titles if title.strip()]
    if not parts:
        return None
    enough = 1 if len(parts) == 1 else max(2, (len(parts) + 1) // 2)
    prefixes = Counter(part.prefix for part in parts if part.prefix)
    common = frozenset(prefix for prefix, count in prefixes.items() if count >= enough)
    numbered = Counter(part.core for part in parts if part.numbering and len(part.core) >= SHORTEST_CORE)
    cores = frozenset(core for core, count in numbered.items() if count >= min(enough, 2))
    units = frozenset(part.numbering.unit for part in parts if part.numbering)
    if not (common or cores or name):
        return None
    shown = name or next((part.prefix_text for part in parts if part.prefix in common), None)
    return SeriesShape(shown, common, cores, units)


def series_name(heading: str) -> str | None:
    """The name that a 往期 heading gives: 往期“党员先锋行”系列推文 -> 党员先锋行."""
    if not _SERIES_NEAR.search(heading):
        return None
    found = _QUOTED.search(fold(heading))
    return found["name"].strip() if found else None


def follow(link: SeriesLink, shape: SeriesShape | None, *, seen_listings: frozenset[str] = frozenset()) -> str | None:
    """Why the spider visits this link; None when it does not.

    Args:
        link: As found on a page of the series.
        shape: What is known of the series' titles so far.
        seen_listings: URLs of listings that this run has already taken.
    """
    if link.url is None:
        return None
    because = link.reasons[0] if link.reasons else link.kind
    if link.kind == "series":
        return f"named as a member: {because}"
    if link.kind == "listing":
        return None if link.url in seen_listings else f"the column of the series: {because}"
    if link.kind == "page":
        return f"a further page: {because}"
    member = shape.member(link.title) if shape else None
    return f"{link.kind}: {member}" if member else None
