"""Pages called exactly as this one: the issues of a daily 今日河口 that differ in their addresses alone."""

from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.page import Candidate, Page
from wangqi.titles.issues import fold, numbering_of

_SHORTEST = 3  # 公告, 首页: words of two name no publication
_FEWEST = 2  # a single one may be this very page under another address


def is_namesake(page: Page, title: str, href: str) -> bool:
    """Whether a link bears this page's title, or it and a date, and leads to another page with an address alike."""
    return _is_called_so(page, title) and _is_beside(page, href)


def namesakes_among(page: Page, members: list[Candidate]) -> list[Candidate]:
    """The namesakes of this page, where there are several."""
    found = [m for m in members if m.href and is_namesake(page, m.title, m.href)]
    return found if len({page.resolve(m.href or "") for m in found}) >= _FEWEST else []


def _is_called_so(page: Page, text: str) -> bool:
    if len(page.title_key) < _SHORTEST:
        return False
    if page.bears_title(text):
        return True
    folded, number = fold(text), numbering_of(text)
    dated = number is not None and number.unit == "date"
    return dated and number is not None and page.bears_title(folded[: number.start] + folded[number.end :])


def _is_beside(page: Page, href: str) -> bool:
    target = page.resolve(href)
    if target is None or not page.url:
        return False
    return target.partition("#")[0] != page.url.partition("#")[0] and made_alike(page.url, target)
