"""PURE: the series that show in the lists of a site: titles with a name in common, columns with a name of their own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import urljoin

from wangqi.series.breadth import is_broad
from wangqi.series.family import LIKELY
from wangqi.titles.comparison import by_title
from wangqi.titles.issues import numbering_of
from wangqi.titles.names import bare_name, is_name

_FEWEST: Final = 3  # lines that make a series
_OF_A_LIST: Final = 0.5  # of the lines of a column that are of no other series, for it to be one itself
_FEWEST_LINKS: Final = 5  # the same of links that are no rows of a list
_SHORTEST: Final = 2
_BUCKET: Final = 3  # letters by which titles find those that they may have something in common with
_PIECES: Final = re.compile(r"[\s|｜:：—–·《》〈〉【】\[\]（）()「」『』“”\"_-]+")
_EDGES: Final = re.compile(r"^[\W\d_第之]+|[\W\d_第之（(【\[《]+$")
_WORD: Final = re.compile(r"[^\W\d_\u2e80-\uffff]+")  # of letters that are written together
_COUNTER: Final = re.compile("^(?:年|月分?|[日号期回章节])")  # behind a number, and no piece of a name
_DAY: Final = re.compile(r"[\d〇零一二三四五六七八九十\s年月日号./-]+")  # what is filed by its month is no series
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
    lists = {home, *(page.url for page in pages if page.rows)}
    for page in sorted(pages, key=lambda page: -len(page.rows)):  # the longest list has them in order
        for line in (*page.rows, *page.links):
            is_longer = len(line.title) > len(seen.get(line.url, Line("", "")).title)
            if is_longer and line.url not in lists and not _is_front(line.url, home):
                seen[line.url] = line
    named = [*_named(_groups(seen.values()))]
    taken = {line.url: name for name, group in named for line in group}
    found: dict[str, Sighted] = {}
    for name, group in named:
        found[name] = _joined(found.get(name), Sighted(title=name, lines=tuple(group)))
    for page in pages:
        rows = list({line.url: line for line in page.rows if line.url in seen}.values())
        own = [line for line in rows if line.url not in taken]
        column = _name_of(page, pages)
        if is_name(column) and (chapters := _chapters(page, seen, taken)):
            found[column] = _joined(found.get(column), Sighted(title=column, lines=chapters, column=page.url))
            continue
        if _is_front(page.url, home):
            continue
        is_sort = is_broad(column) or _DAY.fullmatch(column) is not None
        if _several(own) and len(own) >= _OF_A_LIST * len(rows) and is_name(column) and not is_sort:
            found[column] = _joined(found.get(column), Sighted(title=column, lines=tuple(own), column=page.url))
        elif rows and len({taken.get(line.url) for line in rows}) == 1 and (its := taken.get(rows[0].url)):
            found[its] = _joined(found[its], Sighted(title=its, lines=(), column=page.url))
    return sorted(found.values(), key=lambda one: -len(one.lines))


def _name_of(page: ListPage, pages: Sequence[ListPage]) -> str:
    """What a list is called: by itself, or by links to it where its headline is that of a story in it."""
    column = _SITE.sub("", page.title).strip()
    if column and all(column != line.title.strip() for line in page.rows):
        return column
    called = Counter(line.title.strip() for other in pages for line in other.links if line.url == page.url)
    return next((title for title, _ in called.most_common(1)), column)


def _chapters(page: ListPage, seen: Mapping[str, Line], taken: Mapping[str, str]) -> tuple[Line, ...]:
    """The rows of a page that count on and bear no name (第一章 渡口, 第二章 …): the contents of what the page is."""
    rows = {line.url: line for line in page.rows or page.links if line.url in seen and line.url not in taken}
    counted = {line: number.value for line in rows.values() if (number := numbering_of(line.title)) and number.value}
    numbers = set(counted.values())
    few = len(numbers) < (_FEWEST if page.rows else _FEWEST_LINKS)
    if few or len(numbers) < _OF_A_LIST * max(*numbers, len(page.rows)):
        return ()
    return tuple(counted)


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
            yield letters[:_BUCKET].lower()


def _is_of(line: Line, group: Sequence[Line]) -> bool:
    ties = (by_title(one.title, line.title) for one in (group[0], group[-1]))
    return any(tie is not None and tie.strength >= LIKELY and not tie.is_bare for tie in ties)


def _named(groups: Iterable[list[Line]]) -> Iterator[tuple[str, list[Line]]]:
    """The groups that have a name; those that differ by a number in it are one (2023年3月分 …, 2023年2月分 …)."""
    by_name: dict[str, list[Line]] = {}
    for group in groups:
        if name := _common(group):
            by_name.setdefault(bare_name(name.lower()) or name, []).extend(group)
    for group in by_name.values():
        if name := _common(group):
            yield name, group


def _common(group: Sequence[Line]) -> str | None:
    """The longest words that all its titles share, as far as these may name a series; of a counted one any words."""
    title = group[0].title
    words, start = title, 0
    for line in group[1:]:
        found = SequenceMatcher(None, words.lower(), line.title.lower(), autojunk=False).find_longest_match()
        words, start = words[found.a : found.a + found.size], start + found.a
    words = _in_whole_words(title, start, start + len(words))
    if title[start - 1 : start].isdigit():
        words = _COUNTER.sub("", words)
    name = _EDGES.sub("", words).strip()
    if is_name(name) and not is_broad(name):
        return name
    ties = (by_title(title, line.title) for line in group[1:])
    numbers = {tie.numbers for tie in ties if tie and tie.numbers}
    return name if len(numbers) >= _FEWEST and len(name) >= _SHORTEST else None


def _in_whole_words(text: str, start: int, end: int) -> str:
    """That part of it, without the pieces of words of letters at its ends."""
    words = [match.span() for match in _WORD.finditer(text)]
    start = next((to for begin, to in words if begin < start < to), start)
    end = next((begin for begin, to in words if begin < end < to), end)
    return text[start:end]


def _joined(one: Sighted | None, other: Sighted) -> Sighted:
    if one is None:
        return other
    lines = {line.url: line for line in (*one.lines, *other.lines)}
    return Sighted(title=one.title, lines=tuple(lines.values()), column=one.column or other.column)
