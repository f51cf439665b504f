"""PURE: numbers that begin anew with each year or volume, as titles print them."""

import re

# The year or the season right before 第3期; 卷 and 辑 may be the very thing that is counted.
_NUMBER = r"(?:[0-9]{1,4}|[〇零一二三四五六七八九十]{1,4})"
_YEAR = re.compile(rf"((?:19|20)[0-9]{{2}})\s*年?度?\s*[·・.,，：:]?\s*[(（]?\s*第?\s*{_NUMBER}\s*[期号辑刊]")
_SEASON = re.compile(rf"第\s*({_NUMBER})\s*[季卷部辑]\s*[·・:：，,]?\s*第\s*{_NUMBER}")
_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}

Issue = tuple[int, int]  # volume and number


def volume_of(title: str | None) -> int:
    """The year or the season in which the number of the title counts; 0 where numbers simply go on.

    >>> volume_of("河口文艺2026年第3期"), volume_of("老街 第二季第3集"), volume_of("街坊周刊第12期")
    (2026, 2, 0)
    """
    if year := _YEAR.search(title or ""):
        return int(year[1])
    season = _SEASON.search(title or "")
    return _number(season[1]) if season else 0


def issue_of(title: str | None, ordinal: int | None) -> Issue | None:
    """What orders the numbered stories of a series; None of a story without a number."""
    return None if ordinal is None else (volume_of(title), ordinal)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, is_tens, ones = text.rpartition("十")
    return (10 * _NUMERALS.get(tens, 1) if is_tens else 0) + _NUMERALS.get(ones, 0)
