"""Where a story goes on in further pages: the links of a page that may say so."""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extraction.blocks import absolute
from crawler.extraction.segments import Segment
from wangqi.series.parts import Parts, parts_of

_LONGEST = 40  # characters of a link that turns a page, with the title behind it
_LONGEST_LINE = 60  # of a line that says how many pages there are
_ADDRESSES = ("href", "data-url", "data-href", "value")
_WITH_ADDRESS = "//a[@href or @data-url or @data-href] | //option[@value] | //button[@data-url or @data-href]"


def find_parts(tree: HtmlElement, segments: Sequence[Segment], url: str, base: str) -> Parts | None:
    """The parts of the story on this page; None where its links name none."""
    lines = [segment.text for segment in segments if "页" in segment.text[:_LONGEST_LINE] and "共" in segment.text]
    return parts_of(url, _anchors(tree, base), "\n".join(line[:_LONGEST_LINE] for line in lines))


def _anchors(tree: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    for node in tree.xpath(_WITH_ADDRESS):
        words = " ".join("".join(node.itertext()).split())
        if not words or len(words) > _LONGEST:
            continue
        for address in filter(None, map(node.get, _ADDRESSES)):
            yield words, absolute(base, address)
