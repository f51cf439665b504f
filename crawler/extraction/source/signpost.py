"""Pages that are nothing but a signpost: they send their reader on at once, by a meta refresh or a line of script."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urldefrag, urlsplit

from lxml import etree
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.extraction.source.decode import Decoded, decode
from crawler.extraction.source.scripts import Scripts, leaves_for
from crawler.extraction.source.tree import TooDeepError, parse
from wangqi.addresses import resolve

_LARGEST = 8_192  # bytes; a page that holds more has something to say
_LONGEST_WAIT = 10  # seconds
_MOST_WORDS = 120  # characters that a reader sees: “正在跳转，若没有反应请点这里”
_MOST_LINKS = 3
_HINT = re.compile(rb"refresh|location|navigate|\.click", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?['\"]?\s*([^'\"]+?)\s*['\"]?\s*$", re.IGNORECASE)
_CLICKS = re.compile(r"\.click\(\s*\)")
_seen = etree.XPath(
    "//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::title or ancestor::template)]"
)
_refreshes = etree.XPath("//meta[@http-equiv and @content and not(ancestor::noscript)]")
# A shield tests its visitor, a script for telephones asks for theirs: neither says where this page went.
_TESTS = re.compile(r"\.cookie\s*=|userAgent|navigator\.|\bscreen\.|\breload\s*\(", re.IGNORECASE)


def leads_on(body: bytes, url: str, headers: Mapping[str, str] | None = None) -> str | None:
    """Where the page sends its reader; None where it stays, or has words of its own.

    Never to a home page: there a site sends whom it has nothing to show, and the page's own words say why.
    """
    refresh = next((value for name, value in (headers or {}).items() if name.lower() == "refresh"), "")
    if refresh and (target := _elsewhere(_refreshed(refresh), url, "utf-8")):
        return target
    if len(body) > _LARGEST or not _HINT.search(body):
        return None
    decoded = decode(body, headers)
    try:
        tree = parse(decoded.text)
    except (ParserError, TooDeepError):
        return None
    if len("".join("".join(_seen(tree)).split())) > _MOST_WORDS or sum(1 for _ in tree.iter("a")) > _MOST_LINKS:
        return None
    return next((target for href in _ways(tree) if (target := _target(href, tree, decoded, url))), None)


def _ways(tree: HtmlElement) -> Iterator[str]:
    for meta in _refreshes(tree):
        if meta.get("http-equiv").strip().lower() == "refresh":
            yield _refreshed(meta.get("content"))
    scripts = Scripts(tree)
    onload = [body.get("onload") or "" for body in tree.iter("body")]
    source = "\n".join([scripts.source, *onload])
    if not _TESTS.search(source):
        addresses = leaves_for(source)
        if len(addresses) == 1:
            yield addresses.pop() or ""
        links = [link.get("href") or "" for link in tree.iter("a") if link.get("href")]
        if not addresses and len(links) == 1 and _CLICKS.search(source):
            yield links[0]


def _refreshed(content: str) -> str:
    found = _REFRESH.match(content)
    return found[2] if found and int(found[1]) <= _LONGEST_WAIT else ""


def _target(href: str, tree: HtmlElement, decoded: Decoded, url: str) -> str | None:
    base = next((base.get("href") or "" for base in tree.iter("base")), "")
    return _elsewhere(href, (resolve(base, url) if base else None) or url, decoded.encoding, url)


def _elsewhere(href: str, base: str, charset: str, url: str | None = None) -> str | None:
    target = resolve(href, base, charset) if href else None
    if target is None or urldefrag(target).url == urldefrag(url or base).url:
        return None
    parts = urlsplit(target)
    return target if parts.path.strip("/") or parts.query else None
