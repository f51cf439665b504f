"""Whether anything that was read would show parts of a series beyond those that are known. Pure."""

from collections.abc import Callable, Iterable

from crawler.extraction.links.addresses import made_alike
from crawler.extraction.model import Extraction
from crawler.urls import canonical_or_none


class Ends:
    """Gathers what members and listings name, and says at the end of a run what nobody would have named.

    A list that shows a member shows newer ones, too, and so does a block that names it on the page of another. Of a
    member that neither shows, the neighbours lead on, until one of them is none of the series. Where pages have no
    neighbours and only 往期 blocks lead back, nothing hints at newer parts, and nothing is said of them.
    """

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}  # of the members that this run has read
        self._beside: dict[str, set[str]] = {}
        self._shown: set[str] = set()  # in blocks and lists

    def hear(self, page: Extraction, url: str) -> None:
        """A member was read."""
        self._titles[url] = page.title or url
        self._beside[url] = _targets(page, {"prev", "next"}) - {url}
        self._shown |= _targets(page, {"series"}, in_block=True) - {url}

    def list(self, rows: Iterable[str]) -> None:
        """A listing was read."""
        self._shown.update(rows)

    def are_known(self, members: Iterable[str]) -> bool:
        """Whether this run has read all of the members, and so may judge."""
        return len(self._titles) > 1 and self._titles.keys() >= set(members)

    def doubt(self, is_settled: Callable[[str], bool]) -> str | None:
        """What is not known of the ends of the series, as a sentence; None where nothing says that there is more.

        `is_settled`: whether an address is a member's, or nobody is to go there.
        """
        for url, title in self._titles.items():
            near = (one for one in self._beside[url] if not is_settled(one) and made_alike(url, one))
            if url not in self._shown and (beyond := next(near, None)):
                return (
                    f"the page beside 《{title}》 is none of the series ({beyond}), and no list was found that shows it"
                )
        return None


def _targets(page: Extraction, kinds: set[str], *, in_block: bool = False) -> set[str]:
    links = (link for link in page.links if link.kind in kinds and (link.in_block or not in_block))
    return {target for link in links if (target := canonical_or_none(link.url))}
