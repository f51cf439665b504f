"""What is known of a series' members, and whether a title or a page is one of theirs. Pure."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.model import Extraction
from crawler.scope.kinship import Kinship
from wangqi.series.family import Named
from wangqi.series.shape import SeriesShape, name_before_number, title_shape
from wangqi.titles.anatomy import key, strip_decoration
from wangqi.titles.issues import ordinal_of
from wangqi.urls import canonical_or_none

_LEARNED_TITLES = 300  # enough to know a shape by
_EACH = 30  # up to so many titles every new one may change the shape; later only a fifth more
_SHORTEST_NAME = 3
_FEW = 3  # titles that are no longer alike by chance
_FIGURES = re.compile(r"\d+")
_COUNTS = re.compile("[\\d第期号辑卷集回章一二三四五六七八九十年月日]")
_SHORTEST_NAMED = 5  # characters of a title that is known by being named: 公告, 编后记 are anybody's


class Membership:
    """The titles of a series' members and of those that they name, and the shape that these share.

    Args:
        titles: Of the stories that the archive has already.
        named: Titles in their 往期 blocks.
        name: Of the series, where a person or an earlier run has given it.
    """

    def __init__(self, titles: Iterable[str] = (), named: Iterable[str] = (), name: str | None = None) -> None:
        self.shape: SeriesShape | None = None
        self._given_name = name
        self._said: Counter[str] = Counter()  # names that stories give to their series
        self._stories = 0
        self._titles: dict[str, None] = {}
        self._known: set[str] = set()
        self._named: set[str] = set()
        self._led_to: dict[str, str] = {}  # to each title that a member has a link to, where it leads
        self._editions: dict[str, str] = {}  # rows that were taken for another edition's, with their titles
        self._of_site: set[str] = set()  # titles in blocks that stand on lists
        self._next_lesson = 1
        self._has_heard = False
        self.kin = Kinship()
        self._like_members: set[str] = set()  # the first titles, read or not, that members' titles spoke for
        self._alike = 0  # stories that earlier ones spoke for
        self._numbers: set[int] = set()
        titles = list(titles)
        for title in titles:
            self._count(title)
        self.learn(titles, named)

    @property
    def name(self) -> str | None:
        """What the series is called: in its titles, by a person, or by half of the stories that were read; or None."""
        if self.shape and self.shape.name:
            return self.shape.name
        if self.shape and not self._given_name and (name := name_before_number(self._titles, self.shape)):
            return name
        said, times = next(iter(self._said.most_common(1)), (None, 0))
        return self._given_name or (said if 2 * times >= self._stories else None)

    def read(self, page: Extraction, url: str = "") -> bool:
        """Take in a member's page; the answer is that of `learn`."""
        self._alike += bool(self._stories and self.reason(page.title or "", url))
        self._stories += 1
        self._count(page.title or "", url)
        if page.series_name:
            self._said[page.series_name] += 1
        beside = {link.kind: [Named(link.title, link.url or "")] for link in page.links}
        self.hear_rows([*beside.get("prev", ()), Named(page.title or "", url), *beside.get("next", ())])
        named = [link for link in page.links if link.kind == "series"]
        for link in named:
            if target := canonical_or_none(link.url):
                self._led_to.setdefault(_key(link.title), target)
        return self.learn([page.title or ""], [link.title for link in named])

    def learn(self, titles: Iterable[str], named: Iterable[str] = ()) -> bool:
        """Take in a member's title and the titles that it names; True when other titles may be known by it now."""
        fresh = {word for title in named if len(word := _key(title)) >= _SHORTEST_NAMED} - self._named
        self._named |= fresh
        titles = list(titles)
        self._known |= {word for title in titles if len(word := _key(title)) >= _SHORTEST_NAMED}
        if len(self._titles) < _LEARNED_TITLES:
            self._titles |= dict.fromkeys(title for title in (*titles, *named) if title.strip())
        return self._learn_shape() or bool(fresh)

    def hear_rows(self, rows: Sequence[Named]) -> None:
        """Rows as they stand in a list, or a member between its neighbours."""
        self._has_heard |= self.kin.hear_rows(rows, is_nameless=not (self.shape or self.are_alike))

    def has_heard_rows(self) -> bool:
        """Whether, since this was asked last, rows have said by what other titles may be known."""
        heard, self._has_heard = self._has_heard, False
        return heard

    def reason(self, title: str, url: str = "") -> str | None:
        """Why a story of this title belongs, in words; None when nothing says so."""
        if not title.strip():
            return None
        if _key(title) in self._named:
            return "a member names this title"
        return self.likeness(title, url)

    def reasons(self, rows: Sequence[Named], *, is_beside: bool = False) -> list[str | None]:
        """For each row of one list why it belongs, by its own title or by what the others say of it.

        `is_beside`: the list is like one that shows a member.
        """
        if len(of_edition := list(filter(self._is_of_edition, rows))) >= _FEW:
            self._editions |= {row.url: row.title for row in of_edition}
            return [None] * len(rows)
        beside = self.kin.among(rows, is_beside=is_beside)
        return [
            (self.reason(row.title) or kin) if kin or self._may_hold(row.title) else None
            for row, kin in zip(rows, beside, strict=True)
        ]

    def _is_of_edition(self, row: Named) -> bool:
        """Whether members have a link of this title to a page of the same name in another year's folder: some such rows
        are another edition of the work. Issues are called by a number in every year.
        """
        word = _key(row.title)
        own = self._led_to.get(word, "")
        if not own or own == row.url or len(_COUNTS.sub("", word)) < _SHORTEST_NAMED:
            return False
        (folder, _, name), (others, _, other) = own.rpartition("/"), row.url.rpartition("/")
        return name == other and folder != others and _FIGURES.sub("0", folder) == _FIGURES.sub("0", others)

    def doubt_of_editions(self, members: Container[str]) -> str | None:
        """That rows were taken for another edition's, as a sentence; None where none were, or members led to them."""
        left = {url: title for url, title in self._editions.items() if url not in members}
        if not left:
            return None
        url, title = next(iter(left.items()))
        return f"{len(left)} rows were taken for another edition of the work and not read, “{title}” first ({url})"

    def _may_hold(self, title: str) -> bool:
        """The cheap question before a title is asked about that no member is kin to."""
        return bool(self.shape and self.shape.may_hold(title)) or _key(title) in self._named

    def likeness(self, title: str, url: str = "") -> str | None:
        """In what a title is like those of members, whoever names it; None when in nothing."""
        if not title.strip():
            return None
        why = self.shape.member(title) if self.shape and self.shape.may_hold(title) else None
        why = why or self.kin.reason(title, url)
        if why and len(self._like_members) < _FEW:
            self._like_members.add(title)
        return why

    def knows(self, title: str) -> bool:
        """Whether it is the title of a member, or one that a member names."""
        word = _key(title)
        return word in self._known or word in self._named

    def hear_of_site(self, page: Extraction) -> None:
        """A list was read: a block of other stories on it is its site's."""
        self._of_site.update(map(_key, _named_in_blocks(page)))

    def bears_name(self, *titles: str | None) -> bool:
        """Whether one of these is the series' name and nothing more: of the series' own column."""
        name = _key(self.name or "")
        return len(name) >= _SHORTEST_NAME and any(_key(title) == name for title in titles if title)

    def proof(self, page: Extraction) -> str | None:
        """Why a story belongs whatever its title says, in words; None when its page does not say so.

        Where the titles of a series have a shape, a block that names a member is no proof: it may be of two series.
        Nor is one that stands on lists, too: then it is the site's, and names members on every page.
        """
        if self.bears_name(page.series_name):
            return f"it calls its series “{page.series_name}”"
        if self.bears_name(*(link.title for link in page.links if link.kind == "listing")):
            return "its column bears the series' name"
        named = (title for title in _named_in_blocks(page) if _key(title) not in self._of_site)
        known = None if self.shape else next(filter(self.knows, named), None)
        return f"it names a member, 《{known}》" if known else None

    @property
    def are_alike(self) -> bool:
        """Whether most members speak for one another by their titles or addresses."""
        return len(self._like_members) >= _FEW and 2 * self._alike >= self._stories - 1

    @property
    def says_name(self) -> bool:
        """Whether most of the stories that were read call their series by one name."""
        said = next((times for _, times in self._said.most_common(1)), 0)
        return said > 0 and 2 * said >= self._stories

    @property
    def is_whole(self) -> bool:
        """Whether the members that were read count from one on without a gap."""
        return (
            len(self._numbers) > 1
            and min(self._numbers) <= 1
            and len(self._numbers) > max(self._numbers) - min(self._numbers)
        )

    @property
    def has_gaps(self) -> bool:
        """Whether the members that were read count, and numbers are missing."""
        return len(self._numbers) > 1 and not self.is_whole

    def _count(self, title: str, url: str = "") -> None:
        self.kin.learn(title, url)
        number = ordinal_of(title)
        if number is not None:
            self._numbers.add(number)

    def _learn_shape(self) -> bool:
        if len(self._titles) < self._next_lesson:
            return False
        self._next_lesson = max(len(self._titles) + 1, len(self._titles) * 6 // 5 if len(self._titles) > _EACH else 0)
        before, self.shape = self.shape, title_shape(self._titles)
        return self.shape != before


def _named_in_blocks(page: Extraction) -> Iterator[str]:
    """Titles in 往期 blocks; the contents of a work stand on its own pages alone, lists or not."""
    for link in page.links:
        if link.kind == "series" and link.in_block and IN_CONTENTS not in link.reasons:
            yield link.title


@lru_cache(maxsize=16_384)  # stories name each other again and again
def _key(title: str) -> str:
    return key(strip_decoration(title))
