"""PURE: how fit a copy is to stand for its story, by the site that serves it and the signs of tampering on it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol
from urllib.parse import urlsplit

from wangqi.copies.ranks import TAMPERED, Standing, Trust
from wangqi.copies.records import Finding
from wangqi.copies.tampering import alarm, findings
from wangqi.copies.tampering.learnt import LearntWords, SpinPair
from wangqi.details import Details

# The order of findings/copies.md §4.1. A site where the series lives stands before one that copies from it, whoever
# vouches for that one; but it may have been taken over, so that it stands behind one that a person has verified. What
# somebody else had held stands behind every page that is there to be read.
_RANKS: Final[Mapping[str, int]] = {
    "verified": 0,
    "home": 1,
    "known": 2,
    "unknown": 3,
    "held": 4,
    "suspect": 4,
    "hijacked": 5,
}
_DISTRUSTED: Final = frozenset({"suspect", "hijacked"})
_VOUCHED: Final = frozenset({"verified", "known"})
_WORDS: Final[Mapping[str, str]] = {
    "verified": "a verified site",
    "home": "a site where the series lives",
    "known": "a known site",
    "unknown": "a site that nobody vouches for",
    "suspect": "a suspect site",
    "hijacked": "a hijacked site",
}


class Seen(NamedTuple):
    """What one copy shows by itself."""

    findings: Sequence[Finding]
    standing: Standing


class Site(Protocol):
    """What people have recorded about a site; its licence number (备案号) and owner are None where unknown."""

    @property
    def host(self) -> str: ...
    @property
    def trust(self) -> Trust: ...
    @property
    def icp(self) -> str | None: ...
    @property
    def owner(self) -> str | None: ...


class Registry:
    """What people have recorded about sites, and the words that altered copies have taught."""

    def __init__(self, rows: Iterable[Site] = (), pairs: Iterable[SpinPair] = ()) -> None:
        known = list(rows)
        self.words = LearntWords(pairs)
        self._trust: dict[str, Trust] = {row.host: row.trust for row in known}
        licences: defaultdict[str, set[str]] = defaultdict(set)
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for row in known:
            # A number that a hijacked site shows is not its own.
            if row.icp and row.trust not in _DISTRUSTED:
                licences[row.icp].add(row.host)
            if row.owner and row.trust not in _DISTRUSTED:
                owners[row.owner].add(row.host)
        self.licences: Mapping[str, Collection[str]] = licences
        self.owners: Mapping[str, Collection[str]] = owners

    def trust(self, host: str) -> Trust:
        """The trust recorded for the host itself, else for the nearest domain above it that has a record."""
        labels = host.lower().rstrip(".").split(".")
        names = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._trust[name] for name in names if name in self._trust), "unknown")


def standing(shown: Sequence[Finding], *, trust: Trust, at_home: bool, held_by: str = "") -> Standing:
    """Strong signs and a distrusted site weigh most, then the site, then any sign at all.

    Not even its own site can make up for strong signs of tampering, since the site may have been taken over.

    >>> standing([], trust="unknown", at_home=True)
    Standing(rank=2, reason='a site where the series lives, no sign found')
    >>> standing([], trust="verified", at_home=False, held_by="archive.example, captured 2024-03-05")
    Standing(rank=8, reason='a copy held by archive.example, captured 2024-03-05, no sign found')
    """
    found = alarm(shown)
    place: str = "home" if at_home and trust in {"known", "unknown"} else trust
    if held_by and trust not in _DISTRUSTED:
        place = "held"
    unfit = found == "strong signs" or trust in _DISTRUSTED
    # Two ranks for each kind of site: even without any sign, odd with one. From `ranks.ELSEWHERE` on, sites that copy.
    rank = TAMPERED * unfit + 2 * _RANKS[place] + (found != "no sign found")
    return Standing(rank, f"{_WORDS.get(place) or f'a copy held by {held_by}'}, {found}")


def look(text: str, *, title: str, url: str, details: Details, registry: Registry) -> Seen:
    """The signs of tampering on one copy alone, and its standing.

    What was cut off its body, and what its head tells searchers, is looked at as well.
    """
    host = urlsplit(url).hostname or ""
    trust = registry.trust(host)
    found = findings(
        text,
        title=title,
        head_title=details.get("head_title"),
        keywords=details.get("keywords"),
        description=details.get("description"),
        host=host,
        footer="\n".join(words for _, words in details.get("cut", ())),
        is_vouched=trust in _VOUCHED,
        registry=registry.licences,
        owners=registry.owners,
    )
    learnt = registry.words.finding(text)
    found = [*found, learnt] if learnt else found
    held_by = details.get("held_by", "")
    return Seen(found, standing(found, trust=trust, at_home=details.get("at_home", False), held_by=held_by))
