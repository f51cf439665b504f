"""When the story was published: every place that may say so, the surest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from crawler.extraction.facts.surroundings import Surroundings
from crawler.extraction.model import FoundDate
from crawler.extraction.phrases.dates import SHANGHAI, Written, dates_in, from_epoch, parse_date
from crawler.extraction.source.metadata import PageData, text_of
from crawler.extraction.source.variables import assigned
from wangqi.text.folding import simpler

# What a meta element is called that bears the day of publication, its name without points: "articlepublishedtime".
_META = re.compile(
    r"(?:og|article|bytedance|weibo|news|dc|dcterms|sailthru|parsely|cxense|parse|recs)*"
    r"(?:(?:first)?publi(?:sh(?:ed)?|cation)|pub|issued?|releas(?:e|ed)|post(?:ed)?|article|news|story|creat(?:e|ed|ion)|date)"
    r"(?:date|time|datetime|at|on|publish(?:ed)?|created|issued)?"
)
_POINTS = re.compile(r"[\W_]+")
_META_EDITED = (
    "article:modified_time",
    "og:updated_time",
    "bytedance:updated_time",
    "last-modified",
    "lastmodified",
    "datemodified",
)
_VARIABLES = (
    "var ct", "window.ct", "ori_create_time", "oriCreateTime", "pubDate", "publishDate", "publishTime", "publish_time",
    "pubTime", "pubtime", "createTime", "releaseTime",
)  # fmt: skip
_LONGEST_VALUE = 32
_HOUR_DIGITS = 10
_EPOCH_DIGITS = (10, 13)  # seconds, milliseconds
_LABEL = re.compile(
    r"时间|日期|(?:发布|发表|发稿|刊发|刊|写|上传|录入|创建)于|发布|发表|刊登|publi|posted|released|\bdated?\b|입력|输入",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"(?:更新|修改|编辑)(?:时间|日期|于)?|\b(?:updated?|modified|revised|edited|reviewed)\b", re.IGNORECASE
)
_LABEL_AFTER = re.compile(r"发[布表帖]|张贴|刊登|提交")
_EDITED_AFTER = re.compile(r"更新(?!时间|日期|于|\s*[:：])")
_OTHER_DATE = re.compile(r"成文|印发|生效|施行|实施|截止|有效|截至|活动|会议|开标|报名|注册|签署|废止")
_SOURCE = re.compile(
    r"来源|來源|作者|记者|责编|编辑|浏览|阅读|字号|字体|评论|出处|打印|分享|举报|更新"
    r"|(?i:^\W*(?:written |posted |published |story )?by\s)"
)
_URL_DATES = (
    re.compile(r"[/_t-](?P<d>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[_/.\-]|$)"),
    re.compile(r"/(?P<d>(?:19|20)\d\d[-/_]?(?:0[1-9]|1[0-2])[-/_](?:0[1-9]|[12]\d|3[01]))(?=[_/.\-]|$)"),
    re.compile(r"/(?P<d>(?:19|20)\d\d/(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[_/.\-]|$)"),
    re.compile(r"/(?P<d>\d\d/(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))/"),
)
_AMERICAN = ("en", "en-us", "en_us")  # 9/12/25 is a day of September there
_YEAR = re.compile(r"(?:19|20)\d\d\D|1\d\d\D|民")
_MOVED = timedelta(days=2)
_CELL_SIGNS = 3
_QUARTER = timedelta(minutes=15)  # all time zones are multiples of it
_WESTMOST, _EASTMOST = timedelta(hours=-12), timedelta(hours=14)
_LATEST = timedelta(hours=-36)  # from the start of a day (UTC) to its end in the last time zone
_PRINTED = 3  # dates on the page that are compared with what its head claims
_LABEL_LENGTH = 12
_POINTS_BESIDE = 4  # signs around a date that is all of its line
_BEFORE, _BEFORE_HAN = 28, 14  # characters before a date among which its label stands
_BESIDE = 40  # characters that may stand beside a date that is the point of its line
_MAX_LINE = 140  # a line longer than this is prose, whatever date it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What the page says of its times.

    Attributes:
        rivals: Other days that other places gave.
        is_of_a_change: Only the head tells a day, that of the last change: content systems claim one for every page.
    """

    published: FoundDate | None
    rivals: tuple[FoundDate, ...]
    edited: FoundDate | None
    is_of_a_change: bool = False


