"""Which elements hold no part of the story: by tag, role, class or id, or because they are lists of cards."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment, is_hidden
from crawler.extraction.story.unfolded import shown_beginning, unfolded
from crawler.extraction.vocabulary import words

Doubt = Literal["no", "soft", "beside", "hard"]

_TAGS = frozenset(("nav", "footer", "dialog", "menu"))
_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search", "dialog", "menu", "menubar"))
_OTHERS = words("names", "others")
_HARD = words("names", "hard") | _OTHERS
_ELSEWHERE = words("names", "beside")
_SOFT = words("names", "soft")
_WRITER = frozenset(("author", "authors", "bio"))
_CARD = frozenset(("bio", "info", "box", "card", "about", "profile", "description", "details", "wrap", "wrapper"))
_WRITERS_SHARE = 0.2  # of the page's prose, that words about who wrote it stay below
# What a frame whose name lies tells: characters of prose, the same for each line that leads elsewhere, share of all.
_TOLD, _TOLD_OF_LINK, _TOLD_SHARE = 600, 150, 0.1
_SPLIT = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_WIDGET_PROSE = 150  # characters of prose above which a soft name is not believed
_CARD_PROSE = 300  # a teaser is shorter than this
_CARD_LINKS = 3
_LEAST_LEFT, _SHARE_LEFT = 80, 0.2  # characters of prose, and share of the page's, that names must leave to be believed
_FRAMES = 4  # elements, one within another, whose names may lie
_BESIDE = 3  # siblings of a run of cards among which the story's paragraphs stand
_PARAGRAPH = 40  # characters of prose
_LISTS = frozenset(("ul", "ol", "dl"))
_NO_CARDS = frozenset(("blockquote", "ul", "ol", "p"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SERIES_PROSE = 0.3  # share of the page's prose that a 往期 block, in which long titles count as prose, stays below


@lru_cache(maxsize=4096)
def _named(names: str) -> Doubt:
    parts = _parts(names)
    if not _HARD.isdisjoint(parts):
        return "hard"
    if not _ELSEWHERE.isdisjoint(parts):
        return "beside"
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
    name = get("class")
    own = None if node.tag in _HEADINGS else get("id")  # which is made of its words, to be linked to
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
            if node not in self._kept
            and (((how := doubt(node)) != "no" and self._is_believed(how, node)) or self._is_of_a_writer(node))
        }
        for node in [node for node in named if self._weight.get(node, 0) and unfolded(node)]:
            named.discard(node)
            if (beginning := shown_beginning(node)) is not None:
                named.add(beginning)
        return named

    def _is_believed(self, how: Doubt, node: HtmlElement) -> bool:
        """Whether what an element holds bears out what is said against it."""
        prose = self._weight.get(node, 0)
        if how == "beside":
            told = max(_TOLD, _TOLD_OF_LINK * self._links.get(node, 0))
            return prose < max(told, _TOLD_SHARE * self._weight.get(self._root, 0))
        return how == "hard" or prose <= _WIDGET_PROSE

    def _is_of_a_writer(self, node: HtmlElement) -> bool:
        """Whether the element presents who wrote the story: its name says so, and it holds little of the page."""
        said = node.get("class") or ""
        if "bio" not in said and "uthor" not in said:
            return False
        parts = _parts(said)
        return (
            not _WRITER.isdisjoint(parts)
            and not _CARD.isdisjoint(parts)
            and self._weight.get(node, 0) <= _WRITERS_SHARE * self._weight.get(self._root, 0)
        )

    @cached_property
    def in_cards(self) -> set[HtmlElement]:
        """What is in lists of cards, each of which names another story and perhaps tells how it begins."""
        return _spread(self._order, self._cards)

    def elements(self, *, lists: bool = True) -> set[HtmlElement]:
        """The topmost and inner elements to leave out.

        `lists`: lists of cards are among them; without it only what names speak against.

        When what is left would hold next to nothing, the names of the widest elements lied, as `content-sidebar-wrap`
        does around story, comments and sidebar alike; when that is no help, only the cards are left out.
        """
        cards = self._cards if lists else set()
        said = [node for node in self._order if node in self._named]
        whole = self._weight.get(self._root, 0)
        for _ in range(_FRAMES):
            both = _spread(self._order, cards.union(said))
            left = sum(segment.prose for segment in self._segments if segment.block not in both)
            if left >= _LEAST_LEFT or left >= _SHARE_LEFT * whole:
                return both
            widest = max(said, key=lambda node: self._weight.get(node, 0), default=None)
            if widest is None or 2 * self._weight.get(widest, 0) < whole:
                break
            said.remove(widest)
        return _spread(self._order, cards)

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
            if len(members) < 3 or tag in _NO_CARDS or (not name and tag not in ("li", "dl", "article")):
                continue
            cards = [
                m
                for m in members
                if 1 <= links.get(m, 0) <= _CARD_LINKS and weight.get(m, 0) <= _CARD_PROSE and m not in kept
            ]
            if len(cards) >= max(3, 0.6 * len(members)) and not _are_told(node, members, weight):
                found.update(m for m in members if m not in kept)
    return found


def _are_told(parent: HtmlElement, members: Sequence[HtmlElement], weight: Counter[HtmlElement]) -> bool:
    """Whether like elements, or the list that they make, stand between paragraphs: then a story tells them, one by one.

    The boxes of a list that is none of the page's markup must say something, too.
    """
    if parent.tag not in _LISTS:
        if _is_between(members[0], members[-1], weight):
            return True
        if 2 * sum(weight.get(each, 0) >= _PARAGRAPH for each in members) <= len(members):
            return False
    run = parent
    while (around := run.getparent()) is not None and len(around) == 1:
        run = around
    return _is_between(run, run, weight)


def _is_between(first: HtmlElement, last: HtmlElement, weight: Counter[HtmlElement]) -> bool:
    above = [each for each in islice(first.itersiblings(etree.Element, preceding=True), _BESIDE) if _is_paragraph(each)]
    below = filter(_is_paragraph, islice(last.itersiblings(etree.Element), _BESIDE))
    announced = bool(above) and "".join(above[0].itertext()).rstrip().endswith((":", "："))
    is_led_to = announced or any(weight.get(each, 0) >= _PARAGRAPH for each in above)
    return is_led_to and any(weight.get(each, 0) >= _PARAGRAPH for each in below)


def _is_paragraph(node: HtmlElement) -> bool:
    return node.tag == "p" or (node.tag == "div" and len(node) == 1 and node[0].tag == "p")


def _spread(order: Sequence[HtmlElement], tops: set[HtmlElement]) -> set[HtmlElement]:
    """These and all elements inside them; `order` is document order."""
    dead: set[HtmlElement] = set()
    for node in order:
        if node in tops or node.getparent() in dead:
            dead.add(node)
    return dead
