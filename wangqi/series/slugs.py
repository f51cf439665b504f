"""What two addresses have in common that those of one work have: a word, and a number that counts on."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from wangqi.titles.laying import lay, numbers_at, words
from wangqi.titles.marks import COUNTERS, Token, folded, may_begin, tokens
from wangqi.titles.tie import Tie

_SHORTEST_NAME = 4
_LAST_PART = 999  # larger numbers are a database's, and count nothing
_EXTENSION = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
# 014.渡口的灯, 29-a-lamp; a year begins a day.
_COUNT_BEFORE = re.compile(r"(?P<n>\d{1,3})(?:[.、_ ]\s*(?=\w.*[^\W\d_])|-+(?=[^\W\d_]))")
_LANGUAGE = re.compile(
    "(?:zh|cn|tw|hk|en|ja|jp|ko|kr|fr|de|ru|es|it|pt|vi)(?:[-_](?:hans|hant|cn|tw|hk|sg|us|gb|br))?", re.IGNORECASE
)
_DAYS = re.compile(r"(?:19|20)?\d\d")
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d([-/_.]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    rf"|\d\d{_MONTH}(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d\d[-_]?{_MONTH})(?!\d)"
)
_SPAN = re.compile(rf"{_DAY.pattern}(?:[-_~]{_MONTH}?(?:0[1-9]|[12]\d|3[01])(?!\d))?")
_YEAR_FOLDER = re.compile(r"/(?:19|20)\d\d(?:[-/]?(?:0[1-9]|1[0-2]))?(?=/)")
_ANY_NAME = re.compile(
    "(?:blogs?|posts?|pages?|articles?|art|content|index|news|story|info|show|view|detail|archives?|item|id|html|thread"
    "|t|p|c|doc|list|categor(?:y|ies)|cate?|tags?|columns?|channels?|node|fenlei|lanmu)*"
)

# Folders in which every page is an issue, whatever its title.
_PERIODICAL = re.compile(
    "newsletters?|weekl(?:y|ies)|episodes?|podcasts?|e?zines?|zhou(?:kan|bao|ji)|yue(?:kan|bao)|[周週月季][刊报報记記]",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"第(?P<n>\d{1,4})(?P<unit>[期号號辑輯集回讲講话話])")


def by_address(own: str, other: str) -> Tie | None:
    """A number in the address: …/lexer-2-tokens/ and …/lexer-3-numbers/, …/07.html and …/08.html.

    Or what says that its pages are issues: 第14期-…, the folder of a newsletter.
    """
    return _by_periodical(own, other) or _by_count(own, other)


def _by_periodical(own: str, other: str) -> Tie | None:
    ours = _issue(own) if own != other else None
    if ours is None or (theirs := _issue(other)) is None or ours[:2] != theirs[:2]:
        return None
    if ours[2] and theirs[2]:
        unit = ours[2] == theirs[2] and ours[3] != theirs[3]
        return Tie(0.75, f"their addresses name issues, 第…{ours[2]}", (ours[3], theirs[3])) if unit else None
    name = ours[1].rpartition("/")[2]
    return Tie(0.75, f"both lie in the folder “{name}”") if _PERIODICAL.fullmatch(name) else None


@lru_cache(maxsize=8_192)
def _issue(url: str) -> tuple[str, str, str, int] | None:
    """Host, folder without days, and the unit and number that the page's name begins with; "" and 0 of none."""
    found = _slug(url)
    if found is None:
        return None
    folder = "/".join(part for part in found[1].split("/") if not _DAYS.fullmatch(part))
    counted = _ISSUE.match(found[2])
    return (found[0], folder, counted["unit"], int(counted["n"])) if counted else (found[0], folder, "", 0)


def _by_count(own: str, other: str) -> Tie | None:
    ours = _counting(own) if own != other else None
    # Cheap questions come first: most pairs of addresses have nothing in common.
    if ours is None:
        return _by_named_day(own, other)
    if ours.host not in other:
        return None
    is_near = ours.may_be_named or ours.folder in other or "%" in other or other.count("//") > 1
    return _beside(own, other) if is_near else None


