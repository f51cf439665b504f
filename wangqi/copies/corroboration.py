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
class CopyText:
    """The text of a copy, and whose site carries it.

    Attributes:
        is_verified: Its site is verified: what it carries needs no second site.
    """

    revision_id: int
    host: str
    is_verified: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Counts of sentences: `carried` by two sites or more or by a verified one; `contradicted`, number against number,
    by more sites than carry them.
    """

    carried: int
    contradicted: int


def support(copies: Sequence[CopyText]) -> dict[int, Support]:
    """The support of each copy, by revision id. All copies on one site count once, however many mirrors it has."""
    sentences = {copy.revision_id: sentences_of(copy.text) for copy in copies}
    sites: defaultdict[str, set[str]] = defaultdict(set)
    verified: set[str] = set()
    for copy in copies:
        for sentence in sentences[copy.revision_id]:
            sites[sentence].add(site_of(copy.host))
        if copy.is_verified:
            verified |= sentences[copy.revision_id]
    weights = {one: len(where) + (len(sites) + len(copies)) * (one in verified) for one, where in sites.items()}
    heaviest = _heaviest(weights)
    return {
        revision: Support(
            carried=sum(one in verified or weights[one] >= _SITES for one in own),
            contradicted=sum(_is_contradicted(one, own, weights, heaviest) for one in own),
        )
        for revision, own in sentences.items()
    }


def _heaviest(weights: Mapping[str, int]) -> dict[str, str]:
    """Of sentences that differ in numbers only, the one that most sites carry, keyed by their form without numbers."""
    return {_form(sentence): sentence for sentence in sorted(weights, key=lambda one: (weights[one], one))}


def _is_contradicted(
    sentence: str, own: frozenset[str], weights: Mapping[str, int], heaviest: Mapping[str, str]
) -> bool:
    heavier = heaviest[_form(sentence)]
    # A table has many lines that differ in numbers only; they do not contradict each other.
    return heavier not in own and weights[heavier] >= _SITES and weights[heavier] > weights[sentence]


def _form(sentence: str) -> str:
    return _NUMBER.sub("0", sentence)


def sentences_of(text: str) -> frozenset[str]:
    """The text's sentences of 8 characters or more, without punctuation and spaces."""
    bare = (_NO_WORD.sub("", sentence) for sentence in _ENDS.split(text))
    return frozenset(sentence for sentence in bare if len(sentence) >= _SHORTEST)


_MIRROR: Final = 0.5  # of the sentences of the shorter one; two works in one frame share far fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class SpunText:
    """A spun text.

    Attributes:
        sites: Registrable domains of the pages that carry it.
        sentences: As `sentences_of` gives them.
    """

    sites: frozenset[str]
    sentences: frozenset[str]


def independent(texts: Sequence[SpunText]) -> int:
    """Count the independent origins: texts that share a site, or most of their sentences, are one."""
    groups: list[list[SpunText]] = []
    for text in texts:
        mine = [group for group in groups if any(_is_one(text, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([text, *(other for group in mine for other in group)])
    return len(groups)


def _is_one(text: SpunText, other: SpunText) -> bool:
    if text.sites & other.sites:
        return True
    shared = len(text.sentences & other.sentences)
    return shared > 0 and shared >= _MIRROR * min(len(text.sentences), len(other.sentences))
