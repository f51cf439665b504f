"""What vouches for a page as somebody's story, beside that it has sentences: pages of every kind have those."""

from collections.abc import Iterator, Sequence

from crawler.extraction.facts.published import Dates
from crawler.extraction.kinds.purposes import weight_of
from crawler.extraction.locate import Located
from crawler.extraction.model import Credit
from crawler.extraction.source.metadata import PageData
from crawler.extraction.story.title import claims_of, flat
from wangqi.titles.issues import numbering_of

_HANDS = frozenset(("author", "source"))
# not only claimed in the head, as the owner of every page is
_SHOWN = frozenset(("label", "byline", "json-ld", "platform", "signature"))
_NEIGHBOURS = frozenset(("prev", "next", "series", "page"))
_NEARLY_ALL = 0.75  # of a page's characters that are the story's
_ENTRY, _MANY = 8, 24  # characters of a link that may be a headline, and how many of them make a front page
_HEADLINE = 8  # characters of a headline that says more than what a column or a firm is called
_LONG = 600  # characters of running text that speak for themselves; a Latin word counts for two


def voucher_of(data: PageData, place: Located, dates: Dates, names: Sequence[Credit]) -> str | None:
    """Who or what says that the page is a story: a day, a hand, a headline, a number, a neighbour, its length; or None.

    A page about a firm, a form, an error and a shelf of goods have paragraphs, too, but nobody has put them out on a
    day, under a headline that says what happened.
    """
    return next(_vouchers(data, place, dates, names), None)


def _vouchers(data: PageData, place: Located, dates: Dates, names: Sequence[Credit]) -> Iterator[str]:
    if dates.published is not None and not dates.is_of_a_change:
        yield "its day"
    yield from (said.name for said in names if said.role in _HANDS and said.place in _SHOWN)
    if any("article" in each or (each.endswith("posting") and each != "jobposting") for each in data.types):
        yield "what it declares"
    if _has_headline(data, place):
        yield "its headline"
    if numbering_of(place.headline.text or "") is not None:
        yield "its number"
    yield from (f"its neighbour {link.title!r}" for link in place.links.links if link.kind in _NEIGHBOURS)
    if sum(weight_of(line.text) for line in place.body.cut.kept if line.prose) >= _LONG:
        yield "its length"
    if sum(line.chars for line in place.body.cut.kept) >= _NEARLY_ALL * sum(line.chars for line in place.segments):
        yield "that there is nothing else"


def _has_headline(data: PageData, place: Located) -> bool:
    """Whether its headline says much; that of a box or notice on a front page, which no claim names, says nothing."""
    name = place.headline.text or ""
    if place.headline.index is None or weight_of(name) < _HEADLINE:
        return False
    if any(flat(name) in flat(claim) for claim in claims_of(data)):
        return True
    return sum(line.chars >= _ENTRY and line.link_chars >= 0.8 * line.chars for line in place.segments) < _MANY
