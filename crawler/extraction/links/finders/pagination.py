"""The further pages of a listing or of a story: by numbers in a row, a list of choices, a script, or 加载更多."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final
from urllib.parse import parse_qsl

from lxml import etree

from crawler.extraction.links import wording
from crawler.extraction.links.finders.page_addresses import MOST_PAGES, PagePattern, pattern_of
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.source.scripts import looks_like_address
from wangqi.series.part_addresses import readings_of

_NUMBER = re.compile(r"[\[(（【第 ]*(\d{1,4})(?:\s*/\s*\d{1,4})?[\])）】页頁 ]*")
_NUMBERS = re.compile(r"\d+")
COMMENTS = re.compile(r"comment|#|reply|pinglun", re.IGNORECASE)
_OTHER_WORDS = 5  # 首页 上一页 下一页 尾页 共N页
_LONGEST_NUMBER = 6
_LAST = re.compile(r"^\W*(?:尾|末|最后一?|最末)[页頁]\W*$|^\W*(?:last|»»|>>\|?|>\|)\W*$", re.IGNORECASE)
_LONGEST_MONTH = 31
_FEW = 9  # numbers that are pages even where each has a cell of its own
_FEWEST_OF_A_WINDOW = 3  # 12 13 14: numbers that need not begin with 1
OPENED_BY_SCRIPT: Final = "a script opens "
_MORE = re.compile(
    r"^\W*(?:(?:点击|上拉|下拉|向下)?(?:加载|显示|浏览|查看|展开)(?:更多|余下|下一页)(?!评论|回复|留言)\S{0,4}|更多(?:文章|内容|加载)|(?:load|show|view)\s+more(?!\s+(?:comments?|replies))(?:\s+\w+)?)\W*$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"^\W*(?:下一?[页頁]|后一?[页頁]|next(?:\s*page)?)\W*$", re.IGNORECASE)
_LONGEST_COUNT = 60  # characters of a line: 共230条 每页10条 第1/23页
_ALL_PAGES = re.compile(r"共\s*(\d{1,5})\s*[页頁]|(?:第|页次|[页頁])\D{0,4}1\s*/\s*(\d{1,5})(?:\s*[页頁]|\b)")
_ALL_ROWS = re.compile(r"共(?:有)?\s*(\d{1,6})\s*[条條篇则則]")
_COUNTS = ("data-total-pages", "data-totalpages", "data-page-count", "data-pagecount", "data-pages", "data-max-page")
_counting = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in _COUNTS)}]")
_components = etree.XPath("//*[contains(local-name(), 'pagination')]")  # el-pagination, drawn by a script
_onward = etree.XPath("//@data-next/..|//@data-next-url/..|//@data-next-page/..")
_OFF = re.compile(r"\b(?:disabled?|no|none|off|current|active|cur|on)\b", re.IGNORECASE)
_ONLY_PAGE = re.compile(r"共\s*[01]\s*[页頁]|(?<!\d)1\s*/\s*1(?!\d)")
_MARKED = re.compile(
    r"(?:/page/|[?&](?:p|page|pn|pageno|page_?(?:no|num|index)|curpage|start|offset)=|/(?:index|list|page)[_-])(\d+)"
)
_OF_THIS = re.compile(r"(?:/page[/_-]?\d+|[?&]paged?=\d+)/?$", re.IGNORECASE)
_INDEX = re.compile(r"/index\.\w{3,5}$")
# Keys by which a list says where its next page begins.
_BEGINS = re.compile(
    r"(?:page|paged|start|offset|skip|cursor|before|after|until|updated-(?:max|min)|max-results|by-date)"
)
_MOST_AROUND = 100  # elements in which a button is looked for
_NO_ADDRESS = frozenset({"class", "id", "src", "style"})


def find_pages(page: Page) -> Iterator[Candidate]:
    """`page` links: what the page itself counts as its pages, those between two numbers that it leaves out, too."""
    run: list[Anchor] = []
    for line in page.lines:
        numbers = [a for a in line.anchors if _number(a) is not None]
        if numbers and len(numbers) >= len(line.anchors) - _OTHER_WORDS:
            run += numbers
        elif run and (line.anchors or line.length > 8):
            yield from _turned(page, run)
            run = []
        yield from _more(page, line)
        for a in line.anchors:
            if is_page_of_this(page, a):
                yield Candidate("page", a.text, a.href, 0.9, "this very address with the number of a page", line.index)
    yield from _turned(page, run)
    yield from _counted_by_script(page)
    yield from _next_in_head(page)
    for element in _onward(page.tree):
        kept = (value for name, value in element.attrib.items() if name.startswith("data-next"))
        for address in filter(looks_like_address, kept):
            yield Candidate("page", "", address, 0.7, "an element keeps it as the next page", len(page.lines))


def is_page_of_this(page: Page, anchor: Anchor) -> bool:
    """Whether it leads to this very address with the number of a page, whatever it is called: 较旧的文章."""
    if not ("?" in anchor.href or "page" in anchor.href.lower()):
        return False
    own, target = page.url.casefold(), (page.resolve(anchor.href) or "").casefold()
    is_of_this = _begins_elsewhere(own, target) or _is_numbered(own, target)
    return is_of_this and not COMMENTS.search(anchor.href)


def _is_numbered(own: str, target: str) -> bool:
    """Whether the target is the page's own address with the number of a page behind it."""
    own, target = _INDEX.sub("/", own), _INDEX.sub("/", target)
    return bool(_OF_THIS.search(target)) and (_OF_THIS.sub("", target).rstrip("/") == _OF_THIS.sub("", own).rstrip("/"))