@lru_cache(maxsize=8_192)
def _beside(own: str, other: str) -> Tie | None:
    ours, theirs = _counting(own), _slug(other)
    if ours is None or theirs is None or not _may_be_beside(ours, *theirs):
        return None
    mine, yours = ours.name, tokens(theirs[2])
    laid = lay(mine, yours)
    values = [side[place].value or 0 for place in laid.places for side in (mine, yours)]
    if not values or max(values) > _LAST_PART:
        return None
    numbers, before = numbers_at(mine, yours, laid), mine[: laid.places[0]]
    name = words(before, skip=())
    if _is_name(name) and _languages(ours.folder) == _languages(theirs[1]):  # not /cn/docs/part-1 beside /docs/part-2
        return Tie(0.75, f"their addresses count behind “{name}”", numbers)
    if ours.folder != theirs[1]:
        return None
    if any(token.text in COUNTERS for token in before):
        return Tie(0.5, "their addresses count chapters", numbers, is_bare=True)
    return Tie(0.25, "their addresses count on", numbers) if laid.is_whole else None


def by_day(own: str, other: str) -> Tie | None:
    """Addresses that differ in nothing but a day or month: /2019/08/04/weekly/, …-2016-12-11/, 160305.html, 2016-03."""
    ours = _without_days(own)
    if ours is None or own == other or ours != _without_days(other):
        return None
    return Tie(0.5, "their addresses differ in nothing but a day")


def _by_named_day(own: str, other: str) -> Tie | None:
    """The same with a name before the day or the span of days: week-summary-20221018-1024."""
    if own == other or (ours := _without_days(own)) is None or ours != _without_days(other):
        return None
    slug = (_slug(own) or ("", "", ""))[2]
    day = _DAY.search(slug)
    name = words(tokens(slug[: day.start()]), skip=()) if day else ""
    return Tie(0.75, f"their addresses differ in nothing but a day behind “{name}”") if _is_name(name) else None


@lru_cache(maxsize=8_192)
def _without_days(url: str) -> str | None:
    """The address with every day in it made the same; None where there is none."""
    bare, found = _SPAN.subn("0", url)
    return _YEAR_FOLDER.sub("/0", bare) if found else None


def _may_be_beside(ours: "_Own", host: str, folder: str, name: str) -> bool:
    """The cheap question before a name is taken apart."""
    is_near = ours.host == host and (ours.may_be_named or ours.folder == folder)
    return is_near and may_begin(ours.name[0], folded(name))


def _is_name(name: str) -> bool:
    """Whether what stands before a number says what it counts."""
    return len(name) >= _SHORTEST_NAME and not name.isdigit() and not _ANY_NAME.fullmatch(name)


def _languages(folder: str) -> set[str]:
    """The languages that folders are called by."""
    return {part for part in folder.split("/") if _LANGUAGE.fullmatch(part)}


@lru_cache(maxsize=8_192)
def count_before(url: str) -> tuple[str, int] | None:
    """The number that stands before words in the address's name, and where such names lie, the folders of days aside.

    >>> count_before("https://weekly.example/w/2017/09/30/014.lamps/")
    ('weekly.example/w', 14)
    """
    found = _slug(url)
    counted = _COUNT_BEFORE.match(found[2]) if found else None
    if found is None or counted is None or not int(counted["n"]):
        return None
    folders = (folder for folder in found[1].split("/") if not _DAYS.fullmatch(folder))
    return "/".join((found[0], *folders)).rstrip("/"), int(counted["n"])


class _Own(NamedTuple):
    """What an address is asked for each time that another one is laid beside it.

    Attributes:
        may_be_named: Whether a name stands before a number; only behind such a one others count in other folders.
    """

    host: str
    folder: str
    name: tuple[Token, ...]
    may_be_named: bool


@lru_cache(maxsize=256)  # one page's address is laid upon every link
def _counting(url: str) -> _Own | None:
    """None where no number stands in the name that a part may have."""
    found = _slug(url)
    name = tokens(found[2]) if found else ()
    if found is None or not any(token.value is not None and token.value <= _LAST_PART for token in name):
        return None
    numbers = (at for at, token in enumerate(name) if token.value is not None)
    return _Own(found[0], found[1], name, any(_is_name(words(name[:at], skip=())) for at in numbers))


@lru_cache(maxsize=8_192)
def _slug(url: str) -> tuple[str, str, str] | None:
    """Host, folder and the page's own name in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    is_folder = parts.path.endswith("/")
    if segments and segments[-1].partition(".")[0].lower() in {"index", "default"}:
        segments.pop()
        is_folder = True
    if not segments or parts.query:
        return None
    return parts.netloc, "/".join(segments[:-1]), segments[-1] if is_folder else _EXTENSION.sub("", segments[-1])
