"""PURE: whether an answer is the page that was asked for, or what a server puts in the place of one that it has not."""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from crawler.extraction.links.wording import NEXT, PREV
from crawler.extraction.model import Extraction
from crawler.run.visits import ReadPage
from crawler.scope.arrivals import NAMED, NO_LINK, Link, is_column
from storage.rows import DuePage
from wangqi.addresses import is_home
from wangqi.outcomes import Outcome
from wangqi.titles.likeness import may_be_one
from wangqi.titles.names import letters
from wangqi.urls import canonical_or_none

_LOGIN: Final = re.compile(
    r"(?:^|[/._-])(?:log_?in|sign_?in|logon|passport|sso|oauth2?|denglu|auth)(?:$|[/._-])", re.IGNORECASE
)


def detour(
    page: Extraction, asked: str, came_from: str | None, named: str | None = None, series: str | None = None
) -> tuple[Outcome, str] | None:
    """What became of a page of which a story was expected, if its address led elsewhere; None where it did not.

    Args:
        page: As read.
        asked: The address of the page.
        came_from: Where the bytes came from, after redirects.
        named: The title by which a page of the series names this one, or None.
        series: What the series is called; a page that is called so is its column.
    """
    there = canonical_or_none(came_from)
    if there is None or _is_same_place(asked, there):
        return None
    if is_home(there):
        return "soft_404", f"its address leads to the home page, {there}"
    where = urlsplit(there)
    if _LOGIN.search(f"{where.hostname or ''}{where.path}") and not _LOGIN.search(urlsplit(asked).path):
        return "blocked", f"its address leads to a login, {there}"
    if page.kind == "listing" or (series and page.title and letters(page.title) == letters(series)):
        return "soft_404", f"its address leads to a list, {there}"
    words = NEXT.sub("", PREV.sub("", named or ""))
    if page.kind == "story" and page.title and not may_be_one(words, page.title):
        return "soft_404", f"its address leads to another story, 《{page.title}》 at {there}"
    return None


def of_page(page: Extraction, due: DuePage, came_from: str | None, series: str | None) -> tuple[Outcome, str] | None:
    """As `detour`, of a page as it was asked for. A person knows best where a page is; a column may move."""
    if not due.depth or is_column(Link(due.title, due.reason, due.via)):
        return None
    return detour(page, due.url, came_from, due.title, series)


def without_home(read: ReadPage, came_from: str | None, link: Link = NO_LINK) -> ReadPage:
    """The page as read; a home page is no story, whatever text stands on it, unless a book begins there."""
    if read.reading is None or not is_home(came_from or "") or _begins_work(read.page, link):
        return read
    page = replace(read.page, kind="listing", evidence="the home page of its site, which is no story")
    return ReadPage(page, assembly=read.assembly)


def _begins_work(page: Extraction, link: Link) -> bool:
    """Whether a contents names the page by its own title, and the page leads on to the next one."""
    is_named = link.via == NAMED and letters(link.title or "") == letters(page.title or "") != ""
    return is_named and any(beside.kind == "next" for beside in page.links)


def _is_same_place(one: str, other: str) -> bool:
    """Whether two addresses differ in the name of their host at most."""
    return _within(one) == _within(other)


def _within(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.path.rstrip("/"), parts.query
