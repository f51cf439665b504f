"""RSS, Atom and sitemaps: what they list, and where a page announces them."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.model import SeriesLink
from wangqi.addresses import resolve
from wangqi.titles.anatomy import strip_decoration
from wangqi.urls import is_web_url

_ROOTS = frozenset({"rss", "RDF", "feed", "urlset", "sitemapindex"})
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|rss\b|feed\b|rdf:RDF\b|urlset\b|sitemapindex\b)", re.IGNORECASE
)
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})
_OF_COMMENTS = re.compile("comment|评论|回复", re.IGNORECASE)
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
ADDRESS_ONLY = "an address in a sitemap"
LIST_CUT: Final = "no more than the beginning of this list was read"
MOST_ROWS = 5_000  # with titles, of one file
ANNOUNCED = "a feed that the page announces"
_MOST_ADDRESSES = 20_000  # of one sitemap, which may have 50,000 (sitemaps.org)
_MOST_PARTS = 20
_MOST_ANNOUNCED = 2
_GZIP = b"\x1f\x8b"
UNPACKED = 20 * 2**20  # bytes; sitemaps.org allows 50 MiB, whose tree would take half a gigabyte


def unpacked(body: bytes) -> bytes:
    """A sitemap out of its `.gz` file, up to 20 MiB of it; everything else as it is."""
    if not body.startswith(_GZIP):
        return body
    try:
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, UNPACKED)
    except zlib.error:
        return body
    return plain if _BEGINNING.match(plain[:200]) else body


def read_feed(body: bytes, url: str) -> tuple[tuple[SeriesLink, ...], str, bool] | None:
    """The rows of a feed as `entry` links, the parts of an index of sitemaps, what it is, and whether it is cut.

    A row of a sitemap may have no title; one of a feed without a title is left out: nothing would tell whose it is. Of
    the parts of an index, the one changed last is a `listing` of its own, for that is where new stories come; the
    others are `page` links.

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
    if _name(root) == "sitemapindex":
        return _parts(root, url)
    rows = (*_rows(root, url), *_further(root, url))
    entries = [row for row in rows if row.kind == "entry"]
    titled = sum(bool(row.title) for row in entries)
    more = "" if titled == len(entries) else f" and {len(entries) - titled} addresses without"
    is_cut = len(body) >= UNPACKED or titled >= MOST_ROWS or len(entries) - titled >= _MOST_ADDRESSES
    return rows, f"a {_name(root)} of {titled} rows with titles{more}", is_cut


def announced_feeds(tree: HtmlElement, base: str) -> Iterator[SeriesLink]:
    """`listing` links to the feeds that a page announces in its head, those of comments left out."""
    found = 0
    for link in tree.iterfind(".//link[@href]"):
        href, title = link.get("href", "").strip(), (link.get("title") or "").strip()
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        rel = (link.get("rel") or "").lower().split()
        if "sitemap" not in rel and ("alternate" not in rel or kind not in _TYPES):
            continue
        target = _absolute(base, href)
        if target is None or _OF_COMMENTS.search(title + href) or target.startswith(base.rstrip("/") + "/"):
            continue
        reasons = (ANNOUNCED,)
        yield SeriesLink(kind="listing", title=title, url=target, href=href, position=found, score=0.6, reasons=reasons)
        found += 1
        if found == _MOST_ANNOUNCED:
            return


def _parts(root: etree._Element, url: str) -> tuple[tuple[SeriesLink, ...], str, bool]:
    """The parts that were changed last, those first; without such dates the last ones of the file."""
    given = [element for element in root.iter(etree.Element) if _name(element) == "sitemap"][::-1]
    newest = sorted(given, key=_changed, reverse=True)[:_MOST_PARTS]
    targets = [(href, target) for part in newest if (target := _absolute(url, href := _address(part)))]
    parts = tuple(
        SeriesLink(
            kind="page" if position else "listing",
            title="",
            url=target,
            href=href,
            position=position,
            score=0.6,
            reasons=("a part of an index of sitemaps",),
        )
        for position, (href, target) in enumerate(targets)
    )
    said = f"an index of {len(given)} sitemaps, of which the {len(parts)} changed last are read"
    return parts, said, len(given) > len(newest)


def _rows(root: etree._Element, url: str) -> Iterator[SeriesLink]:
    position = addresses = 0
    for element in root.iter(etree.Element):
        name = _name(element)
        if name not in {"item", "entry", "url"} or element is root:
            continue
        title, href = _title(element), _address(element)
        target = _absolute(_base(element, url), href)
        if target is None or not (title or name == "url"):
            continue
        addresses += not title
        if position - addresses >= MOST_ROWS or addresses > _MOST_ADDRESSES:
            return
        yield SeriesLink(
            kind="entry",
            title=strip_decoration(title),
            url=target,
            href=href,
            position=position,
            score=0.8 if title else 0.3,
            reasons=("a row of a feed" if title else ADDRESS_ONLY,),
        )
        position += 1


def _further(root: etree._Element, url: str) -> Iterator[SeriesLink]:
    """The next page of a feed in pages, or its next archive (RFC 5005), as a `page` link."""
    for link in root.iterfind("{*}link") if _name(root) == "feed" else root.iterfind("{*}channel/{*}link"):
        href = link.get("href") or ""
        if link.get("rel") in {"next", "prev-archive"} and (target := _absolute(_base(link, url), href)):
            because = ("the further page that the feed names",)
            yield SeriesLink(kind="page", title="", url=target, href=href, position=0, score=0.8, reasons=because)
            return


def _base(element: etree._Element, url: str) -> str:
    """What an address in the element starts from: `xml:base`, which may itself be relative to an outer one."""
    own = [element.get(_XML_BASE), *(outer.get(_XML_BASE) for outer in element.iterancestors())]
    for base in reversed([each for each in own if each]):
        url = resolve(base, url) or url
    return url


def _changed(part: etree._Element) -> str:
    """The day of its last change as the file writes it, or ""."""
    return next(((element.text or "").strip() for element in part if _name(element) == "lastmod"), "")


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
    url = resolve(href, base) if href else None
    return url if url and is_web_url(url) else None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
