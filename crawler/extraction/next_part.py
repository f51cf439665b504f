"""Where a story in several pages goes on."""

import re
from collections.abc import Sequence

from crawler.extraction.model import SeriesLink

_WORDING = re.compile(r"^\W*(?:下一?页|后一页|余下全文|阅读全文|next(?: page)?)\W*$|^[»>›]+$", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*第?\s*(\d{1,3})\s*页?\W*$")


def next_part(links: Sequence[SeriesLink]) -> str | None:
    """The link that says 下一页, else the number after the one that has no link because it is this page."""
    for link in links:
        if link.url and link.kind in ("page", "next") and _WORDING.match(link.title):
            return link.url
    numbered = {
        int(found[1]): link.url for link in links if link.kind == "page" and (found := _NUMBER.match(link.title))
    }
    if not numbered:
        return None
    here = next((number for number in range(1, max(numbered)) if number not in numbered), max(numbered))
    return numbered.get(here + 1)
