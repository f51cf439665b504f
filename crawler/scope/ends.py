"""Whether anything that was read would show parts of a series beyond those that are known. Pure."""

import re
from array import array
from collections.abc import Callable, Iterable

from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.model import Extraction
from crawler.extraction.platforms.wechat.identity import is_article
from crawler.scope.lists.sections import FEWEST, below
from wangqi.series.part_addresses import readings_of
from wangqi.urls import canonical_or_none

_BOTH = frozenset({"prev", "next"})
_SOME = 2  # members that a list of the series has; the contents of an issue have one
_COUNTED = re.compile(r"/([a-z]+)[_-]?\d+(?:\.\w{3,5})?/?$", re.IGNORECASE)


class Ends:
    """Gathers what members and listings name, and says at the end of a run what nobody would have named.

    A list that shows a member shows newer ones, too, and so does a block that names it on the page of another. Of a
    member that neither shows, the neighbours lead on, until one of them is none of the series. Where pages have no
    neighbours and only 往期 blocks lead back, nothing hints at newer parts, and nothing is said of them.
    """

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}  # of the members that this run has read
        self._beside: dict[str, frozenset[str]] = {}  # of those that have neighbours
        self._between: dict[str, frozenset[str]] = {}  # neighbours that the contents on a member's page do not hold
        self._below: dict[str, dict[str, str]] = {}  # links to pages in the folder that is a member's own address
        self._shown: set[str] = set()  # in blocks and lists
        self._ways: set[str] = set()  # in which members' neighbours lie
        self._glanced: list[array[int]] = []  # of each list the hashes of its links: a long run reads thousands
        self._notices: dict[str, str] = {}  # what may say that the series has moved
        self._is_in_vain = False  # a page that was to list members lists none

    def hear(self, page: Extraction, url: str) -> None:
        """A member was read."""
        self._titles[url] = page.title or url
        beside = _targets(page, {"prev", "next"}) - {url}
        if beside:
            self._beside[url] = beside
        self._ways |= {link.kind for link in page.links} & _BOTH
        self._shown |= _targets(page, {"series"}, in_block=True) - {url}
        if sections := below(page, url):
            self._below[url] = sections
        if any(IN_CONTENTS in link.reasons for link in page.links):
            self._between[url] = beside - _targets(page, {"series"}, in_block=True)

    def list(self, rows: Iterable[str]) -> None:
        """A listing was read."""
        self._shown.update(rows)

    def glance(self, links: Iterable[str]) -> None:
        """All links of a listing: where some of them are members, it lists these, whatever sets its rows off."""
        self._glanced.append(array("q", set(map(hash, links))))

    def notice(self, url: str, title: str) -> None:
        """A page beside a member is called as one that says where the series has moved."""
        self._notices[url] = title

    def led_on(self, url: str) -> None:
        """Such a page had a link to the place."""
        self._notices.pop(url, None)

    def list_nothing(self) -> None:
        """A page was looked at for rows, and has none of the series, but others, which nobody followed."""
        self._is_in_vain = True

    def are_known(self, members: Iterable[str]) -> bool:
        """Whether this run has read all of the members, or lists that show the others, and so may judge."""
        known = self._titles.keys() | self._shown
        return len(known) > 1 and known >= set(members)

    def doubt(self, is_settled: Callable[[str], bool]) -> str | None:
        """What is not known of the ends of the series, as a sentence; None where nothing says that there is more.

        `is_settled`: whether an address is a member's, or nobody is to go there.
        """
        members = {hash(url): url for url in self._titles}
        for links in self._glanced:
            listed = {members[link] for link in links if link in members}
            self._shown |= listed if len(listed) >= _SOME else set()
        stems = {next(readings_of(url)).stem for url in self._titles}  # 88107_2.html goes on with 88107.html
        for url, others in self._between.items():
            if beyond := next((one for one in others if not is_settled(one) and made_alike(url, one)), None):
                return f"the contents beside 《{self._titles[url]}》 end before the page that follows it ({beyond})"
        for url, title in self._titles.items():
            near = (one for one in self._beside.get(url, ()) if not is_settled(one) and _is_one_of_its_kind(url, one))
            near = (one for one in near if stems.isdisjoint(part.stem for part in readings_of(one) if part.number))
            if url not in self._shown and (beyond := next(near, None)):
                return (
                    f"the page beside 《{title}》 is none of the series ({beyond}), and no list was found that shows it"
                )
        for url, title in self._notices.items():
            if not is_settled(url):
                return f"《{title}》 stands beside a member and has no link to where the series may have moved ({url})"
        if sections := self._sections(is_settled):
            return sections
        if unseen := self._unseen():
            return f"no list that was looked at, nor another part, shows 《{unseen}》: nobody would name what is newer"
        return None

    def _sections(self, is_settled: Callable[[str], bool]) -> str | None:
        for url, rows in self._below.items():
            if len(left := [title for one, title in rows.items() if not is_settled(one)]) >= FEWEST:
                pages = f"{len(left)} pages below its own address that were not read"
                return f"《{self._titles[url]}》 leads to {pages}, “{left[0]}” first ({url})"
        return None

    def _unseen(self) -> str | None:
        """A member that nothing shows, of pages that lead no way or one way alone, as 前回 does: what is newer is named
        by nobody. WeChat has no lists that a crawl could find.
        """
        if not self._is_in_vain or self._ways == _BOTH or any(map(is_article, self._titles)):
            return None
        shown = self._shown.union(*self._beside.values())
        return next((title for url, title in self._titles.items() if url not in shown), None)


def _targets(page: Extraction, kinds: set[str], *, in_block: bool = False) -> frozenset[str]:
    links = (link for link in page.links if link.kind in kinds and (link.in_block or not in_block))
    return frozenset(target for link in links if (target := canonical_or_none(link.url)))


def _is_one_of_its_kind(url: str, other: str) -> bool:
    """Whether the addresses are made alike, and a number has the same word before it: content_7.htm, not node_8.htm."""
    words = [found[1] if (found := _COUNTED.search(one)) else None for one in (url, other)]
    return made_alike(url, other) and (None in words or words[0] == words[1])
