"""A story without running prose: the short lines, pictures, documents and films between headline and what follows."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

from crawler.extraction.phrases.credits import labelled
from crawler.extraction.source.notices import is_notice
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.blocks import credit_of, document_led_to
from crawler.extraction.story.cut import is_furniture, is_tail
from crawler.extraction.story.title import Headline, flat

_SMALLEST = 120  # pixels of either side; less is an icon
_DECORATION = re.compile(
    r"logo|icon|sprite|qr_?code|erweima|ewm|share|avatar|loading|blank|spacer|placeholder|banner", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*(\d{1,5})")
_CLOSING = ("。", "）", ")")
_STOPS = ("。", "！", "？", "…", "”", "」", ".", "!", "?")
_SHORTEST_DECK = 40
_SHORTEST_CAPTION, _LONGEST_CAPTION = 4, 120
MOST_LINES = 5_000  # below the headline; a page that goes on bears the warning `lines_left_out`
_CREDIT_LENGTH = 60
_INFO = re.compile(r"(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|bmp)(?:[?#]|$)", re.IGNORECASE)


def pieces_below(
    headline: Headline,
    segments: Sequence[Segment],
    junk: AbstractSet[HtmlElement],
    series: AbstractSet[HtmlElement],
    *,
    links: bool = False,
) -> list[Segment]:
    """The story's lines and media in order; empty where the page shows no headline, or nothing below it.

    `links`: lines that lead elsewhere are the story's own, as those of a digest are; else they end it.
    """
    if headline.end is None:
        return []
    found: list[Segment] = []
    for segment in segments[headline.end : headline.end + MOST_LINES]:
        if segment.block in series:
            if found:
                break
            continue
        if segment.block in junk:
            continue
        if segment.src is not None:
            found.extend(_media(segment))
        elif is_tail(segment.text) or is_notice(segment.text) or (found and not links and _leads_on(segment)):
            break
        elif (links or not _leads_on(segment)) and not _is_page_matter(segment, headline, begun=bool(found)):
            found.append(segment)
    return found


def opening_above(
    segments: Sequence[Segment], junk: AbstractSet[HtmlElement], story: Sequence[Segment]
) -> list[Segment]:
    """Of the lines between headline and story its deck, and the pictures with a caption each; no other is its own."""
    found: list[Segment] = []
    told = {flat(segment.text) for segment in story}
    for index, segment in enumerate(segments):
        if _is_deck(segment) and segment.block not in junk:
            found += [segment] if flat(segment.text) not in told else []
            told.add(flat(segment.text))
            continue
        if index + 1 == len(segments):
            break
        caption = segments[index + 1]
        if segment.src is None or segment.medium != "image" or segment.block in junk or not _is_picture(segment):
            continue
        if caption.src is None and caption.block not in junk and _may_be_caption(caption):
            found += (segment, caption)
    return found


def _is_deck(line: Segment) -> bool:
    """Whether a line is a sentence and more: longer than a byline, and without links."""
    text = line.text
    return (
        line.prose >= _SHORTEST_DECK
        and not line.link_chars
        and text.endswith(_STOPS)
        and not (is_furniture(text) or is_tail(text) or next(labelled(text), None) or _INFO.search(text))
    )


def _may_be_caption(line: Segment) -> bool:
    text = line.text
    if line.link_chars or not _SHORTEST_CAPTION <= len(text) <= _LONGEST_CAPTION:
        return False
    if line.block.tag != "figcaption" and not text.endswith(_CLOSING) and not credit_of(text):
        return False
    return not (
        is_furniture(text) or is_tail(text) or is_notice(text) or next(labelled(text), None) or _INFO.match(text)
    )


def _media(segment: Segment) -> Iterator[Segment]:
    if segment.medium != "image" or _is_picture(segment):
        yield segment


def _is_picture(segment: Segment) -> bool:
    """Whether a picture is one to look at, and no icon or advertisement that leads away."""
    node = segment.node
    if node is None or _DECORATION.search(f"{segment.src} {node.get('class') or ''} {node.get('id') or ''}"):
        return False
    for side in ("width", "height"):
        size = _NUMBER.match(node.get(side) or "")
        if size and int(size[1]) < _SMALLEST and "%" not in (node.get(side) or ""):
            return False
    link = next(node.iterancestors("a"), None)
    return link is None or _PICTURE_FILE.search(link.get("href") or "") is not None


def _leads_on(segment: Segment) -> bool:
    """Whether the line is of links to other pages; a link to a document is the story's own."""
    return segment.link_chars > 0.5 * segment.chars and document_led_to(segment) is None


def _is_page_matter(segment: Segment, headline: Headline, *, begun: bool) -> bool:
    text = segment.text
    if is_furniture(text) or flat(text) == flat(headline.text or "") or not flat(text):
        return True
    if begun or len(text) > _CREDIT_LENGTH:
        return False
    return next(labelled(text), None) is not None or _INFO.match(text) is not None
