"""What a person reads of the state of an archive."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from wangqi.program import program


class Hurt(Protocol):
    """A story that a damage is about."""

    @property
    def story_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


class Damage(Protocol):
    """As `storage.upkeep.damage.Damage`."""

    @property
    def thing(self) -> str: ...
    @property
    def fact(self) -> str: ...
    @property
    def advice(self) -> str: ...
    @property
    def stories(self) -> Sequence[Hurt]: ...


def damage_line(damage: Damage) -> str:
    """What is damaged, what it is of, and what to do; one line."""
    of = "; ".join(f"story {one.story_id} 《{one.title}》 {one.url}".rstrip() for one in damage.stories)
    return f"{damage.thing}: {damage.fact}. {f'It is of {of}. ' if of else ''}To do: {advice(damage)}."


def advice(damage: Damage) -> str:
    """What to do, with the commands as they are written here."""
    return damage.advice.format(program=program())


def end_line(counts: Mapping[str, int], damages: int, part: str) -> str:
    """What was looked at, and how it was found.

    >>> end_line({"payloads": 2, "texts": 0}, 0, "part 3 of 30")
    'Part 3 of 30 was verified (2 payloads): all is sound.'
    """
    counted = ", ".join(f"{count} {name}" for name, count in counts.items() if count and name not in _UNCOUNTED)
    found = f"{damages} damaged" if damages else "all is sound"
    whole = part[:1].upper() + part[1:]
    return f"{whole} was verified ({counted or 'nothing is kept in it'}): {found}."


_UNCOUNTED = frozenset({"database", "references", "search"})  # whose units are tables, or stories once more
