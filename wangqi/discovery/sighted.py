"""PURE: the series that show in the lists of a site: titles with a name in common, columns with a name of their own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import urljoin

from wangqi.series.breadth import is_broad
from wangqi.series.family import LIKELY
from wangqi.titles.comparison import by_title
from wangqi.titles.names import is_name

_FEWEST: Final = 3  # lines that make a series
_OF_A_LIST: Final = 0.5  # of the lines of a column that are of no other series, for it to be one itself
_SHORTEST: Final = 2
_BUCKET: Final = 3  # letters by which titles find those that they may have something in common with
_PIECES: Final = re.compile(r"[\s|｜:：—–·《》〈〉【】\[\]（）()「」『』“”\"_-]+")
_EDGES: Final = re.compile(r"^[\W\d_第之]+|[\W\d_第之（(【\[《]+$")
_SITE: Final = re.compile(r"\s*[-_|–—]\s*[^-_|–—]{2,}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that lists others; `rows` are what it is a list of, `links` all that it links to."""

    url: str
    title: str
    rows: tuple[Line, ...]
    links: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """A series that shows.

    Attributes:
        lines: Its stories as they are called, in the order in which they were seen.
        column: The page that lists it and nothing else; or None.
    """

    title: str
    lines: tuple[Line, ...]
    column: str | None = None


def sighted(pages: Sequence[ListPage], home: str) -> list[Sighted]:
    """The series of a site, the largest first; `home` is its front page, which is the column of none."""
    seen: dict[str, Line] = {}
    for page in pages:
        for line in (*page.rows, *page.links):
            if len(line.title) > len(seen.get(line.url, Line("", "")).title):
                seen[line.url] = line
    named = [(name, group) for group in _groups(seen.values()) if (name := _common(group))]
    taken = {line.url: name for name, group in named for line in group}
    found: dict[str, Sighted] = {}
    for name, group in named:
        found[name] = _joined(found.get(name), Sighted(title=name, lines=tuple(group)))
    for page in pages:
        if _is_front(page.url, home):
            continue
        rows = list({line.url: line for line in page.rows}.values())
        own = [line for line in rows if line.url not in taken]
        column = _SITE.sub("", page.title).strip()
        if _several(own) and len(own) >= _OF_A_LIST * len(rows) and is_name(column) and not is_broad(column):
            found[column] = _joined(found.get(column), Sighted(title=column, lines=tuple(own), column=page.url))
        elif rows and len({taken.get(line.url) for line in rows}) == 1 and (name := taken.get(rows[0].url)):
            found[name] = _joined(found[name], Sighted(title=name, lines=(), column=page.url))
    return sorted(found.values(), key=lambda one: -len(one.lines))


def _is_front(url: str, home: str) -> bool:
    return url == home or url == urljoin(home, "/") or url.startswith(urljoin(home, "/index."))


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines by what their titles have in common, as titles of one work have."""
    buckets: dict[str, list[list[Line]]] = defaultdict(list)
    groups: list[list[Line]] = []
    for line in lines:
        keys = {*_keys(line.title)}
        near = {id(group): group for key in keys for group in buckets[key]}
        mine = next((group for group in near.values() if _is_of(line, group)), None)
        if mine is None:
            mine = []
            groups.append(mine)
        mine.append(line)
        for key in keys:
            if all(each is not mine for each in buckets[key]):
                buckets[key].append(mine)
    return [group for group in groups if _several(group)]


def _several(lines: Iterable[Line]) -> bool:
    """Whether they are several stories: one headline at many addresses is one."""
    return len({line.title for line in lines}) >= _FEWEST


def _keys(title: str) -> Iterator[str]:
    for piece in _PIECES.split(title):
        letters = _EDGES.sub("", piece)
        if len(letters) >= _SHORTEST:
            yield letters[:_BUCKET]


def _is_of(line: Line, group: Sequence[Line]) -> bool:
    ties = (by_title(one.title, line.title) for one in (group[0], group[-1]))
    return any(tie is not None and tie.strength >= LIKELY and not tie.is_bare for tie in ties)


def _common(group: Sequence[Line]) -> str | None:
    """The longest words that all its titles share, as far as these may name a series."""
    words = group[0].title
    for line in group[1:]:
        found = SequenceMatcher(None, words, line.title, autojunk=False).find_longest_match()
        words = words[found.a : found.a + found.size]
    name = _EDGES.sub("", words).strip()
    return name if is_name(name) and not is_broad(name) else None


def _joined(one: Sighted | None, other: Sighted) -> Sighted:
    if one is None:
        return other
    lines = {line.url: line for line in (*one.lines, *other.lines)}
    return Sighted(title=one.title, lines=tuple(lines.values()), column=one.column or other.column)
