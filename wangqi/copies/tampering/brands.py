"""The advertised name that a hijacker puts in place of words of the text."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from wangqi.copies.records import Finding
from wangqi.copies.tampering.page import Page, spans

# A word of Han and figures or letters: 乐发500, 凯发k8国际, N95口罩. Quantities are not meant.
_MIXED = re.compile(
    r"[A-Za-z]{1,3}\d{1,4}[·]?[\u4e00-\u9fff]{2}"
    r"|[\u4e00-\u9fff]{2,3}\d{2,4}(?![\d年月日号时分秒万亿千百个人名元%％.．,，届期米吨台家项公平多余周岁强天])"
    r"|[\u4e00-\u9fff]{2}[A-Za-z]{1,4}\d{0,3}(?![A-Za-z])"
)
_PLACES = 3
_CONTEXTS = 5  # different neighbours, left and right together: it was put in place of different words
_LONGEST = 14


@cache
def stems() -> tuple[frozenset[str], frozenset[str]]:
    """Names of betting brands, and words of betting that ordinary reports use too."""
    text = files(__package__).joinpath("gambling.txt").read_text(encoding="utf-8")
    brands, ordinary = text.split("# [brands]")[1].split("# [ordinary]")
    return frozenset(brands.split()), frozenset(ordinary.split())


def stems_in(text: str) -> list[str]:
    """Every stem in a text in lower case; Latin ones only as whole words."""
    return [stem for pattern in _patterns() for stem in pattern.findall(text)]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Two, because a condition before the first character costs the search its fast start.
    brands, ordinary = stems()
    every = sorted(brands | ordinary, key=len, reverse=True)
    latin = "|".join(stem + "(?![a-z0-9])" if stem.isascii() else stem for stem in every if stem[0].isascii())
    return re.compile("|".join(stem for stem in every if not stem[0].isascii())), re.compile(
        rf"(?<![a-z0-9])(?:{latin})"
    )


def brand_injection(page: Page) -> Finding | None:
    """One betting brand in many places, each time beside different words: it replaced ordinary words.

    Reports on betting name it too, but in few constructions or with many other brands and phrases.
    """
    tokens = Counter(stems_in(page.text.lower()))
    brands, _ = stems()
    for stem, count in tokens.most_common(5):
        if count >= _PLACES and stem in brands:
            token, places = _grown(page.text, stem)
            if len(places) >= _PLACES and _contexts(page.text, token, places) >= _CONTEXTS:
                return _finding(page, token, places, 0.95 if len(places) > _PLACES else 0.7)
    return None


def mixed_token(page: Page) -> Finding | None:
    """A word of Han and figures in many places, each time beside different words; weak: product names do that too."""
    tokens = Counter(match[0][place:] for match in _MIXED.finditer(page.text) for place in range(2))
    for stem, count in tokens.most_common(8):
        if count >= _PLACES and re.search(r"\d", stem) and re.search(r"[\u4e00-\u9fff]", stem):
            token, places = _grown(page.text, stem)
            if len(places) >= _PLACES and _contexts(page.text, token, places) >= _CONTEXTS:
                return _finding(page, token, places, 0.3)
    return None


def _grown(text: str, stem: str) -> tuple[str, list[int]]:
    """The stem extended by the characters that stand beside it in every place, and the offsets where it begins."""
    places = [match.start() for match in re.finditer(re.escape(stem), text, re.IGNORECASE)]
    token = text[places[0] : places[0] + len(stem)] if places else stem
    while places and len(token) < _LONGEST:
        right = {text[place + len(token) : place + len(token) + 1] for place in places}
        left = {text[place - 1 : place] if place else "" for place in places}
        if len(right) == 1 and "".join(right).isalnum():
            token += right.pop()
        elif len(left) == 1 and "".join(left).isalnum():
            token, places = f"{left.pop()}{token}", [place - 1 for place in places]
        else:
            break
    return token, places


def _contexts(text: str, token: str, places: list[int]) -> int:
    left = {text[place - 1 : place] for place in places}
    right = {text[place + len(token) : place + len(token) + 1] for place in places}
    return len(left) + len(right) if min(len(left), len(right)) > 1 else 0


def _finding(page: Page, token: str, places: list[int], score: float) -> Finding:
    matches = re.finditer(re.escape(token), page.text, re.IGNORECASE)
    return Finding(
        detector="brand_injection",
        version=1,
        label="brand_injection",
        score=score,
        summary=f"{token} stands in {len(places)} places between different words",
        evidence=spans(matches),
        measured={"token": token, "places": len(places), "contexts": _contexts(page.text, token, places)},
    )
