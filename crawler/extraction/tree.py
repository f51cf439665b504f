"""One parse of one page, complete however deep it is nested."""

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# huge_tree: libxml2 otherwise drops all below 253 levels without a word.
# The default class lookup is C; lxml.html's own asks Python for each node.
_PARSER = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def parse(text: str) -> HtmlElement:
    """The page's `<html>` element.

    Raises:
        lxml.etree.ParserError: The text holds no element at all.
    """
    return document_fromstring(text.encode("utf-8", "replace"), parser=_PARSER)
