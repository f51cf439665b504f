"""Which elements hold a block and nothing else."""

from itertools import takewhile

from lxml.html import HtmlElement

from crawler.extraction.links.blocks import Block
from crawler.extraction.links.page import Candidate

_MOST_LEVELS = 8
_FEWEST_LINKS = 2


def elements_of(block: Block, members: list[Candidate]) -> list[HtmlElement]:
    """The block's elements, the heading's first; a parent stands for its children where it holds no other text.

    Args:
        block: A block as found.
        members: Those that were judged to be of the series. Where there are none, only a block of links
            is one: what looks like a heading may be the body's own first line.
    """
    linked = [m for m in block.members if m.href is not None]
    if not members and len(linked) < _FEWEST_LINKS:
        return []
    kept = {m.at for m in (members or linked)}
    behind = {m.at for m in block.members if m.at > max(kept)}
    lines = [block.heading, *takewhile(lambda line: line.index not in behind, block.lines)]
    lowest = list(dict.fromkeys(line.element for line in lines))
    wanted = set(lowest)
    for _ in range(_MOST_LEVELS):
        parents = dict.fromkeys(p for e in wanted if (p := e.getparent()) is not None)
        lifted = [
            p for p in parents if p.tag != "body" and not _own_text(p) and all(c in wanted or not _shows(c) for c in p)
        ]
        if not lifted:
            break
        for parent in lifted:
            wanted -= set(parent)
            wanted.add(parent)
    return sorted(wanted, key=lambda e: _rank(e, lowest))


def _own_text(element: HtmlElement) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _shows(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and any(text.strip() for text in element.itertext())


def _rank(element: HtmlElement, lowest: list[HtmlElement]) -> int:
    return next((n for n, low in enumerate(lowest) if low is element or element in low.iterancestors()), len(lowest))
