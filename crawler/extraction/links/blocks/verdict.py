"""Whether a block names the page's own series, or whatever its publisher wrote before."""

import re

from crawler.extraction.links.addresses import may_be_siblings
from crawler.extraction.links.blocks.case import Case
from crawler.extraction.links.blocks.find import Block
from crawler.extraction.links.blocks.others import is_menu, lists_itself, of_an_account, of_another, of_issues
from crawler.extraction.links.blocks.unlinked import titles_alone
from crawler.extraction.links.headings import is_bare_series, is_print_archive, recommends
from crawler.extraction.links.kinship import Kinship
from crawler.extraction.links.page import Candidate, Page
from wangqi.titles.issues import fold, numbering_of

_MANY = 3
_IN_THE_TEXT = frozenset({"p", "section"})
_COLUMNAR = re.compile(r"[^|:]{2,12}\||[【\[][^】\]]{2,12}[】\]]")  # 政说|…: too short to be learned, yet a column's

Verdict = tuple[list[Candidate], float, str]


def judge(page: Page, kinship: Kinship, block: Block, columns: frozenset[str]) -> list[Candidate]:
    """The block's members of the page's own series, with score and reason; none when it names other things.

    Args:
        page: The page the block stands on.
        kinship: Of that page.
        block: Its members get their score and reason here.
        columns: URLs of the columns that the page's breadcrumb names.
    """
    case = Case(page, kinship, block, columns)
    members, score, why = next(verdict for rule in _RULES if (verdict := rule(case)) is not None)
    for member in members:
        member.score, member.reason, member.in_block = score, f"under “{block.label}”{why}", True
    return members


def may_be_members(page: Page, kinship: Kinship, block: Block, columns: frozenset[str]) -> bool:
    """Whether the rows of a block that was left out whole could be the series all the same: nothing else is meant.

    No menu, no other work, nobody's recommendation, and most of the addresses are made like the page's own.
    """
    case = Case(page, kinship, block, columns)
    if block.words == "related" or not page.url or page.is_wechat or not case.linked or not case.is_at_home:
        return False
    if _nothing(case) or of_another(case) or recommends(block.label) or of_an_account(page, block):
        return False
    targets = [target for m in case.linked if (target := page.resolve(m.href or ""))]
    return 2 * sum(may_be_siblings(page.url, target) for target in targets) > len(targets)


def _nothing(case: Case) -> Verdict | None:
    return ([], 0.0, "") if is_print_archive(case.block.label) or is_menu(case) or of_issues(case) else None


def _by_likeness_alone(case: Case) -> Verdict | None:
    """Of a related-reading block, take only links that count without it, or all when all resemble the page."""
    if case.block.words != "related":
        return None
    if len(case.named) == len(case.block.members) >= _MANY:  # then the name before the colon is no speaker's
        return case.own, 0.85, f", all like this page: {case.why}"
    return case.likely, 0.85, ", and like this page"


def _by_unlinked_titles(case: Case) -> Verdict | None:
    titles = titles_alone(case.page, case.block)
    return (titles, 0.8, ", which names titles without links") if titles and not of_another(case) else None


def _by_heading(case: Case) -> Verdict | None:
    if case.block.words != "series":
        return None
    if of_another(case):
        return [], 0.0, ""
    if not case.own and not case.is_at_home:  # 其他高手的系列文章
        return [], 0.0, ""
    firm = not is_bare_series(case.block.label) or case.own or lists_itself(case)
    return (case.all, 0.95, "") if firm else _by_made(case)


def _by_title(case: Case) -> Verdict | None:
    if not case.own:
        return None
    # An account puts whatever it wrote beside the parts of a series, and so does who recommends.
    others = case.page.is_wechat or recommends(case.block.label)
    is_mixed = others or 2 * len(case.own) < len(case.block.members)
    wanted = case.own if is_mixed else case.all
    return wanted, 0.9, f", and like this page: {case.why}"


def _by_column(case: Case) -> Verdict | None:
    found = case.columns & case.block.index.keys() or _holds_all(case)
    return (case.all, 0.85, ", which leads to the column of this page") if found else None


def _by_publisher(case: Case) -> Verdict | None:
    other = case.page.is_wechat or recommends(case.block.label) or of_an_account(case.page, case.block)
    return ([], 0.0, "") if other else None


def _with_like_address(case: Case, members: list[Candidate]) -> list[Candidate]:
    """Without the strays among links that are otherwise made like the page's own."""
    here = case.page.url
    like = [m for m in members if m.href is None or may_be_siblings(here, case.page.resolve(m.href) or "")]
    return like if here and 2 * len(like) > len(members) else members


def _by_made(case: Case) -> Verdict | None:
    """When only the word 往期 speaks for the block: take the links whose addresses are made like the page's own."""
    title, here = fold(case.page.title or ""), case.page.url
    plain = case.page.shape is None and numbering_of(title) is None and not _COLUMNAR.match(title)
    if plain and case.block.heading.element.tag in _IN_THE_TEXT:  # an account's other posts
        return [], 0.0, ""
    targets = [target for m in case.linked if (target := case.page.resolve(m.href or ""))]
    if here and 2 * sum(may_be_siblings(here, target) for target in targets) < len(targets):
        return [], 0.0, ""
    return _with_like_address(case, case.all), 0.7, ", made like this page"


# From the surest sign to the weakest; the first that speaks decides.
_RULES = (
    _nothing,
    _by_likeness_alone,
    _by_unlinked_titles,
    _by_heading,
    _by_title,
    _by_column,
    _by_publisher,
    _by_made,
)


def _holds_all(case: Case) -> bool:
    """Whether the heading leads to a folder that holds most of the titles, and the page where its URL is known."""
    targets = [_bare(target) for m in case.linked if (target := case.page.resolve(m.href or ""))]
    here = _bare(case.page.url)
    for index in case.block.index:
        folder = _bare(index).rsplit("/", 1)[0] + "/"
        if folder.count("/") < 2:  # the whole site
            continue
        inside = sum(target.startswith(folder) for target in targets)
        if 2 * inside > len(targets) and (not here or here.startswith(folder)):
            return True
    return False


def _bare(url: str) -> str:
    return url.partition("?")[0].partition("://")[2]
