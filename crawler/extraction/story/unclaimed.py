"""A headline that no claim of the page names: old pages give every story the title of the site."""

import re
from collections.abc import Sequence
from itertools import islice

from crawler.extraction.phrases.credits import labelled
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.cut import is_furniture, is_tail
from crawler.extraction.story.title import SITE_WORDS, Headline, claims_of, flat, heading_weight, parts_of

_TOPIC = re.compile(r"^(?:主题|标题|题目)\s*[:：]\s*")
_MOSTLY_DIGITS = re.compile(r"\d{6,}")
_SITE_NAME = re.compile(rf"(?:{SITE_WORDS})$|(?:网|论坛|博客|频道)\W")
_SHORT_CLAIM = 10
_LENGTHS = range(4, 121)
_LOOK_BACK = 40  # lines above the first sentence among which the headline may stand
_HEADINGS = ("h1", "h2")
_NEAR = 2  # lines above the story one of which may be an unmarked headline
_SENTENCE = re.compile(r"[。；]|[,，.]$")
_LARGE = 1.05  # weight of a line that only looks like a heading


def names_a_site(headline: Headline) -> bool:
    """Whether an unshown title is too short for a headline or the name of a site, so that another must be found."""
    text = headline.text or ""
    return len(flat(text)) < _SHORT_CLAIM or _SITE_NAME.search(text) is not None


def heading_above(segments: Sequence[Segment], story: int, data: PageData) -> Headline:
    """The most heading-like line above the first line of the story, of like ones the nearest.

    Where none looks like a heading it is the line right above the story, unless that is a sentence.
    """
    site = {flat(part) for claim in claims_of(data) for part in parts_of(claim)}
    best, found = 1.0, Headline(None)
    above = range(story - 1, max(-1, story - 1 - _LOOK_BACK), -1)
    for index in islice((index for index in above if not _is_of_the_page(segments[index])), _NEAR):
        line = segments[index]
        if not line.src and line.block.tag != "li" and _may_be_headline(line, site) and not _SENTENCE.search(line.text):
            found = Headline(_TOPIC.sub("", line.text), index, index + 1)
            break
    # A long heading is easily taken for the first line of prose.
    below = story if segments[story].block.tag in _HEADINGS else story - 1
    for index in range(below, max(-1, story - 1 - _LOOK_BACK), -1):
        line = segments[index]
        if not _may_be_headline(line, site):
            continue
        weight = max(heading_weight(line), _LARGE if _large(line) else 1.0)
        if weight > best:
            best, found = weight, Headline(_TOPIC.sub("", line.text), index, index + 1)
    return found


def _is_of_the_page(line: Segment) -> bool:
    """Whether a line is a picture, a button or a date, between which and the story the headline may stand."""
    return line.src is not None or is_furniture(line.text) or _MOSTLY_DIGITS.match(flat(line.text)) is not None


def _may_be_headline(line: Segment, site: set[str]) -> bool:
    text = line.text
    name = flat(text)
    if line.src is not None or line.link_chars or len(name) not in _LENGTHS or name in site:
        return False
    if _MOSTLY_DIGITS.match(name) or "原标题" in text[:6]:
        return False
    return not (is_furniture(text) or is_tail(text) or next(labelled(text), None))


def _large(line: Segment) -> bool:
    """The line is all bold, or in a big font, or centred."""
    if line.bold_chars >= line.chars or line.block.tag == "center":
        return True
    return any(
        (font.get("size") or "").strip("+") in {"3", "4", "5", "6", "7"} or "font-size" in (font.get("style") or "")
        for font in line.block.iter("font", "span")
    )
