"""The way of one page: decode, parse once, read what surrounds the story, then the story."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lxml import etree
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.extraction.blocks import absolute, blocks_of, text_of_blocks
from crawler.extraction.body import read_body
from crawler.extraction.bylines import gather
from crawler.extraction.crosscheck import VERSION, disagreement
from crawler.extraction.decode import Decoded, decode
from crawler.extraction.junk import junk_elements, series_elements
from crawler.extraction.kinds import kind_of
from crawler.extraction.links import find_links
from crawler.extraction.metadata import page_data
from crawler.extraction.model import Block, Extraction, SeriesLink
from crawler.extraction.payload import monstrous_tag, refusal
from crawler.extraction.published import find_dates
from crawler.extraction.segments import segments_of
from crawler.extraction.surroundings import surroundings
from crawler.extraction.templates import fit
from crawler.extraction.title import find_title, heading_above, names_a_site
from crawler.extraction.titleparts import title_parts
from crawler.extraction.tree import TooDeepError, parse
from crawler.extraction.wechat import wechat_facts

EXTRACTOR_VERSION = f"1+{VERSION}"
_NEXT_PAGE = re.compile(r"下一?页|后一页|余下全文|next|^[»>›]+$", re.IGNORECASE)
_UNREADABLE = 0.01  # share of U+FFFD above which a text is not worth keeping


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
    if reason := refusal(body):
        return Extraction(kind="other", evidence=reason, extractor_version=EXTRACTOR_VERSION)
    decoded = decode(body, headers)
    found = Extraction(
        kind="other",
        encoding=decoded.encoding,
        declared_encoding=decoded.declared,
        replaced=decoded.replaced,
        extractor_version=EXTRACTOR_VERSION,
    )
    if decoded.replaced > _UNREADABLE * len(decoded.text):
        return replace(found, evidence=f"undecodable: {decoded.replaced} U+FFFD in {len(decoded.text)} characters")
    if reason := monstrous_tag(decoded.text):
        return replace(found, evidence=reason)
    try:
        tree = parse(decoded.text)
    except ParserError:
        return replace(found, evidence="no element in the page")
    except TooDeepError as limit:
        return replace(found, evidence=f"too_deep: {limit}")
    return _read(tree, decoded, url, fetched_at, found)


def _read(tree: HtmlElement, decoded: Decoded, url: str, now: datetime | None, found: Extraction) -> Extraction:
    data = page_data(tree)
    base = absolute(url, data.base) if data.base else url
    segments = segments_of(tree)
    wechat = wechat_facts(tree, decoded.text)
    trusted = wechat.article if wechat else None
    headline = find_title(data, segments, wechat.title if wechat else None)
    found_links = find_links(tree, base, headline.text)
    keep = _lineage(segments[headline.index].block) if headline.index is not None else []
    junk = junk_elements(tree, segments, keep)
    series = series_elements(found_links.blocks, segments, keep)
    rule = fit(tree, decoded.text, segments, url, day=now.date() if now else None)
    if rule:
        junk |= {inner for node in rule.remove for inner in node.iter(etree.Element)}
    template = rule.story if rule else None
    body = read_body(tree, segments, junk, headline, trusted=trusted, template=template, series=series)
    if headline.index is None and body.first_prose is not None and names_a_site(headline):
        above = heading_above(segments, body.first_prose, data)
        if above.text:
            headline = above
            body = read_body(tree, segments, junk, headline, trusted=trusted, template=template, series=series)
    around = surroundings(segments, headline, body)
    blocks = blocks_of(body.cut.kept, base)
    if wechat and wechat.share_text and not body.prose:
        blocks = tuple(Block(kind="paragraph", text=line) for line in wechat.share_text.splitlines() if line.strip())
    dates = find_dates(data, decoded.text, around, _times(tree), url=url, now=now)
    text = text_of_blocks(blocks)
    articleless = wechat is not None and wechat.empty
    rows = sum(link.kind == "entry" for link in found_links.links)
    kind, evidence = kind_of(headline, body, blocks, segments, rows=rows, articleless=articleless)
    members = [link.title for link in found_links.links if link.kind == "series"]
    members = members or [line for label, line in body.cut.off if label == "series"]
    parts = title_parts(headline.text, [s.text for s in segments], members)
    return replace(
        found,
        kind=kind,
        evidence=evidence,
        title=headline.text,
        series_name=parts.series_name or found_links.series_name,
        ordinal=parts.ordinal,
        subject=parts.subject,
        published=dates.published,
        rival_dates=dates.rivals,
        edited=dates.edited,
        credits=gather(data, around, blocks, wechat.credits if wechat else ()),
        blocks=blocks,
        text=text,
        cut=tuple(body.cut.off),
        links=found_links.links,
        next_page_url=next_page(found_links.links) if kind == "story" else None,
        canonical_url=absolute(base, data.canonical) if data.canonical else None,
        language=data.language,
        warnings=("extractors_disagree",) if disagreement(body.container, body.cut.kept) else (),
    )


def _lineage(node: HtmlElement) -> list[HtmlElement]:
    return [node, *node.iterancestors()]


def next_page(links: Sequence[SeriesLink]) -> str | None:
    """Where the story goes on: the link among its parts that says so."""
    return next((link.url for link in links if link.kind == "page" and _NEXT_PAGE.search(link.title)), None)


def _times(tree: HtmlElement) -> list[str]:
    return [value for node in tree.iter("time") if (value := node.get("datetime"))][:3]
