"""What vouches for a page as somebody's story, beside that it has sentences: pages of every kind have those."""

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.facts.published import Dates
from crawler.extraction.kinds.headed import has_day_below
from crawler.extraction.kinds.purposes import is_root
from crawler.extraction.kinds.telling import weight_of
from crawler.extraction.locate import Located
from crawler.extraction.model import Credit, FoundDate
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline, claims_of, flat
from wangqi.titles.issues import numbering_of

_HANDS = frozenset(("author", "source"))
# not only claimed in the head, as the owner of every page is
_SHOWN = frozenset(("label", "byline", "json-ld", "platform", "signature"))
_NEIGHBOURS = frozenset(("prev", "next", "series"))
# Next page, 下一页, 3, show more: to the rest of a list
_TURNS = re.compile(
    r".{0,12}(?:\bpages?\b|[页頁]).{0,8}"
    r"|\W*(?:(?:show|load|view|see) )?(?:more|all|next|prev(?:ious)?|last|\d+)(?: (?:results|products|items))?\W*",
    re.IGNORECASE,
)
_NEARLY_ALL = 0.75  # of a page's characters that are the story's
_ENTRY, _MANY = 8, 24  # characters of a link that may be a headline, and how many of them make a front page
_SOME = 5  # lines of prose
_NEAR = 4  # lines from a headline down to its text
_HEADLINE = 8  # characters of a headline that says more than what a column or a firm is called
_PARAGRAPH = 60  # characters of prose of a line that is one
_OF_ANYTHING = frozenset(("label", "meta", "time", "url"))  # where days stand that may be of anything on the page
_SOME_PROSE = 600  # characters below a name that are a text about it
_FEW_LINKS = 3  # lines with links of a page that has no menu
_LONG = 1_000  # characters in paragraphs that speak for themselves
_LATIN = 7  # of these, that a Latin word counts for
_VERY_LONG = 3_500
_DENSE = 0.6  # of a text's characters that stand in paragraphs


def voucher_of(data: PageData, place: Located, dates: Dates, names: Sequence[Credit], url: str) -> str | None:
    """Who or what says that the page is a story: a day, a hand, a headline, a number, a neighbour, its length; or None.

    A page about a firm, a form, an error and a shelf of goods have paragraphs, too, but nobody has put them out on a
    day, under a headline that says what happened.

    Args:
        data: The page's claims.
        place: Its headline, links and story.
        dates: Its days.
        names: Who is said to have written it.
        url: Its address: a front page has a name, sentences and a menu, too.
    """
    return next(_vouchers(data, place, dates, names, url), None)


def _vouchers(data: PageData, place: Located, dates: Dates, names: Sequence[Credit], url: str) -> Iterator[str]:
    if dates.published is not None and not dates.is_of_a_change and _is_its_own(dates.published, place):
        yield "its day"
    yield from (said.name for said in names if said.role in _HANDS and said.place in _SHOWN)
    if any("article" in each or (each.endswith("posting") and each != "jobposting") for each in data.types):
        yield "what it declares"
    if is_root(url) and sum(line.link_chars > 0 for line in place.segments) > _FEW_LINKS:
        return
    if _has_headline(data, place):
        yield "its headline"
    if numbering_of(place.headline.text or "") is not None:
        yield "its number"
    neighbours = [link for link in place.links.links if link.kind in _NEIGHBOURS]
    is_between = {link.kind for link in neighbours} >= {"prev", "next"}  # a list says so of its pages, with numbers
    yield from (f"its neighbour {one.title!r}" for one in neighbours if is_between or not _TURNS.fullmatch(one.title))
    kept = place.body.cut.kept
    if _is_long(kept):
        yield "its length"
    is_nearly_all = sum(line.chars for line in kept) >= _NEARLY_ALL * sum(line.chars for line in place.segments)
    is_bare = place.headline.index is None and sum(line.prose > 0 for line in kept) >= _SOME  # of a text alone
    if is_nearly_all and (is_bare or is_claimed(data, place.headline) or not any(claims_of(data))):
        yield "that there is nothing else"


def _is_its_own(published: FoundDate, place: Located) -> bool:
    """Whether a day is that of what the headline says: beside the name of a shelf stand the days of what lies on it."""
    headline = place.headline
    if published.source not in _OF_ANYTHING:
        return True
    is_told = weight_of(headline.text or "") >= _HEADLINE or place.body.prose >= _SOME_PROSE
    return is_told or has_day_below(headline, place.segments, published)


def _is_long(lines: Sequence[Segment]) -> bool:
    """Whether a text in paragraphs is long; the lines of a firm's page and the labels of a record are none."""
    paragraphs = [line for line in lines if line.prose >= _PARAGRAPH]
    length = sum(weight_of(line.text, _LATIN) for line in paragraphs)
    is_dense = sum(line.chars for line in paragraphs) >= _DENSE * sum(line.chars for line in lines)
    return length >= (_LONG if is_dense else _VERY_LONG)


def is_claimed(data: PageData, headline: Headline) -> bool:
    """Whether the page shows a headline that its head claims, too."""
    name = flat(headline.text or "")
    return headline.index is not None and any(name in flat(claim) for claim in claims_of(data))


def _has_headline(data: PageData, place: Located) -> bool:
    """Whether its headline says much; that of a box or notice on a front page, which no claim names, says nothing."""
    name = place.headline.text or ""
    if place.headline.index is None or weight_of(name) < _HEADLINE:
        return False
    at = place.headline.index
    is_above = place.body.first is not None and 0 < place.body.first - at <= _NEAR
    if is_claimed(data, place.headline) or (is_above and place.segments[at].block.tag == "h1"):
        return True
    return sum(line.chars >= _ENTRY and line.link_chars >= 0.8 * line.chars for line in place.segments) < _MANY
