"""Whether a block names the page's own series, or whatever its publisher wrote before."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.blocks import Block, rows_among
from crawler.extraction.links.headings import is_bare_series, is_print_archive, recommends
from crawler.extraction.links.itself import names_itself
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series import series_name, title_shape
from crawler.extraction.series_numbers import fold, numbering_of
from crawler.extraction.series_titles import TitleParts

_SHORTEST_TITLES = 4  # a median below it is a menu's
_LINES_ABOVE = 8
_MANY = 3
_ANY_SERIES = re.compile(r"^\W*系列(?:报道|文章|专题|稿件|推文)\W*$")
_IN_THE_TEXT = frozenset({"p", "section"})
_COLUMNAR = re.compile(r"[^|:]{2,12}\||[【\[][^】\]]{2,12}[】\]]")  # 政说|…: too short to be learned, yet a column's
_ISSUES = frozenset({"期", "卷", "辑", "号", "date", "year"})
_PERIODICAL = re.compile("杂志|期刊|周刊|旬刊|半月刊|月刊|季刊|学报|封面|报纸|本期")
_AUDIENCE = re.compile(r"\d\s*万?\s*(?:粉丝|关注|订阅|文章)|(?:粉丝|关注|订阅|文章)数?\s*[:：]?\s*\d")

Verdict = tuple[list[Candidate], float, str]


@dataclass(eq=False)
class _Case:
    page: Page
    block: Block
    columns: frozenset[str]

    @cached_property
    def linked(self) -> list[Candidate]:
        return [m for m in self.block.members if m.href is not None]

    @cached_property
    def alike(self) -> list[Candidate]:
        return _alike(self.block)

    @cached_property
    def own(self) -> list[Candidate]:
        """Those with the title shape of the page."""
        shape = self.page.loose_shape
        return [m for m in self.block.members if shape and shape.member(m.title)]

    @cached_property
    def all(self) -> list[Candidate]:
        """The links, and the bare titles that are like them or stand among them."""
        wanted = {id(m) for m in (*self.linked, *self.alike, *self.own, *rows_among(self.block))}
        return [m for m in self.block.members if id(m) in wanted]


def judge(page: Page, block: Block, columns: frozenset[str]) -> list[Candidate]:
    """The block's members of the page's own series, with score and reason; none when it names other things.

    Args:
        page: The page the block stands on.
        block: Its members get their score and reason here.
        columns: URLs of the columns that the page's breadcrumb names.
    """
    case = _Case(page, block, columns)
    members, score, why = next(verdict for rule in _RULES if (verdict := rule(case)) is not None)
    for member in members:
        member.score, member.reason, member.in_block = score, f"under “{block.label}”{why}", True
    return members


def _nothing(case: _Case) -> Verdict | None:
    return ([], 0.0, "") if is_print_archive(case.block.label) or _is_menu(case) or _of_issues(case) else None


def _by_likeness_alone(case: _Case) -> Verdict | None:
    """Of a related-reading block, only what has the title shape of the page, with a link or without."""
    if case.block.words != "related":
        return None
    shape = case.page.shape
    alike = [m for m in case.block.members if shape and shape.may_hold(m.title) and shape.member(m.title)]
    if len(case.own) == len(case.block.members) >= _MANY:  # then the name before the colon is no speaker's
        alike = case.own
    return alike, 0.85, ", with the title shape of this page"


def _by_heading(case: _Case) -> Verdict | None:
    if case.block.words != "series":
        return None
    if _of_another(case):
        return [], 0.0, ""
    firm = not is_bare_series(case.block.label) or case.own
    return (case.all, 0.95, "") if firm else _by_address(case) or (case.all, 0.95, "")


def _of_another(case: _Case) -> bool:
    """Whether the titles are all parts of one other work: 系列报道 above 古桥普查（上） and （下）."""
    label, titles = case.block.label, [m.title for m in case.linked]
    if case.own or len(titles) < 2 or not _ANY_SERIES.search(label) or not all(map(numbering_of, titles)):
        return False
    shape = title_shape(titles)
    named = shape is not None and bool(shape.cores) and all(shape.member(title) for title in titles)
    return named and shape is not None and not shape.member(case.page.title or "")


def _by_title(case: _Case) -> Verdict | None:
    if not case.own:
        return None
    wanted = case.all if 2 * len(case.own) >= len(case.block.members) else case.own
    return wanted, 0.9, ", with the title shape of this page"


def _by_number(case: _Case) -> Verdict | None:
    return (case.all, 0.85, ", numbered like this page") if _numbered_like(case.page, case.block) else None


def _by_column(case: _Case) -> Verdict | None:
    found = case.columns & case.block.index.keys() or _holds_all(case)
    return (case.all, 0.85, ", which leads to the column of this page") if found else None


def _by_publisher(case: _Case) -> Verdict | None:
    other = case.page.is_wechat or recommends(case.block.label) or _of_an_account(case.page, case.block)
    return ([], 0.0, "") if other else None


def _by_address(case: _Case) -> Verdict | None:
    """Weaker signs than these are believed only of links made like the page's own address: 往期 may list topics."""
    here = case.page.url
    targets = [target for m in case.linked if (target := case.page.resolve(m.href or ""))]
    alike = not here or 2 * sum(made_alike(here, target) for target in targets) >= len(targets)
    return None if alike or case.page.shape is not None else ([], 0.0, "")


