"""Headline and story of a page, each found with the help of the other."""

from dataclasses import dataclass
from datetime import date

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.links import FoundLinks, find_links
from crawler.extraction.links.finders.last_page import with_last_rows
from crawler.extraction.platforms.wechat.facts import WeChat, wechat_facts
from crawler.extraction.rules.links import links_by
from crawler.extraction.rules.selectors import Matches, Rule
from crawler.extraction.rules.story import headline_by, take_out
from crawler.extraction.source.data_islands import unfold
from crawler.extraction.source.media import unveil
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment, segments_of
from crawler.extraction.source.targets import Targets
from crawler.extraction.story.body import Body, of_links, read_body
from crawler.extraction.story.crosscheck import SecondReading, read_again
from crawler.extraction.story.fitter import holder, is_fitter, is_nearer, outside
from crawler.extraction.story.junk import Junk, series_elements
from crawler.extraction.story.own_words import silence_conditions
from crawler.extraction.story.pieces import pieces_below
from crawler.extraction.story.templates import fit
from crawler.extraction.story.title import Headline, find_title
from crawler.extraction.story.unclaimed import as_shown, unclaimed
from wangqi.titles.issues import ordinal_alone

_FAR = 4  # lines between a headline and a body that may not be its own
_SENTENCE = 40  # characters of prose of a line that may be the story's
_DIGEST = 200  # characters of prose below which a numbered issue may be a list of links


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where everything stands on one page.

    Attributes:
        wechat: Facts of a WeChat page; None for all other pages.
        matches: Of the rule for it.
        removed: The lines that the rule has taken out.
        second: A second reading of the page, where the first took little of it.
        title_from: As `Origin.place` says where a title was read.
        is_disputed: The two differed by more than half, whichever of them `body` is now.
    """

    segments: list[Segment]
    headline: Headline
    links: FoundLinks
    body: Body
    wechat: WeChat | None
    matches: Matches
    removed: tuple[str, ...] = ()
    second: SecondReading | None = None
    is_disputed: bool = False
    title_from: str = "heading"


def locate(
    tree: HtmlElement,
    source: str,
    data: PageData,
    *,
    url: str,
    base: str,
    charset: str,
    day: date | None,
    own: Rule | None = None,
) -> Located:
    """Read the links first, from the whole tree, then find the headline, what is junk, and the story.

    Args:
        tree: The page.
        source: The same as text, for what stands in scripts.
        data: Its claims.
        url: Its address, by which template rules are chosen.
        base: What relative links start from.
        charset: Of the page's bytes.
        day: When the page was fetched, for rules that hold for a time.
        own: The rule that a person has written for it.
    """
    wechat = wechat_facts(tree, source, url)  # first: what only the script holds becomes a part of the tree
    unveil(tree, source)
    if wechat is None:  # whose scripts are read already
        unfold(tree, data, base)
    matches = Matches(own, tree)
    _, within = take_out(matches, inline=True)
    targets = Targets(tree)
    segments = segments_of(tree, targets.beside)
    silence_conditions(segments)
    ruled = headline_by(matches, segments)
    claimed = find_title(data, segments, wechat.title if wechat else None)
    headline = ruled or as_shown(claimed, segments, data, url, base)
    title_from = own.name if own and ruled else "platform" if wechat and wechat.title == headline.text else "heading"
    gone, removed = take_out(matches, inline=False)

    def links_below(headline: Headline) -> FoundLinks:
        return links_by(matches, with_last_rows(find_links(tree, base, headline.text, charset, targets)))

    links = links_below(headline)
    keep = _lineage(segments[headline.index].block) if headline.index is not None else []
    junk_of = Junk(tree, segments, keep)
    junk = junk_of.elements() | gone
    series = series_elements(links.blocks, segments, keep)
    rule = None if wechat or matches.body else fit(tree, source, segments, url, day=day)
    if rule:
        junk |= {inner for node in rule.remove for inner in node.iter(etree.Element)}
    trusted = matches.body or ((wechat.article,) if wechat and wechat.article is not None else ())
    template = rule.story if rule else None

    def body_below(headline: Headline) -> Body:
        return read_body(tree, segments, junk, headline, trusted=trusted, template=template, series=series)

    body = body_below(headline)
    if not ruled and wechat is None and (above := unclaimed(headline, segments, body, data)) is not None:
        links = links_below(above)  # what is like the name of its site is like anything
        series = series_elements(links.blocks, segments, keep)
        headline, body = above, body_below(above)
        title_from = "line"
    is_short = not trusted and not wechat and body.prose < _DIGEST
    if is_short and headline.index is not None and ordinal_alone(headline.text or ""):
        named = junk_of.elements(lists=False) | gone
        body = of_links(pieces_below(headline, segments, named, series, links=True), segments, body)
    if not trusted and not wechat and (between := _between(headline, body, segments)):
        nearer = read_body(
            tree, segments, junk | between, headline, trusted=(), template=None, series=series
        )  # without the element that ours was found in
        body = nearer if is_nearer(nearer, body, headline) else body
    again = None if wechat else read_again(tree, segments, body, junk_of)
    is_disputed = again is not None and again.disagrees(body.cut.kept)
    second = None if trusted else again  # what a person calls the body stays it, disputed or not
    if second and second.lines and second.has_more(body.cut.kept):
        told = outside(second.lines, junk_of.of_others() | gone)
        around = (node for line in told for node in _lineage(line.block))
        spared = Junk(tree, segments, {*keep, *around}).elements() | gone
        held = holder(tree, told)
        other = read_body(tree, segments, spared, headline, trusted=(), template=held, series=series)
        body = other if is_fitter(other, body, headline) else body
    return Located(
        segments=segments,
        headline=headline,
        links=links,
        body=body,
        wechat=wechat,
        matches=matches,
        removed=(*within, *removed),
        second=second,
        is_disputed=is_disputed,
        title_from=title_from,
    )


def _between(headline: Headline, body: Body, segments: list[Segment]) -> set[HtmlElement]:
    """All of the element that holds the body, where sentences stand between it and the headline; else nothing."""
    if headline.end is None or body.last is None or body.last - headline.end < _FAR:
        return set()
    inside = set(body.container.iter(etree.Element))
    ours = {id(line) for line in body.cut.kept if line.block in inside}
    for line in segments[headline.end :]:
        if id(line) in ours:
            return set()
        if line.prose >= _SENTENCE and line.block not in inside:
            return inside
    return set()


def _lineage(node: HtmlElement) -> list[HtmlElement]:
    return [node, *node.iterancestors()]