def _begins_elsewhere(own: str, target: str) -> bool:
    """Whether both are one list, and begin at different rows of it."""
    if "?" not in target:
        return False
    (here, _, ours), (there, _, theirs) = own.partition("?"), target.partition("?")
    if here.rstrip("/") != there.rstrip("/"):
        return False
    pairs = [dict(parse_qsl(query, keep_blank_values=True)) for query in (ours, theirs)]
    kept = [{key: value for key, value in pair.items() if not _BEGINS.fullmatch(key)} for pair in pairs]
    return kept[0] == kept[1] and pairs[0] != pairs[1]


def out_of_reach(page: Page, found: list[Candidate]) -> Iterator[str]:
    """Sentences about rows and further pages that a listing shows and no address leads to.

    Args:
        page: The listing.
        found: All its candidates.
    """
    hidden_titles = [
        row.title for row in found if row.kind == "entry" and not (row.url or page.resolve(row.href or ""))
    ]
    if hidden_titles:
        count = f"{len(hidden_titles)} rows" if len(hidden_titles) > 1 else "1 row"
        yield f"{OPENED_BY_SCRIPT}{count}, “{hidden_titles[0]}” first, and their addresses are not on the page"
    said = page.counted
    if said and said.count > MOST_PAGES and said.files:
        yield f"a script counts {said.count:,} further pages, of which the first {MOST_PAGES:,} are asked for"
    for line in page.lines:
        is_open = not line.anchors or line.anchors[0].is_hidden
        if is_open and _MORE.match(line.text) and not _address_of_more(page, line):
            yield _unread(line.text)
    if any(candidate.kind == "page" for candidate in found):
        return
    hidden = [a for line in page.lines for a in line.anchors if a.is_hidden and not _ONLY_PAGE.search(line.text)]
    numbers = {number for a in hidden if (number := _number(a)) and number > 1 and len(a.text) <= _LONGEST_NUMBER}
    onward = next((a for a in hidden if _NEXT.match(a.text) and not _is_off(a)), None)
    if numbers & {2, 3}:  # neither years nor 20, 50, 100 rows a page
        yield f"a script turns to the further pages {_listed(numbers)}, and their addresses are not on the page"
    elif onward is not None:
        yield _unread(onward.text)
    elif said and (said.count > 1 or not said.count):
        count = f"{said.count - 1} further pages" if said.count else "its pages"
        yield f"a script counts {count}, and their addresses are not on the page: they were not read"
    elif words := _said_in_words(page, len({row.at for row in found if row.kind == "entry"})):
        yield f"the page says “{words}”, and the addresses of the others are not on the page: they were not read"


