"""PURE: what the sites that carry a story vouch for, sentence by sentence."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wangqi.sites import site_of

_ENDS: Final = re.compile(r"[。！？!?\n]+")
_NO_WORD: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]+")
_SHORTEST: Final = 8  # characters of a sentence that says something
_SITES: Final = 2  # so many vouch for a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A copy as a witness.

    Attributes:
        vouches: Its site is verified: what it carries needs no second site.
    """

    revision_id: int
    host: str
    vouches: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Counts of sentences: `carried` by two sites or more or by a verified one; `contradicted`, number against number,
    by more sites than carry them.
    """

    carried: int
    contradicted: int


def support(voices: Sequence[Voice]) -> dict[int, Support]:
    """What each copy has of it, by revision. Mirrors on one site count once, so that no campaign outvotes anybody."""
    sentences = {voice.revision_id: sentences_of(voice.text) for voice in voices}
    sites: defaultdict[str, set[str]] = defaultdict(set)
    vouched: set[str] = set()
    for voice in voices:
        for sentence in sentences[voice.revision_id]:
            sites[sentence].add(site_of(voice.host))
        if voice.vouches:
            vouched |= sentences[voice.revision_id]
    weights = {one: len(where) + (len(sites) + len(voices)) * (one in vouched) for one, where in sites.items()}
    heaviest = _heaviest(weights)
    return {
        revision: Support(
            carried=sum(one in vouched or weights[one] >= _SITES for one in own),
            contradicted=sum(_is_contradicted(one, own, weights, heaviest) for one in own),
        )
        for revision, own in sentences.items()
    }


def _heaviest(weights: Mapping[str, int]) -> dict[str, str]:
    """Of the sentences that are one but for their numbers, the one that most sites carry; by that form."""
    return {_form(sentence): sentence for sentence in sorted(weights, key=lambda one: (weights[one], one))}


def _is_contradicted(
    sentence: str, own: frozenset[str], weights: Mapping[str, int], heaviest: Mapping[str, str]
) -> bool:
    rival = heaviest[_form(sentence)]
    # A table has many lines of one form, and says all of them itself.
    return rival not in own and weights[rival] >= _SITES and weights[rival] > weights[sentence]


def _form(sentence: str) -> str:
    return _NUMBER.sub("0", sentence)


def sentences_of(text: str) -> frozenset[str]:
    """Those that say something, without points and spaces."""
    bare = (_NO_WORD.sub("", sentence) for sentence in _ENDS.split(text))
    return frozenset(sentence for sentence in bare if len(sentence) >= _SHORTEST)


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
