"""A headline that no claim of the page names: old pages give every story the title of the site."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

from crawler.extraction.phrases.credits import byline, labelled
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.blocks import absolute
from crawler.extraction.story.body import Body
from crawler.extraction.story.cut import is_furniture, is_tail
from crawler.extraction.story.title import (
    COLUMN,
    OWNER_WORDS,
    SITE_WORDS,
    Headline,
    claims_of,
    flat,
    heading_weight,
    parts_of,
)
from wangqi.addresses import is_home
from wangqi.urls import canonical_or_none

_TOPIC = re.compile(r"^(?:主题|标题|题目)\s*[:：]\s*")
_MOSTLY_DIGITS = re.compile(r"\d{6,}")
_SITE_NAME = re.compile(rf"(?:{SITE_WORDS})$|(?:网|论坛|博客|频道)\W|(?:{OWNER_WORDS})(?:$|[-－–—_|｜])")
_SHORT_CLAIM = 10
_LENGTHS = range(4, 121)
_LOOK_BACK = 40  # lines above the first sentence among which the headline may stand
_HEADINGS = ("h1", "h2")
_LOWER_HEADINGS = ("h3", "h4")
_NEAR = 2  # lines above the story one of which may be an unmarked headline
_BRACKETED = re.compile(r"[【\[「〔].{1,10}[】\]」〕]")
_BYLINE = re.compile(r"(?<=\w)\s*[(（](?:作者|文|撰文|撰稿|译者|譯者|翻译|翻譯)\s*[:：/／][^()（）]{1,30}[)）]$")
_STOP = re.compile(r"[。！？!?…]$")
_SENTENCE = re.compile(r"[。；]|[,，.]$")
_LARGE = 1.05  # weight of a line that only looks like a heading
_LONGEST_HEADING = 40
_LONGEST_CREDIT = 60
_MENU = 3  # lines that lead elsewhere, by which what stands above them is known to be of the page
_ALIKE = 0.6  # share of its signs by which a heading is another wording of what the head claims


def unclaimed(headline: Headline, segments: Sequence[Segment], body: Body, data: PageData) -> Headline | None:
    """The headline above a story whose page claims none, or another one; else None."""
    if body.first is None or body.first_prose is None:
        return None
    story = body.first_prose
    if headline.index is not None and headline.index < story:
        return _below_its_column(headline, segments, (body.first, story), data)
    if _names_a_site(headline):
        above = _heading_above(segments, story, data)
        return above if above.text else None
    return _reworded(headline, segments, story) if headline.index is None else None


def as_shown(headline: Headline, segments: Sequence[Segment], data: PageData, url: str, base: str) -> Headline:
    """The headline that the page shows, where its head claims no more than the name of its column or site."""
    return _of_itself(_numbered(headline, segments), segments, data, url, base)


def _numbered(headline: Headline, segments: Sequence[Segment]) -> Headline:
    """The only heading that is the headline and a number as a word of its own: the page claims its column's name alone.

    88 that is glued to a headline counts its readers, and 2021-03-04 06:49 is its day. Without such, as it was.
    """
    own = flat(headline.text or "")
    headings = (*_HEADINGS, *_LOWER_HEADINGS)
    found = [at for at, line in enumerate(segments) if line.block.tag in headings and _is_numbered(line.text, own)]
    is_shown = headline.index is not None and len(found) == 1
    return Headline(segments[found[0]].text, found[0], found[0] + 1) if is_shown else headline


def _of_itself(headline: Headline, segments: Sequence[Segment], data: PageData, url: str, base: str) -> Headline:
    """The only heading that is a link to its own page, where the head claims something else; without such, as it was.

    Themes of blogs link every headline to its story, on the story's page too, and may call all pages by the site.
    """
    claimed = [flat(claim) for claim in claims_of(data)]
    found = [
        at
        for at, line in enumerate(segments)
        if line.block.tag in _HEADINGS and _leads_to(line, url, base) and len(flat(line.text)) in _LENGTHS
    ]
    if is_home(url) or len(found) != 1 or any(flat(segments[found[0]].text) in claim for claim in claimed):
        return headline
    return Headline(segments[found[0]].text, found[0], found[0] + 1)


def _leads_to(line: Segment, url: str, base: str) -> bool:
    links = (link.get("href", "").partition("#")[0] for link in line.block.iter("a"))
    return any(link and canonical_or_none(absolute(base, link)) == canonical_or_none(url) for link in links)


def _is_numbered(text: str, own: str) -> bool:
    *words, last = text.split() or [""]
    return bool(words) and flat(last).isdecimal() and flat(" ".join(words)) == own


def _names_a_site(headline: Headline) -> bool:
    """Whether a title is too short for a headline or the name of a site or its owner, so that another must be found."""
    text = headline.text or ""
    return len(flat(text)) < _SHORT_CLAIM or _SITE_NAME.search(text) is not None


def _below_its_column(
    headline: Headline, segments: Sequence[Segment], story: tuple[int, int], data: PageData
) -> Headline | None:
    """The heading right above the story, where the headline found is the name of its column or site; else None.

    Every page of a column may bear the title of the column. Such a headline is short, and is a link, stands above a
    menu, or far behind in the claim.
    """
    first, first_prose = story
    is_column = COLUMN.fullmatch(headline.text or "") is not None
    if headline.index is None or headline.end is None or headline.end >= first_prose + is_column:
        return None
    if not _names_a_site(headline):
        return None
    line = segments[headline.index]
    above = _heading_above(segments, first_prose, data)
    if above.index is None or above.index < headline.end or flat(above.text or "") in flat(headline.text or ""):
        return None
    if not all(_is_of_the_page(each) or _is_credit(each) for each in segments[above.index + 1 : first]):
        return None
    leading = sum(each.link_chars > 0.5 * each.chars for each in segments[headline.end : above.index])
    is_later = any(flat(headline.text or "") in map(flat, parts_of(claim)[1:]) for claim in claims_of(data))
    is_of_page = line.link_chars or leading >= _MENU or is_later or is_column
    is_heading = is_column or max(
        heading_weight(segments[above.index]), _LARGE if line.link_chars else 0.0
    ) >= heading_weight(line)
    return above if is_of_page and is_heading else None


def _reworded(headline: Headline, segments: Sequence[Segment], story: int) -> Headline | None:
    """The heading above the story that says nearly what the head claims, as translated pages and edited ones do."""
    key = flat(headline.text or "")
    for index in range(story - 1, max(-1, story - 1 - _LOOK_BACK), -1):
        line = segments[index]
        if line.src is None and line.block.tag in _HEADINGS and not line.link_chars:
            name = flat(line.text)
            is_near = min(len(name), len(key)) > _ALIKE * max(len(name), len(key), _SHORT_CLAIM)
            if is_near and len(name) in _LENGTHS and SequenceMatcher(None, name, key, autojunk=False).ratio() >= _ALIKE:
                return Headline(line.text, index, index + 1)
    return None


def _heading_above(segments: Sequence[Segment], story: int, data: PageData) -> Headline:
    """The most heading-like line above the first line of the story, of like ones the nearest.

    Where none looks like a heading it is the line right above the story, unless that is a sentence.
    """
    site = {flat(part) for claim in claims_of(data) for part in parts_of(claim)}
    best, found = 1.0, Headline(None)
    above = range(story - 1 + _is_above_byline(segments, story), max(-1, story - 1 - _LOOK_BACK), -1)
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
            best, found = weight, Headline(_BYLINE.sub("", _TOPIC.sub("", line.text)), index, index + 1)
    return found


def _is_above_byline(segments: Sequence[Segment], index: int) -> bool:
    """Whether a line that was taken for the story's first one says nothing to its end and has a byline below it."""
    line = segments[index]
    is_headline = len(line.text) <= _LONGEST_HEADING and not _STOP.search(line.text) and not line.link_chars
    below = segments[index + 1] if index + 1 < len(segments) else None
    return is_headline and below is not None and (_is_credit(below) or is_furniture(below.text))


