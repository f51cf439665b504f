"""Pages of a listing that its script counts: createPageHTML(12, 0, "index", "html") and its relatives."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# Of any name: what counts is how many pages there are, which is this one, and how their files are called.
_CALL = re.compile(
    r"(?<!function )\b[\w$]+\s*\(\s*(?P<room>['\"][^'\"()]{0,60}['\"]\s*,\s*)?"
    r"['\"]?(?P<count>\d{1,5})['\"]?\s*,\s*['\"]?(?P<here>\d{1,5})['\"]?\s*,"
    r"\s*(['\"])(?P<name>[\w./%-]{1,200})\4\s*,\s*(['\"])\.?(?P<ext>s?html?|aspx?|jsp|php|htm)\6",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:countPages?|pageCount|page_count|totalPages?|total_pages?|pageTotal|allPages?|maxPages?|lastPage)\b['\"]?\s*[:=]\s*['\"]?"
    r"(\d{1,5})\b",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"\b(?:currentPage|curPage|currPage|pageIndex|nowPage)\b['\"]?\s*[:=]\s*['\"]?(\d{1,5})\b", re.IGNORECASE
)
_JOINED = re.compile(r"\\?['\"]\s*\+\s*\\?['\"]")
_FILE = re.compile(
    r"([\w/.%-]{1,200})_['\"]\s*\+\s*[\w$()+\-\s]{1,60}?\+\s*['\"]\.(s?html?|aspx?|jsp|php)\b", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"['\"]([^'\"\s]*(?:\{(?:page|p|n|0|num|pageNum|pageNo|pageIndex)\}|__PAGE__|\[page\]|%d)[^'\"\s]*)['\"]",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\{\w+\}|__PAGE__|\[page\]|%d", re.IGNORECASE)
_NUMBERED = re.compile(r"_(\d{1,5})\.\w{2,5}$")
_WIDGET = re.compile(
    r"\blaypage\b|\.pagination\s*\(|\.createPage\s*\(|\bnew\s+Paging?\b|jqPaginator|simplePagination|\bjpage\b|dataproxy\.jsp",
    re.IGNORECASE,
)
# Cheap questions before the dear ones: without these the patterns above find nothing.
_MAY_CALL = re.compile(r",\s*['\"]\.?(?:s?html?|aspx?|jsp|php)['\"]")
_MAY_COUNT = re.compile(r"page\w{0,6}['\"]?\s*[:=]\s*['\"]?\d")
_MAY_DRAW = ("laypage", "pagin", "createpage", "jpage", "dataproxy.jsp")
_LONGEST = 400_000  # characters; more are of an application (WeChat: 3 MB), and take a third of a second


@dataclass(frozen=True, slots=True)
class ScriptPages:
    """What a script says of its page's pages.

    Attributes:
        count: How many there are.
        files: Their addresses as the script makes them, by number, without the page itself; empty where they cannot
            be read.
    """

    count: int
    files: dict[int, str]


def script_pages(source: str, url: str, most: int) -> ScriptPages | None:
    """What the scripts say, up to a number of pages; None where they count none.

    Args:
        source: The page's own scripts.
        url: The page's address: its own number, or what the script calls the first page, says where files begin.
        most: How many addresses to make.
    """
    if len(source) > _LONGEST:
        return None
    folded = source.lower()
    if found := _MAY_CALL.search(folded) and _CALL.search(source):
        here, count = int(found["here"]), int(found["count"])
        declared = _HERE.search(source)
        # With a room for its links as the first argument the function counts from 1, else from 0.
        place = here if found["room"] and here else here + 1
        numbered = _NUMBERED.search(urlsplit(url).path)
        if numbered is None:
            place, own = 1, 0 if declared and not int(declared[1]) else here
        else:
            own = int(numbered[1])
        first = own - place + 1 if 0 <= own - place + 1 <= 1 else int(place == here)
        return _files(count, range(first, first + min(count, most)), place, found["name"], found["ext"])
    counted = _MAY_COUNT.search(folded) and _COUNT.search(source)
    if counted is None:
        draws = any(word in folded for word in _MAY_DRAW) and _WIDGET.search(source)
        return ScriptPages(0, {}) if draws else None
    count = int(counted[1])
    if template := _TEMPLATE.search(source):
        made = {number: _PLACE.sub(str(number), template[1]) for number in range(2, min(count, most) + 1)}
        return ScriptPages(count, made)
    current, file = _HERE.search(source), _FILE.search(_JOINED.sub("", source))
    if current is None or file is None:
        return ScriptPages(count, {})
    return _files(count, range(min(count, most)), int(current[1]) + 1, file[1], file[2])


def _files(count: int, numbers: range, here: int, name: str, extension: str) -> ScriptPages:
    """The addresses of all but the page at the place `here`, from 1, by what their files are numbered with."""
    made = {
        place: f"{name}_{number}.{extension}" if place > 1 else f"{name}.{extension}"
        for place, number in enumerate(numbers, 1)
        if place != here
    }
    return ScriptPages(count, made)
