"""The head of a single item: a headline that says what happened, and the day of it right below."""

from collections.abc import Sequence

from crawler.extraction.kinds.telling import is_telling, weight_of
from crawler.extraction.model import FoundDate
from crawler.extraction.phrases.dates import SHANGHAI, dates_in
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline

_NEAR = 6  # lines below a headline among which its day stands
_LONGEST = 140  # characters of a line that is no prose
_ENTRY = 8  # how much a link must tell to be a headline: the day below it is another story's


def is_headed(headline: Headline, segments: Sequence[Segment], published: FoundDate | None) -> bool:
    """Whether the page is of one item, whatever else it lists: columns have no day below their names."""
    return is_telling(headline) and has_day_below(headline, segments, published)


def has_day_below(headline: Headline, segments: Sequence[Segment], published: FoundDate | None) -> bool:
    """Whether the day stands below the headline, before any other page is named."""
    if published is None or headline.end is None:
        return False
    day = published.value.astimezone(SHANGHAI).date()
    for line in segments[headline.end : headline.end + _NEAR]:
        if line.link_chars and weight_of(line.text) >= _ENTRY:
            return False
        if line.src is None and not line.link_chars and len(line.text) <= _LONGEST:
            if published.raw in line.text:
                return True
            if any(found.value.astimezone(SHANGHAI).date() == day for found in dates_in(line.text)):
                return True
    return False
