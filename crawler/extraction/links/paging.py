"""The numbered pages of a listing or of a story."""

import re
from collections.abc import Iterator

from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.page import Candidate, Page

_NUMBER = re.compile(r"[\[( ]*(\d{1,4})[\]) ]*")
_NUMBERS = re.compile(r"\d+")
COMMENTS = re.compile(r"comment|#|reply|pinglun", re.IGNORECASE)
_MOST_PAGES = 27  # from 28 on it may be a month
_OTHER_WORDS = 5  # 首页 上一页 下一页 尾页 共N页


def find_pages(page: Page) -> Iterator[Candidate]:
    """`page` links, where numbers stand side by side and count upwards."""
    run: list[Anchor] = []
    for line in page.lines:
        numbers = [a for a in line.anchors if len(a.text) <= 6 and _NUMBER.fullmatch(a.text)]
        if numbers and len(numbers) >= len(line.anchors) - _OTHER_WORDS:
            run += numbers
        elif run and (line.anchors or line.length > 8):
            yield from _turned(page, run)
            run = []
    yield from _turned(page, run)


def _turned(page: Page, run: list[Anchor]) -> Iterator[Candidate]:
    """The run, where it begins with 1 or 2 and is neither a month nor counts of comments nor their pages."""
    numbers = [int(found[1]) for a in run if (found := _NUMBER.fullmatch(a.text))]
    if not numbers or numbers[0] not in {1, 2} or len(numbers) > _MOST_PAGES or numbers != sorted(set(numbers)):
        return
    alone = len(run) == 1 and not any("页" in a.text or "頁" in a.text for a in run[0].line.anchors)
    if numbers == [1] or alone or len({_NUMBERS.sub("", a.href) for a in run[1:]}) > 1:
        return
    for anchor in run:
        if page.leads_somewhere(anchor) and not COMMENTS.search(anchor.href):
            yield Candidate("page", anchor.text, anchor.href, 0.8, f"page {anchor.text} of this one", anchor.line.index)
