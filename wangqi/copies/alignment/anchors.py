"""Numbers, dates, Latin words and titles of works: what spinners leave alone and siblings differ in."""

import re
from unicodedata import normalize

from wangqi.text.numerals import spelled

_CHINESE = "〇零一二三四五六七八九十百千万亿两"
_MEASURES = "届次年月日号卷期批轮周季第名个项人位家只件岁吨元起条场类级版章节集部"
# In a match key, where no point is left.
_IN_KEY = re.compile(rf"[0-9]+|第[{_CHINESE}]+|[{_CHINESE}]{{1,9}}(?=[{_MEASURES}])|[{_CHINESE}]{{3,}}")
_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?")
_SPELLED = re.compile(
    rf"第[{_CHINESE}]{{1,7}}|[{_CHINESE}]{{1,7}}(?=[届次年月日号卷期批轮周季])|[{_CHINESE}]{{2,7}}(?=[个名人项家只位件岁吨元])"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
_WORKS = re.compile(r"《([^《》]{2,30})》")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])[（(] ?[^\W\d_\u2e80-\U0010ffff]{1,6} ?[)）]")


def anchors(text: str) -> frozenset[str]:
    """The numbers, Latin words (in lower case) and titles of works in a text in display form."""
    text = normalize("NFKC", _PINYIN.sub("", text))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    found = {match[0] for match in _FIGURES.finditer(text)}
    found |= {match[0] for match in _SPELLED.finditer(text)}
    found |= {match[0].lower() for match in _LATIN.finditer(text)}
    return frozenset(found | {match[1] for match in _WORKS.finditer(text)})


def agreement(one: frozenset[str], other: frozenset[str]) -> tuple[float, int]:
    """Share of the smaller set that the larger has too, and the smaller one's size."""
    size = min(len(one), len(other))
    return (len(one & other) / size if size else 1.0), size


def number_spans(key: str) -> list[tuple[int, int]]:
    """Where a match key has numbers, in figures or spelled."""
    return [match.span() for match in _IN_KEY.finditer(key)]


def without_numbers(key: str) -> str:
    """The key with its numbers taken out, so that 十四届 and 3届 become equal."""
    return _IN_KEY.sub("#", key)


def value(number: str) -> int:
    """The value of a number written in figures or in Chinese numerals; 二〇一九 is read digit by digit."""
    number = number.removeprefix("第")
    if number.isascii():
        return int(number[:4000] or 0)  # CPython refuses to read longer ones
    return spelled(number) or 0
