"""The lines around a story that may speak of it: its head, and what stands close below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body
from crawler.extraction.story.cut import is_parted, is_tail
from crawler.extraction.story.title import Headline

_ABOVE_TITLE = 3
_TABLE_ABOVE = 30
_ABOVE_STORY = 15  # where no headline is known
_HEAD = 40
_SHORT = 80
_LEADS = 4  # first lines of a story that may be its headline, date and byline
_SENTENCE = re.compile(r"[。！？；，]|\w\. ")
_BELOW = 15
_BYLINE = re.compile(r"by\s+[A-Z].*\d{4}", re.IGNORECASE)  # a byline that leads to an author is one all the same
_CLOSING = 2  # last lines of a story that may be its day and its signature
_LONGEST_CLOSING = 40
_LONG_LINK = 20  # characters of a link that are no name of an author or outlet
_FOOT = 40  # lines at the end of the page, where sites name themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Lines in order; none that is a link and nothing else.

    Attributes:
        head: From the headline down to the first line of the story, then what stands just above the headline.
        inside: Furniture that was cut out of the story.
        apart: Behind the story, up to the first list of other stories, and well above the headline, where government
            pages have a table of labels. Nothing there speaks of the story without a label.
        foot: The end of the page.
        closing: The story's last lines, where they are short.
    """

    head: tuple[str, ...]
    inside: tuple[str, ...]
    apart: tuple[str, ...]
    foot: tuple[str, ...]
    closing: tuple[str, ...] = ()


def surroundings(segments: Sequence[Segment], headline: Headline, body: Body) -> Surroundings:
    """Collect the lines; where there is no story the page's first lines are its head."""
    first = body.first if body.first is not None else len(segments)
    last = body.last if body.last is not None else len(segments)
    known = headline.index is not None and headline.index <= first
    top = headline.index if known and headline.index is not None else max(0, first - _ABOVE_STORY)
    lead = filter(_is_lead, segments[first : first + _LEADS])
    head = [*segments[max(top, first - _HEAD) : first], *lead, *segments[max(0, top - _ABOVE_TITLE) : top]]
    closing = [s.text for s in segments[max(first, last - _CLOSING + 1) : last + 1] if s.chars <= _LONGEST_CLOSING]
    table = segments[max(0, top - _TABLE_ABOVE) : top] if known else []
    return Surroundings(
        head=tuple(s.text for s in head if _speaks(s)),
        inside=tuple(text for label, text in body.cut.off if label == "furniture"),
        closing=tuple(closing),
        apart=(*_below(segments[last + 1 : last + 1 + _BELOW]), *(s.text for s in table if _speaks(s))),
        foot=tuple(s.text for s in segments[-_FOOT:] if s.src is None),
    )


def _is_lead(line: Segment) -> bool:
    """Whether a first line of the story may really be its byline: 陶然　《人文周刊》2013-04-26."""
    return is_parted(line.text) or (
        line.chars <= _SHORT and (not _SENTENCE.search(line.text) or _BYLINE.match(line.text) is not None)
    )


def _below(segments: Sequence[Segment]) -> list[str]:
    lines: list[str] = []
    for segment in segments:
        if segment.src is None and is_tail(segment.text) and ("相关" in segment.text or "推荐" in segment.text):
            break
        if _speaks(segment):
            lines.append(segment.text)
    return lines


def _speaks(segment: Segment) -> bool:
    if segment.src is not None:
        return False
    is_linked = segment.chars > _LONG_LINK and segment.link_chars > 0.8 * segment.chars
    return not is_linked or (segment.chars <= _SHORT and _BYLINE.match(segment.text) is not None)
