"""Whether a block names the page's own series, or whatever its publisher wrote before."""

import re

from crawler.extraction.links import wording
from crawler.extraction.links.addresses import may_be_siblings
from crawler.extraction.links.blocks import Block
from crawler.extraction.links.case import Case
from crawler.extraction.links.counted import counted_alike
from crawler.extraction.links.headings import is_bare_series, is_print_archive, recommends
from crawler.extraction.links.namesakes import namesakes_among
from crawler.extraction.links.others import is_menu, of_an_account, of_another, of_issues
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.unlinked import titles_alone
from crawler.extraction.series_numbers import fold, numbering_of

_MANY = 3
_IN_THE_TEXT = frozenset({"p", "section"})
_COLUMNAR = re.compile(r"[^|:]{2,12}\||[【\[][^】\]]{2,12}[】\]]")  # 政说|…: too short to be learned, yet a column's

Verdict = tuple[list[Candidate], float, str]


def judge(page: Page, block: Block, columns: frozenset[str]) -> list[Candidate]:
    """The block's members of the page's own series, with score and reason; none when it names other things.

    Args:
        page: The page the block stands on.
        block: Its members get their score and reason here.
        columns: URLs of the columns that the page's breadcrumb names.
    """
    case = Case(page, block, columns)
    members, score, why = next(verdict for rule in _RULES if (verdict := rule(case)) is not None)
    for member in members:
        member.score, member.reason, member.in_block = score, f"under “{block.label}”{why}", True
    return members


def _nothing(case: Case) -> Verdict | None:
    return ([], 0.0, "") if is_print_archive(case.block.label) or is_menu(case) or of_issues(case) else None


def _by_likeness_alone(case: Case) -> Verdict | None:
    """Of a related-reading block, only what has the title shape of the page, with a link or without."""
    if case.block.words != "related":
        return None
    shape = case.page.shape
    alike = [m for m in case.block.members if shape and shape.may_hold(m.title) and shape.member(m.title)]
    if len(case.own) == len(case.block.members) >= _MANY:  # then the name before the colon is no speaker's
        alike = case.own
    if not alike and (counted := counted_alike(case.page, case.block.members)):
        return counted, 0.8, ", numbered as this page is"
    return alike, 0.85, ", with the title shape of this page"


def _by_unlinked_titles(case: Case) -> Verdict | None:
    titles = titles_alone(case.page, case.block)
    return (titles, 0.8, ", which names titles without links") if titles and not of_another(case) else None


def _by_heading(case: Case) -> Verdict | None:
    if case.block.words != "series":
        return None
    if of_another(case):
        return [], 0.0, ""
    firm = not is_bare_series(case.block.label) or case.own
    return (case.all, 0.95, "") if firm else _by_address(case) or (case.all, 0.95, "")


def _by_title(case: Case) -> Verdict | None:
    if not case.own:
        return None
    # An account puts whatever it wrote beside the parts of a series.
    is_mixed = case.page.is_wechat or 2 * len(case.own) < len(case.block.members)
    wanted = case.own if is_mixed else case.all
    return wanted, 0.9, ", with the title shape of this page"


def _by_same_title(case: Case) -> Verdict | None:
    """Several pages that are called as this one are its issues, whoever publishes them."""
    found = namesakes_among(case.page, case.linked)
    if not found:
        return None
    wanted = found if case.page.is_wechat or 2 * len(found) < len(case.linked) else case.all
    return wanted, 0.85, ", called as this page is"


def _by_number(case: Case) -> Verdict | None:
    if not _numbered_like(case.page, case.block):
        return None
    return case.all or case.block.members, 0.85, ", numbered like this page"


def _by_column(case: Case) -> Verdict | None:
    found = case.columns & case.block.index.keys() or _holds_all(case)
    return (case.all, 0.85, ", which leads to the column of this page") if found else None


def _by_publisher(case: Case) -> Verdict | None:
    other = case.page.is_wechat or recommends(case.block.label) or of_an_account(case.page, case.block)
    return ([], 0.0, "") if other else None


def _by_address(case: Case) -> Verdict | None:
    """Weaker signs than these are believed only of links made like the page's own address: 往期 may list topics."""
    here = case.page.url
    targets = [target for m in case.linked if (target := case.page.resolve(m.href or ""))]
    alike = not here or 2 * sum(may_be_siblings(here, target) for target in targets) >= len(targets)
    return None if alike or case.page.shape is not None else ([], 0.0, "")


def _with_like_address(case: Case, members: list[Candidate]) -> list[Candidate]:
    """Without the strays among links that are otherwise made like the page's own."""
    here = case.page.url
    like = [m for m in members if m.href is None or may_be_siblings(here, case.page.resolve(m.href) or "")]
    return like if here and 2 * len(like) > len(members) else members


def _by_likeness(case: Case) -> Verdict | None:
    return (_with_like_address(case, case.all), 0.8, ", alike among themselves") if case.alike else None


def _by_word(case: Case) -> Verdict | None:
    title = fold(case.page.title or "")
    plain = case.page.shape is None and numbering_of(title) is None and not _COLUMNAR.match(title)
    if plain and case.block.heading.element.tag in _IN_THE_TEXT:  # an account's other posts
        return [], 0.0, ""
    return _with_like_address(case, case.all), 0.6, ""


# From the surest sign to the weakest; the first that speaks decides.
_RULES = (
    _nothing,
    _by_likeness_alone,
    _by_unlinked_titles,
    _by_heading,
    _by_title,
    _by_same_title,
    _by_number,
    _by_column,
    _by_publisher,
    _by_address,
    _by_likeness,
    _by_word,
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


def _numbered_like(page: Page, block: Block) -> bool:
    """Whether this page has an issue number and the block's lines carry numbers of the same kind."""
    own = numbering_of(page.title or "")
    if own is None:
        return False
    numbers = [numbering_of(line.text) for line in block.lines if line.anchors]
    if not numbers:  # of bare titles only a number that counts the very same thing says as much
        numbers = [numbering_of(member.title) for member in block.members]
        return own.unit in wording.COUNTED and all(n is not None and n.unit == own.unit for n in numbers)
    return sum(n is not None and n.unit in {own.unit, "()"} for n in numbers) * 2 > len(numbers) > 0
