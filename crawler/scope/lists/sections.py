"""The pages below a member's own address, as sections stand below their chapter: chapter1/a/, ch01s02.html. Pure."""

import re
from collections.abc import Container, Sequence
from typing import Final
from urllib.parse import urlsplit

from crawler.extraction.model import Extraction
from wangqi.series.family import Named
from wangqi.series.parts import turns_pages
from wangqi.titles.issues import numbering_of
from wangqi.urls import canonical_or_none

SECTION: Final = "its chapter, a member, leads to it, and it stands below the chapter's own address"
UNDER: Final = "its number says of which chapter it is, and it stands behind that chapter, a member, in a list"
FEWEST: Final = 2  # of one chapter
_PAGE = re.compile(
    r"(?!feed|amp|embed|trackback|comment|page|print|edit|attachment|im(?:g|age)|dsc|photo|screenshot)[^/?#]{3,}/?",
    re.IGNORECASE,
)
# What may have sections; the issue of a magazine has pages below it that are none of the series.
_UNITS: Final = frozenset({"章", "回", "节", "讲", "课", "部", "部分", "卷", "篇"})
_CHAPTER = re.compile(r"\W*(?:chapter|part|lesson|unit|module|lecture|section)\s*\d", re.IGNORECASE)
_SECTION = re.compile(r"\W*(?P<chapter>\d{1,3})\.\d{1,3}(?![\d%])")
_INDEX = re.compile(r"(?:(?:index|default|list|main|toc|contents|readme)(?:\.\w{2,5})?)?", re.IGNORECASE)
_BEHIND = re.compile(r"(?:[-_.]|[-_.]?s)\d{1,3}(?!\d)", re.IGNORECASE)
_NAME = re.compile(r"(?:chapter|chap|ch|part|lesson|unit|module|lecture|section|lab)[-_]?\d{1,3}", re.IGNORECASE)


def below(page: Extraction, url: str) -> dict[str, str]:
    """Pages that stand right below this one, by their addresses, with their titles."""
    folder = url if url.endswith("/") else f"{url}/"
    if urlsplit(folder).path == "/":
        return {}
    rows = ((canonical_or_none(row.url), row.titles) for row in page.rows)
    return {
        target: titles[0]
        for target, titles in rows
        if target and titles and target.startswith(folder) and _PAGE.fullmatch(target.removeprefix(folder))
    }


def of_chapter(page: Extraction, url: str) -> dict[str, str]:
    """The sections of a chapter; of a page that is called none, it is only known that they may be such."""
    folder, name = _place(url)
    number = numbering_of(page.title or "")
    is_chapter = (number is not None and number.unit in _UNITS) or _CHAPTER.match(page.title or "")
    if not is_chapter and not _NAME.fullmatch(name):
        return {}
    found = below(page, url) or {
        target: row.titles[0]
        for row in page.rows
        if (target := canonical_or_none(row.url)) and _is_counted_on(name, folder, target)
    }
    found = {target: title for target, title in found.items() if not turns_pages(title)}
    return found if len(found) >= FEWEST else {}


def under_chapters(rows: Sequence[Named], are_members: Sequence[bool]) -> set[str]:
    """Addresses of rows as 16.1 and 16.2 behind 第16章, where the chapter is a member, or there is reason to think so.

    One chapter with sections may be anything; a table of contents has several.
    """
    found: dict[str, int] = {}
    chapter: int | None = None
    for row, is_member in zip(rows, are_members, strict=True):
        if section := _SECTION.match(row.title):
            if int(section["chapter"]) == chapter:
                found[row.url] = chapter
        elif (number := numbering_of(row.title)) is not None and number.unit in _UNITS:
            chapter = number.value if is_member else None
    return set(found) if len({*found.values()}) >= FEWEST else set()


def lists_folder(page: Extraction, url: str, named: Container[str]) -> bool:
    """Whether the page is the index of its folder, and pages in that are named beside it by members."""
    folder, _, name = url.partition("?")[0].rpartition("/")
    rows = {target for row in page.rows if (target := canonical_or_none(row.url)) and target != url}
    inside = sum(row.startswith(f"{folder}/") and row in named for row in rows)
    return _INDEX.fullmatch(name) is not None and inside >= FEWEST


def _is_counted_on(name: str, folder: str, target: str) -> bool:
    """Whether the file is called as the chapter's is, with a number behind: ch01s02.html, 1-2.html."""
    theirs, other = _place(target)
    return bool(name) and theirs == folder and other.startswith(name) and bool(_BEHIND.match(other, len(name)))


def _place(url: str) -> tuple[str, str]:
    """The folder of an address, and its own name without an ending."""
    folder, _, name = url.partition("?")[0].rstrip("/").rpartition("/")
    return folder, name.rpartition(".")[0] or name
