"""Which elements hold no part of the story: by tag, role, class or id, or because they are lists of cards."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment, is_hidden
from crawler.extraction.story.unfolded import shown_beginning, unfolded
from crawler.extraction.vocabulary import words

Doubt = Literal["no", "soft", "hard"]

_TAGS = frozenset(("nav", "footer", "dialog", "menu"))
_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search", "dialog", "menu", "menubar"))
_OTHERS = words("names", "others")
_HARD = words("names", "hard") | _OTHERS
_SOFT = words("names", "soft")
_SPLIT = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_WIDGET_PROSE = 150  # characters of prose above which a soft name is not believed
_CARD_PROSE = 300  # a teaser is shorter than this
_CARD_LINKS = 3
_SERIES_PROSE = 0.3  # share of the page's prose that a 往期 block, in which long titles count as prose, stays below


@lru_cache(maxsize=4096)
def _named(names: str) -> Doubt:
    parts = _parts(names)
    if not _HARD.isdisjoint(parts):
        return "hard"
    return "no" if _SOFT.isdisjoint(parts) else "soft"


def _parts(names: str) -> set[str]:
    return {word.lower() for word in _SPLIT.split(names)}


def _names_of(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def doubt(node: HtmlElement) -> Doubt:
    """How strongly the element's own tag and attributes speak against it; what it holds is not looked at."""
    if node.tag in _TAGS:
        return "hard"
    if not (said := node.attrib):  # half of a page's elements
        return "no"
    get = said.get
    if get("role") in _ROLES or ((style := get("style")) and is_hidden(style)):
        return "hard"
    name, own = get("class"), get("id")
    return _named(f"{name or ''} {own or ''}") if name or own else "no"


class Junk:
    """The elements of one page that hold no part of its story, asked for in one way or another.

    Args:
        root: The page.
        segments: All of its lines.
        keep: The elements around the headline, which are never junk.
    """

    def __init__(self, root: HtmlElement, segments: Sequence[Segment], keep: Iterable[HtmlElement]) -> None:
        self._root = root
        self._segments = segments
        self._kept = set(keep)
        self._order = list(root.iter(etree.Element))
        self._links, self._weight = _totals(self._order, segments)

    @cached_property
    def _cards(self) -> set[HtmlElement]:
        return _cards(self._order, self._links, self._weight, self._kept)

    @cached_property
    def _named(self) -> set[HtmlElement]:
        named = {
            node
            for node in self._order
            if (how := doubt(node)) != "no"
            and (how == "hard" or self._weight.get(node, 0) <= _WIDGET_PROSE)
            and node not in self._kept
        }
        for node in [node for node in named if self._weight.get(node, 0) and unfolded(node)]:
            named.discard(node)
            if (beginning := shown_beginning(node)) is not None:
                named.add(beginning)
        return named

    @cached_property
    def in_cards(self) -> set[HtmlElement]:
        """What is in lists of cards, each of which names another story and perhaps tells how it begins."""
        return _spread(self._order, self._cards)

    def elements(self, *, lists: bool = True) -> set[HtmlElement]:
        """The topmost and inner elements to leave out.

        `lists`: lists of cards are among them; without it only what names speak against.

        When what is left would hold next to nothing, the names lied and only the cards are left out.
        """
        cards = self._cards if lists else set()
        both = _spread(self._order, cards | self._named)
        left = sum(segment.prose for segment in self._segments if segment.block not in both)
        if left < 80 and left < 0.2 * self._weight.get(self._root, 0):
            return _spread(self._order, cards)
        return both

    def of_others(self) -> set[HtmlElement]:
        """The elements with other people's words, however long: comments, and cards of other stories."""
        said = {node for node in self._order if not _OTHERS.isdisjoint(_parts(_names_of(node)))}
        return _spread(self._order, (said - self._kept) | self._cards)


def series_elements(
    blocks: Iterable[HtmlElement], segments: Sequence[Segment], keep: Iterable[HtmlElement]
) -> set[HtmlElement]:
    """The elements of 往期 blocks and those inside them; none that holds the headline or much of the page's prose.

    Where one holds the headline, the lines below it that lead nowhere are the story's, for a block ends above it.
    """
    kept = set(keep)
    prose: Counter[HtmlElement] = Counter()
    linked: set[HtmlElement] = set()
    for segment in segments:
        prose[segment.block] += int(segment.prose)
        if segment.link_chars:
            linked.add(segment.block)
    most = _SERIES_PROSE * prose.total()
    insides = [set(block.iter(etree.Element)) for block in blocks]
    is_run_over = not all(map(kept.isdisjoint, insides))
    found: set[HtmlElement] = set()
    for inside in insides:
        is_story = is_run_over and linked.isdisjoint(inside)
        if kept.isdisjoint(inside) and not is_story and sum(prose[node] for node in inside) <= most:
            found |= inside
    return found


def _totals(
    order: Sequence[HtmlElement], segments: Sequence[Segment]
) -> tuple[Counter[HtmlElement], Counter[HtmlElement]]:
    """For every element: lines that are one link, and characters of prose, at any depth below it."""
    links: Counter[HtmlElement] = Counter()
    weight: Counter[HtmlElement] = Counter()
    for segment in segments:
        if segment.chars >= 6 and segment.link_chars >= 0.8 * segment.chars:
            links[segment.block] += 1
        elif amount := segment.prose:
            weight[segment.block] += int(amount)
    for node in reversed(order):
        if (parent := node.getparent()) is not None:
            if node in links:
                links[parent] += links[node]
            if node in weight:
                weight[parent] += weight[node]
    return links, weight


def _cards(
    order: Sequence[HtmlElement], links: Counter[HtmlElement], weight: Counter[HtmlElement], kept: set[HtmlElement]
) -> set[HtmlElement]:
    """Three or more like siblings, each with a headline that leads elsewhere and little text."""
    found: set[HtmlElement] = set()
    for node in order:
        if links.get(node, 0) < _CARD_LINKS:
            continue
        groups: dict[tuple[str, str | None], list[HtmlElement]] = {}
        for child in node.iterchildren(etree.Element):
            groups.setdefault((str(child.tag), child.get("class")), []).append(child)
        for (tag, name), members in groups.items():
            if len(members) < 3 or tag == "blockquote" or (not name and tag not in ("li", "dl", "article")):
                continue
            cards = [
                m
                for m in members
                if 1 <= links.get(m, 0) <= _CARD_LINKS and weight.get(m, 0) <= _CARD_PROSE and m not in kept
            ]
            if len(cards) >= max(3, 0.6 * len(members)):
                found.update(m for m in members if m not in kept)
    return found


def _spread(order: Sequence[HtmlElement], tops: set[HtmlElement]) -> set[HtmlElement]:
    """These and all elements inside them; `order` is document order."""
    dead: set[HtmlElement] = set()
    for node in order:
        if node in tops or node.getparent() in dead:
            dead.add(node)
    return dead
