"""Which elements hold a block and nothing else."""

from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.extraction.links.blocks.find import Block
from crawler.extraction.links.lines import is_within
from crawler.extraction.links.page import Candidate, Page

_MOST_LEVELS = 8
_FEWEST_LINKS = 2


def elements_of(page: Page, block: Block, members: list[Candidate]) -> list[HtmlElement]:
    """What may be taken away of the block: in page order, a parent for its children where it holds no more.

    Lines that share their element with other text, as those of one `<div>` with `<br>` do, are not among them.

    Args:
        page: The page.
        block: A block as found on it.
        members: Those that were judged to be of the series. Where there are none, only a block of links
            is one: what looks like a heading may be the body's own first line.
    """
    linked = [m for m in block.members if m.href is not None]
    if not members and len(linked) < _FEWEST_LINKS:
        return []
    kept = {m.at for m in (members or linked)}
    last = max(kept)
    behind = {m.at for m in block.members if m.at > last}
    lines = [block.heading, *takewhile(lambda line: line.index not in behind, block.lines)]
    within = {line.index for line in lines}
    edges = {at for index in within for at in (index - 1, index + 1) if at not in within and 0 <= at < len(page.lines)}
    strangers = [page.lines[at].element for at in sorted(edges)]
    order = {line.element: line.index for line in reversed(lines) if _holds_only(line.element, strangers)}
    for _ in range(_MOST_LEVELS):
        if not _lift(order, strangers):
            break
    outer = [e for e in order if order.keys().isdisjoint(islice(e.iterancestors(), 2 * _MOST_LEVELS))]
    return sorted(outer, key=order.__getitem__)


def _holds_only(element: HtmlElement, strangers: list[HtmlElement]) -> bool:
    """Whether no line beside the block lies in the element; the lines of an element follow one another."""
    return element.tag != "body" and not any(is_within(stranger, element) for stranger in strangers)


def _lift(order: dict[HtmlElement, int], strangers: list[HtmlElement]) -> bool:
    """Replace children by their parent when it holds nothing else; returns whether that happened."""
    parents = dict.fromkeys(parent for element in order if (parent := element.getparent()) is not None)
    lifted = [parent for parent in parents if parent not in order and _holds_only(parent, strangers)]
    for parent in lifted:
        first = min(order[child] for child in parent if child in order)
        for child in parent:
            order.pop(child, None)
        order[parent] = first
    return bool(lifted)
