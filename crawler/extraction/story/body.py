"""The story's lines, from the structure of the page."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment
from crawler.extraction.story.container import find_container
from crawler.extraction.story.cut import Cut, cut, cut_trusted
from crawler.extraction.story.pieces import opening_above, pieces_below
from crawler.extraction.story.title import Headline

LEAST_PROSE = 40  # characters; a story with less is told otherwise
_LEAST_LINKS = 3
_PICTURE = 20  # characters that a picture is worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The story's lines and where they stand.

    Attributes:
        first: Index of its first line among all segments of the page, or None when there is no story.
        first_prose: Index of its first line of prose, or None.
        last: Index of its last line, or None.
        of_links: It is a list of links, an issue that names what others wrote.
        in_pieces: It is told in short lines, pictures or other media, which stand below the headline in no one element.
    """

    cut: Cut
    container: HtmlElement
    first: int | None
    first_prose: int | None
    last: int | None
    in_pieces: bool = False
    of_links: bool = False

    @property
    def prose(self) -> int:
        """Characters of prose in the story."""
        return int(sum(segment.prose for segment in self.cut.kept))


def read_body(
    root: HtmlElement,
    segments: Sequence[Segment],
    junk: AbstractSet[HtmlElement],
    headline: Headline,
    *,
    trusted: Sequence[HtmlElement],
    template: HtmlElement | None,
    series: AbstractSet[HtmlElement],
) -> Body:
    """Find the story's container and cut it down to the story.

    Args:
        root: The page.
        segments: All of its lines.
        junk: Elements that hold no story.
        headline: What the story stands below.
        trusted: The elements in which every line is the author's, where a platform or a rule has such.
        template: The container when a content system's template names one.
        series: Elements of the blocks that name other stories; their lines are cut off as such.
    """
    start = 0 if trusted else _start(segments, junk, headline)
    if trusted:
        container = trusted[0] if len(trusted) == 1 else root
        inside = {inner for node in trusted for inner in node.iter(etree.Element)}
    else:
        container = template if template is not None else find_container(root, segments[start:], junk)
        inside = set(container.iter(etree.Element)) - junk
    places: Sequence[int] = [index for index in range(start, len(segments)) if segments[index].block in inside]
    members = [segments[index].text for index in places if segments[index].block in series]
    places = [index for index in places if segments[index].block not in series]
    lines = [segments[index] for index in places]
    result = cut_trusted(lines) if trusted else cut(lines, headline.text)
    in_pieces = False
    if not trusted and sum(segment.prose for segment in result.kept) < LEAST_PROSE:
        pieces = pieces_below(headline, segments, junk, series)
        if sum(map(_worth, pieces)) >= sum(map(_worth, result.kept)):
            known = {segment.text for segment in pieces}
            result = Cut(pieces, [line for line in result.off if line[1] not in known])
            places, in_pieces = range(start, len(segments)), bool(pieces)
    elif not trusted and headline.end is not None:
        between = segments[headline.end : _first(segments, result.kept)]
        above = [
            *_beside(segments[: headline.index], result.kept, junk | series),
            *opening_above(between, junk | series, result.kept),
        ]
        result.kept[:0] = above
        places = range(len(segments))
    for text in members:
        result.drop("series", text)
    words = [segment for segment in result.kept if segment.src is None]
    kept = {id(segment) for segment in words or result.kept}
    own = [index for index in places if id(segments[index]) in kept]
    return Body(
        cut=result,
        container=container,
        first=own[0] if own else None,
        first_prose=next((index for index in own if segments[index].prose), None),
        last=own[-1] if own else None,
        in_pieces=in_pieces,
    )


def of_links(lines: Sequence[Segment], segments: Sequence[Segment], body: Body) -> Body:
    """The body as these lines, if enough of them are links; else the body as it is."""
    leading = sum(2 * line.link_chars > line.chars for line in lines)
    if leading < _LEAST_LINKS or sum(line.chars for line in lines) <= sum(line.chars for line in body.cut.kept):
        return body
    known = {line.text for line in lines}
    first = _first(segments, lines)
    return replace(
        body,
        cut=Cut(list(lines), [line for line in body.cut.off if line[1] not in known]),
        first=first,
        first_prose=next((first + index for index, line in enumerate(segments[first:]) if line.prose), None),
        last=max(index for index, line in enumerate(segments) if line is lines[-1]),
        in_pieces=True,
        of_links=True,
    )


def _beside(above: Sequence[Segment], story: Sequence[Segment], junk: AbstractSet[HtmlElement]) -> list[Segment]:
    """The lines right above a headline that stand in one element with the story's paragraphs, from the first of prose.

    What was taken for the headline is a heading within it.
    """
    frames = {line.block.getparent() for line in story if line.block.tag == "p" and line.prose >= LEAST_PROSE}
    found: list[Segment] = []
    for line in reversed(above):
        if line.block.getparent() not in frames or line.block in junk:
            break
        found.append(line)
    while found and found[-1].prose < LEAST_PROSE:
        found.pop()
    return found[::-1]


def _first(segments: Sequence[Segment], kept: Sequence[Segment]) -> int:
    ids = {id(segment) for segment in kept}
    return next((index for index, segment in enumerate(segments) if id(segment) in ids), 0)


def _worth(segment: Segment) -> int:
    return segment.chars if segment.src is None else _PICTURE


def _start(segments: Sequence[Segment], junk: AbstractSet[HtmlElement], headline: Headline) -> int:
    """Where the story may begin: behind the headline, unless most of the prose stands above it."""
    if headline.end is None:
        return 0
    weights = [0.0 if segment.block in junk else segment.prose for segment in segments]
    return headline.end if 2 * sum(weights[headline.end :]) >= sum(weights[: headline.end]) else 0
