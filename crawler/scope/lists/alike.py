"""Lists like one that shows a member, beside it in a list of lists: the issues of a magazine. Pure."""

from collections.abc import Container, Iterator, Mapping
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import made_alike

_MOST_STORIES: Final = 30  # pages of stories, beside which much the same rows stand again and again


class Beside(NamedTuple):
    """A list, what it is called, and the page that lists it."""

    url: str
    title: str
    found_on: str


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

    def unread(self, known: Container[str]) -> Iterator[Beside]:
        """Those beside a list that shows a member, the nearest first, but for the `known` ones."""
        for shown in self._showing:
            for page, rows in ((page, rows) for page, rows in self._listed.items() if shown in rows):
                here = list(rows).index(shown)
                ready = [(abs(at - here), at, row) for at, row in enumerate(rows) if row not in known]
                for _, _, url in sorted(far for far in ready if made_alike(shown, far[2])):
                    yield Beside(url, rows[url], page)
