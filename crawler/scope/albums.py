"""Which of a platform's albums are the series that is being archived, and what that makes of their rows. Pure."""

from collections import Counter
from dataclasses import replace

from crawler.extraction.model import Extraction, SeriesLink
from crawler.extraction.platforms.wechat.albums import album_id
from crawler.scope.membership import Membership
from wangqi.titles.anatomy import key

_MOST_WAITING = 2_000  # rows of one album: a run may come to its further pages first
_SHORTEST_NAME = 3  # characters by which an album may be known as the series


class Albums:
    """The albums that are the series: one that a person named, one that bears its name, or the start's only one.

    The last counts only where no shape of title picks among its rows: then nothing but their publisher's album says
    that they belong together.

    Attributes:
        name: Of the first album that is the series, once it has been read; or None.

    Args:
        members: What is known of the series' titles.
    """

    def __init__(self, members: Membership) -> None:
        self.name: str | None = None
        self._members = members
        self._own: set[str] = set()
        self._of_start: set[str] = set()
        self._waiting: dict[str, list[SeriesLink]] = {}
        self._let_go: Counter[str] = Counter()  # rows of an album beyond those that wait
        self._lost = 0  # of albums that turned out to be the series

    def start_with(self, page: Extraction) -> None:
        """Take note of the album that a story is in which a person named."""
        named: dict[str, float] = {}
        for link in page.links:
            if link.kind == "listing" and (album := album_id(link.url or "")):
                named[album] = max(link.score, named.get(album, 0.0))
        surest = [album for album, score in named.items() if score == max(named.values())]
        if len(surest) == 1:
            self._of_start.add(surest[0])

    def read(self, page: Extraction, url: str, depth: int, title: str | None = None) -> Extraction:
        """The page of an album with the rows that are of the series as its members; any other page as it is.

        Args:
            page: As read.
            url: Its own.
            depth: Links from a page that a person named.
            title: Of the link that led there: further pages do not say of which album they are.
        """
        album = album_id(url)
        if album is None or page.kind == "story":
            return page
        name = page.title or title or ""
        if not depth or self._is_named(name) or self._is_all_there_is(album, page):
            self._own.add(album)
            self.name = self.name or name or None
        is_whole = album in self._own
        waiting = self._waiting.pop(album, []) if is_whole else []
        self._lost += self._let_go.pop(album, 0) if is_whole else 0
        links = [self._judged(link, name, is_whole=is_whole) for link in (*page.links, *waiting)]
        left = [link for link in links if link.kind == "entry"]
        waits = [*self._waiting.get(album, []), *left]
        self._waiting[album] = waits[:_MOST_WAITING]
        self._let_go[album] += len(waits[_MOST_WAITING:])
        return replace(page, links=tuple(links))

    def doubt(self) -> str | None:
        """That rows of the series' album were let go before it was known for the series, as a sentence."""
        return (
            f"{self._lost:,} rows of the album were let go before it was known for the series" if self._lost else None
        )

    def _judged(self, link: SeriesLink, name: str, *, is_whole: bool) -> SeriesLink:
        if link.kind == "page":
            return replace(link, title=link.title or name)
        why = "the album is the series" if is_whole else self._members.reason(link.title)
        if link.kind != "entry" or why is None:
            return link
        return replace(link, kind="series", in_block=True, reasons=(f"{link.reasons[0]}; {why}",))

    def _is_named(self, album: str) -> bool:
        name = key(self._members.name or "")
        return len(name) >= _SHORTEST_NAME and name in key(album)

    def _is_all_there_is(self, album: str, page: Extraction) -> bool:
        """Whether the start is in the album, and its title says nothing that another row says, too."""
        if album not in self._of_start:
            return False
        shape = self._members.shape
        return shape is None or sum(bool(shape.member(link.title)) for link in page.links if link.kind == "entry") < 2
