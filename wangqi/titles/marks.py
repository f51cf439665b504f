"""A title as words and numbers, so that two titles can be laid one upon the other."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from wangqi.text.folding import fold
from wangqi.text.numerals import SIGNS, spelled

_ENGLISH_NUMBERS = "one first|two second|three third|four fourth|five fifth|six sixth|seven|eight|nine"
_WORDS = {"上": 1, "中": 2, "下": 3, "续": 2, "甲": 1, "乙": 2, "丙": 3, "丁": 4} | {
    word: n for n, words in enumerate(_ENGLISH_NUMBERS.split("|"), 1) for word in words.split()
}
# English words before a number that say that it counts.
COUNTERS = frozenset({"no", "vol", "ep", "day", "part", "chapter", "lesson", "week", "issue", "episode", "ch", "pt"})
COUNTERS |= {"lecture", "session", "season", "volume"}
_ENDINGS = frozenset({"终", "完", "完结", "大结局", "末", "final"})
_ENGLISH = "|".join(sorted((w for w in (*_WORDS, "final") if w.isascii()), key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<digits>\d+)|(?P<numeral>[{SIGNS}]+)"
    # 上, 下, 续 and their like count only where nothing else of a word stands behind them.
    r"|(?P<word>(?:上|中|下|续|甲|乙|丙|丁|终|完结|完|大结局|末)(?=[篇部集卷章]?\s*(?:$|[)\]】》:|·,.—\-])|篇|部\s|集\s))"
    rf"|(?<![a-z])(?:(?P<roman>[ivx]{{1,5}})|(?P<english>{_ENGLISH}))(?![a-z])"
    r"|[a-z]+|\s*[|:·—\-]+\s*|\s+|.",
    re.DOTALL,
)
# Drawn signs between words: ⊙, ★, ◆, ‖, • part as a bar does.
_DRAWN = re.compile("[\u2016\u2022\u203b\u2219\u2223-\u2225\u2295-\u22a1\u22c4-\u22c6\u25a0-\u27bf\u2b00-\u2bff・]")
# 2019 第 44 周 and 2019第44周 are written by one hand.
_LOOSE_BLANKS = re.compile(
    rf"(?<=19\d\d|20\d\d) (?=第)|(?<=第) (?=[\d{SIGNS}])|(?<=[\d{SIGNS}]) (?=[期篇章回节集话讲课辑周季卷部天日号])"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_MAY_COUNT = frozenset(SIGNS) | {sign for word in (*_WORDS, *_ENDINGS) for sign in word}
LONGEST = 200  # characters; what stands behind is not asked for


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a title.

    Attributes:
        text: As folded; a sign without the blanks around it.
        value: Of a number; 0 for 终 and 完, which count without saying how far; None for words.
        is_plain: Whether it is a number however it stands: digits are, 三 may be part of a word.
    """

    text: str
    value: int | None = None
    is_plain: bool = False


@lru_cache(maxsize=8_192)
def tokens(title: str) -> tuple[Token, ...]:
    """The title taken apart."""
    return tuple(_token(found.lastgroup, found[0]) for found in _TOKEN.finditer(folded(title)))


@lru_cache(maxsize=16_384)  # a title is laid beside several members, and menus stand on every page
def folded(title: str) -> str:
    """As much of a title as is taken apart, in one form."""
    text = fold(title[:LONGEST])
    return _LOOSE_BLANKS.sub("", text) if "第 " in text or " 第" in text else text


def may_touch(ends: tuple[Token, Token], written: str) -> bool:
    """The cheap question before a folded title is taken apart: whether it may begin or end as another one does.

    Args:
        ends: The first and the last token of the other one.
        written: The folded title.
    """
    first, last = ends
    return may_begin(first, written) or _may_be(last, written[-1:], written.endswith)


def may_begin(first: Token, written: str) -> bool:
    """The same of the beginning alone."""
    return _may_be(first, written[:1], written.startswith)


def _may_be(token: Token, sign: str, has: Callable[[str], bool]) -> bool:
    if not sign:
        return False
    if token.value is not None:
        return sign.isdecimal() or sign in _MAY_COUNT or (sign.isascii() and sign.isalpha())
    if sign.isalnum():
        return has(token.text)
    return not token.text[-1].isalnum()  # blanks around a sign, and how often it stands, make no difference


@lru_cache(maxsize=8_192)  # most tokens are one character, of which there are a few thousand: each is held once
def _token(kind: str | None, text: str) -> Token:
    if kind == "digits":
        return Token(text, int(text), is_plain=True)
    if kind == "numeral":
        return Token(text, spelled(text))
    if kind == "roman":
        return Token(text, _roman(text))
    if kind in {"word", "english"}:
        return Token(text, 0 if text in _ENDINGS else _WORDS[text])
    sign = _DRAWN.sub("|", text.strip())
    if len(set(sign)) == 1:
        sign, text = sign[0], text if len(sign) == 1 else f" {sign} "
    return Token("—" if sign and sign != text and not sign.strip("-") else sign or " ")  # a hyphen in blanks is a dash


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
