"""Where on the page the story stands: the element that holds its sentences and as little else as can be."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment

_TEXT_TAGS = frozenset(
    (
        "p",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "pre",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "font",
        "span",
        "table",
    )
)
_OWN = 0.2  # share of prose, in the elements on the way down or in paragraphs beside it, that stops the descent
_PEERS = 0.15  # share of prose in children like the best one that makes their parent the container
_TEXT_PEERS = 0.05  # the same for paragraphs beside it: a lead stands above the rest of the story


def find_container(root: HtmlElement, segments: Sequence[Segment], junk: AbstractSet[HtmlElement]) -> HtmlElement:
    """Descend from `root` while one child holds most of the prose and no sibling looks like more of the same."""
    weight: Counter[HtmlElement] = Counter()
    for segment in segments:
        if segment.block not in junk and (amount := segment.prose):
            weight[segment.block] += int(amount)
    own = dict(weight)
    for node in reversed(list(root.iter(etree.Element))):
        if node in weight and (parent := node.getparent()) is not None:
            weight[parent] += weight[node]
    node, anchor, lost = root, root, 0
    while (best := _dominant_child(node, weight)) is not None:
        # What each of the levels passed says is little; when it adds up, the story is the nest, not its innermost part.
        anchor = anchor if lost else node
        beside = (child for child in node.iterchildren(etree.Element) if child.tag in _TEXT_TAGS)
        lost += own.get(node, 0) + sum(map(weight.__getitem__, beside))
        if lost > _OWN * weight[best]:
            return anchor
        node = best
    return node


def _dominant_child(node: HtmlElement, weight: Counter[HtmlElement]) -> HtmlElement | None:
    children = [child for child in node.iterchildren(etree.Element) if child in weight]
    if not children:
        return None
    best = max(children, key=weight.__getitem__)
    if best.tag in _TEXT_TAGS:
        return None
    others = [child for child in children if child is not best]
    alike = sum(weight[c] for c in others if _are_peers(c, best))
    texts = sum(weight[c] for c in others if c.tag in _TEXT_TAGS)
    if 2 * weight[best] < sum(weight[c] for c in children):
        return None
    return None if alike >= _PEERS * weight[best] or texts >= _TEXT_PEERS * weight[best] else best


def _are_peers(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two siblings are made alike; the first or last of them may bear a class more."""
    if one.tag != other.tag:
        return False
    mine, theirs = one.get("class"), other.get("class")
    return mine == theirs or not set((mine or "").split()).isdisjoint((theirs or "").split())
