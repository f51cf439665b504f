"""Links anywhere on the page that are parts of the same work by what their titles and addresses have in common."""

from collections.abc import Iterator

from crawler.extraction.links.direction import label_of
from crawler.extraction.links.kinship import Kinship
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.source.scripts import looks_like_address
from wangqi.series.family import LIKELY
from wangqi.titles.anatomy import strip_decoration

_TITLE = range(2, 121)


def find_relatives(page: Page, kinship: Kinship) -> Iterator[Candidate]:
    """`series` links that nothing announces; their likeness to the page is enough."""
    for line in page.lines:
        for anchor in line.anchors:
            text = anchor.text if len(anchor.text) in _TITLE else anchor.hint
            # Neighbours are found by their place, and an address is no title.
            if len(text) not in _TITLE or label_of(text) or looks_like_address(text):
                continue
            found = kinship.tie(strip_decoration(text), anchor.href)
            if found and found.strength >= LIKELY and page.at_home(anchor) and not page.is_above(anchor):
                yield Candidate("series", strip_decoration(text), anchor.href, 0.8, found.reason, line.index)
