"""The head of a single item: a headline that says what happened, and the day of it right below."""

from collections.abc import Sequence
from itertools import chain

from crawler.extraction.kinds.telling import is_telling, weight_of
from crawler.extraction.model import FoundDate
from crawler.extraction.phrases.dates import SHANGHAI, dates_in
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline
from wangqi.urls import site

_NEAR = 6  # lines below a headline among which its day stands
_LONGEST = 140  # characters of a line that is no prose
_SITES = 3
_ENTRY = 8  # how much a link must tell to be a headline: the day below it is another story's


def is_headed(
    headline: Headline, segments: Sequence[Segment], published: FoundDate | None, rows: Sequence[str | None], url: str
) -> bool:
    """Whether the page is of one item, whatever else it lists: columns have no day below their names.

    A short headline may be the name of a column; but not where the rows, addresses or None, lead to many other sites:
    an issue that tells what others have written.
    """
    if not (is_telling(headline) or (headline.index is not None and _are_of_others(rows, url))):
        return False
    return has_day_below(headline, segments, published)


def _are_of_others(rows: Sequence[str | None], url: str) -> bool:
    sites = {site(row) for row in rows if row}
    return len(sites) >= _SITES and site(url) not in sites


def has_day_below(headline: Headline, segments: Sequence[Segment], published: FoundDate | None) -> bool:
    """Whether the day stands below the headline, before any other page is named."""
    if published is None or headline.end is None:
        return False
    day = published.value.astimezone(SHANGHAI).date()
    for line in segments[headline.end : headline.end + _NEAR]:
        if _is_named(line):
            return False
        if line.src is None and len(line.text) <= _LONGEST and 2 * line.link_chars < line.chars:
            if published.raw in line.text:
                return True
            if any(found.value.astimezone(SHANGHAI).date() == day for found in dates_in(line.text)):
                return True
    return False


def _is_named(line: Segment) -> bool:
    """Whether the line leads to another story, and not only to more of its writer's: By <a>Wang</a> at 2017-11-21."""
    links = chain(line.block.iter("a"), line.block.iterancestors("a")) if line.link_chars else ()
    return any(weight_of(link.text_content()) >= _ENTRY for link in links)
