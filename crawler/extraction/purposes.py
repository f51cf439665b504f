"""Pages made for something else than a story: to sell, to present a person or a shop, to answer a search."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.metadata import PageData
from crawler.extraction.model import Kind
from crawler.extraction.segments import Segment
from crawler.extraction.title import Headline, claims_of, parts_of
from crawler.extraction.vocabulary import sentence
from wangqi.text.folding import simpler

_BUYING = sentence("purposes", "buying")
_PRICE = re.compile(r"[¥￥$€£]\s*\d|\d\s*元(?:/|起|$)|(?:价格?|售价|市场价|会员价)\s*[:：]?\s*[¥￥]?\s*\d|HK\$|NT\$")
_COUNTER = sentence("purposes", "counter")
_SEARCH = sentence("purposes", "search")
_DECLARED: dict[str, tuple[Kind, str]] = {
    "product": ("other", "the page declares itself a product"),
    "profile": ("other", "the page declares itself a profile"),
    "searchresultspage": ("listing", "the page declares itself a list of what a search found"),
}
_SEARCH_PATH = re.compile(r"/(?:search|s|so|query|find)(?:[/.]|$)|search", re.IGNORECASE)
_ASKED = frozenset(("q", "wd", "word", "kw", "keyword", "keywords", "query", "search", "searchword", "key"))
_SHORT = 24  # characters of a label, a button or a counter
_COUNTERS = 2
_TOP = 20  # lines from the headline on among which a shop puts the price; a blog of a shop has prices further down


def purpose_of(
    tree: HtmlElement, data: PageData, headline: Headline, segments: Sequence[Segment], url: str, *, dated: bool
) -> tuple[Kind, str] | None:
    """What the page is instead of a story, and why; None where nothing says so.

    What a page declares of itself holds for dated pages too; its buttons speak only where no date speaks for a story.
    """
    declared = _declared(data)
    return declared if declared or dated else _shown(tree, data, headline, segments, url)


def _declared(data: PageData) -> tuple[Kind, str] | None:
    kind = data.types | {(data.first("og:type") or "").lower()}
    if any("article" in each or "posting" in each for each in kind):
        return None
    for sign, found in _DECLARED.items():
        if any(each.startswith(sign) for each in kind):
            return found
    return None


def _shown(
    tree: HtmlElement, data: PageData, headline: Headline, segments: Sequence[Segment], url: str
) -> tuple[Kind, str] | None:
    if is_search(data, url):
        return "listing", "the page answers a search"
    labels = _labels(segments)
    top = _labels(segments[headline.index or 0 : (headline.index or 0) + _TOP])
    buttons = (" ".join(node.itertext()) or node.get("value") or "" for node in tree.iter("button", "input"))
    if any(map(_PRICE.search, top)) and any(map(_BUYING.search, (*labels, *map(simpler, buttons)))):
        return "other", "the page names a price and sells"
    if len({found[0] for label in labels if (found := _COUNTER.match(label))}) >= _COUNTERS:
        return "other", "the page counts somebody's followers and works"
    return None


def _labels(segments: Sequence[Segment]) -> list[str]:
    return [simpler(segment.text) for segment in segments if 0 < segment.chars <= _SHORT]


def is_search(data: PageData, url: str) -> bool:
    """Whether title or address say that the page answers a search."""
    try:
        parts = urlsplit(url)
        asked = any(name.lower() in _ASKED and value for name, value in parse_qsl(parts.query))
    except ValueError:
        return False
    if asked and _SEARCH_PATH.search(f"{parts.hostname}{parts.path}"):
        return True
    return any(_SEARCH.fullmatch(simpler(part)) for claim in claims_of(data) for part in parts_of(claim))
