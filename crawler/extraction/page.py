"""The way of one page: decode, parse once, read what surrounds the story, then the story."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.extraction.build import build
from crawler.extraction.facts.credits import credits_of
from crawler.extraction.facts.language import language_of
from crawler.extraction.facts.published import find_dates
from crawler.extraction.facts.section import work_of
from crawler.extraction.facts.subtitle import subtitle_of
from crawler.extraction.facts.surroundings import surroundings
from crawler.extraction.facts.titleparts import title_parts
from crawler.extraction.kinds.digest import digest_of
from crawler.extraction.kinds.headed import is_headed
from crawler.extraction.kinds.kind import LITTLE, Signs, is_challenge, kind_of
from crawler.extraction.kinds.purposes import purpose_of
from crawler.extraction.kinds.vouchers import is_claimed, voucher_of
from crawler.extraction.links.finders.rows import ALL_THERE_IS
from crawler.extraction.links.finders.shelves import shelves_of
from crawler.extraction.links.row_titles import rows_of
from crawler.extraction.locate import Located, locate
from crawler.extraction.model import DIGEST, Block, Extraction, SeriesLink, Source
from crawler.extraction.origins import origins_of, title_origin
from crawler.extraction.parts.attachments import attachments_of
from crawler.extraction.parts.frames import frames_of, put_in
from crawler.extraction.parts.pager import find_parts
from crawler.extraction.platforms.wechat.page import of_wechat, rows_of_album
from crawler.extraction.rules.links import links_for
from crawler.extraction.rules.selectors import Rule, day_of, rule_for
from crawler.extraction.rules.story import as_ruled, credits_by, dates_by
from crawler.extraction.source.data_islands import with_islands
from crawler.extraction.source.decode import Decoded, decode
from crawler.extraction.source.feeds import LIST_CUT, MOST_ROWS, announced_feeds, read_feed, unpacked
from crawler.extraction.source.json_data import next_page, read_json, rows
from crawler.extraction.source.metadata import page_data
from crawler.extraction.source.payload import monstrous_tag, refusal
from crawler.extraction.source.tree import TooDeepError, new_element, parse
from crawler.extraction.story.blocks import absolute, blocks_of, text_of_blocks
from crawler.extraction.story.crosscheck import VERSION
from crawler.extraction.story.title import flat, same_title
from crawler.extraction.warnings import warnings_of
from wangqi.addresses import resolve

EXTRACTOR_VERSION = f"1.{build()}+{VERSION}"
_UNREADABLE = 0.01  # share of U+FFFD above which a text is not worth keeping
_LONGEST_CLAIM = 1_000  # characters


class Asked(NamedTuple):
    """What is known of a page before it is read; as `extract_page` takes it."""

    fetched_at: datetime | None = None
    named: str | None = None
    rules: Sequence[Rule] = ()
    is_part: bool = False


class Read(NamedTuple):
    """A page as it was read: `page` has its blocks whatever its kind is, `lines` are all that it shows."""

    page: Extraction
    lines: tuple[str, ...] = ()


def extract_page(
    body: bytes,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    fetched_at: datetime | None = None,
    named: str | None = None,
    rules: Sequence[Rule] = (),
) -> Extraction:
    """Read one page; a page that cannot be read is of kind `other` with the reason as its evidence.

    Args:
        body: The page after transfer and content encodings were undone.
        url: Where the page came from, after redirects; relative links start there.
        headers: Response headers; only the charset of `Content-Type` is used.
        fetched_at: Aware. Without it "3天前" is no date, and no date is called future.
        named: The title by which another page of the series names this one. Whatever stands under that headline is the
            story, be it two pictures.
        rules: That a person has written for hosts, one of which may be that of the page.
    """
    return stripped(read_page(Source(body, url, headers), Asked(fetched_at, named, rules)).page)


def stripped(page: Extraction) -> Extraction:
    """Without the blocks that only a story has."""
    return page if page.kind == "story" else replace(page, blocks=(), text="", attachments=(), next_page_url=None)


def read_page(source: Source, asked: Asked | None = None, frames: Mapping[str, Source] | None = None) -> Read:
    """As `extract_page`, with `frames` where they stand, by the addresses that `Extraction.frames` gave."""
    body, url, headers = source
    body = unpacked(body)
    if reason := refusal(body):
        return Read(Extraction(kind="other", evidence=reason, extractor_version=EXTRACTOR_VERSION))
    decoded = decode(body, headers)
    found = Extraction(
        kind="other",
        encoding=decoded.encoding,
        declared_encoding=decoded.declared,
        replaced=decoded.replaced,
        extractor_version=EXTRACTOR_VERSION,
    )
    if decoded.replaced > _UNREADABLE * len(decoded.text):
        what = f"undecodable: {decoded.replaced} U+FFFD in {len(decoded.text)} characters"
        return Read(replace(found, evidence=what))
    if reason := monstrous_tag(decoded.text):
        return Read(replace(found, evidence=reason))
    text = decoded.text
    if listed := rows_of_album(found, text, url) or _rows_of_feed(found, body, url) or _rows_of_json(found, text, url):
        return Read(listed)
    tree = _tree(with_islands(decoded.text))
    if isinstance(tree, str):
        return Read(replace(found, evidence=tree))
    if frames:
        put_in(tree, _base(url, page_data(tree).base), {target: _frame(each) for target, each in frames.items()})
    return _read(tree, decoded, url, asked or Asked(), found)


def _frame(source: Source) -> tuple[HtmlElement, str]:
    """A frame's document, and what its links start from."""
    tree = _tree(decode(unpacked(source.body), source.headers).text)
    if isinstance(tree, str):
        return new_element("html"), source.url
    return tree, _base(source.url, page_data(tree).base)


