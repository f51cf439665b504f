"""Dates as Chinese and other pages write them, each with the characters it was read from. Reads no clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain

from crawler.extraction.model import FoundDate, Precision
from crawler.extraction.phrases.months import HOURS_OF, NUMBER_OF, named_dates
from wangqi.text.folding import simpler
from wangqi.text.numerals import spelled

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
EARLIEST_YEAR = 1990  # no Chinese web page is older

_CLOCK = (
    r"(?:[\sT,，|日\-]{0,4}(?P<half>上午|下午|晚上|凌晨|中午|早上)?\s*(?P<hour>[01]?\d|2[0-4])\s*[:：∶时点]\s*(?P<minute>[0-5]\d)?"
    r"(?:\s*[:：∶分]\s*(?P<second>[0-5]\d)?)?(?:\.\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?\s*(?P<noon>[AP]\.?M\b)?)?"
)
_FULL = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?:[-/.年년—–－∶]\s*)(?P<month>0?[1-9]|1[0-2])\s*[-/.月월—–－∶]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*[日일]?"
    + _CLOCK,
    re.IGNORECASE,
)
# 公元21年, 光绪21年 and 平成21年 are no 2021: how eras end.
_ERAS = "元前治正和成绪统丰庆隆熙光祯历武靖"
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>3[01]|[12]\d|0[1-9])(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
)
_SHORT_YEAR = re.compile(
    rf"(?<![\d.{_ERAS}-])(?P<year>\d\d)[-/.年](?P<month>0?[1-9]|1[0-2])[-/.月](?P<day>3[01]|[12]\d|0?[1-9])(?![\d.-])日?"
    + _CLOCK
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20)\d\d)(?!\d)" + _CLOCK
)
# 12/25/2024 and 05-19-2013: no month is above 12, so the second number is the day.
_MONTH_FIRST = re.compile(
    r"(?<!\d)(?P<month>0?[1-9]|1[0-2])(?P<mark>[-/])(?P<day>3[01]|2\d|1[3-9])(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
    + _CLOCK,
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])/(?P<day>3[01]|[12]\d|0?[1-9])/(?P<year>(?:20)?\d\d)(?![\d/])" + _CLOCK,
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    r"(?<![\d年./-])(?P<month>0?[1-9]|1[0-2])\s*[-/月]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?" + _CLOCK
)
_HAN = re.compile(
    r"(?P<year>[一二][〇零○一二三四五六七八九0]{3})年\s*(?P<month>十[一二]?|[一二三四五六七八九])月\s*(?P<day>[一二三四五六七八九十廿卅]{1,3})日"
)
# 民國: 113年5月6日 and 113-05-06 are of no other calendar; smaller years only behind the era's name.
_REPUBLIC = re.compile(
    r"(?:(?:中华)?民国\s*(?P<year>\d{1,3}|[〇零○一二三四五六七八九十百]{1,5})\s*(?:[-/.年])\s*|(?<![\d.元前])(?P<bare>1[0-4]\d)\s*(?:[-/年])\s*)"
    r"(?P<month>0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])\s*[-/.月]\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9]|[一二三四五六七八九十廿卅]{1,3})(?!\d)\s*日?" + _CLOCK,
    re.IGNORECASE,
)
_OTHER_FORMS = (_HAN, _REPUBLIC, _DAY_FIRST, _MONTH_FIRST, _COMPACT, _SHORT_YEAR)
_EDGES = " ,，|-"
_NARROW = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")  # character by character: places stay
_BEFORE_REPUBLIC = 1911
# A day that counts from today stands by itself or beside what pages say of a publication: 昨天复航 is prose.
_APART = r"(?<![\u4e00-\u9fff“，。])"
_ALONE = r"(?=\s*(?:$|[^\s\u4e00-\u9fff，。！？”]|发[布表]|更新|来[源自]|阅读|评论|浏览|编辑|作者|记者))"
_LABELLED = r"(?:(?<=[布表新辑]于)|(?<=[布表新]))"
_AGO = re.compile(
    rf"(?:{_APART}|{_LABELLED})(?P<count>\d{{1,4}}|[一二两三四五六七八九十半])\s*个?\s*"
    rf"(?P<unit>秒|分钟|小时|天|日|周|星期|月|年)(?:钟)?之?前{_ALONE}"
)
_NEAR = re.compile(
    rf"(?:{_APART}|{_LABELLED})(?P<near>今[天日]|昨[天日]|前[天日]|刚刚)"
    rf"(?:\s*(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d))?{_ALONE}"
)
_UNITS = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86400, "日": 86400, "周": 604800, "星期": 604800}
_WORDS = {"半": 0.5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NEARBY = {"今": 0, "昨": 1, "前": 2, "刚": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date as written, and where in the text."""

    value: datetime
    precision: Precision
    raw: str
    start: int
    end: int

    def found(self, source: str) -> FoundDate:
        return FoundDate(value=self.value, precision=self.precision, source=source, raw=self.raw)


def dates_in(
    text: str, *, year: int | None = None, now: datetime | None = None, american: bool = False
) -> Iterator[Written]:
    """Every date of the text, left to right within each form, the fullest forms first.

    Args:
        text: Of one line; a line of prose is not told from a date line here.
        year: What a date without a year belongs to; such dates are left out without it.
        now: Aware, when the page was fetched; "3天前" is left out without it, and later dates are refused.
        american: Of three numbers the month stands first.
    """
    for written in _read(simpler(text).translate(_NARROW), year, now, american=american):
        yield replace(written, raw=text[written.start : written.end].strip(_EDGES))


