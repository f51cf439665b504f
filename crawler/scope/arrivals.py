"""Whether a page that a link led to is of the series, by its own words: the other end of the link. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple, Self

from crawler.extraction.links.addresses import is_shelf, may_be_series
from crawler.extraction.links.finders.breadcrumb import MOVED
from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.model import DIGEST, Extraction, SeriesLink
from crawler.extraction.rules.selectors import is_of_rule
from crawler.scope import probes
from crawler.scope.filing import Filing, shelves_of
from crawler.scope.home import ORIGINAL
from crawler.scope.kinship import COUNTED, COUNTING, LABELLED, TWICE
from crawler.scope.leads import LEAD, is_lead
from crawler.scope.leaves.turning import LEAF, TURNED_BACK, Turns, turns, turns_leaves
from crawler.scope.leaves.works import Works
from crawler.scope.lists.contents import CONTENTS_ROW, Contents
from crawler.scope.lists.issues import Issues
from crawler.scope.lists.places import leads_up, passes_by
from crawler.scope.lists.sections import SECTION, UNDER, lists_folder, of_chapter
from crawler.scope.membership import Membership
from storage.rows import DuePage
from wangqi.series.breadth import is_broad
from wangqi.series.ends import FILED_ELSEWHERE
from wangqi.titles.issues import numbering_of, ordinal_of
from wangqi.titles.likeness import may_be_one
from wangqi.visit import CHAPTER_LISTED, HEARD_AGAIN, Discovery

# A title alone speaks for these; a 往期 block, or a person, for the others.
DOUBTFUL: Final = frozenset({"prev", "next", "entry"})
COLUMNS: Final = frozenset({"listing", "page", LEAD})
NAMED: Final = "series"
PERSONS_ROW: Final = "entry: a row of the column that a person named"
OWN_ROW: Final = "entry: a row of the column that bears the series' name"
COLUMN_ROW: Final = "named as a member: a row of the column that is the series, as nothing narrower is named"
NOTICE: Final = "beside a member; it may say that the series has moved"
_NO_NEIGHBOUR: Final = "the contents of the work list it, but it and the pages beside it do not name each other"
_UNLIKE: Final = {CONTENTS_ROW: _NO_NEIGHBOUR, ORIGINAL: f"{ORIGINAL}, and it is another story"}
_ENOUGH_NAMINGS: Final = 2


class Link(NamedTuple):
    """The link that led to a page: its text, why it was followed, and of which kind it is."""

    title: str | None = None
    reason: str = ""
    via: str = ""

    @classmethod
    def to(cls, page: DuePage) -> Self:
        return cls(page.title, page.reason, page.via)


NO_LINK: Final = Link()


def is_column(link: Link) -> bool:
    """Whether the page is asked for the rows that it may have."""
    return link.via in COLUMNS or is_lead(link.reason)


def is_part(link: Link) -> bool:
    """Whether its work lists the page or turns to it: then it is a part though it may hold nothing but a list."""
    is_listed = link.reason.endswith((IN_CONTENTS, COUNTED)) or link.reason in {CONTENTS_ROW, SECTION}
    return is_listed or turns(link.via, link.title, link.reason)


class Arrivals:
    """Judges pages as they come, and remembers by how many members each was named.

    Args:
        members: What is known of the series.
        filing: Where they are filed.
        contents: Of the work.
    """

    def __init__(self, members: Membership, filing: Filing | None = None, contents: Contents | None = None) -> None:
        self.filing = filing or Filing()
        self.contents = contents or Contents()
        self.turns = Turns()
        self.works = Works()
        self.issues = Issues()
        self._members = members
        self._namings: Counter[str] = Counter()
        self._refused: dict[str, str] = {}  # with their titles
        self._sections: dict[str, str] = {}  # of chapters read since they were asked for last
        self.columns: set[str] = set()  # that members say they are in, and that list members
        self.claimed: dict[
            str, set[str]
        ] = {}  # all that members say they are in, a menu of the site perhaps: with rows

    def hear_turns(self, page: Extraction, url: str) -> None:
        """A member was read: it may turn to others."""
        self.turns.has_contents = self.contents.url is not None
        self.turns.hear(page, url)
        self.works.hear(page, url)
        self._sections |= of_chapter(page, url)

    def named(self, urls: Iterable[str]) -> None:
        """Addresses that one member's 往期 block names."""
        self._namings.update(set(urls))

    def is_issue(self, page: Extraction, link: Link) -> bool:
        """Whether a list is called as members are but for its number: then it is read as a part that may be a list."""
        if page.kind != "listing" or is_column(link) or self.issues.are_lists:
            return False
        number = numbering_of(page.title or "")
        return number is not None and number.unit != "页" and self._members.likeness(page.title or "") is not None

    def without_others(self, page: Extraction) -> Extraction:
        """A story without the links to what stands around it, where members are columns in issues of a magazine."""
        if page.kind != "story" or not self.turns.are_scattered:
            return page
        return replace(page, links=tuple(filter(self._is_of_series, page.links)))

    def _is_of_series(self, link: SeriesLink) -> bool:
        is_around = link.kind in {NAMED, "prev", "next"} and not link.is_ruled
        return not is_around or self._members.likeness(link.title) is not None

    def as_looked_at(self, page: Extraction, url: str, link: Link) -> Extraction:
        """What was looked at for its rows is a listing, and so is a tag; the column of a link if it is no member.

        A part that its address counts is no listing: one that cannot be read is missed.
        """
        if page.kind == "listing" and link.reason.endswith(COUNTED):
            return replace(page, kind="other", evidence=f"a list instead of a story: {page.evidence}")
        is_above = page.kind == "story" and self._is_chapter_above(page, url)
        is_digest = page.kind == "story" and page.evidence.startswith(DIGEST)
        if (is_digest or page.kind == "listing") and self._lists_chapter(page, url, link):
            return replace(page.as_listing(), evidence=f"{CHAPTER_LISTED}{page.evidence}")
        if is_digest and not is_above and (self.issues.are_lists or self._is_loose(page, url, link)):
            return page.as_listing()
        is_list = (link.via == LEAD and not passes_by(link.reason)) or is_shelf(url) or self._moves(page, link)
        is_list = is_list or (is_column(link) and may_be_series(url))
        if is_above or page.kind not in {"story", "other"} or not (is_list or is_column(link)):
            return page
        is_part = turns_leaves(page) or self._members.reason(page.title or "", url)
        if page.kind == "story" and not is_list and is_part:
            return page
        return page.as_listing()

    def _is_chapter_above(self, page: Extraction, url: str) -> bool:
        """Whether a member is one of its sections."""
        return any(map(self.filing.holds, of_chapter(page, url)))

    def _lists_chapter(self, page: Extraction, url: str, link: Link) -> bool:
        """Whether the contents of the work name it, and it holds nothing but lines of these: its chapter's own."""
        is_named = link.reason.endswith(IN_CONTENTS) and not page.evidence.startswith(CHAPTER_LISTED)
        return is_named and lists_folder(page, url, self._namings)

    def _is_loose(self, page: Extraction, url: str, link: Link) -> bool:
        """Whether a member turns to it, and that alone made a part of a list, and it does not turn back."""
        return turns(link.via, link.title, link.reason) and not self.turns.back(page, url)

    def _moves(self, page: Extraction, link: Link) -> bool:
        """Whether it is no member, and says where the series has moved."""
        says = link.reason == NOTICE and any(MOVED in one.reasons for one in page.links)
        return says and not self._members.reason(page.title or "")

    def why_foreign(self, page: Extraction, url: str, link: Link = NO_LINK) -> str | None:
        """Why a page is none of the series; None when it is one, or is no story.

        What a neighbour, a column or a sitemap led to has to prove itself. What a 往期 block names is believed, until
        the titles of the members are so much alike that one which is not, and which a single one names, is odd.

        Args:
            page: As read.
            url: Its own.
            link: What led there: a column may name the series where the story does not.
        """
        if page.kind == "listing" and link.reason in probes.REASONS:
            self._refused[url] = page.title or ""  # an issue may be a list of links
            return "a listing where a story was looked for"
        if page.kind != "story":
            return None
        is_listed = self._namings[url] > 0 or link.reason in {CONTENTS_ROW, COLUMN_ROW, SECTION}
        is_turned = turns(link.via, link.title, link.reason) or (link.via == NAMED and not is_of_rule(link.reason))
        if is_turned and not is_listed and (another := self.works.why_another(page, url)):
            return another
        return self._why_unlike(page, url, link) if self._is_doubtful(url, link) else None

    def _why_unlike(self, page: Extraction, url: str, link: Link) -> str | None:
        """Why nothing says of a doubtful story that it is of the series."""
        title, named = page.title or "", link.title or ""
        if link.reason in {CONTENTS_ROW, ORIGINAL}:
            is_it = self.contents.is_part(url) if link.reason == CONTENTS_ROW else may_be_one(named, title)
            return None if is_it else _UNLIKE[link.reason]
        members = self._members
        # Where a 往期 block is doubted, that it names the title says nothing more.
        speaks = members.likeness if link.via == NAMED else members.reason
        # A site may number all that it publishes.
        is_elsewhere = self.filing.is_elsewhere(page, url)
        is_counted = speaks(title, url) and not is_elsewhere
        if link.reason == probes.BESIDE and not is_elsewhere and members.kin.has_namesake(title, url):
            return None
        is_beside = (
            self.turns.back(page, url) or self._is_filed_alike(page, url, link) or self._is_chapter_above(page, url)
        )
        if speaks(title) or speaks(named) or is_counted or members.proof(page) or is_beside:
            return None
        if link.reason.endswith(COUNTING) and (ordinal_of(title) is not None or members.kin.is_doubtful(title)):
            return None
        self._refused[url] = title
        self.turns.refuse(page, url)
        if is_elsewhere:
            return f"{FILED_ELSEWHERE}, and its title, {title!r}, is not of the series"
        return f"its title, {title!r}, is not of the series, and nothing else on its page says that it is"

    def heard_again(self, *, is_wiser: bool = True) -> Iterator[Discovery]:
        """Pages that were refused before a member that turns to them was read, or, if `is_wiser`, by their titles."""
        for url in self.turns.heard():
            if url in self._refused:
                yield self._heard(url, TURNED_BACK)
        sections, self._sections = self._sections, {}
        for url, title in sections.items():
            self._refused.pop(url, None)
            yield Discovery(url=url, via=NAMED, title=title, reason=SECTION)
        for url in self.turns.wanted():
            yield self._heard(url, LEAF) if url in self._refused else Discovery(url=url, via=NAMED, reason=LEAF)
        for url, title in list(self._refused.items()) if is_wiser else ():
            if why := self._members.likeness(title, url):
                yield self._heard(url, why)

    def _heard(self, url: str, why: str) -> Discovery:
        return Discovery(url=url, via=NAMED, title=self._refused.pop(url), reason=f"{HEARD_AGAIN}{why}")

    def doubts_of(self, page: Extraction, url: str, link: Link = NO_LINK) -> list[str]:
        """Why a page that was refused may be of the series all the same, as sentences."""
        title = page.title or ""
        if url in self.works.beyond:
            return []
        if link.reason == CONTENTS_ROW:
            return [f"《{title or link.title}》 was not taken: {_NO_NEIGHBOUR}"]
        if turned := self.doubt_of_turn(page, link):
            return [turned]
        kin, is_told = self._members.kin, self._members.shape is not None or leads_up(link.reason)
        if not is_told and kin.is_doubtful(title, url):
            return [f"《{title}》 is numbered as members are, and was not taken, as nothing else says that it is one"]
        if not is_told and kin.is_nearly_called(title):
            return [
                f"《{title}》 is called nearly as members are, and was not taken, as nothing else says that it is one"
            ]
        return []

    def doubt_of_turn(self, page: Extraction, link: Link) -> str | None:
        """That a page is no story though the pages of a book are turned to it, by 下一页 or 下一章; None of another."""
        if not turns(link.via, link.title, link.reason):
            return None
        by = f" by {link.title}" if link.title else ""
        return f"《{page.title or link.title}》 was not taken, though a member turns to it{by}"

    def _is_filed_alike(self, page: Extraction, url: str, link: Link) -> bool:
        """Whether the page says that it is in a column of the series, and the column lists it, or a member.

        A row of the column that is the series is a part whatever it is called. Where titles have a shape, or stories
        say what their series is called, a column of another name is of several, and one that says only what kind of
        article it holds (专栏, 要闻) is so wherever it is.
        """
        if link.reason == COLUMN_ROW and not self.columns.isdisjoint(shelves_of(page)):
            return True
        if self._members.shape:
            return False
        is_narrow = self._members.bears_name if self._members.says_name else _is_narrow
        own = {column for column, name in shelves_of(page).items() if is_narrow(name)}
        return not self.columns.isdisjoint(own) or any(url in self.claimed.get(column, ()) for column in own)

    def _is_doubtful(self, url: str, link: Link) -> bool:
        if link.reason in {PERSONS_ROW, SECTION} or link.reason.endswith(UNDER) or is_of_rule(link.reason):
            return False
        if link.reason.endswith(TWICE):
            return False
        if (link.reason == OWN_ROW or link.reason.endswith((COUNTED, LABELLED))) and not self._members.shape:
            return False
        if link.via == NAMED and not link.reason.endswith((COLUMN_ROW, CONTENTS_ROW, LEAF)):
            return self._members.are_alike and self._namings[url] < _ENOUGH_NAMINGS
        return link.via in DOUBTFUL | COLUMNS | {NAMED}


def _is_narrow(name: str) -> bool:
    return name.isascii() or not is_broad(name)
