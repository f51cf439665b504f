"""PURE: entries of a catalogue, made of a list of addresses: CSV, OPML, or one address a line."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from crawler.catalogue.entries import entry_lines
from wangqi.urls import canonical_or_none, is_web_url

_ADDRESSES: Final = ("url", "link", "address", "start", "href", "网址", "链接", "地址")
_TITLES: Final = ("title", "name", "series", "标题", "名称", "栏目")
_IN_OPML: Final = ("htmlUrl", "url", "xmlUrl")
_UNFIT: Final = re.compile(r"[^0-9A-Za-z]+")
_LONGEST: Final = 40


class Listed(NamedTuple):
    """One line of a list.

    Attributes:
        url: Canonical; None where the line has none.
        place: Which line, in words.
    """

    url: str | None
    title: str | None
    place: str


def listed(text: str, suffix: str) -> Iterator[Listed]:
    """The lines of a list whose file ends so: `csv`, `opml`, else text.

    Raises:
        ValueError: It is no such file at all.
    """
    if suffix == "csv":
        yield from _of_csv(text)
    elif suffix == "opml":
        yield from _of_opml(text)
    else:
        for number, line in enumerate(text.splitlines(), 1):
            address, _, title = line.strip().partition(" ")
            if address and not address.startswith("#"):
                yield _listed(address, title, f"line {number}")


def _of_csv(text: str) -> Iterator[Listed]:
    rows = csv.reader(text.splitlines())
    try:
        head = next(rows, [])
        names = [name.strip().lower() for name in head]
        at = next((names.index(name) for name in _ADDRESSES if name in names), None)
        titled = next((names.index(name) for name in _TITLES if name in names), None)
        if at is None:  # no line of names: the first cell that is an address
            yield from _cells(head, 1)
        for row in rows:
            if at is None:
                yield from _cells(row, rows.line_num)
            elif any(row):
                title = row[titled] if titled is not None and titled < len(row) else ""
                yield _listed(row[at] if at < len(row) else "", title, f"line {rows.line_num}")
    except csv.Error as error:
        raise ValueError(f"it is no CSV: {error}") from error


def _cells(row: list[str], number: int) -> Iterator[Listed]:
    if any(row):
        address = next((cell for cell in row if is_web_url(cell.strip())), "")
        title = next((cell for cell in row if cell.strip() and cell != address), "")
        yield _listed(address, title, f"line {number}")


def _of_opml(text: str) -> Iterator[Listed]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no OPML: {error}") from error
    for outline in tree.iter("outline"):
        address = next((outline.get(name) for name in _IN_OPML if outline.get(name)), None)
        if address:
            title = outline.get("title") or outline.get("text") or ""
            yield _listed(address, title, f"line {outline.sourceline}")


def _listed(address: str, title: str, place: str) -> Listed:
    url = canonical_or_none(address.strip()) if is_web_url(address.strip()) else None
    return Listed(url, " ".join(title.split()) or None, place)


def entries(lines: Iterable[Listed], names: Iterable[str], starts: Iterable[str]) -> Mapping[str, Listed]:
    """By new names those that no entry starts with, each address once."""
    taken, known = set(names), set(starts)
    found: dict[str, Listed] = {}
    for one in lines:
        if one.url is None or one.url in known:
            continue
        known.add(one.url)
        name = _name(one.url, taken)
        taken.add(name)
        found[name] = one
    return found


def _name(url: str, taken: set[str]) -> str:
    """As the host is called, and a number where that is taken."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    stem = _UNFIT.sub("-", host).strip("-")[:_LONGEST] or "series"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken and stem != "series" else next(one for one in numbered if one not in taken)


def toml_of(name: str, one: Listed) -> str:
    r"""The entry as the catalogue has it.

    >>> print(toml_of("river-example", Listed("https://river.example/1", '河上"旧事"', "line 1")))
    [river-example]
    start = "https://river.example/1"
    title = "河上\"旧事\""
    <BLANKLINE>
    """
    return entry_lines(name, {"start": one.url or "", **({"title": one.title} if one.title else {})})
