"""What a page holds as data for its scripts becomes a part of the tree: a story's text, the rows of a list."""

import re

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.json_data import dated, embedded, html_pieces, read_json, rows, story_lines
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.tree import new_element

# 大汉's columns keep their rows in XML within a script, and so do the answers to it for further pages.
_ISLAND = re.compile(r"<script[^<>]*\btype\s*=\s*[\"']?text/xml[^<>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_STORE = re.compile(r"\s*(?:<\?xml[^<>]*\?>\s*)?<datastore\b", re.IGNORECASE)
_NEXT_GROUP = re.compile(r"(<nextgroup>.*?<a\b[^<>]*>)\s*(</a>)", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_SHOWS_LITTLE = 600  # characters of sentences; a page that shows more speaks for itself
_TIMES_AS_LONG = 3
_SENTENCE = re.compile(r"[，。！？；]|[.!?,;](?:\s|$)")
_FEW_LINKS = 6
_LONG_LINK = 6
_UNSHOWN = frozenset(("a", "script", "style", "noscript", "template"))


def with_islands(text: str) -> str:
    """The page's source with the HTML of its XML islands in their places; of a JSON answer the HTML that it carries."""
    if _STORE.match(text):
        return _rows_of(text)
    if (value := read_json(text)) is not None:
        return html_pieces(value) or text
    if "<![CDATA[" not in text:
        return text
    return _ISLAND.sub(lambda found: _rows_of(found[1]) if "<![CDATA[" in found[1] else found[0], text)


def _rows_of(store: str) -> str:
    marked = _NEXT_GROUP.sub(r"\1下一页\2", store)
    return f"<div>{''.join(f'<div>{piece}</div>' for piece in _CDATA.findall(marked))}</div>"


def unfold(tree: HtmlElement, data: PageData, base: str) -> None:
    """Put into a page that shows next to nothing what its JSON holds: the text beside its own title, else its rows."""
    body = tree.find("body")
    if body is None or (shown := _shown(body)) > _SHOWS_LITTLE:
        return
    values = list(embedded(tree))
    if not values:
        return
    found = story_lines(values, data.first("og:title") or data.head_title)
    if found and sum(map(len, found[0])) > _TIMES_AS_LONG * shown:
        lines, story = found
        article = _added(body, "article")
        if day := dated(story):
            _added(article, "time").set("datetime", day)
        for line in lines:
            _added(article, "p").text = line
        return
    if sum(len("".join(link.itertext()).strip()) >= _LONG_LINK for link in body.iter("a")) >= _FEW_LINKS:
        return
    listed = _added(body, "ul")
    for value in values:
        for row in rows(value, base):
            item = _added(listed, "li")
            link = _added(item, "a")
            link.set("href", row.href or "")
            link.text = row.title


def _shown(body: HtmlElement) -> int:
    """Characters of the sentences that the page shows, or of as many as are more than little."""
    total = 0
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, node in walker:
        text = node.tail if event == "end" else None
        if event == "start" and node.tag in _UNSHOWN:
            walker.skip_subtree()
        elif event == "start":
            text = node.text
        if text and _SENTENCE.search(text):
            total += len(text.strip())
            if total > _SHOWS_LITTLE:
                break
    return total


def _added(parent: HtmlElement, tag: str) -> HtmlElement:
    element = new_element(tag)
    parent.append(element)
    return element
