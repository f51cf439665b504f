"""Whether a row is of one family with members that were read: by its title and its address. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import made_alike
from crawler.scope.lists.labels import Labels
from crawler.scope.lists.sections import UNDER, under_chapters
from wangqi.series.family import LIKELY, TOLD_BY_TITLE, Named, Tie, family, is_anybodys, tie
from wangqi.series.shape import heads_of
from wangqi.series.slugs import count_before
from wangqi.text.folding import fold
from wangqi.titles.comparison import by_title
from wangqi.titles.frames import Frame, frames_around
from wangqi.titles.issues import numbering_of
from wangqi.titles.names import letters
from wangqi.titles.set_off import names_of

COUNTING: Final = "it counts on, and so do the rows beside it, without a gap"
COUNTED: Final = "its address begins with a count, and so do those of all rows beside it"
TWICE: Final = "its row and its address bear the same number, and so do those of a member and of rows beside it"
LABELLED: Final = "its row has no title, as a member's has none, and their addresses differ in days or numbers alone"
TOLD: Final = "its address counts what titles of members count; only its own page can say more"
_MOST_MEMBERS: Final = 3  # members that a row is laid upon: the first ones that were read
_SHORTEST_NAME: Final = 3
_OF_COLUMN: Final = re.compile(
    r"的?(?:专栏|專欄|系列|合集|专辑|專輯|专题|專題|连载|連載)(?:文章)?$"
)  # behind the name that rows begin with
_COLUMN_OF: Final = re.compile("^(?:专题|專題|专栏|專欄|系列|栏目)(?=.)")
_FIGURES: Final = re.compile(r"\d+")
_IN_BRACKETS: Final = re.compile(r"\s*[【\[〔](.{2,12}?)[】\]〕]")
_BROAD: Final = 12  # rows; where half of so many begin so, it is how the site writes its titles
_FEWEST_ROWS: Final = 3  # of a column that bear its name
_GAPS: Final = 1.25  # numbers from the first to the last, for each that rows have
_LEAST_ALIKE: Final = 8  # letters that two titles share by no chance
_NEARLY: Final = 0.85
_MOST_JUDGED = 32_768
_DOUBTFUL = 0.4  # from here on the row's own page is worth a look


class Kinship:
    """A few members, beside which rows are judged."""

    def __init__(self) -> None:
        self._members: list[Named] = []
        self._is_uniform = False  # then a row has to be like two of them: one may be like a stranger by chance
        self._judged = self._fresh_memory()
        self._known: frozenset[str] = frozenset()  # names that members and rows of a column of that name begin with
        self._frames: frozenset[Frame] = frozenset()  # what titles vary in the middle of
        self._heads: frozenset[str] = frozenset()  # what stands before the comma of members and of rows beside them
        self._labels = Labels()
        self._counted: str | None = None  # where all addresses count what they hold
        self._heard: tuple[Sequence[Named], tuple[Named, ...], bool] | None = None  # what `hear_rows` was told last

    def hear_column(self, titles: Iterable[str], rows: Collection[str]) -> bool:
        """A column is called so, and has these rows: where a member and most of them begin with its name, it is theirs.

        Before a colon others may be whoever speaks (渡船人：…), and behind a name may stand no sign at all; the column
        says that it is a name. A longer name that members set off by signs is theirs instead. The answer is whether
        that was news: then other titles may be known by it.
        """
        begun, before = {_letters(row) for row in rows}, self._known
        for name in {_OF_COLUMN.sub("", _COLUMN_OF.sub("", _letters(title))) for title in titles} - self._known:
            bearing = sum(row.startswith(name) for row in begun)
            is_most = bearing >= _FEWEST_ROWS and 2 * bearing > len(begun)
            titles_of_it = [one.title for one in self._members if _letters(one.title).startswith(name)]
            # A word of two letters is a name where brackets set it off: 【师者】…
            is_long = len(name) >= _SHORTEST_NAME or any(_set_off(title) == name for title in titles_of_it)
            if name and is_most and titles_of_it and is_long and not self._has_longer(name, begun):
                self._known |= {name}
                self._judged = self._fresh_memory()
        return self._known != before

    def _has_longer(self, name: str, rows: Collection[str]) -> bool:
        """Whether members set off a longer name, which others begin with, too: 渡船手册 on the site of 渡船."""
        known = {*rows, *(_letters(one.title) for one in self._members)}
        longer = {found.text for one in self._members for found in names_of(one.title) if found.strength >= LIKELY}
        return any(
            one.startswith(name) and one != name and sum(title.startswith(one) for title in known) > 1 for one in longer
        )

    def hear_rows(self, rows: Sequence[Named], *, is_nameless: bool) -> bool:
        """Rows as they stand in a list, or a member between its neighbours.

        Args:
            rows: From top to bottom.
            is_nameless: Nothing is known that the titles of members share: then their addresses may count them.

        Returns:
            Whether other rows may be known by these now.
        """
        heard = rows, tuple(self._members), is_nameless
        if self._heard is not None and self._heard[0] is rows and self._heard == heard:
            return False  # the same list once more
        self._heard = heard
        before = self._frames, self._counted, self._heads
        titles = [row.title for row in rows]
        self._heads |= {head for one in self._members for head in _heads_around(one.title, titles)}
        self._frames |= {frame for one in self._members for frame in frames_around(one.title, titles)}
        if is_nameless and self._counted is None:
            self._counted = next(filter(None, (_counting(one.url, rows) for one in self._members)), None)
        return before != (self._frames, self._counted, self._heads)

    def learn(self, title: str, url: str = "") -> None:
        if not title.strip() or len(self._members) >= _MOST_MEMBERS or any(title == one.title for one in self._members):
            return
        one = Named(title, url)
        if self._is_family() and not any(map(_is_likely, (tie(member, one) for member in self._members))):
            return
        self._members.append(one)
        pairs = [tie(one, other) for one, other in combinations(self._members, 2)]
        enough = len(self._members) == _MOST_MEMBERS
        self._is_uniform = enough and all(map(_is_likely, pairs))
        self._judged = self._fresh_memory()

    def _is_family(self) -> bool:
        """Whether two of them are like each other: then a third that is like neither speaks for no row."""
        return any(_is_likely(tie(one, other)) for one, other in combinations(self._members, 2))

    def reason(self, title: str, url: str = "") -> str | None:
        """Why it is of the family, in words; None when nothing is sure."""
        return self._told_by_lists(title, url) or self._judged(title, url).sure

    def _told_by_lists(self, title: str, url: str) -> str | None:
        word = _letters(title) if self._known else ""
        for name in self._known:
            if word.startswith(name) and word != name:
                return f"it begins with “{name}”, as members do and the rows of the column of that name"
        for frame in self._frames:
            if frame.holds(title):
                return f"its title is “{frame}” like those that stand beside one another in a list"
        if self._heads and (head := next(iter(self._heads & heads_of(title)), None)):
            return f"its title begins with “{head}” like those of a list"
        if self._counted is not None and (counted := count_before(url)) and counted[0] == self._counted:
            return COUNTED
        return None

    def has_namesake(self, title: str, url: str) -> bool:
        """Whether a member has the very title and an address that differs in figures alone: pages of an archive by
        months, which all are called so. A title that may be anybody's, as 公告, says nothing.
        """
        alike = (one for one in self._members if one.title == title and not is_anybodys(title))
        return any(url != one.url and _FIGURES.sub("0", url) == _FIGURES.sub("0", one.url) for one in alike)

    def is_doubtful(self, title: str, url: str = "") -> bool:
        """Whether something speaks for it, and not enough."""
        return _DOUBTFUL <= self._judged(title, url).strength < LIKELY

    def is_nearly_called(self, title: str) -> bool:
        """Whether its words are a member's but for a few letters: These Weeks on Deck beside This Week on Deck."""
        word = _words(title)
        return len(word) >= _LEAST_ALIKE and any(_are_near(word, _words(one.title)) for one in self._members)

    def among(self, rows: Sequence[Named], *, is_beside: bool = False) -> list[str | None]:
        """For each row why it is of the family; the rows of one page vouch for one another.

        By their titles alone: addresses count on wherever a site numbers what it publishes. `is_beside`: they stand in
        a list like one that shows a member.
        """
        judged = [self._judged(row.title, row.url) for row in rows]
        found = [one.sure for one in judged]
        if self._known or self._frames or self._heads or self._counted is not None:
            found = [self._told_by_lists(row.title, row.url) or why for row, why in zip(rows, found, strict=True)]
        for member in self._members[:1]:
            near = {row.url for row, one in zip(rows, judged, strict=True) if one.has_title_near}
            counted = dict.fromkeys(self._labels.alike(member, rows, is_beside=is_beside), LABELLED)
            counted |= dict.fromkeys(_counted_twice(member, rows), TWICE)
            counted |= dict.fromkeys(_counting_on(member, [row for row in rows if row.url in near]), COUNTING)
            found = [why or counted.get(row.url) for why, row in zip(found, rows, strict=True)]
        held = {member.url for member in self._members}
        known = [bool(why) or row.url in held for why, row in zip(found, rows, strict=True)]
        sections = dict.fromkeys(under_chapters(rows, known), UNDER)
        found = [why or sections.get(row.url) for why, row in zip(found, rows, strict=True)]
        return [why or (TOLD if one.is_told else None) for why, one in zip(found, judged, strict=True)]

    def _fresh_memory(self) -> Callable[[str, str], "_Judged"]:
        """The same rows stand on every page: each is judged once, until more is known of the members."""
        return lru_cache(maxsize=_MOST_JUDGED)(self._judge)

    def _judge(self, title: str, url: str) -> "_Judged":
        row, first = Named(title, url), self._members[:1]
        ties = (tie(member, row) for member in self._members)
        found = sorted(((bond.strength, bond.reason) for bond in ties if bond), reverse=True)
        strength, why = next(iter(found[self._is_uniform :]), (0.0, ""))
        told = (tie(member, Named("", url)) for member in first)
        return _Judged(
            round(strength, 2),  # two weak ties are .4, and not .39999
            why if round(strength, 2) >= LIKELY else None,
            any(bond is not None and bond.strength >= TOLD_BY_TITLE for bond in told),
            any(by_title(member.title, title) for member in first),
        )


