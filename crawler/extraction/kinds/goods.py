"""Pages that sell: one thing with its price and a button, or a shelf of things, each with its price."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment
from crawler.extraction.vocabulary import sentence
from wangqi.text.folding import simpler

_BUYING = sentence("purposes", "buying")
_PRICE = re.compile(r"[¥￥$€£]\s*\d|\d\s*元(?:/|起|$)|(?:价格?|售价|市场价|会员价)\s*[:：]?\s*[¥￥]?\s*\d|HK\$|NT\$")
_LABEL = 24  # characters of a line that may be a price or a button
_LITTLE, _BESIDE_PRICE = 600, 40  # characters of prose beside prices, and beside each of a longer list
_PRICES = 5
_TOP = 20  # lines from the headline on among which a shop puts the price; a blog of a shop has prices further down
_DEPTH = 8  # elements above a price that may be the thing's own
_MOST = 300


def is_of_a_thing(tree: HtmlElement, top: int, segments: Sequence[Segment]) -> bool:
    """Whether a price stands near the headline, which is line `top`, and a button to buy for it anywhere."""
    if not any(map(_is_price, segments[top : top + _TOP])):
        return False
    labels = (line.text for line in segments if 0 < line.chars <= _LABEL)
    buttons = (" ".join(node.itertext()) or node.get("value") or "" for node in tree.iter("button", "input"))
    return any(_BUYING.search(simpler(text)) for texts in (labels, buttons) for text in texts)


def is_price_list(segments: Sequence[Segment]) -> bool:
    """Whether the page has many prices and little to tell."""
    prices = sum(map(_is_price, segments))
    return prices >= _PRICES and sum(line.prose for line in segments) < max(_LITTLE, _BESIDE_PRICE * prices)


def is_shelf(segments: Sequence[Segment]) -> bool:
    """Whether things stand beside one another, each with a price and a link, however much is said below them."""
    things: defaultdict[HtmlElement, set[HtmlElement]] = defaultdict(set)
    for line in islice(filter(_is_price, segments), _MOST):
        for node in islice((line.block, *line.block.iterancestors()), _DEPTH):
            parent = node.getparent()
            if parent is not None:
                things[parent].add(node)
    rows = (each for each in things.values() if len(each) >= _PRICES)
    return any(sum(node.find(".//a[@href]") is not None for node in row) >= _PRICES for row in rows)


def _is_price(line: Segment) -> bool:
    return 0 < line.chars <= _LABEL and _PRICE.search(simpler(line.text)) is not None