def _is_credit(line: Segment) -> bool:
    text = line.text
    return len(text) <= _LONGEST_CREDIT and (next(byline(text), None) or next(labelled(text), None)) is not None


def _is_of_the_page(line: Segment) -> bool:
    """Whether a line is a picture, a button or a date, between which and the story the headline may stand."""
    return line.src is not None or is_furniture(line.text) or _MOSTLY_DIGITS.match(flat(line.text)) is not None


def _may_be_headline(line: Segment, site: set[str]) -> bool:
    text = _BYLINE.sub("", line.text)
    name = flat(text)
    if line.src is not None or _leads_away(line) or len(name) not in _LENGTHS or name in site:
        return False
    if _BRACKETED.fullmatch(text):  # 【封面故事】 stands above the headline
        return False
    if _MOSTLY_DIGITS.match(name) or "原标题" in text[:6]:
        return False
    return not (is_furniture(text) or is_tail(text) or next(labelled(text), None))


def _leads_away(line: Segment) -> bool:
    """Whether it is a link, and no heading that leads to itself, for readers to copy its address."""
    links = line.block.iter("a") if str(line.block.tag) in _HEADINGS else ()
    return line.link_chars > 0 and not any(str(link.get("href", "")).startswith("#") for link in links)


def _large(line: Segment) -> bool:
    """The line is all bold, or in a big font, or centred."""
    if line.bold_chars >= line.chars or line.block.tag == "center":
        return True
    return any(
        (font.get("size") or "").strip("+") in {"3", "4", "5", "6", "7"} or "font-size" in (font.get("style") or "")
        for font in line.block.iter("font", "span")
    )