def _with_like_address(case: _Case, members: list[Candidate]) -> list[Candidate]:
    """Without the strays among links that are otherwise made like the page's own."""
    here = case.page.url
    like = [m for m in members if m.href is None or made_alike(here, case.page.resolve(m.href) or "")]
    return like if here and 2 * len(like) > len(members) else members


def _by_likeness(case: _Case) -> Verdict | None:
    return (_with_like_address(case, case.all), 0.8, ", alike among themselves") if case.alike else None


def _by_word(case: _Case) -> Verdict | None:
    title = fold(case.page.title or "")
    plain = case.page.shape is None and numbering_of(title) is None and not _COLUMNAR.match(title)
    if plain and case.block.heading.element.tag in _IN_THE_TEXT:  # an account's other posts
        return [], 0.0, ""
    return _with_like_address(case, case.all), 0.6, ""


# From the surest sign to the weakest; the first that speaks decides.
_RULES = (
    _nothing,
    _by_likeness_alone,
    _by_heading,
    _by_title,
    _by_number,
    _by_column,
    _by_publisher,
    _by_address,
    _by_likeness,
    _by_word,
)


def _holds_all(case: _Case) -> bool:
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


def _of_issues(case: _Case) -> bool:
    """Whether whole issues of a magazine are meant: all numbered, beside its current one, and this page is not."""
    if case.page.loose_shape is not None or numbering_of(case.page.title or "") or not case.linked:
        return False
    at = case.block.heading.index
    near = [case.page.lines[index].text for index in range(max(0, at - _LINES_ABOVE), at)]
    issues = all((n := numbering_of(m.title)) and n.unit in _ISSUES for m in case.linked)
    return issues and any(_PERIODICAL.search(text[:40]) for text in near)


def _is_menu(case: _Case) -> bool:
    linked = case.linked
    if not linked or any(numbering_of(m.title) for m in linked):
        return False
    if case.block.words == "series" and any(names_itself(case.page, line.text) for line in case.block.lines):
        return False  # a list that names this page among the others is its table of contents
    return median(len(m.title) for m in linked) < _SHORTEST_TITLES


def _alike(block: Block) -> list[Candidate]:
    """Members that share a name, a beginning or a counting unit with each other."""
    name = series_name(block.label)
    shape = title_shape([m.title for m in block.members], name) if len(block.members) > 1 or name else None
    parts = [TitleParts.of(m.title) for m in block.members]
    units = Counter(p.numbering.unit for p in parts if p.numbering)
    unit = next((u for u, count in units.most_common(1) if count >= 2 and 2 * count >= len(parts)), None)
    found: list[Candidate] = []
    for member, part in zip(block.members, parts, strict=True):
        numbered = unit is not None and part.numbering is not None and part.numbering.unit == unit
        if numbered or (shape is not None and shape.member(member.title)):
            found.append(member)
    return found


def _numbered_like(page: Page, block: Block) -> bool:
    """Whether this page has an issue number and the block's lines carry numbers of the same kind."""
    own = numbering_of(page.title or "")
    if own is None:
        return False
    numbers = [numbering_of(line.text) for line in block.lines if line.anchors]
    return sum(n is not None and n.unit in {own.unit, "()"} for n in numbers) * 2 > len(numbers) > 0


def _of_an_account(page: Page, block: Block) -> bool:
    """Whether the block stands on an author's card, or its 全部 leads where the author's name leads."""
    at = block.heading.index
    if any(_AUDIENCE.search(line.text) for line in page.lines[max(0, at - _LINES_ABOVE) : at]):
        return True
    return bool(block.index.keys() & page.account_urls)
