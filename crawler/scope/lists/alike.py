"""Lists like one that shows a member, beside it in a list of lists: the issues of a magazine. Pure."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import made_alike

_MOST_STORIES: Final = 30  # pages of stories, beside which much the same rows stand again and again
_COUNTED: Final = re.compile(r"\d|[一二三四五六七八九十]")


class Beside(NamedTuple):
    """A list, what it is called, and the page that lists it."""

    url: str
    title: str
    found_on: str


def is_list_beside(shown: str, row: str, members: Iterable[str]) -> bool:
    """Whether a row of a list leads to another in its own folder, where no member lies: h22.html beside h23.html."""
    folder = _folder(shown)
    return _folder(row) == folder and made_alike(shown, row) and all(_folder(member) != folder for member in members)


def _folder(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[0]


class Alike:
    """Gathers the lists that show a member, and what other lists name."""

    def __init__(self) -> None:
        self._showing: dict[str, None] = {}
        self._listed: dict[str, dict[str, str]] = {}
        self._stories: set[str] = set()

    def shows_member(self, url: str) -> None:
        """A page that was looked at, one of many, shows a member."""
        self._showing[url] = None

    def has_room(self, url: str, *, is_story: bool) -> bool:
        """Whether what the page lists is remembered: of every list, and of the first stories."""
        if is_story and len(self._stories) < _MOST_STORIES:
            self._stories.add(url)
        return not is_story or url in self._stories

    def lists(self, url: str, rows: Mapping[str, str]) -> None:
        """What a page that was looked at lists, with titles."""
        self._listed[url] = dict(rows)

    def leave(self, url: str) -> None:
        """What this page lists is of another work."""
        self._listed.pop(url, None)

    def stands_beside(self, url: str) -> bool:
        """Whether it is like a list that shows a member, and one page names both, or that list names it."""
        return any(
            made_alike(shown, url) and url in rows and (shown in rows or page == shown)
            for shown in self._showing
            for page, rows in self._listed.items()
        )

    def unread(self, known: Container[str]) -> Iterator[Beside]:
        """Those beside a list that shows a member, the nearest first, but for the `known` ones.

        The list of one year names those of the others, and itself perhaps not.
        """
        for shown in self._showing:
            for page, rows in ((page, rows) for page, rows in self._listed.items() if shown in rows):
                here = list(rows).index(shown)
                ready = [(abs(at - here), at, row) for at, row in enumerate(rows) if row not in known]
                for _, _, url in sorted(far for far in ready if made_alike(shown, far[2])):
                    yield Beside(url, rows[url], page)
            for url, title in self._listed.get(shown, {}).items():
                if url not in known and _COUNTED.search(title) and made_alike(shown, url):
                    yield Beside(url, title, shown)
