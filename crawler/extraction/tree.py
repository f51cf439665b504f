"""One parse of one page, complete however deep it is nested."""

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# huge_tree: libxml2 otherwise drops all below 253 levels without a word.
# The default class lookup is C; lxml.html's own asks Python for each node.
_PARSER = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


class TooDeepError(ValueError):
    """The page nests deeper than libxml2's 2,048 levels, so the rest of it was not read."""


def parse(text: str) -> HtmlElement:
    """The page's `<html>` element.

    Raises:
        lxml.etree.ParserError: The text holds no element at all.
        TooDeepError: A part of the page would be missing without a word.
    """
    tree = document_fromstring(text.encode("utf-8", "replace"), parser=_PARSER)
    for entry in _PARSER.error_log.filter_from_fatals():
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise TooDeepError(entry.message)
    return tree


def new_element(tag: str) -> HtmlElement:
    """An element of a document of its own, with the fast class lookup of `parse`."""
    return _PARSER.makeelement(tag)
