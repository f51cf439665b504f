"""Where a page leads within its series: every link with its kind, its score and its reason."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from crawler.extraction.links.blocks.extent import elements_of
from crawler.extraction.links.blocks.find import MOST_LINES, find_blocks, indexes_of, lists_of_boxes, name_of
from crawler.extraction.links.blocks.verdict import judge, may_be_members
from crawler.extraction.links.finders.albums import find_albums
from crawler.extraction.links.finders.breadcrumb import find_columns, find_moves, says_move
from crawler.extraction.links.finders.contents import find_contents
from crawler.extraction.links.finders.in_text import named_in_sentences
from crawler.extraction.links.finders.neighbours import find_neighbours
from crawler.extraction.links.finders.numbered_rows import counting_rows, section_rows
from crawler.extraction.links.finders.pagination import find_pages, out_of_reach
from crawler.extraction.links.finders.relatives import find_relatives
from crawler.extraction.links.finders.rows import find_entries
from crawler.extraction.links.finders.way_up import find_listings
from crawler.extraction.links.kinship import Kinship
from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.links.reader import MOST_LINKS
from crawler.extraction.links.self_reference import settle
from crawler.extraction.model import SeriesLink
from crawler.extraction.source.scripts import leaves_for
from crawler.extraction.source.targets import Targets
from wangqi.series.boxes import box_of, counted
from wangqi.series.shape import title_shape
from wangqi.titles.anatomy import key
from wangqi.titles.issues import numbering_of

_SAYS_NOTHING = 60  # characters of a page that only sends its reader on

__all__ = ["FoundLinks", "find_links"]

_SCATTERED = 2  # parts that stand apart from this one
OF_ANOTHER: Final = 0.2  # the score of neighbours that are of another work
_ENOUGH_TITLES = 300  # to learn a name from


@dataclass(frozen=True, slots=True)
class FoundLinks:
    """The links of one page.

    Attributes:
        links: By kind in page order; one page may stand under two kinds (a next chapter is `next` and `series`).
        blocks: The elements of 往期 and series blocks with their headings, also of those that name other things.
        series_name: As a heading of this page gives it, or as most members begin, or None.
        remarks: What was left out and why, for `scrapy why`.
        doubts: What may be of the series and is not followed, as sentences (see `Extraction.doubts`).
        doubts_of_a_list: Those that count only where the page is a listing: a story has rows beside it, too.
        page: As read, for whoever asks more of it.
        replaced: Links that were found but gave way to those of a person's rule.
    """

    links: tuple[SeriesLink, ...]
    blocks: tuple[HtmlElement, ...]
    series_name: str | None = None
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    doubts_of_a_list: tuple[str, ...] = ()
    page: Page | None = None
    replaced: tuple[SeriesLink, ...] = ()


def find_links(
    tree: HtmlElement, base_url: str, title: str | None, charset: str = "utf-8", targets: Targets | None = None
) -> FoundLinks:
    """Every link, or title without a link, that leads to another page of the series.

    Args:
        tree: The whole page, not yet pruned.
        base_url: Already resolved against the page's `<base>`; "" when unknown.
        title: The page's own title; None lets the finder guess it.
        charset: Of the page's bytes.
        targets: Of the tree, where they are known already.
    """
    page = Page(tree, base_url, title, charset, targets)
    kinship = Kinship(page)
    crumbs = list(find_columns(page))
    columns = frozenset(url for crumb in crumbs if crumb.href and (url := page.resolve(crumb.href)))
    found: list[Candidate] = []
    elements: dict[HtmlElement, None] = {}
    names: list[str | None] = []
    remarks: list[str] = []
    doubts: list[str] = []
    indexes: set[str] = set()
    for block in find_blocks(page):
        members = judge(page, kinship, block, columns)
        found += members
        elements |= dict.fromkeys(elements_of(page, block, members))
        if members and block.words != "related":
            found += indexes_of(block)
            indexes |= block.index.keys()
            names.append(name_of(block))
            if block.is_cut:
                doubts.append(too_long(block.label))
        left = len(block.members) - len(members)
        if left and block.words != "related":
            is_open = not members and may_be_members(page, kinship, block, columns)
            (doubts if is_open else remarks).append(left_out(block.label, left))
    doubts += _counted(page, found)
    if page.unread:
        doubts.append(unread(page.unread))
    neighbours = list(find_neighbours(page, kinship))
    alike = _named_without_heading(page, kinship, neighbours)
    if _is_one_of_scattered(page, alike, neighbours):
        neighbours = [_of_another(neighbour) for neighbour in neighbours if neighbour.kind != "series"]
    contents = list(find_contents(page, neighbours)) if all(map(_is_own, neighbours)) else []
    found += [
        *named_in_sentences(page),
        *counting_rows(page),
        *section_rows(page),
        *alike,
        *neighbours,
        *contents,
        *find_albums(page),
        *crumbs,
        *find_listings(page),
        *lists_of_boxes(page),
        *find_pages(page),
        *find_entries(page, frozenset(row.at for row in contents)),
    ]
    is_list = any(candidate.kind == "entry" for candidate in found)
    found += find_moves(page) if is_list or says_move(page.title or "") else ()
    if sum(line.length for line in page.lines) < _SAYS_NOTHING and leaves_for(page.scripts.source):
        doubts.append("a script sends the reader of this page on, and where to is not on the page")
    of_a_list = tuple(dict.fromkeys(out_of_reach(page, found))) if is_list else ()
    doubts += page.bounds
    settle(page, found, columns | indexes)
    links = _distinct(page, found)
    named = [link.title for link in links if link.kind == "series"][:_ENOUGH_TITLES]
    shape = title_shape([*named, page.title or ""]) if len(named) > 1 else None
    name = next(filter(None, names), shape.name if shape else None)
    return FoundLinks(links, tuple(elements), name, tuple(remarks), tuple(doubts), of_a_list, page)


def _counted(page: Page, members: list[Candidate]) -> list[str]:
    """Sentences about boxes that count more parts than this page and those that it names."""
    known = len({member.href or member.title for member in members if member.kind == "series"}) + 1
    boxes = ((line.text, box_of(line.text)) for line in page.lines)
    return [counted(text, box.count) for text, box in boxes if box and box.count > known]


def left_out(label: str, count: int) -> str:
    """The sentence about titles of a 往期 block that were not taken for the series."""
    titles = "1 title that is" if count == 1 else f"{count} titles that are"
    return f"“{label}” names {titles} not known to be of this series"


def unread(count: int) -> str:
    """The sentence about links that a page has beyond the bound of one page."""
    return f"{count:,} links behind the first {MOST_LINKS:,} of the page were not read; watch their column instead"


def too_long(label: str) -> str:
    """The sentence about a block that goes on beyond the bound of one block."""
    return f"“{label}” goes on behind its first {MOST_LINES:,} lines, which were all that was read of it"


def _named_without_heading(page: Page, kinship: Kinship, neighbours: list[Candidate]) -> list[Candidate]:
    """Titles of the page's own shape that stand in no block we know; a neighbour's line names nobody."""
    lines = {neighbour.at for neighbour in neighbours}
    alike = list(find_relatives(page, kinship))
    for candidate in alike:
        candidate.in_block = candidate.at not in lines
    return alike


def _is_one_of_scattered(page: Page, alike: list[Candidate], neighbours: list[Candidate]) -> bool:
    """Whether the page is a numbered part of several that stand far apart: a column in a magazine, whose neighbours are
    other columns. The parts of one subject in a book stand side by side.
    """
    own = numbering_of(page.title or "")
    numbers = ((one, numbering_of(one.title)) for one in alike) if own else ()
    parts = {page.resolve(one.href or "") for one, n in numbers if own and n and n.unit == own.unit and n != own}
    beside = {page.resolve(one.href or "") for one in neighbours if one.kind in {"prev", "next"}}
    return len(parts) >= _SCATTERED and bool(beside) and beside.isdisjoint(parts)


def _of_another(neighbour: Candidate) -> Candidate:
    neighbour.score = OF_ANOTHER
    return neighbour


def _is_own(neighbour: Candidate) -> bool:
    return neighbour.score > OF_ANOTHER


def _distinct(page: Page, found: list[Candidate]) -> tuple[SeriesLink, ...]:
    """One link for each kind and target, a block's word and the surest reason kept, in page order within a kind."""
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in found:
        href = candidate.href if candidate.href and page.resolve(candidate.href) else candidate.url
        target = href or f" {key(candidate.title)}"
        known = best.get((candidate.kind, target))
        if known is None or (candidate.in_block, candidate.score) > (known.in_block, known.score):
            best[candidate.kind, target] = candidate
    positions: Counter[str] = Counter()
    links: list[SeriesLink] = []
    for candidate in sorted(best.values(), key=lambda c: (c.kind, c.at)):
        links.append(page.link(candidate, positions[candidate.kind]))
        positions[candidate.kind] += 1
    return tuple(links)
