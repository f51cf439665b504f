"""PURE: how fit a copy is, and which of several equally fit ones has the most of what their story is known to say."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Of `StoryText.standing`: from here on a copy shows strong signs of tampering or is on a site that is not to be
# trusted, and no story should rest on it while there is another copy.
TAMPERED: Final = 16
# From here on it is on a site that is neither verified nor one where the series lives.
ELSEWHERE: Final = 4
# Below this it is on a site that a person has verified.
VOUCHED: Final = 2
_ENDS: Final = re.compile(r"[。！？!?\n]+")
_NO_WORD: Final = re.compile(r"[\W_]+")
_SHORTEST: Final = 8  # characters of a sentence that says something
_SITES: Final = 2  # so many vouch for a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A copy.

    Attributes:
        vouches: Its site is verified: what it carries needs no second site.
    """

    revision_id: int
    host: str
    vouches: bool
    text: str


def supported(rivals: Sequence[Rival]) -> dict[int, int]:
    """How many sentences each copy has that two sites or more, or a verified one, carry; by revision.

    A changed number or name makes another sentence, so that the copy which stands alone with it falls behind. Mirrors
    on one site count once.
    """
    sentences = {rival.revision_id: sentences_of(rival.text) for rival in rivals}
    sites: defaultdict[str, set[str]] = defaultdict(set)
    vouched: set[str] = set()
    for rival in rivals:
        for sentence in sentences[rival.revision_id]:
            sites[sentence].add(site(rival.host))
        if rival.vouches:
            vouched |= sentences[rival.revision_id]
    known = vouched | {sentence for sentence, where in sites.items() if len(where) >= _SITES}
    return {revision: len(own & known) for revision, own in sentences.items()}


def sentences_of(text: str) -> frozenset[str]:
    """Those that say something, without points and spaces."""
    bare = (_NO_WORD.sub("", sentence) for sentence in _ENDS.split(text))
    return frozenset(sentence for sentence in bare if len(sentence) >= _SHORTEST)


def site(host: str) -> str:
    """The last two labels, or three below a suffix such as `gov.cn`; good enough to count mirrors of one owner once.

    >>> site("m.news.example.org"), site("www.city.gov.cn"), site("localhost")
    ('example.org', 'city.gov.cn', 'localhost')
    """
    labels = host.split(".")
    is_below_suffix = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if is_below_suffix else labels[-2:])
