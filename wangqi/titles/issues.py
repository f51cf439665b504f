"""Which part of a series a title says it is: number, unit and volume, in one parse."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from wangqi.text.numerals import SIGNS, spelled
from wangqi.titles.marks import COUNTERS

EPISODE = "s.e"  # the unit of S2E03
# A year may stand before it without a sign: 第2026031期 is the thirty-first of 2026.
_NUMBER = rf"(?:19|20)[0-9]{{4,5}}|[0-9]{{1,5}}|[{SIGNS}]{{1,9}}"
# A double issue: 第3-4期, 第3、4期.
_RANGE = rf"(?P<n>{_NUMBER})(?:\s*[-–—~、,/&+和至到及与]\s*第?\s*(?P<last>{_NUMBER}))?"
_UNIT = "期|篇|章|回|节|集|话|讲|课|辑|弹|部分|部|季|卷"
# These count other things as well (第一场雪, 第三天): set off, they are as plain as the others; else they come late.
_EVERYDAY = "站点|站|号|幕|天|日|棒|场|批|问|封|则|趟"
_YEAR = r"(?:19|20)\d\d"
_CLOSING = r"\)\]】》〉」』"
# From the plainest sign to the weakest; the first that matches decides.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (EPISODE, re.compile(r"(?<![0-9a-z])S(?P<vol>[0-9]{1,2})[ .·]?EP?(?P<n>[0-9]{1,3})(?![0-9])", re.IGNORECASE)),
    ("unit", re.compile(rf"第\s*(?P<vol>{_NUMBER})\s*[季卷部辑]\s*[·:,]?\s*第\s*{_RANGE}\s*(?P<unit>{_UNIT})")),
    ("unit", re.compile(rf"第\s*{_RANGE}\s*(?P<unit>{_UNIT})")),
    ("unit", re.compile(rf"(?<![0-9]){_RANGE}\s*(?P<unit>期)\s*合")),
    ("unit", re.compile(rf"(?:^|[\s:|—·(\[【\-])第\s*{_RANGE}\s*(?P<unit>{_EVERYDAY})(?=$|[\s:|—·\-,{_CLOSING}])")),
    ("之", re.compile(rf"(?:系列|连载)?(?<!分)[之·]\s*(?P<n>{_NUMBER})(?=\s*$|\s*[:|·—\-(\[【{_CLOSING}])")),
    ("之", re.compile(rf"(?<=\w)·\s*(?P<n>[0-9]{{1,3}}|[{SIGNS}]{{1,9}})(?=\s)")),
    ("论", re.compile(r"(?<=[—:|\-])\s*(?P<n>[一二三四五六七八九十]{1,3})[论谈评](?=[\w\"《]{2})")),
    ("date", re.compile(rf"[(\[【]?\s*(?:{_YEAR}\s*年\s*)?\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]\s*[)\]】]?")),
    ("date", re.compile(rf"[(\[【]?(?<![0-9]){_YEAR}([.\-/])\d{{1,2}}\1\d{{1,2}}(?![0-9])[)\]】]?")),
    ("date", re.compile(rf"[(\[【]?(?<![0-9]){_YEAR}\d{{4}}(?![0-9])[)\]】]?")),
    ("year", re.compile(rf"[(\[【]\s*{_YEAR}\s*年?\s*(?:[-—~至]\s*(?:{_YEAR}|\d\d)\s*年?)?\s*[)\]】]")),
    ("#", re.compile(r"#\s*(?P<n>[0-9]{1,5})(?![0-9])")),
    ("part", re.compile(rf"\b(?:{'|'.join(sorted(COUNTERS))})\.?\s*(?P<n>[0-9]{{1,5}})\b", re.IGNORECASE)),
    ("()", re.compile(rf"[(\[【〔]\s*(?P<n>{_NUMBER})\s*[{_CLOSING}〕]")),
    ("()", re.compile(r"[(\[【]\s*(?P<n>上|中|下|续|完|终)\s*篇?\s*[)\]】]")),
    ("unit", re.compile(rf"第\s*{_RANGE}\s*(?P<unit>{_EVERYDAY})")),
    ("上下", re.compile(r"(?<=[\w》”\"' :—|·\-])(?P<n>上|中|下)篇?\s*$")),
    ("mid", re.compile(r"(?<=[\u4e00-\u9fff])\s?(?P<n>[0-9]{1,3})(?=\s*[:|]\s*\D|\s+[-—]+\s+\D)")),
    (
        "roman",
        re.compile(r"(?:(?<=\w),\s*(?P<n>[IVX]{1,5})|(?<=\w)\s+(?P<m>II|III|IV|VI{1,3}|IX|XI{1,3}))(?=$|\s*[:|])"),
    ),
    ("系列", re.compile(rf"(?:系列|连载)\s*(?P<n>{_NUMBER})(?=\D|$)")),
    ("end", re.compile(r"(?<=[^0-9.年月\-/第])(?P<n>[0-9]{1,3})\s*$")),
    ("start", re.compile(r"^\s*(?P<n>[0-9]{1,4}|[一二三四五六七八九十]{1,3})\s*[.、](?=\s*\D)")),
)
# Signs that a word or an amount may bear, too: they count where other titles bear the same.
_AMONG_SIBLINGS = frozenset({"上下", "mid", "roman", "end", "start"})
_WHOLES = frozenset("季卷部辑")
# The number that goes on while the other begins anew each year: 2026年第3期（总第88期）.
_TOTAL = re.compile(rf"(?:[总總]|累计)\s*第?\s*{_RANGE}\s*期")
_YEAR_BEFORE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}|[一二][〇零○一二三四五六七八九]{3})\s*年?度?\s*[·.,:]?\s*\(?\s*$"
)
_YEARLY = frozenset("期号辑")
_ISSUES_IN_ONE = 6
_YEAR_DIGITS = 4
_WITH_YEAR = 190_000  # a number from here on begins with its year
_CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴]")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_WORDS = {"上": 1, "中": 2, "下": 3}


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number in a title.

    Attributes:
        value: From 1; 上, 中 and 下 are 1, 2 and 3; None for dates, and for 续 and 完. Of a double issue the first.
        unit: 期, 章 … after 第; else the sign itself: `之`, `#`, `part`, `()`, `上下`, `date`, `year`, `end`, `start`,
            and `s.e` of S2E03.
        start: Where the sign begins in the folded title.
        end: Where it ends.
        last: Of a double issue (第3-4期) its last number; else the value.
        volume: The year or the season in which the value counts; 0 where numbers simply go on.
        total: First and last of the number that never begins anew (总第88期); it is the value where it stands alone.
    """

    value: int | None
    unit: str
    start: int
    end: int
    last: int | None = None
    volume: int = 0
    total: tuple[int, int] | None = None


