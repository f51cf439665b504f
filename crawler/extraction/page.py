"""The way of one page: decode, parse once, read what surrounds the story, then the story."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import trafilatura
from lxml.etree import ParserError
from lxml.html import HtmlElement
from trafilatura.settings import Document

from crawler.extraction.decode import Decoded, decode
from crawler.extraction.model import Block, Extraction, FoundDate, Kind
from crawler.extraction.tree import parse

EXTRACTOR_VERSION = f"1+trafilatura-{trafilatura.__version__}"
_DATE = re.compile(r"((?:19|20)\d\d)[-/年.](1[0-2]|0?\d)[-/月.](3[01]|[12]\d|0?\d)")
_SHANGHAI = timezone(timedelta(hours=8))


def extract_page(
    body: bytes, url: str, headers: Mapping[str, str] | None = None, *, fetched_at: datetime | None = None
) -> Extraction:
    """Read one page; a page that cannot be read is of kind `other` with the reason as its evidence.

    Args:
        body: The page after transfer and content encodings were undone.
        url: Where the page came from, after redirects; relative links start there.
        headers: Response headers; only the charset of `Content-Type` is used.
        fetched_at: Aware. Without it "3天前" is no date, and no date is called future.
    """
    decoded = decode(body, headers)
    try:
        tree = parse(decoded.text)
    except ParserError:
        return _unread(decoded, "no element in the page")
    return _read(tree, decoded, url, fetched_at)


def _unread(decoded: Decoded, reason: str) -> Extraction:
    return Extraction(
        kind="other",
        evidence=reason,
        encoding=decoded.encoding,
        declared_encoding=decoded.declared,
        replaced=decoded.replaced,
        extractor_version=EXTRACTOR_VERSION,
    )


def _read(tree: HtmlElement, decoded: Decoded, url: str, fetched_at: datetime | None) -> Extraction:
    del fetched_at
    meta = {
        (node.get("property") or node.get("name") or "").lower(): node.get("content", "") for node in tree.iter("meta")
    }
    heads = [" ".join(str(node.text_content()).split()) for node in tree.iter("h1")]
    title = meta.get("og:title") or next(iter(heads), None) or tree.findtext(".//title")
    published = None
    raw = meta.get("article:published_time") or meta.get("publishdate") or meta.get("pubdate") or ""
    if found := _DATE.search(raw):
        year, month, day = map(int, found.groups())
        value = datetime(year, month, day, tzinfo=_SHANGHAI)
        published = FoundDate(value=value, precision="day", source="meta", raw=raw)
    document = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    text = (document.text or "") if isinstance(document, Document) else ""
    kind: Kind = "story" if text else "other"
    return Extraction(
        kind=kind,
        evidence="trafilatura found a text" if text else "no text found",
        title=title,
        published=published,
        text=text,
        blocks=tuple(Block(kind="paragraph", text=line) for line in text.split("\n") if line),
        encoding=decoded.encoding,
        declared_encoding=decoded.declared,
        replaced=decoded.replaced,
        extractor_version=EXTRACTOR_VERSION,
    )
