"""Whether a title belongs to a series, learned from the titles of its members and from nothing else."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice

from rapidfuzz import fuzz

from wangqi.titles.anatomy import SHORTEST_CORE, TitleParts, key, strip_decoration
from wangqi.titles.issues import fold, numbering_of, ordinal_of

__all__ = ["SeriesShape", "heads_of", "ordinal_of", "series_name", "strip_decoration", "title_shape"]

_QUOTED = re.compile(r"[\"《【「『](?P<name>[^\"》】」』]{2,24})[\"》】」』]")
_SERIES_NEAR = re.compile(r"系列|专栏|栏目|连载|往期")
_VOLUME = re.compile(r"[(\[]?(?:19|20)\d\d\s*年?度?\s*$")
_AROUND = ' :|·-——#"《》【】[]()'
_LONGEST_NAME = 16
_SHORTEST_NAME = 3
_ENOUGH_TITLES = 3
_COMMA = re.compile("[、，,;；!！?？]")
_MOST_HEADS = 3
_SHORTEST_HEAD = 6  # characters; 你好，… is anybody's
_AFTER_A_NAME = (" ", "·", "-", "—", "(", "#", "第", "之", "|", ":")
_ALIKE = 85  # rapidfuzz ratio: 儿, spaces and signs come and go between two parts
_ALIKE_WITHOUT_NUMBER = 90
_NEVER = r"(?!)"  # matches nothing


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """What the titles of one series have in common.

    Attributes:
        name: The series' name as a reader would write it, or None.
        prefixes: Keys of the names that members begin with.
        suffixes: Keys of the names that members end with.
        cores: Keys of the titles that carry a part number, without it.
        units: The units their numbers are counted in (期, 章 …).
        strict: Whether names that may be a speaker's are left out; True of a shape learned from one or two titles.
        heads: Keys of what stands before a comma of most titles, where three or more share it.
    """

    name: str | None = None
    prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    cores: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    strict: bool = True
    heads: frozenset[str] = frozenset()
    _probes: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = (*self.prefixes, *self.suffixes, *self.cores, *self.heads, key(self.name or ""))
        probes = {piece for word in words for piece in (word[:2], word[2:4], word[-2:]) if piece}
        object.__setattr__(self, "_probes", re.compile("|".join(map(re.escape, sorted(probes))) or _NEVER))

    def may_hold(self, title: str) -> bool:
        """A cheap first question, for pages with thousands of links: where it is False, `member` would hardly agree."""
        return self._probes.search(title.casefold()) is not None

    def member(self, title: str) -> str | None:
        """Why this title belongs, in words; None when it does not."""
        parts = TitleParts.of(title, strict=self.strict)
        if parts.prefix and parts.prefix in self.prefixes | self.suffixes:
            return f"its title begins with “{parts.prefix_text}” like the others"
        if parts.suffix and parts.suffix in self.suffixes | self.prefixes:
            return f"its title ends with “{parts.suffix_text}” like the others"
        if self.name and self._is_named_in(parts.folded):
            return f"its title names “{self.name}”"
        if head := next(iter(self.heads & heads_of(title)), None):
            return f"its title begins with “{head}” like the others"
        return self._part(parts)

    def _is_named_in(self, folded: str) -> bool:
        name = fold(self.name or "").casefold()
        if len(name) < _SHORTEST_NAME:
            return False
        rest = folded.casefold().removeprefix(name)
        number = numbering_of(rest)
        title = rest[number.end :] if number else rest  # a name with a count alone is the column
        begins = len(rest) < len(folded) and rest[:1] in _AFTER_A_NAME and len(key(title)) > 1
        return begins or any(key(found["name"]) == key(name) for found in _QUOTED.finditer(folded))

    def _part(self, parts: TitleParts) -> str | None:
        if not self.cores or len(parts.core) < SHORTEST_CORE:
            return None
        least = _ALIKE if parts.numbering else _ALIKE_WITHOUT_NUMBER
        for core in self.cores:
            if parts.core == core or fuzz.ratio(parts.core, core) >= least:
                return f"its title is “{core}” with another part number"
        between = {key(piece) for piece in parts.folded.split("|")[:-1]} if parts.numbering else set()
        found = next((core for core in self.cores if core in between), None)  # Column | Name | Part 1
        return f"its title names “{found}” before its part number" if found else None


def title_shape(titles: Iterable[str], name: str | None = None, *, strict: bool | None = None) -> SeriesShape | None:
    """The shape that at least half of these titles share; of a single title, what it says about itself.

    Where two series are mixed half and half, the one that is named first.

    Args:
        titles: Of members, or of one page.
        name: The series' name where it is known.
        strict: Learn no name that may be a speaker's; by default so with fewer than three titles.

    Returns:
        None when the titles have nothing in common that other titles would not have too.
    """
    given = [title for title in titles if title.strip()]
    if not given:
        return None
    careful = len(given) < _ENOUGH_TITLES if strict is None else strict
    parts = [TitleParts.of(title, strict=careful) for title in given]
    enough = 1 if len(parts) == 1 else max(2, (len(parts) + 1) // 2)
    prefix = _most((part.prefix for part in parts), enough)
    suffix = _most((part.suffix for part in parts), enough)
    core = _most((part.core for part in parts if part.numbering and len(part.core) >= SHORTEST_CORE), min(enough, 2))
    units = frozenset(part.numbering.unit for part in parts if part.numbering)
    heads = Counter(chain.from_iterable(map(heads_of, given))).items() if not (prefix or suffix or core) else ()
    head = max((word for word, count in heads if count >= max(enough, _ENOUGH_TITLES)), key=len, default="")
    if not (prefix or suffix or core or name or head):
        return None
    begun = next((part.prefix_text for part in parts if part.prefix and {part.prefix} == prefix), None)
    ended = next((part.suffix_text for part in parts if part.suffix and {part.suffix} == suffix), None)
    named_last = units & {"之", "系列", "论"} or len(parts) > 1
    return SeriesShape(
        name or begun or (ended if named_last else None),
        prefix,
        suffix,
        core,
        units,
        careful,
        frozenset(filter(None, [head])),
    )


def name_before_number(titles: Iterable[str], shape: SeriesShape) -> str | None:
    """What stands before the part numbers, for a series that has no other name: 街坊周刊 of 街坊周刊第12期."""
    for title in titles:
        parts = TitleParts.of(title, strict=shape.strict)
        if parts.numbering and parts.core in shape.cores:
            name = _VOLUME.sub("", parts.folded[: parts.numbering.start]).strip(_AROUND)
            if SHORTEST_CORE <= len(key(name)) <= _LONGEST_NAME:
                return name
    return None


def heads_of(title: str) -> set[str]:
    """What stands before the first commas of a title: 渡口年会上说起的，补网的手艺."""
    ends = islice(_COMMA.finditer(fold(title)), _MOST_HEADS)
    return {word for end in ends if len(word := key(fold(title)[: end.start()])) >= _SHORTEST_HEAD}


def _most(words: Iterable[str], enough: int) -> frozenset[str]:
    """The commonest word, where it is common enough."""
    counted = Counter(word for word in words if word).most_common(1)
    return frozenset(word for word, count in counted if count >= enough)


def series_name(heading: str) -> str | None:
    """The name that a 往期 heading gives: 往期“党员先锋行”系列推文 -> 党员先锋行."""
    if not _SERIES_NEAR.search(heading):
        return None
    found = _QUOTED.search(fold(heading))
    return found["name"].strip() if found else None
