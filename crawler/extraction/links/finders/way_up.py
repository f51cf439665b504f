"""The ways up: 更多, 返回列表, tags and albums."""

import re
from collections.abc import Iterator

from crawler.extraction.links import wording
from crawler.extraction.links.headings import promise_of
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.page import Candidate, Page

_ALBUM_URL = re.compile(r"/mp/appmsgalbum\b|[?&]album_id=")
_TAG = "a tag of this page"
_WORD = re.compile("更多|more|全部|所有|返|回|目录|目錄|列表|书目", re.IGNORECASE)


def find_listings(page: Page) -> Iterator[Candidate]:
    """`listing` links: pages that list this page among others."""
    for line in page.lines:
        for anchor in line.anchors:
            why = _reason(anchor)
            if why and page.leads_somewhere(anchor):
                score = 0.4 if why == _TAG else 0.7  # a tag gathers far more than one series
                yield Candidate("listing", anchor.text, anchor.href, score, why, line.index)


def _reason(anchor: Anchor) -> str | None:
    if "tag" in anchor.rel.split():
        return _TAG
    if "album" in anchor.href and _ALBUM_URL.search(anchor.href):
        return "an album"
    if len(anchor.text) > 20 or not _WORD.search(anchor.text):
        return None
    text = wording.simpler(anchor.text)
    if wording.BACK.match(text):
        return f"labelled {anchor.text!r}"
    if wording.MORE.match(text) and promise_of(anchor.line.text[: anchor.start]):
        return f"labelled {anchor.text!r} beside {anchor.line.text!r}"
    return None
