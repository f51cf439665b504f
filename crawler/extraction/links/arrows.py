"""Neighbours that only an arrow announces: « 旧书店地图, 修书三戒 »."""

import re
from collections.abc import Iterator
from typing import Literal

from crawler.extraction.links import wording
from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.blocks import is_member
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.neighbours import as_member
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series_numbers import numbering_of
from crawler.extraction.series_titles import strip_decoration

_BACKWARD = re.compile(r"^(?:[«‹←⟵]|<{1,2})\s*(?=\w|[《“\"(（①-⑳])")
_FORWARD = re.compile(r"(?<=[\w》”\")）①-⑳])\s*(?:[»›→⟶]|>{1,2})$")
_NO_TITLE = re.compile(r"^(?:back\b|home\b|all\b|read\b|go\b|see\b|详细|详情|进入|阅读|了解|立即)", re.IGNORECASE)
_LENGTHS = range(2, 81)
_PARAGRAPH = 50
_NEAR = 3  # lines between the two of a pair


def find_arrows(page: Page, known: frozenset[int]) -> Iterator[Candidate]:
    """`prev` and `next` by the arrows of a pair; of a lone one towards a part of the series, or back below the story.

    Args:
        page: The page.
        known: Lines whose links wording has already told apart.
    """
    found: list[tuple[Literal["prev", "next"], Anchor]] = []
    for line in page.lines:
        if line.index in known or not 1 <= len(line.anchors) <= 2:
            continue
        for anchor in line.anchors:
            way = _way(line.text if len(line.anchors) == 1 else anchor.text)
            if way and _names_a_page(page, anchor):
                found.append((way, anchor))
    foot = max((line.index for line in page.lines if line.free_length >= _PARAGRAPH), default=0)
    places = {(way, anchor.line.index) for way, anchor in found}
    for way, anchor in found:
        title, at = _bare(anchor.text), anchor.line.index
        other = "next" if way == "prev" else "prev"
        if any((other, at + step) in places for step in range(-_NEAR, _NEAR + 1)) or (
            _is_part(page, title) or (way == "prev" and at > foot and _is_like(page, anchor))
        ):
            yield Candidate(way, title, anchor.href, 0.7, f"an arrow points to it as {way}", at)
            yield from as_member(page, "", title, anchor, at)


def _way(text: str) -> Literal["prev", "next"] | None:
    backward, forward = _BACKWARD.search(text) is not None, _FORWARD.search(text) is not None
    if backward == forward:
        return None
    return "prev" if backward else "next"


def _names_a_page(page: Page, anchor: Anchor) -> bool:
    text = _bare(anchor.text)
    stray = _NO_TITLE.match(text) or wording.MORE.match(text) or wording.BACK.match(text)
    return len(text) in _LENGTHS and not stray and is_member(page, anchor)


def _bare(text: str) -> str:
    return strip_decoration(_FORWARD.sub("", _BACKWARD.sub("", text)))


def _is_like(page: Page, anchor: Anchor) -> bool:
    return page.at_home(anchor) and not page.is_above(anchor) and made_alike(page.url, page.resolve(anchor.href) or "")


def _is_part(page: Page, title: str) -> bool:
    if page.shape and page.shape.member(title):
        return True
    own, theirs = numbering_of(page.title or ""), numbering_of(title)
    return own is not None and theirs is not None and own.unit == theirs.unit
