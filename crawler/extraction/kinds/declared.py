"""What a page declares itself to be: in JSON-LD, in schema.org's item around its headline, in the class of its body."""

from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

from crawler.extraction.model import Kind
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline
from crawler.extraction.vocabulary import table

THREAD = "a discussion"
# schema.org's types by their beginnings: "product" is also "productgroup"
_TYPES: Mapping[str, tuple[Kind, str]] = {
    "product": ("other", "a product"),
    "individualproduct": ("other", "a product"),
    "someproducts": ("other", "a product"),
    "softwareapplication": ("other", "a program"),
    "mobileapplication": ("other", "a program"),
    "jobposting": ("other", "an offer of work"),
    "profile": ("other", "a profile"),
    "qapage": ("other", THREAD),
    "discussionforumposting": ("other", THREAD),
    "collectionpage": ("listing", "a collection"),
    "searchresultspage": ("listing", "a list of what a search found"),
}
_ITEMS: Mapping[str, tuple[Kind, str]] = {**_TYPES, "question": ("other", THREAD)}
# a page of questions and answers about one thing is an article, too
_POSTINGS = ("jobposting", "discussionforumposting")
_PRICES = ("product:price:amount", "og:price:amount")
_TEMPLATES: Mapping[str, tuple[Kind, str, frozenset[str], frozenset[str]]] = {
    name: (kind, words, frozenset(signs.split()), frozenset(without.split()))
    for name, (kind, words, signs, without) in table("declared", "templates").items()
}


def declared(tree: HtmlElement, data: PageData, headline: Headline, segments: list[Segment]) -> tuple[Kind, str] | None:
    """What the page declares itself to be instead of a story, as a kind and in words, or None.

    What JSON-LD calls an article is one. What Open Graph calls so may be anything: content systems say it of all pages.
    """
    if any(map(_is_article_type, data.types)):
        return None
    item = _item_around(headline, segments)
    open_graph = (data.first("og:type") or "").lower()
    found = _first(data.types | _own_items(tree), _TYPES) or _first({item}, _ITEMS) or _first({open_graph}, _TYPES)
    if not found and data.first(*_PRICES):
        found = _TYPES["product"]
    return found or (None if _is_article_type(item) else _made_with(tree))


def is_article(data: PageData) -> bool:
    """Whether the head calls the page an article, in whichever of its languages."""
    return any(map(_is_article_type, (*data.types, (data.first("og:type") or "").lower())))


def _is_article_type(name: str) -> bool:
    return "article" in name or (name.endswith("posting") and name not in _POSTINGS)


def _first(names: set[str] | frozenset[str], table: Mapping[str, tuple[Kind, str]]) -> tuple[Kind, str] | None:
    return next((found for sign, found in table.items() if any(name.startswith(sign) for name in names)), None)


def _item_around(headline: Headline, segments: list[Segment]) -> str:
    """The type of the nearest item in which the headline stands, lower case; or nothing."""
    if headline.index is None:
        return ""
    block = segments[headline.index].block
    return next(filter(None, map(_item, (block, *block.iterancestors()))), "")


def _own_items(tree: HtmlElement) -> set[str]:
    return {_item(node) for node in _outermost(tree)} - {""}


def _item(node: HtmlElement) -> str:
    return (node.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1].lower()


def _outermost(tree: HtmlElement) -> Iterator[HtmlElement]:
    yield tree
    body = tree.find("body")
    if body is not None:
        yield body


def _made_with(tree: HtmlElement) -> tuple[Kind, str] | None:
    """What widespread content systems call the page that they made, in the names of its outermost elements."""
    names = {
        name
        for node in _outermost(tree)
        for value in map(node.get, ("id", "class", "data-template"))
        for name in (value or "").lower().split()
    }
    for kind, words, signs, without in _TEMPLATES.values():
        if signs & names and not without & names:
            return kind, words
    return None