class _Judged(NamedTuple):
    """What the members say of one row, whatever stands beside it.

    Attributes:
        strength: Of its tie to them.
        sure: Why it is of their family; None where the tie is too weak.
        is_told: Whether its address counts on from that of the first, whose title bears the very number of its own.
        has_title_near: Whether its title has anything in common with the first one's.
    """

    strength: float
    sure: str | None
    is_told: bool
    has_title_near: bool


def _heads_around(own: str, titles: Sequence[str]) -> Iterator[str]:
    """What stands before a comma of the title and of enough of those in the list that it is in, though not of most."""
    distinct = {*titles}
    for head in heads_of(own) if own in distinct else ():
        bearing = sum(head in heads_of(title) for title in distinct)
        if bearing >= _FEWEST_ROWS and (bearing < _BROAD or 2 * bearing < len(distinct)):
            yield head


def _words(title: str) -> str:
    return "".join(filter(str.isalpha, letters(fold(title))))


def _are_near(one: str, other: str) -> bool:
    return one != other and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEARLY


def _is_likely(bond: Tie | None) -> bool:
    return bond is not None and bond.strength >= LIKELY


def _counting_on(member: Named, rows: Sequence[Named]) -> set[str]:
    """Addresses whose titles count on from the member's; each by the first of its titles that has a number."""
    titles: dict[str, str] = {}
    for row in rows:
        if row.url not in titles or (numbering_of(titles[row.url]) is None and numbering_of(row.title)):
            titles[row.url] = row.title
    ties = family(Named(member.title), [Named(title) for title in titles.values()])
    return {url for url, bond in zip(titles, ties, strict=True) if bond and bond.strength >= LIKELY}


