"""Where a story goes on in further pages: the links of a page that may say so."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extraction.blocks import absolute
from crawler.extraction.segments import Segment
from crawler.urls import canonical_or_none
from wangqi.series.parts import Parts, parts_of

_LONGEST = 40  # characters of a link that turns a page, with the title behind it
_LONGEST_LINE = 120
_TURNS = re.compile(
    r"[\W\d]*(?:(?:[上下前后首尾末第共一]{1,2}页?|页|(?:单页|全文)(?:阅读)?|prev|next|page)[\W\d]*)*", re.IGNORECASE
)
_ADDRESSES = ("href", "data-url", "data-href", "value")
_WITH_ADDRESS = "//a[@href or @data-url or @data-href] | //option[@value] | //button[@data-url or @data-href]"


def find_parts(tree: HtmlElement, segments: Sequence[Segment], url: str, base: str) -> Parts | None:
    """The parts of the story on this page; None where its links name none."""
    here = canonical_or_none(url) or url
    return parts_of(here, _anchors(tree, base), "\n".join(_lines(segments)))


def _lines(segments: Sequence[Segment]) -> Iterator[str]:
    """What stands in pagers: runs of lines of numbers and words that turn pages, and lines that count the pages."""
    run: list[str] = []
    for segment in segments:
        text = segment.text[: _LONGEST_LINE + 1]
        if len(text) <= _LONGEST_LINE and _TURNS.fullmatch(text):
            run.append(text)
            continue
        if run:
            yield " ".join(run)
            run = []
        if "共" in text and "页" in text:
            yield text[:_LONGEST_LINE]
    yield " ".join(run)


def _anchors(tree: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    for node in tree.xpath(_WITH_ADDRESS):
        words = " ".join("".join(node.itertext()).split())
        if not words or len(words) > _LONGEST:
            continue
        for address in filter(None, map(node.get, _ADDRESSES)):
            if target := canonical_or_none(absolute(base, address)):
                yield words, target