def _rows_of_feed(found: Extraction, body: bytes, url: str) -> Extraction | None:
    feed = read_feed(body, url)
    return _listing(found, *feed[:2], is_cut=feed[2]) if feed else None


def _rows_of_json(found: Extraction, text: str, url: str) -> Extraction | None:
    value = read_json(text)
    links = (*rows(value, url), *next_page(value, url)) if value is not None else ()
    is_cut = sum(link.kind == "entry" for link in links) >= MOST_ROWS
    return _listing(found, links, f"JSON of {len(links)} rows and pages", is_cut=is_cut) if links else None


def _listing(found: Extraction, links: tuple[SeriesLink, ...], evidence: str, *, is_cut: bool) -> Extraction:
    """A file that is nothing but a list; that it goes on where its reading ended is a doubt."""
    doubts = (f"{LIST_CUT}, {len(links):,} rows of it",) if is_cut else ()
    return replace(found, kind="listing", links=links, evidence=evidence, doubts=doubts)


def _tree(text: str) -> HtmlElement | str:
    """The page's tree, or why it has none."""
    try:
        return parse(text)
    except ParserError:
        return "no element in the page"
    except TooDeepError as limit:
        return f"too_deep: {limit}"


def _read(tree: HtmlElement, decoded: Decoded, url: str, asked: Asked, found: Extraction) -> Read:
    now, named, rules, is_part = asked
    data = page_data(tree)
    base = _base(url, data.base)
    feeds = tuple(announced_feeds(tree, base))
    day = day_of(now)
    own = rule_for(rules, url, day)
    place = locate(tree, decoded.text, data, url=url, base=base, charset=decoded.encoding, day=day, own=own)
    around = surroundings(place.segments, place.headline, place.body)
    articleless = place.wechat is not None and place.wechat.article is None
    dates = dates_by(place.matches, find_dates(data, decoded.text, around, _times(tree), url=url, now=now), now)
    dated = dates.published is not None and dates.published.source != "url"
    expected = named is not None and same_title(place.headline, named)
    is_given = bool(place.matches.body)
    blocks = _blocks(place, base, in_pieces=is_given or (place.body.in_pieces and (dated or expected)))
    text = text_of_blocks(blocks)
    rows = [link for link in links_for("story" if is_given else "listing", place.links) if link.kind == "entry"]
    listed = place.matches.is_list or any(row.score >= ALL_THERE_IS and not row.is_ruled for row in rows)
    purpose = (
        None
        if place.wechat
        else purpose_of(
            tree, data, place, url, blocks=blocks, dated=dated and not dates.is_of_a_change, is_part=is_part
        )
    )
    said = credits_of(data, decoded.text, place, around, blocks)
    is_named = is_given or is_part or expected or place.wechat is not None
    signs = Signs(
        rows=len(rows),
        listed=listed,
        dated=dated,
        headed=is_headed(place.headline, place.segments, dates.published, [row.url for row in rows], url),
        claimed=is_claimed(data, place.headline),
        expected=expected,
        articleless=articleless,
        voucher="whoever named it" if is_named else voucher_of(data, place, dates, said, url),
        purpose=purpose,
    )
    kind, evidence = kind_of(place.headline, place.body, blocks, place.segments, signs)
    in_lines = place.body.in_pieces and all(line.src is None for line in place.body.cut.kept)
    name = named if expected else None
    is_part = is_part and (expected or named is None or flat(place.headline.text or "").startswith(flat(named)))
    may_be_issue = kind == "listing" or in_lines or (is_part and kind == "other")
    issue = digest_of(place, (is_part and named) or name, is_part=is_part) if may_be_issue else []
    if issue:
        kind, evidence = "story", f"{DIGEST} {len(issue)} lines, most of which lead elsewhere"
        blocks = blocks_of(issue, base)
        text = text_of_blocks(blocks)
    if kind == "other" and place.body.prose < LITTLE and is_challenge(decoded.text):
        kind, evidence = "blocked", "scripts of a shield and no text"
    off = place.body.cut.off
    members = [link.title for link in place.links.links if link.kind == "series"]
    members = members or [line for label, line in off if label == "series"]
    parts = title_parts(place.headline.text, [segment.text for segment in place.segments], members)
    links = (*links_for(kind, place.links), *feeds)
    if kind == "other" and blocks and place.wechat and place.wechat.share:
        kind, evidence = "story", f"a share of {place.wechat.share}"
    read = replace(
        found,
        kind=kind,
        evidence=evidence,
        title=place.headline.text,
        subtitle=subtitle_of(place.headline, place.segments),
        series_name=parts.series_name or place.links.series_name or work_of(data.head_title, place.headline.text),
        ordinal=parts.ordinal,
        subject=parts.subject,
        published=dates.published,
        rival_dates=dates.rivals,
        edited=dates.edited,
        credits=credits_by(place.matches, said),
        cut=(*off, *(("removed", line) for line in place.removed), *_foot(around.foot, place)),
        links=links,
        shelves=shelves_of(place.links.page) if place.links.page and not place.wechat else (),
        rows=rows_of(place.links.page) if place.links.page and not place.wechat else (),
        canonical_url=absolute(base, claimed) if (claimed := data.canonical or data.first("og:url")) else None,
        head_title=_claim(data.head_title),
        keywords=_claim(data.first("keywords")),
        description=_claim(data.first("description", "og:description")),
        language=language_of(data, text),
        warnings=warnings_of(place, decoded, text, is_issue=bool(issue)),
        remarks=place.links.remarks,
        doubts=place.links.doubts,
        doubts_of_a_list=place.links.doubts_of_a_list,
    )
    if kind == "listing":
        read = read.as_listing()
    read = of_wechat(read, tree, decoded.text, data, url)
    others, unread = (None, ()) if place.wechat else find_parts(place, url, is_story=kind == "story")
    read = replace(
        read,
        origins=origins_of(replace(read, text=text), title_origin(place.headline, place.segments, place.title_from)),
        blocks=blocks,
        text=text,
        attachments=attachments_of(place, blocks, base),
        parts=others,
        doubts=(*read.doubts, *unread),
        next_page_url=others.next_url if others else None,
        frames=() if place.wechat else frames_of(tree, base, named=kind == "listing" and not dated),
    )
    return Read(as_ruled(read, place.matches), tuple(segment.text for segment in place.segments if segment.text))