def _counted_twice(member: Named, rows: Sequence[Named]) -> set[str]:
    """Addresses in the list that the member is in whose rows and addresses count alike, from the member's on."""
    own = [row for row in rows if row.url == member.url]
    found = {
        row.url
        for row in rows
        for mine in own
        if made_alike(mine.url, row.url)
        and (titles := tie(Named(mine.title), Named(row.title)))
        and titles.numbers
        and (addresses := tie(Named("", mine.url), Named("", row.url)))
        and addresses.numbers == titles.numbers
    }
    return found if len(found) >= _FEWEST_ROWS else set()


def _letters(title: str) -> str:
    return letters(fold(title))


def _set_off(title: str) -> str:
    """The name in the brackets that a title begins with, or ""."""
    found = _IN_BRACKETS.match(fold(title))
    return letters(found[1]) if found else ""


def _counting(own: str, rows: Sequence[Named]) -> str | None:
    """The place where the page's address lies, if rows of a list lie there as well and count on, hardly with a gap."""
    ours = count_before(own)
    theirs = [counted for url in dict.fromkeys(row.url for row in rows) if (counted := count_before(url))]
    numbers = [number for place, number in theirs if ours and place == ours[0]]
    if ours is None or len(numbers) <= _FEWEST_ROWS or len({*numbers}) < len(numbers):
        return None
    is_steady = numbers in (sorted(numbers), sorted(numbers, reverse=True))
    return ours[0] if is_steady and max(numbers) - min(numbers) < _GAPS * len(numbers) else None
