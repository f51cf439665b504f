"""Addresses that look like those of a series' members. Pure."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from rapidfuzz.distance import Prefix

_DIGITS = re.compile(r"[0-9]+")
_RANDOM = re.compile(r"(?=[^0-9]*[0-9])(?=[^a-f]*[a-f])[0-9a-f]{8,}")  # hexadecimal, as content systems name files
_SLUGS = 3  # names without a number of their own that show the last segment to be words


class Addresses:
    """What the addresses of members have in common: host, folders, the form of the last segment, the query's keys.

    Digits may differ, and whole words of the last segment where members differ in them.

    Args:
        urls: Of members.
    """

    def __init__(self, urls: Iterable[str] = ()) -> None:
        self._urls: list[str] = []
        self._names: dict[str, set[str]] = defaultdict(set)  # forms of last segments by what stands before and behind
        for url in urls:
            self.learn(url)

    def learn(self, url: str) -> bool:
        """Take in a member's address; True when other addresses may look like members' now."""
        place = bisect_left(self._urls, url)
        if self._urls[place : place + 1] == [url]:
            return False
        self._urls.insert(place, url)
        where, name = _form(url)
        names = self._names[where]
        before = (name in names, len(names) >= _SLUGS)
        names.add(name)
        return before != (True, len(names) >= _SLUGS)

    def like(self, url: str) -> bool:
        where, name = _form(url)
        names = self._names.get(where, ())
        return name in names or len(names) >= _SLUGS

    def nearest_first(self, urls: Iterable[str]) -> list[str]:
        """By how much of its beginning an address shares with some member's; of equals by how near its number is."""
        return sorted(urls, key=self._shared, reverse=True)

    def _shared(self, url: str) -> tuple[int, int]:
        place = bisect_left(self._urls, url)
        beside: Sequence[str] = self._urls[max(0, place - 1) : place + 1]
        return max(((Prefix.similarity(url, one), -abs(_last(url) - _last(one))) for one in beside), default=(0, 0))


def _form(url: str) -> tuple[str, str]:
    """Of a canonical URL: all but the name in its last segment, and that name, with the digits of both masked.

    >>> _form("https://a.example/river/202304/t20230418_1012.html")
    ('a.example/river/9/*.html?', 't9_9')
    """
    parts = urlsplit(url)
    folders, _, last = parts.path.rpartition("/")
    name, dot, ending = last.rpartition(".") if "." in last else (last, "", "")
    keys = "&".join(f"{key}={_masked(value)}" for key, value in parse_qsl(parts.query, encoding="latin-1"))
    return f"{parts.netloc}{_masked(folders)}/*{dot}{ending}?{keys}", _masked(name)


def _last(url: str) -> int:
    """The last number of an address."""
    numbers = _DIGITS.findall(url)
    return int(numbers[-1]) if numbers else 0


def _masked(text: str) -> str:
    return _DIGITS.sub("9", _RANDOM.sub("9", text))