def _blocks(place: Located, base: str, *, in_pieces: bool) -> tuple[Block, ...]:
    """The story's blocks; without any prose what a second reading makes of the page, or the few lines there are."""
    if place.body.prose or in_pieces:
        return blocks_of(place.body.cut.kept, base)
    plain = place.second.text if place.second else ""
    lines = tuple(Block(kind="paragraph", text=line.strip()) for line in plain.splitlines() if line.strip())
    return lines or blocks_of(place.body.cut.kept, base)


def _base(url: str, href: str | None) -> str:
    """What relative links start from: `<base>`, unless it is no address at all."""
    if not href:
        return url
    return resolve(href, url) or url


def _foot(lines: Sequence[str], place: Located) -> list[tuple[str, str]]:
    """The page's last lines, where they are neither of the story nor cut off it already."""
    known = {text for _, text in place.body.cut.off} | {segment.text for segment in place.body.cut.kept}
    return [("foot", line) for line in lines if line not in known]


def _claim(words: str | None) -> str | None:
    """A claim of the page's head, cut to what a person might read of it."""
    return " ".join((words or "").split())[:_LONGEST_CLAIM] or None


def _times(tree: HtmlElement) -> list[str]:
    return [value for node in tree.iter("time") if (value := node.get("datetime"))][:3]
