"""A title as words and numbers, so that two titles can be laid one upon the other."""

import re
from dataclasses import dataclass
from functools import lru_cache

from wangqi.text.folding import fold

_DIGITS = {
    char: n
    for n, chars in enumerate(["〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_TWENTY = str.maketrans({"廿": "二十", "卅": "三十"})
_NUMERALS = "〇零一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰"
_ENGLISH_NUMBERS = "one first|two second|three third|four fourth|five fifth|six sixth|seven|eight|nine"
_WORDS = {"上": 1, "中": 2, "下": 3, "续": 2, "甲": 1, "乙": 2, "丙": 3, "丁": 4} | {
    word: n for n, words in enumerate(_ENGLISH_NUMBERS.split("|"), 1) for word in words.split()
}
# English words before a number that say that it counts.
COUNTERS = frozenset({"no", "vol", "ep", "day", "part", "chapter", "lesson", "week", "issue", "episode", "ch", "pt"})
_ENDINGS = frozenset({"终", "完", "完结", "大结局", "末", "final"})
_ENGLISH = "|".join(sorted((w for w in (*_WORDS, "final") if w.isascii()), key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<digits>\d{{1,8}})|(?P<numeral>[{_NUMERALS}]+)"
    # 上, 下, 续 and their like count only where nothing else of a word stands behind them.
    r"|(?P<word>(?:上|中|下|续|甲|乙|丙|丁|终|完结|完|大结局|末)(?=[篇部集卷章]?\s*(?:$|[)\]】》:|·,.—\-])|篇|部\s|集\s))"
    rf"|(?<![a-z])(?:(?P<roman>[ivx]{{1,5}})|(?P<english>{_ENGLISH}))(?![a-z])"
    r"|[a-z]+|\s*[|:·—\-]+\s*|\s+|.",
    re.DOTALL,
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_LONGEST = 200


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


@lru_cache(maxsize=8_192)  # one page's title is laid upon every link, and a menu is met on every page
def tokens(title: str) -> tuple[Token, ...]:
    """The title taken apart."""
    return tuple(map(_token, _TOKEN.finditer(fold(title[:_LONGEST]))))


def _token(found: re.Match[str]) -> Token:
    text, kind = found[0], found.lastgroup
    if kind == "digits":
        return Token(text, int(text), is_plain=True)
    if kind == "numeral":
        return Token(text, value_of(text))
    if kind == "roman":
        return Token(text, _roman(text))
    if kind in {"word", "english"}:
        return Token(text, 0 if text in _ENDINGS else _WORDS[text])
    sign = text.strip()
    return Token("—" if sign and sign != text and not sign.strip("-") else sign or " ")  # a hyphen in blanks is a dash


def value_of(numeral: str) -> int | None:
    """二十三, 一百零五 and 二〇二四 alike; None for other words.

    >>> value_of("一百零五"), value_of("二〇二四"), value_of("廿三")
    (105, 2024, 23)
    """
    numeral = numeral.translate(_TWENTY)
    if not numeral or any(char not in _DIGITS and char not in _TENS for char in numeral):
        return None
    if not any(char in _TENS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = digit = 0
    for char in numeral:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
