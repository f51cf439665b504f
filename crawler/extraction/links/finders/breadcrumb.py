"""The column that a breadcrumb ends in, and where a column says that it has moved."""

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise

from crawler.extraction.links import wording
from crawler.extraction.links.lines import Anchor, Line, is_within
from crawler.extraction.links.page import Candidate, Page

CRUMB = "the column that the breadcrumb ends in"
HEADED = "the column whose name stands above the headline"
MOVED = "the column says that it has moved there"
_PLACE = re.compile(r"位置|你在|您在")
_BETWEEN = re.compile(r"[\s>›»/\\→|·:：-]{1,5}")
_ARROW = re.compile(r"\s*[>›»→]{1,3}\s*")
_SLASH = re.compile(r"\s*[>›»→/\\-]{1,3}\s*")
_MOVED = re.compile(
    r"(?:迁移?|搬迁?|搬家|移|转移)(?:至|到|往)(?:了|[^\s，。；！,;!:：]{0,10})\W*$|新(?:地址|网址|址|域名|站点)\W*$|\bmoved\s+to\W*$|\bnew\s+(?:home|site|address)\W*$",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 120
_MOST_CRUMBS = 8
_MARK = re.compile(r"crumb|position|location|pathlink|weizhi", re.IGNORECASE)
_LEVELS = 3
_NEAR = 8  # lines above a headline among which the name of its column stands
_LONGEST_NAME = 16
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})

# What a page is called that says so: 搬家启事, 本博客已迁移, 新址. People and schools of stories move as well.
_NOTICE = re.compile(
    r"(?:搬家|搬迁|乔迁|迁移|迁址)(?:启事|公告|通知|声明|了|啦|$)"
    r"|(?:站|博客?|专栏|主页|空间|公众号|账号|域名|更新|[我俺]们?)[^,。!]{0,6}[搬迁移][家到至往址移]"
    r"|新(?:网址|地址|域名|站点|址)|^(?:我的|本站|博客)?新[家站]"
    r"|\b(?:we|i|blog|site|page|has|have|ve)\b.{0,12}\bmov(?:ed|ing)\b|\bmoved to\b|\bnew home\b",
    re.IGNORECASE,
)
_LONGEST_CALLED = 30


def says_move(title: str) -> bool:
    """Whether a page of this title may say that its site, or a part of it, has moved."""
    return len(title) <= _LONGEST_CALLED and _NOTICE.search(wording.simpler(title)) is not None


def find_columns(page: Page) -> Iterator[Candidate]:
    """`listing` links to the columns above this page, the nearest of each breadcrumb; without any, that whose name
    heads the page.
    """
    is_found = False
    for line in page.lines:
        if not 1 <= len(line.anchors) <= _MOST_CRUMBS:
            continue
        crumbs = line.anchors if _is_chain(line) else _spread(page, line)
        column = next((a for a in reversed(crumbs) if not wording.HOME.match(a.text) and page.leads_somewhere(a)), None)
        if column is not None and column.text:
            is_found = True
            at = column.line.index
            yield Candidate("listing", _without_arrow(column.text), column.href, 0.9, CRUMB, at)
    if not is_found and (above := _heading(page)) is not None:
        yield Candidate("listing", above.text, above.href, 0.8, HEADED, above.line.index)


def _heading(page: Page) -> Anchor | None:
    """The entry of the site's menu that a heading right above the headline is called by: 妇女风采; or None.

    Templates show so in which column a page is, where they have no breadcrumb.
    """
    title = next((line.index for line in page.lines if not line.anchors and page.bears_title(line.text)), 0)
    for line in reversed(page.lines[max(0, title - _NEAR) : title]):
        name = line.text.strip()
        if not line.anchors and 1 < len(name) <= _LONGEST_NAME and _is_heading(line):
            called = [a for other in page.lines for a in other.anchors if a.text.strip() == name and page.at_home(a)]
            is_one = len({page.resolve(anchor.href) for anchor in called}) == 1
            return called[0] if is_one and page.leads_somewhere(called[0]) else None
    return None


def _is_heading(line: Line) -> bool:
    return any(node.tag in _HEADINGS for node in islice(chain([line.element], line.element.iterancestors()), _LEVELS))


def find_moves(page: Page) -> Iterator[Candidate]:
    """`listing` links to the place that a line says this column has moved to: 本栏目已迁至…."""
    for line in page.lines:
        for anchor in line.anchors if line.length <= _LONGEST_NOTICE else ():
            before = wording.simpler(line.text[: anchor.start])
            if _MOVED.search(before) and page.leads_somewhere(anchor):
                yield Candidate("listing", anchor.text, anchor.href, 0.9, MOVED, line.index)


def _is_chain(line: Line) -> bool:
    """Whether the line is links joined by arrows; or from 首页 on by slashes; after 位置 by any signs."""
    if not all(any(map(str.isalnum, anchor.text)) for anchor in line.anchors):
        return False  # « and » turn pages
    placed = _PLACE.search(line.text[: line.anchors[0].start]) is not None
    if len(line.anchors) == 1:
        return placed
    home = wording.HOME.match(line.anchors[0].text) is not None
    sign = _BETWEEN if placed else _SLASH if home else _ARROW
    return all(sign.fullmatch(line.text[a.end : _word_of(line, b)]) for a, b in pairwise(line.anchors))


def _word_of(line: Line, anchor: Anchor) -> int:
    """Where the link's text begins behind an arrow that it holds itself: <a>>>专题</a>."""
    arrow = _ARROW.match(line.text, anchor.start, anchor.end)
    return arrow.end() if arrow else anchor.start


def _without_arrow(text: str) -> str:
    return _ARROW.sub("", text, count=1) if _ARROW.match(text) else text


def _spread(page: Page, line: Line) -> list[Anchor]:
    """The links of a breadcrumb that gives each link its own line, from the one to the front page on."""
    if len(line.anchors) > 1 or not wording.HOME.match(line.anchors[0].text):
        return []
    near = page.lines[line.index : line.index + 2 * _MOST_CRUMBS]
    for element in islice(chain([line.element], line.element.iterancestors()), _LEVELS):
        if _MARK.search(f"{element.get('class', '')} {element.get('id', '')}"):
            return [a for other in near if is_within(other.element, element) for a in other.anchors]
    return []
