"""One parse of one page, complete however deep it is nested."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# huge_tree: libxml2 otherwise drops all below 253 levels without a word.
# The default class lookup is C; lxml.html's own asks Python for each node.
_PARSER = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
# libxml2 ends its reading at the first of these; a browser reads on, whatever comes behind.
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_LINK_OR_BLOCK = re.compile(r"<(?:(a)[\s>]|(/a)[\s>]|(?:li|dd|dt|td|th|tr|p|div|h[1-6]|ul|ol)[\s>])", re.IGNORECASE)
# What browsers show otherwise or not at all; one that was never closed holds the rest of the page.
_WIDGETS = ("button", "noscript", "template", "dialog", "object", "canvas", "map")
_OF_PLACE = frozenset({"name", "id"})
_LARGE = 500  # characters that no button says
_MOST = 0.5  # of the page's text
_TEXTS = etree.XPath(".//text()[not(parent::script or parent::style)]")
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


class TooDeepError(ValueError):
    """The page nests deeper than libxml2's 2,048 levels, so the rest of it was not read."""


def parse(text: str) -> HtmlElement:
    """The page's `<html>` element.

    Raises:
        lxml.etree.ParserError: The text holds no element at all.
        TooDeepError: A part of the page would be missing without a word.
    """
    tree = document_fromstring(_with_closed_links(_ENDS.sub("", text)).encode("utf-8", "replace"), parser=_PARSER)
    for entry in _PARSER.error_log.filter_from_fatals():
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise TooDeepError(entry.message)
    _open_widgets(tree)
    _tell_places(tree)
    return tree


def _tell_places(tree: HtmlElement) -> None:
    """Let `<a name="3">` be no link: old pages never close it, and their whole text would stand in one."""
    for anchor in tree.iter("a"):
        if "name" in anchor.attrib and _OF_PLACE.issuperset(anchor.attrib.keys()):
            anchor.tag = "span"


def _open_widgets(tree: HtmlElement) -> None:
    """Let the page be read that stands in a button or the like, because nobody closed it."""
    for widget in tree.iter(*_WIDGETS):
        if (held := _length(widget)) > _LARGE and held > _MOST * _length(tree):
            widget.tag = "div"


def _length(node: HtmlElement) -> int:
    """Characters of an element's text, without scripts and styles."""
    return sum(len(text.strip()) for text in _TEXTS(node))


def _with_closed_links(text: str) -> str:
    """The text where each link ends before the next one begins: where its row ends, if a block began since.

    Browsers do so, too. libxml2 puts the second link into the first, the third into the second, and so on down.
    """
    opened = text.count("<a ") + text.count("<A ")
    if opened <= (closed := text.count("</a")) or opened <= closed + text.count("</A"):
        return text
    pieces: list[str] = []
    done, is_open, end = 0, False, None
    for found in _LINK_OR_BLOCK.finditer(text):
        if found[2]:
            is_open = False
        elif found[1]:
            if is_open:
                cut = found.start() if end is None else end
                pieces += text[done:cut], "</a>"
                done = cut
            is_open, end = True, None
        elif is_open and end is None:
            end = found.start()
    return "".join([*pieces, text[done:]])


def new_element(tag: str) -> HtmlElement:
    """An element of a document of its own, with the fast class lookup of `parse`."""
    return _PARSER.makeelement(tag)
