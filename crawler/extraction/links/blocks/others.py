"""Signs that a block names other things than the series of its page: a menu, whole issues, an account, another work."""

import re
from statistics import median

from crawler.extraction.links.addresses import made_alike, may_be_siblings
from crawler.extraction.links.blocks.case import Case
from crawler.extraction.links.blocks.find import Block
from crawler.extraction.links.page import Page
from crawler.extraction.links.self_reference import names_itself
from wangqi.series.shape import title_shape
from wangqi.titles.issues import numbering_of

_SHORTEST_TITLES = 4  # a median below it is a menu's
_LINES_ABOVE = 8
_ANY_SERIES = re.compile(r"^\W*系列(?:报道|文章|专题|稿件|推文)\W*$")
_ISSUES = frozenset({"期", "卷", "辑", "号", "date", "year"})
_PERIODICAL = re.compile("杂志|期刊|周刊|旬刊|半月刊|月刊|季刊|学报|封面|报纸|本期")
_AUDIENCE = re.compile(r"\d\s*万?\s*(?:粉丝|关注|订阅|文章)|(?:粉丝|关注|订阅|文章)数?\s*[:：]?\s*\d")


def of_another(case: Case) -> bool:
    """Whether the titles are all parts of one other work: 系列报道 above 古桥普查（上） and （下）."""
    label, titles = case.block.label, [m.title for m in case.linked or case.block.members]
    if case.likely or len(titles) < 2 or not _ANY_SERIES.search(label) or not all(map(numbering_of, titles)):
        return False
    shape = title_shape(titles)
    named = shape is not None and bool(shape.cores) and all(shape.member(title) for title in titles)
    return named and shape is not None and not shape.member(case.page.title or "")


def of_issues(case: Case) -> bool:
    """Whether whole issues of a magazine are meant: all numbered, beside its current one, and this page is not."""
    if case.page.loose_shape is not None or numbering_of(case.page.title or "") or not case.linked:
        return False
    at = case.block.heading.index
    near = [case.page.lines[index].text for index in range(max(0, at - _LINES_ABOVE), at)]
    issues = all((n := numbering_of(m.title)) and n.unit in _ISSUES for m in case.linked)
    return issues and any(_PERIODICAL.search(text[:40]) for text in near)


def is_menu(case: Case) -> bool:
    linked = case.linked
    if not linked or (case.block.words == "series" and lists_itself(case)):
        return False
    if any(numbering_of(m.title) for m in linked):
        return _is_among_columns(case)
    return median(len(m.title) for m in linked) < _SHORTEST_TITLES or _is_among_columns(case)


def _is_among_columns(case: Case) -> bool:
    """Whether the heading stands in a row of columns: what follows has addresses like its own, not like the page."""
    targets = [target for m in case.linked if (target := case.page.resolve(m.href or ""))]
    columns = {t for t in targets if any(made_alike(index, t) for index in case.block.index)}
    return 2 * sum(t in columns and not may_be_siblings(case.page.url, t) for t in targets) > len(targets)


def lists_itself(case: Case) -> bool:
    """Whether the block names this page among the others: then it is the table of contents."""
    return any(names_itself(case.page, line.text) for line in case.block.lines)


def of_an_account(page: Page, block: Block) -> bool:
    """Whether the block stands on an author's card, or its 全部 leads where the author's name leads."""
    at = block.heading.index
    if any(_AUDIENCE.search(line.text) for line in page.lines[max(0, at - _LINES_ABOVE) : at]):
        return True
    return bool(block.index.keys() & page.account_urls)