def fold(title: str) -> str:
    """One form for the widths and shapes of signs; the words stay."""
    return " ".join(unicodedata.normalize("NFKC", _uncircled(title)).translate(_SHAPES).split())


_SHAPES = str.maketrans(
    {
        **dict.fromkeys("丨︱┃∣│ǀ", "|"),
        **dict.fromkeys("﹕∶", ":"),
        **dict.fromkeys("〝〞＂“”", '"'),
        "‧": "·",
        "•": "·",
        "・": "·",
    }
)


@lru_cache(maxsize=8_192)  # cached: each finder asks for a link's number, and menus stand on every page
def numbering_of(title: str) -> Numbering | None:
    """The plainest sign of a part number in the title; a circled number (③) counts as one in brackets."""
    folded = fold(title)
    running = _TOTAL.search(folded)
    if running is None:
        return _plainest(folded)
    first, last = _span(running)
    beside = _plainest(folded[: running.start()] + " " * len(running[0]) + folded[running.end() :])
    if beside and beside.unit in _YEARLY and first is not None:
        return replace(beside, total=(first, last or first))
    total = None if first is None else (first, last or first)
    return Numbering(first, "期", running.start(), running.end(), last, total=total)


def _plainest(folded: str) -> Numbering | None:
    for name, sign in _SIGNS:
        found = sign.search(folded)
        if not found:
            continue
        volume = found.groupdict().get("vol")
        if found.groupdict().get("unit") in _WHOLES and (finer := sign.search(folded, found.end())):
            volume = volume or found["n"]  # 第二季 第7集: the finer one counts the parts
            found = finer
        unit = found.groupdict().get("unit") or name
        value, last = _span(found)
        within = (_value(volume) if volume else _year_before(folded, found, unit)) or 0
        if value is not None and last is not None and value >= _WITH_YEAR:
            behind = 10 ** (len(str(value)) - _YEAR_DIGITS)
            within, value, last = value // behind, value % behind, last % behind
        return Numbering(value, unit, found.start(), found.end(), last, within)
    return None


def _span(found: re.Match[str]) -> tuple[int | None, int | None]:
    groups = found.groupdict()
    written = groups.get("n") or groups.get("m")
    value = _value(written) if written else None
    last = _value(groups["last"]) if groups.get("last") else value
    if value is None or last is None or not value <= last < value + _ISSUES_IN_ONE:
        return value, value
    return value, last


def _year_before(folded: str, found: re.Match[str], unit: str) -> int | None:
    year = _YEAR_BEFORE.search(folded[: found.start()]) if unit in _YEARLY else None
    return _value(year["year"]) if year else None


def ordinal_of(title: str) -> int | None:
    """The part number that the title prints, in whatever numerals; None when it prints none."""
    numbering = numbering_of(title)
    return numbering.value if numbering else None


def ordinal_alone(title: str) -> int | None:
    """As `ordinal_of` for a title whose siblings are not known: 搬到滩地上 and 国道312 may count nothing."""
    numbering = numbering_of(title)
    if numbering is None or numbering.unit in _AMONG_SIBLINGS:
        return None
    return numbering.value


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _uncircled(title: str) -> str:
    return _CIRCLED.sub(lambda found: f"({unicodedata.normalize('NFKC', found[0])})", title)


def _value(text: str) -> int | None:
    if text in _WORDS:
        return _WORDS[text]
    if set(text) <= _ROMAN.keys():
        return _roman(text)
    return int(text) if text.isascii() else spelled(text)
