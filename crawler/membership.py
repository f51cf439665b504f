"""What is known of a series' members, and whether a title is one of theirs. Pure."""

from collections.abc import Iterable

from crawler.extraction.series import SeriesShape, title_shape
from crawler.extraction.series_titles import key, strip_decoration

_LEARNED_TITLES = 300  # enough to know a shape by
_EACH = 30  # up to so many titles every new one may change the shape; later only a fifth more
_SHORTEST_NAMED = 5  # characters of a title that is known by being named: 公告, 编后记 are anybody's


class Membership:
    """The titles of a series' members and of those that they name, and the shape that these share.

    Args:
        titles: Of the stories that the archive has already.
        named: Titles in their 往期 blocks.
    """

    def __init__(self, titles: Iterable[str] = (), named: Iterable[str] = ()) -> None:
        self.shape: SeriesShape | None = None
        self._titles: dict[str, None] = {}
        self._named: set[str] = set()
        self._next_lesson = 1
        self.learn(titles, named)

    def learn(self, titles: Iterable[str], named: Iterable[str] = ()) -> bool:
        """Take in a member's title and the titles that it names; True when other titles may be known by it now."""
        fresh = {word for title in named if len(word := _key(title)) >= _SHORTEST_NAMED} - self._named
        self._named |= fresh
        if len(self._titles) < _LEARNED_TITLES:
            self._titles |= dict.fromkeys(title for title in (*titles, *named) if title.strip())
        return self._learn_shape() or bool(fresh)

    def reason(self, title: str) -> str | None:
        """Why a story of this title belongs, in words; None when nothing says so."""
        if not title.strip():
            return None
        if _key(title) in self._named:
            return "a member names this title"
        return self.shape.member(title) if self.shape and self.shape.may_hold(title) else None

    def _learn_shape(self) -> bool:
        if len(self._titles) < self._next_lesson:
            return False
        self._next_lesson = max(len(self._titles) + 1, len(self._titles) * 6 // 5 if len(self._titles) > _EACH else 0)
        before, self.shape = self.shape, title_shape(self._titles)
        return self.shape != before


def _key(title: str) -> str:
    return key(strip_decoration(title))