def find_dates(
    data: PageData, source: str, around: Surroundings, times: Sequence[str], *, url: str, now: datetime | None
) -> Dates:
    """Judge all candidates.

    Args:
        data: The page's claims.
        source: The whole page, for the variables of its scripts.
        around: The lines around the story; of those apart from it only labelled dates count.
        times: `datetime` attributes of `<time>` elements.
        url: The page's own address.
        now: When the page was fetched.
    """
    addresses = dict.fromkeys((url, data.canonical or "", data.first("og:url") or ""))
    from_url = [found for address in addresses for found in url_dates(address, now)]
    sure = [*_declared(data, now), *_variables(source, now)]
    year = _year(sure, from_url, now)
    american = (data.language or "").lower() in _AMERICAN
    head = _printed((*around.head, *around.inside), year, now, american=american)
    apart = _printed((*around.closing, *around.apart), year, now, american=american)
    tags = [written.found("time") for value in times if (written := parse_date(value, now=now))]
    # A <time> may be of a story in the margin: it yields to what the head prints, be that the day of an update.
    weak = [*from_url, *head.updated, *tags] if head.updated else [*tags, *from_url]
    printed = [*head.labelled, *head.bare]
    candidates = [*_first_put_up(sure, printed, head.updated), *printed, *apart.labelled, *weak]
    claimed = list(_edited(data, now))
    updates = [*claimed, *head.updated, *apart.updated]
    is_of_a_change = not candidates and len(claimed) == len(updates)
    if not candidates:
        candidates, updates = updates, []
    if not candidates and len({_day(found) for found in apart.alone}) == 1:
        candidates = apart.alone
    # The day in the address of a story's own picture is that of its upload.
    candidates = candidates or list(url_dates(data.first("og:image") or "", now))
    edited = next(iter(updates), None)
    if not candidates:
        return Dates(published=None, rivals=(), edited=None)
    best = _sharpened(candidates[0], candidates[1:])
    rivals = tuple(found for found in candidates if _day(found) != _day(best))
    return Dates(published=best, rivals=rivals, edited=edited, is_of_a_change=is_of_a_change)


def _first_put_up(
    sure: Sequence[FoundDate], printed: Sequence[FoundDate], updated: Sequence[FoundDate]
) -> list[FoundDate]:
    """Put a date printed at the page's head before the claimed one when it is days earlier and names its year.

    A site that has moved to another system claims the day of the move for all that it took along. A day that is
    printed as well as claimed is no such.
    """
    first = next((found for found in printed if _YEAR.match(found.raw)), None)
    is_shown = sure and any(abs(found.value - sure[0].value) < _MOVED for found in (*printed, *updated))
    if first and sure and not is_shown and first.value < sure[0].value - _MOVED:
        return [first, *sure]
    return [*sure]


def url_dates(url: str, now: datetime | None) -> Iterator[FoundDate]:
    """The date in the page's own address: `t20210611_`, `/2021-06/11/`, `/20210611/`, `/21/0611/`."""
    for pattern in _URL_DATES:
        for match in pattern.finditer(url):
            digits = re.sub(r"\D", "", match["d"])
            if written := parse_date(digits if len(digits) == 8 else "20" + digits, now=now):
                yield replace(written.found("url"), raw=match["d"])


def _declared(data: PageData, now: datetime | None) -> Iterator[FoundDate]:
    for key in ("datePublished", "pubDate", "dateCreated", "uploadDate"):
        if (value := text_of(data.article.get(key))) and (written := parse_date(value, now=now)):
            yield written.found("json-ld")
    names = (name for name in data.meta if _bears_day(name))
    for name in sorted(names, key=lambda name: "pub" not in name):
        value = data.meta[name]
        if value.isdigit() and len(value) in _EPOCH_DIGITS:
            if moment := from_epoch(int(value), now):
                yield FoundDate(value=moment, precision="second", source="meta", raw=value)
        elif len(value) <= _LONGEST_VALUE and (written := parse_date(value, now=now)):
            yield written.found("meta")


@lru_cache(maxsize=1024)
def _bears_day(name: str) -> bool:
    return _META.fullmatch(_POINTS.sub("", name)) is not None


def _edited(data: PageData, now: datetime | None) -> Iterator[FoundDate]:
    if (value := text_of(data.article.get("dateModified"))) and (written := parse_date(value, now=now)):
        yield written.found("json-ld")
    for name in _META_EDITED:
        if (value := data.meta.get(name)) and (written := parse_date(value, now=now)):
            yield written.found("meta")


def _variables(source: str, now: datetime | None) -> Iterator[FoundDate]:
    for value, raw in assigned(source, *_VARIABLES):
        if len(value) == _HOUR_DIGITS and (written := parse_date(value[:8], now=now)):
            yield replace(written.found("page-variable"), raw=raw)  # 2019111905, and no second of 2033
            return
        if value.isdigit() and len(value) in _EPOCH_DIGITS:
            if moment := from_epoch(int(value), now):
                yield FoundDate(value=moment, precision="second", source="page-variable", raw=raw)
                return
        elif len(value) < _LONGEST_VALUE and (written := parse_date(value, now=now)):
            yield replace(written.found("page-variable"), raw=raw)
            return


