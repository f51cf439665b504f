"""Which pages are parts of one work, told from the difference between their titles and addresses.

One title has no shape. Laid upon another's, what stays equal is the name and what counts is the number, whatever
signs stand around it: 【Day 7】 and 【Day 8】, 07，… and 08，…, …（上） and …（下）, a date, or an address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wangqi.series.breadth import is_broad
from wangqi.series.slugs import by_address, by_day
from wangqi.titles.comparison import by_title
from wangqi.titles.issues import numbering_of
from wangqi.titles.tie import Tie

__all__ = ["LIKELY", "Named", "Tie", "family", "is_anybodys", "tie"]

LIKELY = 0.7  # enough for a link that nothing else speaks for
_RAISED = 0.8
_FEWEST = 2
TOLD_BY_TITLE = 0.6  # of an address that counts what the title of its page counts
COUNTS_ELSE = 0.4  # of one that counts something else: no neighbour is believed for that
_OF_FOLDER = re.compile(r"/([^/]+)/\1[-_]?\d+(?:\.\w+)?/?$")
_DATES = frozenset({"date", "year"})


@dataclass(frozen=True, slots=True)
class Named:
    """A page as a link or its own heading names it; `url` is absolute, or "" where it is unknown."""

    title: str
    url: str = ""


def family(own: Named, candidates: Sequence[Named], known: frozenset[str] = frozenset()) -> list[Tie | None]:
    """For each candidate its tie to the page, or None.

    Candidates vouch for one another: numbers without a name are believed where they fill a stretch with the page's own.
    """
    ties = [tie(own, candidate, known) for candidate in candidates]
    counted = [found.numbers for found in ties if found and found.is_bare and found.numbers]
    if not _fill(counted):
        return ties
    return [_raised(found) if found and found.is_bare and found.numbers else found for found in ties]


def tie(own: Named, other: Named, known: frozenset[str] = frozenset()) -> Tie | None:
    """What the two pages have in common that parts of one work have; None where it is nothing.

    Args:
        own: The page.
        other: As a link or its own heading names it.
        known: Folded names that are a series' for certain: a column's, a catalogue's. Before a colon others may be
            whoever speaks.
    """
    titles, addresses = by_title(own.title, other.title, known), by_address(own.url, other.url)
    addresses = addresses and _weighed(own, addresses)
    if titles is not None and not (titles.is_bare or is_anybodys(own.title)):
        addresses = max(filter(None, (addresses, by_day(own.url, other.url))), key=_strength, default=None)
    if titles is None or addresses is None:
        return titles or addresses
    both = 1 - (1 - titles.strength) * (1 - addresses.strength)
    return replace(titles, strength=both, reason=f"{titles.reason}; {addresses.reason}", is_bare=False)


def is_anybodys(title: str) -> bool:
    """Whether stories that have nothing else in common may be called so: 公告, Notes."""
    return is_broad(title) and not (title.isascii() and len(title.split()) > 1)


def _weighed(own: Named, found: Tie) -> Tie:
    """The tie of the addresses, by the number that the page's title prints: the very one of its address makes it surer.

    Where it is another, and the address is called as its folder (yard/yard59.html), all that lies there is counted. A
    name of its own (diving-bell-16) counts the parts of a work; titles may count within its chapters.
    """
    told = numbering_of(own.title) if found.numbers is not None else None
    if found.numbers is None or told is None or told.value is None or told.unit in _DATES:
        return found
    if told.value != found.numbers[0] and not _OF_FOLDER.search(own.url):
        return found
    if told.value != found.numbers[0]:
        strength = min(found.strength, COUNTS_ELSE)
        return replace(found, strength=strength, reason=f"{found.reason}, and its title bears another number")
    strength = max(found.strength, TOLD_BY_TITLE)
    return replace(found, strength=strength, reason=f"{found.reason}, and its title bears the number")


def _strength(found: Tie) -> float:
    return found.strength


def _raised(found: Tie) -> Tie:
    return replace(
        found, strength=max(found.strength, _RAISED), reason=f"{found.reason}, and the numbers fill a stretch"
    )


def _fill(pairs: list[tuple[int, int]]) -> bool:
    """Whether the numbers, with the page's own, fill a stretch without a gap and none comes twice."""
    others = [other for _, other in pairs]
    whole = {own for own, _ in pairs} | set(others)
    distinct = len(set(others)) == len(others) >= _FEWEST
    return distinct and len(whole) == len(others) + 1 and max(whole) - min(whole) + 1 == len(whole)