def _said_in_words(page: Page, rows: int) -> str | None:
    """The words by which the page counts more pages, or more rows, than it has."""
    for line in page.lines:
        if line.length > _LONGEST_COUNT:
            continue
        if (found := _ALL_PAGES.search(line.text)) and int(found[1] or found[2]) > 1:
            return None if int(found[1] or found[2]) in _own_numbers(page) else found[0].strip()
        if (found := _ALL_ROWS.search(line.text)) and int(found[1]) > rows:
            before = {divmod(int(found[1]) - rows, number - 1) for number in _own_numbers(page)}
            is_last = any(each >= rows and not rest for each, rest in before)  # rows of each page before it
            return None if is_last else found[0].strip()
    for element in _counting(page.tree):
        named = ((name, value) for name, value in element.attrib.items() if name in _COUNTS)
        if found_in := next((f"{name}={value}" for name, value in named if value.isdecimal() and int(value) > 1), None):
            return found_in
    drawn = next(iter(_components(page.tree)), None)
    return f"<{drawn.tag}>" if drawn is not None else None


def _own_numbers(page: Page) -> set[int]:
    """Which page of its list this one may be, by its address, if not the first."""
    return {one.number for one in readings_of(page.url) if one.number and one.number > 1}


def _unread(label: str) -> str:
    return f"“{label}” loads further pages by a script, and their addresses are not on the page: they were not read"


def _listed(numbers: set[int]) -> str:
    return f"{min(numbers)} to {max(numbers)}" if len(numbers) > 1 else str(min(numbers))


def _is_off(anchor: Anchor) -> bool:
    """Whether it looks like a button that cannot be pressed: the 下一页 of the last page."""
    parent = anchor.element.getparent()
    classes = [element.get("class") or "" for element in (anchor.element, parent) if element is not None]
    return any(map(_OFF.search, classes)) or anchor.element.get("disabled") is not None


def _number(anchor: Anchor) -> int | None:
    found = _NUMBER.fullmatch(anchor.text) if len(anchor.text) <= _LONGEST_NUMBER else None
    return int(found[1]) if found else None


def _turned(page: Page, run: list[Anchor]) -> Iterator[Candidate]:
    """The run, where it is neither a month nor counts of comments nor their pages, and the pages in its gaps."""
    known = [(number, anchor) for anchor in run if (number := _number(anchor)) is not None]
    numbers = [number for number, _ in known]
    if not numbers or numbers != sorted(set(numbers)):
        return
    addresses = [(number, url) for number, a in known if not a.is_hidden and (url := page.resolve(a.href))]
    pattern = pattern_of(addresses)
    if not _is_of_pages(page, run, numbers, pattern):
        return
    for number, anchor in known:
        if page.leads_somewhere(anchor) and not COMMENTS.search(anchor.href):
            yield Candidate("page", anchor.text, anchor.href, 0.8, f"page {number} of this one", anchor.line.index)
    if pattern and not COMMENTS.search(pattern.before + pattern.behind):
        yield from _between(page, run[-1].line, numbers, pattern)


def _is_of_pages(page: Page, run: list[Anchor], numbers: list[int], pattern: PagePattern | None) -> bool:
    if _is_month(run, numbers, pattern):
        return False
    alone = len(run) == 1 and not any("页" in a.text or "頁" in a.text for a in run[0].line.anchors)
    if numbers == [1] or alone or len({_NUMBERS.sub("", a.href) for a in run[1:]}) > 1:
        return False
    if numbers[0] in {1, 2}:
        return True
    fitting = sum(pattern.number(page.resolve(a.href) or "") is not None for a in run) if pattern else 0
    return (
        fitting >= _FEWEST_OF_A_WINDOW and numbers == list(range(numbers[0], numbers[-1] + 1)) and numbers[-1] < 1_900
    )


