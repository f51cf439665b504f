"""A page whose body stands in a document of its own, which a frame of the page shows."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.story.blocks import absolute
from wangqi.urls import site

_MOST = 3  # frames of one page that are looked into
_MAIN = re.compile(r"content|article|main|body|text|detail|zoom|story|news|con\b", re.IGNORECASE)
_OTHER = re.compile(
    r"comment|pinglun|login|share|weather|search|count|stat|\bad|advert|banner|player|video|map|\btop|head|foot"
    r"|toolbar|captcha|hot|rank|relat|recommend",
    re.IGNORECASE,
)
_MENU = re.compile(r"menu|nav|left|right|tree", re.IGNORECASE)  # in a frameset that of a book is its contents
_NO_PAGE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|mp4|mp3|m3u8|swf|jpe?g|png|gif)(?:$|[?#&])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SMALL = 120  # pixels


def frames_of(tree: HtmlElement, base: str, *, named: bool) -> tuple[str, ...]:
    """The addresses of frames that may hold the page's body: of its own site and of some size, the likeliest first.

    `named`: only those whose name says so.
    """
    found: dict[str, int] = {}
    for node in tree.iter("iframe", "frame"):
        target = _target(node, base)
        about = " ".join(
            filter(None, (*map(node.get, ("id", "name", "class")), urlsplit(target).path if target else ""))
        )
        is_menu = _MENU.search(about) is not None
        if target and not _OTHER.search(about) and (node.tag == "frame" or not is_menu):
            found.setdefault(target, 2 if is_menu else int(_MAIN.search(about) is None))
    likeliest = sorted((target for target in found if not (named and found[target])), key=found.__getitem__)
    return tuple(likeliest)[:_MOST]


def put_in(tree: HtmlElement, base: str, documents: Mapping[str, tuple[HtmlElement, str]]) -> None:
    """Puts the documents where their frames stand, as a browser shows them.

    Args:
        tree: The page; it is changed.
        base: What its links start from.
        documents: By the address of their frame, each with what its own links start from.
    """
    for node in list(tree.iter("iframe", "frame")):
        found = documents.get(_target(node, base) or "")
        if not found:
            continue
        shown, start = found
        shown.make_links_absolute(start, resolve_base_href=False, handle_failures="ignore")
        body = shown.find("body")
        content = shown if body is None else body
        tail = node.tail
        for child in list(node):
            node.remove(child)
        node.tag, node.text = "div", content.text
        node.extend(list(content))
        node.tail = tail
    for outermost in tree.findall("frameset"):
        outermost.tag = "body"
    for inner in list(tree.iter("frameset")):
        inner.tag = "div"


def _target(node: HtmlElement, base: str) -> str | None:
    source = (node.get("src") or node.get("data-src") or "").strip()
    if source.startswith(("javascript:", "about:", "data:")) or node.get("hidden") is not None:
        return None
    if not any(map(str.isalnum, source)):  # <iframe src="/*"> keeps browsers from saving the page
        return None
    sizes = [int(size) for size in map(node.get, ("width", "height")) if size and size.isdecimal()]
    if (node.tag == "iframe" and min(sizes, default=_SMALL) < _SMALL) or _HIDDEN.search(node.get("style") or ""):
        return None
    target = absolute(base, source).partition("#")[0]
    if _NO_PAGE.search(target) or not target.startswith(("http://", "https://")) or target == base.partition("#")[0]:
        return None
    return target if site(target) == site(base) else None
