"""副题 and 引题: the line below or above a headline that belongs to it."""

import re
from collections.abc import Sequence

from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline, visible

_SUBTITLE_NAMES = re.compile(r"sub[-_]?(?:title|head)|futi|fubiaoti|yinti|jianti|pre[-_]?title|shoulder", re.IGNORECASE)
_DATED = re.compile(r"\W*(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}")


def subtitle_of(headline: Headline, segments: Sequence[Segment]) -> str | None:
    """副题 or 引题: a line next to the headline that a dash or its element's name marks as such."""
    if headline.index is None or headline.end is None:
        return None
    for line in segments[headline.end : headline.end + 2]:
        if _DATED.match(line.text):
            break
        if line.text.startswith("—") or (_names(line, _SUBTITLE_NAMES) and not line.link_chars):
            return visible(line.text.lstrip("—- "))
    for line in segments[max(0, headline.index - 2) : headline.index]:
        if _names(line, _SUBTITLE_NAMES) and not line.link_chars:
            return visible(line.text)
    return None


def _names(line: Segment, pattern: re.Pattern[str]) -> bool:
    return (
        line.src is None and pattern.search(f"{line.block.get('class') or ''} {line.block.get('id') or ''}") is not None
    )
