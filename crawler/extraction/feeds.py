"""RSS, Atom and sitemaps: what they list, and where a page announces them."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.model import SeriesLink
from crawler.extraction.series_titles import strip_decoration

_ROOTS = frozenset({"rss", "RDF", "feed", "urlset", "sitemapindex"})
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|rss\b|feed\b|rdf:RDF\b|urlset\b|sitemapindex\b)", re.IGNORECASE
)
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_OF_COMMENTS = re.compile("comment|评论|回复", re.IGNORECASE)
_MOST_ROWS = 5_000
_MOST_ANNOUNCED = 2


def read_feed(body: bytes, url: str) -> tuple[tuple[SeriesLink, ...], str] | None:
    """The rows of a feed as `entry` links, the parts of an index of sitemaps as `page` links, and what it is in words.

    A row without a title is left out: nothing would tell whose it is.

    Returns:
        None when the bytes are no feed.
    """
    if not _BEGINNING.match(body[:200]):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or _name(root) not in _ROOTS:
        return None
    rows = tuple(_rows(root, url))
    return rows, f"a {_name(root)} of {len(rows)} rows with titles"


def announced_feeds(tree: HtmlElement, base: str) -> Iterator[SeriesLink]:
    """`listing` links to the feeds that a page announces in its head, those of comments left out."""
    found = 0
    for link in tree.iterfind(".//link[@href]"):
        href, title = link.get("href", "").strip(), (link.get("title") or "").strip()
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" not in (link.get("rel") or "").lower().split() or kind not in _TYPES:
            continue
        target = _absolute(base, href)
        if target is None or _OF_COMMENTS.search(title + href) or target.startswith(base.rstrip("/") + "/"):
            continue
        reasons = ("a feed that the page announces",)
        yield SeriesLink(kind="listing", title=title, url=target, href=href, position=found, score=0.6, reasons=reasons)
        found += 1
        if found == _MOST_ANNOUNCED:
            return


def _rows(root: etree._Element, url: str) -> Iterator[SeriesLink]:
    position = 0
    for element in root.iter(etree.Element):
        name = _name(element)
        if name not in {"item", "entry", "url", "sitemap"} or element is root:
            continue
        title, href = _title(element), _address(element)
        target, is_part = _absolute(url, href), name == "sitemap"
        if target is None or not (title or is_part):
            continue
        yield SeriesLink(
            kind="page" if is_part else "entry",
            title=strip_decoration(title),
            url=target,
            href=href,
            position=position,
            score=0.8,
            reasons=("a part of an index of sitemaps" if is_part else "a row of a feed",),
        )
        position += 1
        if position == _MOST_ROWS:
            return


def _title(row: etree._Element) -> str:
    """The row's title as plain words; news sitemaps keep theirs one level down."""
    found = next((element for element in row.iter(etree.Element) if _name(element) == "title"), None)
    words = "" if found is None else "".join(map(str, found.itertext()))
    return " ".join(re.sub(r"<[^<>]{1,200}>", "", words).split())


def _address(row: etree._Element) -> str:
    """Of an Atom entry the link to the page; else the text of link, loc or guid."""
    links = [element for element in row if _name(element) in {"link", "loc"}]
    plain = (link for link in links if link.get("rel", "alternate") == "alternate")
    for link in plain:
        if address := (link.get("href") or link.text or "").strip():
            return address
    guid = next((element for element in row if _name(element) == "guid"), None)
    return (guid.text or "").strip() if guid is not None and guid.get("isPermaLink") != "false" else ""


def _absolute(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href)
        return url if href and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
