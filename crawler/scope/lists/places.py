"""The sorts of pages that a crawl looks at for more: in which order, how many, and what is said of them. Pure."""

from dataclasses import dataclass
from typing import Final

from crawler.extraction.model import ShelfSort

TIERS: Final[tuple[ShelfSort, ...]] = (
    *("named", "spoken", "series", "within", "filed"),
    *("above", "dated", "writer", "contents", "few", "home", "sitemap"),
)
MOST: Final[dict[ShelfSort, int]] = {
    "within": 4,
    "filed": 6,
    "writer": 1,
    "contents": 4,
    "few": 4,
    "dated": 3,
    "home": 2,
    "sitemap": 1,
}
_WORDS: Final[dict[ShelfSort, str]] = {
    "named": "is called as the titles begin",
    "spoken": "is where a member says that earlier parts are",
    "series": "is a column that a member says it is in",
    "filed": "is what a member files itself under",
    "within": "lies in the folder of a member's column",
    "above": "lies above a member",
    "writer": "is the page of a member's writer",
    "contents": "is a table of contents",
    "dated": "is of the time when a member came out",
    "few": "is one of the few pages that a member leads to",
    "home": "is the front page",
    "sitemap": "is where sites keep their sitemap",
    "alike": "is a list like one that shows a member",
    "beside": "stands beside a member",
}
REASON: Final = "to look for more: "


@dataclass(frozen=True, slots=True)
class Place:
    """A shelf, and the page that leads to it."""

    title: str
    sort: ShelfSort
    found_on: str

    @property
    def reason(self) -> str:
        return f"{REASON}{f'“{self.title}”' if self.title else 'this page'} {_WORDS[self.sort]}"


def leads_up(reason: str) -> bool:
    """Whether a link was followed to what lies above a member, which is none itself."""
    return reason.startswith(REASON) and reason.endswith((_WORDS["above"], _WORDS["home"]))


def passes_by(reason: str) -> bool:
    """Whether a link was followed to what may stand behind the page, or to the page itself."""
    return reason.startswith(REASON) and reason.endswith(_WORDS["beside"])
