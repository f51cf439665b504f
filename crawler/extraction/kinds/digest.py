"""An issue that is a list of links: a digest of what others have written."""

from lxml.html import HtmlElement

from crawler.extraction.locate import Located
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.cut import is_furniture, is_tail
from crawler.extraction.story.pieces import MOST_LINES
from crawler.extraction.story.title import flat
from wangqi.titles.issues import numbering_of

_WHOLES = frozenset("季卷部辑")  # what is called by these has issues, and is none
_ROWS = 3
_LEAST = 40  # characters that make a story
_LEAST_OF_PART = 20
_HEADINGS = frozenset({"h1", "h2", "h3"})
_SHORTEST = 2  # characters of such a heading


def digest_of(place: Located, named: str | None, *, is_part: bool = False) -> list[Segment]:
    """The lines below the headline of a page that is one of its series' issues; empty of any other page.

    Only a number or a date tells an issue from a column: in the title by which another page names this one, or, where
    nobody does, in its own headline and in those that its 往期 block names. Where `is_part`, its work lists it or turns
    to it, and that is enough: a book ends with 参考资料, and a chapter may hold nothing but its sections.
    """
    name = named or _own_name(place)
    number = numbering_of(name) if name else None
    is_issue = number is not None and number.unit not in _WHOLES
    end = place.headline.end or (_below_heading(place, name or place.headline.text or "") if is_part else None)
    if not (is_issue or is_part) or end is None:
        return []
    others = {element for block in place.links.blocks for element in block.iter()}
    found = _below(place, end, others, is_part=is_part)
    if is_part and not found:  # the list of its sections is called by its name, as that of a series is
        found = _below(place, end, set(), is_part=True)
    leading = sum(line.link_chars > 0 for line in found)
    if not is_part and leading < _ROWS:
        return []
    if is_part and any(line.src for line in found):  # a page of a book may be one drawing
        return found
    return found if sum(line.chars for line in found) >= (_LEAST_OF_PART if is_part else _LEAST) else []


def _below(place: Located, end: int, others: set[HtmlElement], *, is_part: bool) -> list[Segment]:
    """The lines from this one on, up to what the page names beside them."""
    found: list[Segment] = []
    for line in place.segments[end : end + MOST_LINES]:
        if line.block in others or is_tail(line.text):
            # A part is more than two lines and a promise of more: 敬请期待.
            if found and not (is_part and sum(one.chars for one in found) < _LEAST_OF_PART):
                break
        elif (is_part or line.src is None) and not is_furniture(line.text):
            found.append(line)
    return found


def _below_heading(place: Located, name: str) -> int | None:
    """The line below a heading that is the page's name but for its number: 5. 磨坊 or 磨坊 of 第五章 磨坊."""
    title = flat(name)
    for at, line in enumerate(place.segments):
        words = flat(line.text).lstrip("0123456789")
        if line.block.tag in _HEADINGS and len(words) >= _SHORTEST and title.endswith(words):
            return at + 1
    return None


def _own_name(place: Located) -> str | None:
    own = numbering_of(place.headline.text or "")
    named = [numbering_of(link.title) for link in place.links.links if link.kind == "series" and link.in_block]
    alike = own and sum(one is not None and one.unit == own.unit for one in named) >= _ROWS - 1
    return place.headline.text if alike else None
