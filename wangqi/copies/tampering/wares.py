"""What a page sells that it did not sell before: betting, sex, loans, drugs, false papers, its own name."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from wangqi.copies.records import Finding, Span
from wangqi.copies.tampering.brands import stems
from wangqi.copies.tampering.page import SHOWN
from wangqi.text.sentences import sentences

_DOORS: Final = "doors"
_OPEN: Final = frozenset({"betting", "sex"})  # of the others honest reports speak, too, and call their readers in
_PHRASES: Final = tuple(  # where a list of words does not do
    (kind, re.compile(words))
    for kind, words in (
        ("parking", r"(?:buy|purchase|acquire) this domain|domain (?:name )?(?:is |may be |are )?for sale"),
        ("parking", r"this domain (?:is|may|has)|domain (?:has )?expired"),
        ("betting", r"free spins|sign[- ]?up bonus|welcome bonus|no deposit|slot online|real money"),
        ("loans", r"payday loan|bad credit|instant approval|quick cash"),
        ("sex", r"live sex|hot girls|free porn|sex cam"),
        ("drugs", r"without (?:a )?prescription|buy (?:cheap |generic )?(?:viagra|cialis)|online pharmacy"),
    )
)
_JOINTS: Final = frozenset({"快三"})  # of ordinary words


class Goods(NamedTuple):
    """What a text says about one kind of goods.

    Attributes:
        sure: Its words that hardly anybody but a seller writes, with how often.
        topic: Its other words.
    """

    sure: Counter[str]
    topic: Counter[str]


_NOTHING: Final = Goods(Counter(), Counter())
_SURE: Final = 0.95
_CALLS: Final = 2  # in one sentence


class _Words(NamedTuple):
    kind_of: Mapping[str, str]
    sure: frozenset[str]
    han: re.Pattern[str]
    latin: re.Pattern[str]


@cache
def _words() -> _Words:
    kind_of: dict[str, str] = {}
    sure: set[str] = set()
    kind = ""
    for line in files(__package__).joinpath("wares.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found = line.removeprefix("!").split()
            kind_of |= dict.fromkeys(found, kind)
            sure |= set(found) if line.startswith("!") else set()
    brands, ordinary = stems()
    kind_of |= dict.fromkeys((brands | ordinary) - _JOINTS, "betting")
    sure |= brands
    every = sorted(kind_of, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in every if word.isascii())
    return _Words(
        kind_of,
        frozenset(sure),
        re.compile("|".join(map(re.escape, (word for word in every if not word.isascii())))),
        re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])"),
    )


def goods_in(text: str) -> dict[str, Goods]:
    """By kind; `doors` are the words that call a reader in."""
    words, low = _words(), text.lower()
    found = Counter([*words.han.findall(low), *words.latin.findall(low)])
    goods: dict[str, Goods] = {}
    for word, count in found.items():
        of = goods.setdefault(words.kind_of[word], Goods(Counter(), Counter()))
        (of.sure if word in words.sure else of.topic)[word] += count
    for kind, pattern in _PHRASES:
        for match in pattern.finditer(low):
            goods.setdefault(kind, Goods(Counter(), Counter())).sure[match[0]] += 1
    return goods


def new_wares(before: str, after: str) -> Finding | None:
    """What the later words of a page sell that its earlier ones did not even speak of.

    A report on a lottery says 投注 in all its versions; what it newly says has to call its reader in as well.
    """
    old, new = goods_in(before), goods_in(after)
    doors = _more(new.get(_DOORS, _NOTHING).topic, old.get(_DOORS, _NOTHING).topic)
    calls = {kind for sentence in _new_sentences(before, after) for kind in _calling(sentence)}
    best: tuple[float, str, list[str]] = (0.0, "", [])
    for kind, of in new.items():
        if kind == _DOORS:
            continue
        had = old.get(kind, _NOTHING)
        sure = _more(of.sure, had.sure)
        topic = {word: count for word, count in of.topic.items() if not had.topic[word]}
        score = _score(kind, sum(sure.values()), len(topic), len(doors), is_subject=len(had.sure) + len(had.topic) > 1)
        if kind in calls and kind not in old:
            score = max(score, _SURE)
        if score > best[0]:
            best = score, kind, [*sorted(sure), *sorted(topic), *sorted(doors)]
    score, kind, found = best
    if not score:
        return None
    low = after.lower()
    places = [(low.find(word), word) for word in found]
    return Finding(
        detector="page_history",
        version=2,
        label="wares",
        score=score,
        summary=f"words of {kind} that it did not have before: {'、'.join(found[:6])}",
        evidence=tuple(
            Span(start=place, end=place + len(word), found=after[place : place + len(word)], note="title and text")
            for place, word in sorted(places)[:SHOWN]
            if place >= 0
        ),
        measured={"kind": kind, "words": found},
    )


def sells(text: str) -> bool:
    """Whether a few words are about betting or sex, or are words that only sellers write."""
    return any(kind in _OPEN or goods.sure for kind, goods in goods_in(text).items())


def _more(new: Counter[str], old: Counter[str]) -> Counter[str]:
    return Counter({word: count - old[word] for word, count in new.items() if count > old[word]})


def _new_sentences(before: str, after: str) -> Iterator[str]:
    known = {sentence.key for sentence in sentences(before)}
    yield from (after[one.start : one.end] for one in sentences(after) if one.key not in known)


def _calling(sentence: str) -> Iterator[str]:
    """The wares to which one sentence calls its reader in."""
    goods = goods_in(sentence)
    if len(goods.get(_DOORS, _NOTHING).topic) >= _CALLS:
        yield from (kind for kind in goods if kind in _OPEN)


def _score(kind: str, sure: int, topic: int, doors: int, *, is_subject: bool) -> float:
    """0 to 1, from how many words of sellers, words of the topic, and calls to the reader were found."""
    if is_subject:
        return _SURE if sure > 2 and doors >= 2 else 0.5 if sure and doors >= 2 else 0.0
    if sure >= 2 or (sure and (doors or topic)) or (kind in _OPEN and topic >= 3 and doors >= 2):
        return _SURE
    if sure or topic >= 3 or (topic and doors >= 2):
        return 0.6
    return 0.0