@dataclass(slots=True)
class _Printed:
    """Dates under a label, dates in a short line or beside a source, updates, and lines that are but a date."""

    labelled: list[FoundDate] = field(default_factory=list)
    bare: list[FoundDate] = field(default_factory=list)
    updated: list[FoundDate] = field(default_factory=list)
    alone: list[FoundDate] = field(default_factory=list)


def _printed(lines: Sequence[str], year: int | None, now: datetime | None, *, american: bool) -> _Printed:
    result = _Printed()
    for place, line in enumerate(lines):
        if len(line) > _MAX_LINE:
            continue
        above = simpler(lines[place - 1]) if place else ""
        folded = simpler(line)
        is_other, end = False, 0  # from one such label to the next: 活动时间：5月1日 - 5月3日
        for written in dates_in(line, year=year, now=now, american=american):
            before = folded[max(0, written.start - _BEFORE) : written.start]
            before = before if before.isascii() else before[-_BEFORE_HAN:]
            if len(before) < _CELL_SIGNS and len(above) <= _LABEL_LENGTH:
                before = above + before  # a label and its date in two cells of a table
            after = folded[written.end : written.end + 8].strip()
            is_other = _OTHER_DATE.search(before) is not None or (
                is_other and not _LABEL.search(folded[end : written.start])
            )
            end = written.end
            if is_other:
                continue
            found = written.found("label")
            if _EDITED.search(before):
                result.updated.append(found)
            elif _LABEL.search(before) or _LABEL_AFTER.match(after):
                result.labelled.append(found)
            elif _EDITED_AFTER.match(after):
                result.updated.append(found)
            elif _stands_alone(folded, written):
                result.bare.append(found)
                is_alone = len(folded) - len(written.raw) <= _POINTS_BESIDE or _in_brackets(folded, written)
                result.alone.extend([found] if is_alone else [])
    return result


def _in_brackets(line: str, written: Written) -> bool:
    """Whether a line opens with the date in brackets and says little more: (2024-05-06 12:00) 午间新闻."""
    before, behind = line[: written.start].strip(), line[written.end :].strip()
    return before in tuple("([（【") and behind[:1] in tuple(")]）】") and len(behind) <= _LABEL_LENGTH


def _stands_alone(line: str, written: Written) -> bool:
    rest = len(line) - (written.end - written.start)
    return rest <= _BESIDE or _SOURCE.search(line) is not None


def _year(sure: Sequence[FoundDate], from_url: Sequence[FoundDate], now: datetime | None) -> int | None:
    for found in (*sure, *from_url):
        return found.value.astimezone(SHANGHAI).year
    return now.astimezone(SHANGHAI).year if now else None


def _sharpened(best: FoundDate, others: Sequence[FoundDate]) -> FoundDate:
    """A bare day gains the time of day that another place gives to the same day; a zone yields to the print's."""
    for other in others:
        if best.precision == "day" and other.precision in ("minute", "second") and _day(other) == _day(best):
            return other
        if (
            other.source == "label"
            and other.precision in ("minute", "second")
            and best.value.utcoffset() != other.value.utcoffset()
            and best.value.replace(tzinfo=None, second=0) == other.value.replace(tzinfo=None, second=0)
        ):
            return replace(best, value=best.value.replace(tzinfo=other.value.tzinfo))
    return _on_its_clock(best, others)


def _on_its_clock(best: FoundDate, others: Sequence[FoundDate]) -> FoundDate:
    """The claimed moment in the page's own time zone, known from the same moment printed without one: 22:45Z is 23:45.

    Of a page that prints no time of day the day is the printed one, if it is but a night away.
    """
    printed = [other for other in others if other.source == "label"][:_PRINTED]
    is_of_a_zone = best.value.tzname() != SHANGHAI.tzname(None)
    if not printed or not is_of_a_zone or best.precision not in ("minute", "second"):
        return best
    moment = best.value.astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
    for other in printed:
        ahead = other.value.replace(tzinfo=None, second=0, microsecond=0) - moment
        if other.precision in ("minute", "second"):
            if ahead % _QUARTER == timedelta(0) and _WESTMOST <= ahead <= _EASTMOST:
                return replace(best, value=best.value.astimezone(timezone(ahead)))
        # Midnight of the day before or after, as far as the clocks of the world are apart.
        elif other.precision == "day" and not best.value.utcoffset() and _LATEST <= ahead <= _EASTMOST:
            return best if _day(other) == _day(best) else other
    return best


def _day(found: FoundDate) -> str:
    return found.value.astimezone(SHANGHAI).date().isoformat()
