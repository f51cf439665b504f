"""Where one work ends and the next begins: 下一章 of a book's last chapter leads to the first of another book. Pure.

Within a folder neighbours are of one work, and so are volumes, whose folders differ by a number. Beyond it each page
says what it is of: by its titles, which name the work beside the chapter; by its contents; by its number.
"""

import re
from collections import Counter
from typing import Final, NamedTuple

from crawler.extraction.model import Extraction
from wangqi.series.ends import ANOTHER_WORK
from wangqi.series.family import LIKELY, Named, tie
from wangqi.titles.anatomy import key
from wangqi.titles.issues import Numbering, numbering_of
from wangqi.urls import canonical_or_none

_BETWEEN: Final = re.compile(r"\s*[_|｜—–»«《》【】]\s*|\s[-:·]\s|-(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])-")
_LEAVES: Final = frozenset("章回节卷篇讲课")
_ID: Final = 100  # a folder's number from here on is a book's, and no volume's
_YEARS: Final = range(1900, 2100)
_NAMES: Final = "its title names"
_CONTENTS: Final = "its contents are elsewhere"
_ANEW: Final = "its number begins anew"
_PERHAPS: Final = "it seems to be of another work"
_BORNE: Final = 2  # members that bear a name, if there are so many


class _Work(NamedTuple):
    """What a page says of the work that it is of.

    Attributes:
        folders: Host and folders of its address.
        names: Pieces of its titles that are not its own.
        contents: Where it says that its contents are.
        ahead: Pages that it calls next; `back` those that it calls the one before.
    """

    title: str
    folders: tuple[str, ...]
    names: frozenset[str]
    contents: frozenset[str]
    number: Numbering | None
    ahead: frozenset[str]
    back: frozenset[str]


class Works:
    """Remembers what members say of their work.

    Attributes:
        beyond: Pages that are surely of another work, by its name and more: there the walk along leaves ends. A folder
            and a name that change may be a section's: such a page is foreign as well, but leaves a doubt.
    """

    def __init__(self) -> None:
        self.beyond: set[str] = set()
        self._heard: set[str] = set()
        self._members: dict[str, _Work] = {}  # those that have pages beside them
        self._turning: dict[str, list[str]] = {}  # to each page the members that are beside it
        self._bearing: Counter[str] = Counter()

    def hear(self, page: Extraction, url: str) -> None:
        """A member was read."""
        if url in self._heard:
            return
        self._heard.add(url)
        work = _work_of(page, url)
        self._bearing.update(work.names)
        if beside := work.ahead | work.back:
            self._members[url] = work
        for target in beside:
            self._turning.setdefault(target, []).append(url)

    def why_another(self, page: Extraction, url: str) -> str | None:
        """Why a page that members turn to begins, or ends, another work than theirs; None where nothing says so."""
        turning = [self._members[member] for member in self._turning.get(url, ())]
        theirs = _work_of(page, url)
        signs = [self._signs(work, theirs, url) for work in turning]
        if not signs or not all(signs):
            return None
        is_sure = bool({_CONTENTS, _ANEW} & {*signs[0]}) and any(_NAMES in sign for sign in signs[0])
        if is_sure:
            self.beyond.add(url)
        return f"{ANOTHER_WORK if is_sure else _PERHAPS} than the members that turn to it: {', '.join(signs[0])}"

    def _signs(self, ours: _Work, theirs: _Work, url: str) -> list[str]:
        """What tells the two works apart, if it is enough."""
        bond = tie(Named(ours.title), Named(theirs.title))
        is_kin = bond is not None and not bond.is_bare and bond.strength >= LIKELY
        if is_kin or _are_near(ours.folders, theirs.folders) or len(ours.names & theirs.names) > 1:
            return []
        fewest = min(_BORNE, len(self._heard))
        lost = {name for name in ours.names - theirs.names if self._bearing[name] >= fewest}
        gained = theirs.names - ours.names
        is_anew = _begins_anew(ours, theirs, url)
        named = [f"{_NAMES} “{min(gained)}” where theirs name “{min(lost)}”"] if lost and gained else []
        contents = [_CONTENTS] if _are_apart(ours.contents, theirs.contents) else []
        folder = ["its folder is another"] if ours.folders[:2] != theirs.folders[:2] else []
        anew = [_ANEW] if is_anew else []
        signs = [*named, *contents, *folder, *anew]
        return signs if anew or (named and len(signs) > 1) else []


def _work_of(page: Extraction, url: str) -> _Work:
    title = [piece for piece in _BETWEEN.split(page.title or "") if key(piece)]
    own = [key(piece) for piece in [one for one in title if numbering_of(one)] or title[-1:]]
    said = {key(piece) for piece in (*_BETWEEN.split(page.head_title or ""), *title)} - {""}
    contents = (canonical_or_none(shelf.url) for shelf in page.shelves if shelf.sort == "contents")
    return _Work(
        page.title or "",
        tuple(url.partition("?")[0].partition("://")[2].rstrip("/").split("/")[:-1]),
        frozenset(piece for piece in said if not any(piece in one or one in piece for one in own)),
        frozenset(filter(None, contents)),
        numbering_of(page.title or ""),
        _targets(page, "next") - {url},
        _targets(page, "prev") - {url},
    )


def _targets(page: Extraction, kind: str) -> frozenset[str]:
    found = (canonical_or_none(link.url) for link in page.links if link.kind == kind)
    return frozenset(filter(None, found))


def _are_near(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether one folder holds the other, or they differ by the number of a volume, a year or a month."""
    pairs = list(zip(ours, theirs, strict=False))
    return all(one == other or _are_volumes(one, other) for one, other in pairs)


def _are_volumes(one: str, other: str) -> bool:
    figures, others = re.findall(r"\d+", one), re.findall(r"\d+", other)
    if re.sub(r"\d+", "0", one) != re.sub(r"\d+", "0", other):
        return False
    numbers = [(int(a), int(b)) for a, b in zip(figures, others, strict=True)]
    return all(max(pair) < _ID or abs(pair[0] - pair[1]) == 1 or set(pair) <= {*_YEARS} for pair in numbers)


def _are_apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _begins_anew(ours: _Work, theirs: _Work, url: str) -> bool:
    """Whether the next 章 has a smaller number, or the one before a greater one."""
    one, other = ours.number, theirs.number
    if one is None or other is None or one.unit != other.unit or one.unit not in _LEAVES:
        return False
    if one.value is None or other.value is None or abs(one.value - other.value) < _BORNE:
        return False
    return url in (ours.ahead if other.value < one.value else ours.back)
