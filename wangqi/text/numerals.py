"""The one reader of numbers that are written in words."""

from typing import Final

_GROUPS: Final = ("〇零○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS: Final = {sign: number for number, signs in enumerate(_GROUPS) for sign in signs}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCORES: Final = {"廿": 20, "卅": 30, "卌": 40}
_MYRIADS: Final = {"万": 10**4, "亿": 10**8}
_LONGEST: Final = 4000  # figures: CPython refuses to read longer numbers

# All that a number below ten thousand may be written with, for a character class.
SIGNS: Final = "".join((*_DIGITS, *_TENS, *_SCORES))


def spelled(text: str) -> int | None:
    """The number that the words are; None of any other words, and of none.

    >>> spelled("一百零五"), spelled("二〇二四"), spelled("廿三"), spelled("卅"), spelled("贰拾"), spelled("面")
    (105, 2024, 23, 30, 20, None)
    """
    if not text or any(sign not in _ALL for sign in text):
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text[:_LONGEST]))
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SCORES:
            section += _SCORES[sign]
            digit = 0
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            small = section + digit
            total = (total + small or 1) * _MYRIADS[sign] if sign == "亿" else total + (small or 1) * _MYRIADS[sign]
            section = digit = 0
    return total + section + digit


_ALL: Final = frozenset({*_DIGITS, *_TENS, *_SCORES, *_MYRIADS})
