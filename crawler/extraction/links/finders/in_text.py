"""Earlier parts that a sentence names: 前两篇分别是《…》和《…》, "read part one, …"."""

import re
from collections.abc import Iterator

from crawler.extraction.links.members import is_member
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.wording import NEXT, PREV, simpler
from crawler.extraction.model import Shelf
from wangqi.addresses import is_home
from wangqi.titles.anatomy import strip_decoration

_COUNT = r"[一二两三四五六七八九十几数\d]{1,3}"
_PART = "[篇期集章讲回节课话论]"
# Words that speak of other parts of the same work.
_EARLIER = re.compile(
    rf"[前上]面?{_COUNT}{_PART}|上[篇期集章讲回]|前[文作]|[上中下][篇集部](?:见|请?看|链接|[:：《])|(?:本|该|这个|此)系列|系列的?(?:第|前|上|其他)"
    r"|\bpart (?:one|two|three|four|five|i{1,3}|iv|v|\d{1,2})\b"
    r"|\b(?:first|second|third|previous|last|earlier|other) (?:parts?|instal?lments?|episodes?|chapters?)\b",
    re.IGNORECASE,
)
# What says that this page is itself one part of several.
_OF_SEVERAL = re.compile(
    r"(?:本文|本篇|这).{0,16}系列|系列(?:文章|报道|稿件)?的?第|本系列"
    r"|\bpart of (?:a|an|the|my|our)\b.{0,40}\bseries\b|\b(?:two|three|four|five|six|\d)-part\b|\bin this series\b",
    re.IGNORECASE,
)
_OF_LISTS = re.compile(
    r"目录|总目|索引|列表|合集|归档|[旧老]站|[旧老]博客|\b(?:index|contents|archives?)\b", re.IGNORECASE
)
_NO_WORD = re.compile(r"[\W_]|文章")
_BREAK = re.compile(r"[。！？!?；;]|\.\s")
_SHORTEST_SENTENCE = 10  # below it stands a label such as 上一篇：
_LONGEST_SENTENCE = 160
_LONGEST_TITLE = 80


def named_in_sentences(page: Page) -> Iterator[Candidate]:
    """Links of the running text that its words call other parts, on a page that is a part itself."""
    lines = [line for line in page.lines if line.anchors and line.free_length >= _SHORTEST_SENTENCE]
    if not any(_EARLIER.search(simpler(line.text)) for line in lines) or not _is_part(page):
        return
    for line in lines:
        for anchor in line.anchors:
            before = _BREAK.split(simpler(line.text[max(0, anchor.start - _LONGEST_SENTENCE) : anchor.start]))[-1]
            fits = len(anchor.text) <= _LONGEST_TITLE and is_member(page, anchor) and page.at_home(anchor)
            if fits and not _is_label(before) and (said := _EARLIER.search(before)):
                title = strip_decoration(anchor.text).strip("《》")
                yield Candidate(
                    "series", title, anchor.href, 0.75, f"a sentence calls it “{said[0]}”", line.index, in_block=True
                )


def lists_in_sentences(page: Page) -> Iterator[Shelf]:
    """Where a sentence says that earlier parts are, on whatever host: 前七篇留在旧站，见旧站的总目."""
    for line in page.lines:
        for anchor in line.anchors if line.free_length >= _SHORTEST_SENTENCE else ():
            before = _BREAK.split(simpler(line.text[max(0, anchor.start - _LONGEST_SENTENCE) : anchor.start]))[-1]
            target = page.resolve(anchor.href)
            if target and not is_home(target) and _OF_LISTS.search(simpler(anchor.text)) and _EARLIER.search(before):
                yield Shelf(target, anchor.text, "spoken")


def _is_label(before: str) -> bool:
    found = PREV.match(before) or NEXT.match(before)
    return found is not None and not _NO_WORD.sub("", before[found.end() :])


def _is_part(page: Page) -> bool:
    return page.shape is not None or any(_OF_SEVERAL.search(simpler(line.text)) for line in page.lines)
