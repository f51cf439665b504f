"""PURE: how many independent copies have taught something: mirrors of one spun text are one, and so is one site."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MIRROR: Final = 0.5  # of the sentences of the shorter one; two works in one frame share far fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A spun text.

    Attributes:
        sites: Registrable domains of the pages that carry it.
        sentences: As `vouching.sentences_of` gives them.
    """

    sites: frozenset[str]
    sentences: frozenset[str]


def independent(witnesses: Sequence[Witness]) -> int:
    """The number of groups in which no text shares a site, or most of its sentences, with one of another group."""
    groups: list[list[Witness]] = []
    for witness in witnesses:
        mine = [group for group in groups if any(_is_one(witness, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([witness, *(other for group in mine for other in group)])
    return len(groups)


def _is_one(witness: Witness, other: Witness) -> bool:
    if witness.sites & other.sites:
        return True
    shared = len(witness.sentences & other.sentences)
    return shared > 0 and shared >= _MIRROR * min(len(witness.sentences), len(other.sentences))