def _read(text: str, year: int | None, now: datetime | None, *, american: bool) -> Iterator[Written]:
    taken: list[tuple[int, int]] = []
    forms = (_AMERICAN, *_OTHER_FORMS) if american else _OTHER_FORMS
    for match in chain(_FULL.finditer(text), named_dates(text), *(form.finditer(text) for form in forms)):
        if _overlaps(match, taken):
            continue
        taken.append(match.span())
        if written := _written(match, now=now):
            yield written
    if year is not None:
        for match in _NO_YEAR.finditer(text):
            if _overlaps(match, taken):
                continue
            # In January a page speaks of December without saying of which year.
            if written := _written(match, now=now, year=year) or _written(match, now=now, year=year - 1):
                yield written
    if now is not None:
        yield from _relative(text, now)


def parse_date(text: str, *, now: datetime | None = None) -> Written | None:
    """The one date that a machine-readable value holds, or None."""
    return next(dates_in(text, now=now), None)


def plausible(value: datetime, now: datetime | None) -> bool:
    """Neither before the web nor after the fetch; a day is allowed for zones and clocks."""
    return value.year >= EARLIEST_YEAR and (now is None or value <= now + timedelta(days=1))


def from_epoch(seconds: int, now: datetime | None = None) -> datetime | None:
    """A Unix time, in milliseconds when it is that large; None when implausible."""
    if seconds > 10**11:
        seconds //= 1000
    try:
        value = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return value if plausible(value, now) else None


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(match.start() < end and start < match.end() for start, end in taken)


def _written(match: re.Match[str], *, now: datetime | None, year: int | None = None) -> Written | None:
    part = match.groupdict()
    if year is None and (bare := part.get("bare")):
        year = _BEFORE_REPUBLIC + int(bare)
    elif year is None and match.re is _REPUBLIC:
        year = _BEFORE_REPUBLIC + _number(part["year"])
    elif year is None:
        year = _number(part["year"])
        if year < 100:
            year += 2000 if year < 70 else 1900
    hour, precision = _hour(part)
    try:
        value = datetime(
            year,
            _number(part["month"]),
            _number(part["day"]),
            hour,
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
            tzinfo=_zone(part.get("zone")),
        )
    except ValueError:
        return None
    if hour == 0 and value.minute == 0 and value.second == 0 and part.get("second"):
        precision = "day"  # 00:00:00 is what a database makes of a date without a time
    if not plausible(value, now):
        return None
    return Written(value=value, precision=precision, raw=match.group(), start=match.start(), end=match.end())


def _hour(part: dict[str, str | None]) -> tuple[int, Precision]:
    if not part.get("hour") or (part.get("minute") is None and not part.get("half")):
        return 0, "day"
    hour = int(part["hour"] or 0) % 24
    if hour < 12 and ((part.get("half") in ("下午", "晚上")) or (part.get("noon") or "").upper().startswith("P")):
        hour += 12
    return hour, "second" if part.get("second") else "minute"


def _zone(raw: str | None) -> timezone:
    if not raw:
        return SHANGHAI
    if raw in "Zz":
        return UTC
    if raw.isalpha():
        return timezone(timedelta(hours=HOURS_OF[raw.upper()]))
    sign = -1 if raw[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(raw[1:3]), minutes=int(raw[-2:])))


def _number(raw: str | None) -> int:
    text = raw or "0"
    if text.isdecimal():
        return int(text)
    text = text.replace("0", "〇")
    return NUMBER_OF.get(text.lower()) or spelled(text) or 0


def _relative(text: str, now: datetime) -> Iterator[Written]:
    local = now.astimezone(SHANGHAI)
    for match in _AGO.finditer(text):
        unit = match["unit"]
        count = _WORDS[match["count"]] if match["count"] in _WORDS else int(match["count"])
        days = {"月": 30, "年": 365}.get(unit)
        back = timedelta(days=days * count) if days else timedelta(seconds=_UNITS[unit] * count)
        try:
            value = local - back
        except OverflowError:
            continue
        precision: Precision = (
            "minute"
            if unit in ("秒", "分钟", "小时")
            else "year"
            if unit == "年"
            else "month"
            if unit == "月"
            else "day"
        )
        yield _cut(value, precision, match)
    for match in _NEAR.finditer(text):
        day = local - timedelta(days=_NEARBY[match["near"][0]])
        if match["hour"]:
            day = day.replace(hour=int(match["hour"]), minute=int(match["minute"]))
        yield _cut(day, "minute" if match["hour"] or match["near"] == "刚刚" else "day", match)


def _cut(value: datetime, precision: Precision, match: re.Match[str]) -> Written:
    value = value.replace(second=0, microsecond=0)
    if precision != "minute":
        value = value.replace(hour=0, minute=0)
    if precision in ("month", "year"):
        value = value.replace(day=1)
    if precision == "year":
        value = value.replace(month=1)
    return Written(value=value, precision=precision, raw=match.group(), start=match.start(), end=match.end())
