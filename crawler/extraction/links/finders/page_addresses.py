"""How the addresses of numbered pages are made, learnt from some of them: list_2.html, list_3.html, …"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlsplit

_DIGITS = re.compile(r"(\d+)")
_MOST_PAIRS = 12
_DATE = re.compile(r"(?:19|20)\d\d[-/_]?(?:0?[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class PagePattern:
    """Addresses that are equal but for one number, and that number grows evenly with the page's.

    Attributes:
        before: What stands before the number.
        behind: What stands behind it.
        step: By how much it grows from page to page; sites that count backwards have -1, offsets 10 or 20.
        first: What it would be on page 0.
    """

    before: str
    behind: str
    step: int
    first: int

    @property
    def is_of_days(self) -> bool:
        """Whether a year and a month stand before the number: then it counts days."""
        return _DATE.search(self.before) is not None

    def address(self, number: int) -> str | None:
        value = self.first + self.step * number
        return f"{self.before}{value}{self.behind}" if value >= 0 else None

    def number(self, url: str) -> int | None:
        """Which page the address is of, or None."""
        middle = url[len(self.before) : len(url) - len(self.behind)]
        whole = url == f"{self.before}{middle}{self.behind}"
        if not whole or not middle.isdigit() or (int(middle) - self.first) % self.step:
            return None
        return (int(middle) - self.first) // self.step


def pattern_of(pages: Iterable[tuple[int, str]]) -> PagePattern | None:
    """The pattern that most of the pages have; None where no two have one.

    Args:
        pages: Numbers with their addresses. The first page's often is its own: index.html before index_2.html.
    """
    known = list(dict.fromkeys(pages))[:_MOST_PAIRS]
    found = Counter(p for one, other in combinations(known, 2) if (p := _between(one, other)))
    return max(found, key=lambda pattern: (found[pattern], abs(pattern.step) == 1), default=None)


def _between(one: tuple[int, str], other: tuple[int, str]) -> PagePattern | None:
    pieces, others = _DIGITS.split(one[1]), _DIGITS.split(other[1])
    if len(pieces) != len(others) or one[0] == other[0]:
        return None
    apart = [at for at, piece in enumerate(pieces) if piece != others[at]]
    if len(apart) != 1 or apart[0] % 2 == 0:
        return None
    at = apart[0]
    if pieces[at].startswith("0") or others[at].startswith("0"):
        return None if pieces[at] != "0" and others[at] != "0" else _line(one, other, pieces, others, at)
    return _line(one, other, pieces, others, at)


def _line(
    one: tuple[int, str], other: tuple[int, str], pieces: list[str], others: list[str], at: int
) -> PagePattern | None:
    step, rest = divmod(int(others[at]) - int(pieces[at]), other[0] - one[0])
    if rest or not step:
        return None
    return PagePattern("".join(pieces[:at]), "".join(pieces[at + 1 :]), step, int(pieces[at]) - step * one[0])


# Of any name: what counts is how many pages there are, which is this one, and how their files are called.
_CALL = re.compile(
    r"(?<!function )\b[\w$]+\s*\(\s*(?P<room>['\"][^'\"()]{0,60}['\"]\s*,\s*)?"
    r"['\"]?(?P<count>\d{1,5})['\"]?\s*,\s*['\"]?(?P<here>\d{1,5})['\"]?\s*,"
    r"\s*(['\"])(?P<name>[\w./%-]{1,200})\4\s*,\s*(['\"])\.?(?P<ext>s?html?|aspx?|jsp|php|htm)\6",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:countpages?|pagecount|page_count|totalpages?|total_pages?|pagetotal|allpages?|maxpages?|lastpage)\b['\"]?\s*[:=]\s*['\"]?"
    r"(\d{1,5})\b"
)
_HERE = re.compile(r"\b(?:currentpage|curpage|currpage|pageindex|nowpage)\b['\"]?\s*[:=]\s*['\"]?(\d{1,5})\b")
_JOINED = re.compile(r"\\?['\"]\s*\+\s*\\?['\"]")
_FILE = re.compile(
    r"([\w/.%-]{1,200})_['\"]\s*\+\s*[\w$()+\-\s]{1,60}?\+\s*['\"]\.(s?html?|aspx?|jsp|php)\b", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"['\"]([^'\"\s]*(?:\{(?:page|p|n|0|num|pageNum|pageNo|pageIndex)\}|__PAGE__|\[page\]|%d)[^'\"\s]*)['\"]",
    re.IGNORECASE,
)
_PLACES = ("{page}", "{p}", "{n}", "{0}", "{num}", "{pagenum}", "{pageno}", "{pageindex}", "__page__", "[page]", "%d")
_PLACE = re.compile(r"\{\w+\}|__PAGE__|\[page\]|%d", re.IGNORECASE)
_NUMBERED = re.compile(r"_(\d{1,5})\.\w{2,5}$")
_WIDGET = re.compile(
    r"\blaypage\b|\.pagination\s*\(|\.createpage\s*\(|\bnew\s+paging?\b|jqpaginator|simplepagination|\bjpage\b|dataproxy\.jsp"
)
# Cheap tests first: the patterns above are only tried around what these find.
_MAY_CALL = re.compile(r",\s*['\"]\.?(?:s?html?|aspx?|jsp|php)['\"]", re.IGNORECASE)
_MAY_COUNT = re.compile(r"page\w{0,6}['\"]?\s*[:=]\s*['\"]?\d")
_MAY_JOIN = re.compile(r"_['\"]\s*\+")
_MAY_DRAW = re.compile(r"paginat|laypage|createpage|jpage|dataproxy|paging?\b")
_LONGEST_CALL = 600  # characters of a call up to the ending of its files
_LONGEST_PREFIX = 7  # of "page" in one of the names of a number
_LONGEST_FILE = 200
_LONGEST_WIDGET = 40
MOST_PAGES = 1_000  # that one page may name without links
_LONGEST = 400_000  # characters; more are of an application (WeChat: 3 MB), and take a third of a second


@dataclass(frozen=True, slots=True)
class ScriptPages:
    """What a script says of its page's pages.

    Attributes:
        count: How many there are.
        files: Their addresses as the script makes them, by number up to `MOST_PAGES`, without the page itself; empty
            where they cannot be read.
    """

    count: int
    files: dict[int, str]


def script_pages(source: str, url: str) -> ScriptPages | None:
    """What the scripts say; None where they count no pages.

    Args:
        source: The page's own scripts.
        url: The page's address: its own number, or what the script calls the first page, says where files begin.
    """
    if len(source) > _LONGEST:
        return None
    if found := _call(source):
        here, count = int(found["here"]), int(found["count"])
        declared = _number(_HERE, source.lower())
        # With a room for its links as the first argument the function counts from 1, else from 0.
        place = here if found["room"] and here else here + 1
        numbered = _NUMBERED.search(urlsplit(url).path)
        if numbered is None:
            place, own = 1, 0 if declared == 0 else here
        else:
            own = int(numbered[1])
        first = own - place + 1 if 0 <= own - place + 1 <= 1 else int(place == here)
        return _files(count, range(first, first + min(count, MOST_PAGES)), place, found["name"], found["ext"])
    folded = source.lower()
    counted = _number(_COUNT, folded)
    if counted is None:
        return ScriptPages(0, {}) if _draws(folded) else None
    if any(place in folded for place in _PLACES) and (template := _TEMPLATE.search(source)):
        made = {number: _PLACE.sub(str(number), template[1]) for number in range(2, min(counted, MOST_PAGES) + 1)}
        return ScriptPages(counted, made)
    current = _number(_HERE, folded)
    file = _file(source) if current is not None else None
    if current is None or file is None:
        return ScriptPages(counted, {})
    return _files(counted, range(min(counted, MOST_PAGES)), current + 1, file[1], file[2])


def _call(source: str) -> re.Match[str] | None:
    near = (_CALL.search(source, max(0, m.start() - _LONGEST_CALL), m.end()) for m in _MAY_CALL.finditer(source))
    return next(filter(None, near), None)


def _number(pattern: re.Pattern[str], folded: str) -> int | None:
    """The number that is given to the first of these names, as the script has it in lower case."""
    places = (m.start() - back for m in _MAY_COUNT.finditer(folded) for back in range(_LONGEST_PREFIX, -1, -1))
    found = (pattern.match(folded, at) for at in places if at >= 0)
    return next((int(each[1]) for each in found if each), None)


def _file(source: str) -> re.Match[str] | None:
    """The beginning and the ending of files whose number the script puts between."""
    code = _JOINED.sub("", source)
    places = ((m.start() - _LONGEST_FILE, m.end() + _LONGEST_FILE) for m in _MAY_JOIN.finditer(code))
    return next(filter(None, (_FILE.search(code, max(0, first), last) for first, last in places)), None)


def _draws(folded: str) -> bool:
    """Whether it calls one of the libraries that draw links to pages."""
    near = ((max(0, m.start() - _LONGEST_WIDGET), m.end() + _LONGEST_WIDGET) for m in _MAY_DRAW.finditer(folded))
    return any(_WIDGET.search(folded, first, last) for first, last in near)


def _files(count: int, numbers: range, here: int, name: str, extension: str) -> ScriptPages:
    """The addresses of all but the page at the place `here`, from 1, by what their files are numbered with."""
    made = {
        place: f"{name}_{number}.{extension}" if place > 1 else f"{name}.{extension}"
        for place, number in enumerate(numbers, 1)
        if place != here
    }
    return ScriptPages(count, made)