def _is_month(run: list[Anchor], numbers: list[int], pattern: PagePattern | None) -> bool:
    """Whether these are days: a year and a month in their addresses, or each in a cell of a table."""
    if numbers[-1] > _LONGEST_MONTH:
        return False
    if pattern is not None and pattern.is_of_days:
        return True
    has_gaps = numbers[-1] - numbers[0] >= len(numbers)
    return all(anchor.line.element.tag == "td" and len(anchor.line.anchors) == 1 for anchor in run) and (
        len(numbers) > _FEW or has_gaps
    )


def _between(page: Page, line: Line, numbers: list[int], pattern: PagePattern) -> Iterator[Candidate]:
    """The pages that stand between the numbers shown, up to the one that 尾页 leads to."""
    near = (
        a for other in page.lines[max(0, line.index - 2) : line.index + 3] for a in other.anchors if _LAST.match(a.text)
    )
    last = (pattern.number(page.resolve(anchor.href) or "") for anchor in near)
    end = max([*numbers, *(number for number in last if number is not None)])
    if end > MOST_PAGES:
        page.bounds[f"the page counts {end:,} pages; of those that it does not show, {MOST_PAGES:,} are asked for"] = (
            None
        )
    given = set(numbers)
    left = (number for number in range(numbers[0], min(end, MOST_PAGES) + 1) if number not in given)
    for number in left:
        url = pattern.address(number)
        if url and url != page.url:
            reason = f"page {number} of this one, between those that it shows"
            yield Candidate("page", str(number), None, 0.7, reason, line.index, url)


def _counted_by_script(page: Page) -> Iterator[Candidate]:
    said = page.counted
    at = len(page.lines)
    for number, file in said.files.items() if said else ():
        url = page.resolve(file)
        if url and url != page.url:
            yield Candidate("page", str(number), file, 0.8, f"page {number} of those that a script counts", at)


def _more(page: Page, line: Line) -> Iterator[Candidate]:
    address = _address_of_more(page, line)
    if address:
        yield Candidate("page", line.text, address, 0.7, f"“{line.text}” loads it", line.index)


def _address_of_more(page: Page, line: Line) -> str | None:
    """Of 加载更多 the address in any attribute of its own or of the element around it."""
    if len(line.anchors) > 1 or not _MORE.match(line.text):
        return None
    link = next(iter(line.anchors), None)
    if link is not None and not link.is_hidden:
        leads_up = link.element.tag == "a" and link.href == link.element.get("href") and wording.MORE.match(line.text)
        return None if leads_up else link.href
    near = chain([line.element], islice(line.element.iterchildren(), _MOST_AROUND))
    rooms = [element for element in near if _MORE.match("".join(map(str, element.itertext())).strip())]
    elements = [inner for room in rooms for inner in islice(room.iter(etree.Element), _MOST_AROUND)]
    kept = (
        value for element in reversed(elements) for name, value in element.attrib.items() if name not in _NO_ADDRESS
    )
    return next((value for value in kept if looks_like_address(value) and page.resolve(value)), None)


def _next_in_head(page: Page) -> Iterator[Candidate]:
    """`<link rel=next>` where it turns a page of this very address; that of a story may be another story."""
    for link in page.tree.iterfind(".//link[@href]"):
        target = page.resolve(link.get("href", "")) if "next" in (link.get("rel") or "").lower().split() else None
        mark = _MARKED.search(target) if target else None
        if target and mark and _stem(target) == _stem(page.url):
            yield Candidate("page", mark[1], link.get("href"), 0.7, "the next page, as the head of this one says")


def _stem(url: str) -> str:
    mark = _MARKED.search(url)
    return (url[: mark.start()] if mark else url.partition("?")[0].removesuffix("/")).removesuffix("/")
