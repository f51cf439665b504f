"""An address read as that of a part of a story: `102_3.html` may be part 3 of `102.html`. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

_MOST_UNMARKED = 20
_KEY = re.compile(r"p|pp|pg|pn|page|pageno|page_?(?:no|num|number|index)|cur_?page|current_?page|paged", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do|action)$", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?P<stem>.*[^_\-])[_-](?:p|page)?(?P<number>\d{1,3})|(?P<name>.*\d)p(?P<page>\d{1,3})", re.IGNORECASE
)
_BELOW = re.compile(r"(?:p(?:age)?[_-]?)?(?P<number>\d{1,3})", re.IGNORECASE)
_FOLDER = re.compile(r"(?<=.)/(?:index|default|page|p)$", re.IGNORECASE)


def name_of(url: str) -> str:
    """The last piece of its path, without its ending."""
    return _ENDING.sub("", urlsplit(url).path.rstrip("/")).rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an address: as part `number` of the story at `stem`; None is the first, which needs no number.

    `is_marked`: the number stands where only numbers of pages stand.
    """

    stem: str
    number: int | None = None
    is_marked: bool = False


def readings_of(url: str) -> Iterator[Reading]:
    """All ways to read it, as a first part to begin with."""
    parts = urlsplit(url)
    path = _ENDING.sub("", parts.path).rstrip("/")
    query = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    yield Reading(_stem(path, query))
    for at, (key, value) in enumerate(query):
        if _KEY.fullmatch(key) and value.isdecimal() and len(value) <= 3:
            yield Reading(_stem(path, query[:at] + query[at + 1 :]), int(value), is_marked=True)
    folders, _, last = path.rpartition("/")
    if found := _BEHIND.fullmatch(last):
        written = found["number"] or found["page"]
        is_marked = not found["number"] or last[found.end("stem")] == "_" or _is_small(written)
        stem = _stem(f"{folders}/{found['stem'] or found['name']}", query)
        yield Reading(stem, int(written), is_marked=is_marked)
    if folders and (found := _BELOW.fullmatch(last)):
        is_marked = not last.isdecimal() or _is_small(last)
        yield Reading(_stem(folders, query), int(found["number"]), is_marked=is_marked)


def _is_small(written: str) -> bool:
    """Larger numbers behind a hyphen or in a folder are of chapters, those with a zero before them of days."""
    return not written.startswith("0") and int(written) <= _MOST_UNMARKED


def _stem(path: str, query: Sequence[tuple[str, str]]) -> str:
    return f"{_FOLDER.sub('', path)}?{'&'.join(sorted(f'{key}={value}' for key, value in query))}"
