"""PURE: why a crawl visits a link."""

from crawler.extraction.links import OF_ANOTHER
from crawler.extraction.links.direction import label_of
from crawler.extraction.links.finders.breadcrumb import says_move
from crawler.extraction.model import SeriesLink
from crawler.scope.arrivals import NOTICE
from crawler.scope.membership import Membership
from wangqi.series.shape import SeriesShape
from wangqi.titles.anatomy import key

_A_COLUMN = 0.5  # below it stand the tags


def follow(link: SeriesLink, shape: SeriesShape | None) -> str | None:
    """Why the spider visits this link, which needs no title to speak for it; None when it does not.

    Args:
        link: As found on a page of the series.
        shape: What is known of the series' titles so far.
    """
    if link.url is None:
        return None
    because = link.reasons[0] if link.reasons else link.kind
    if link.is_ruled:
        return because
    if link.kind == "series":
        return f"named as a member: {because}"
    if link.kind == "listing":
        named = shape is not None and shape.name is not None and key(shape.name) == key(link.title)
        return f"the column of the series: {because}" if named or link.score >= _A_COLUMN else None
    return f"a further page: {because}"


def why_beside(link: SeriesLink, members: Membership) -> str | None:
    """Why a neighbour is read of which no title speaks: to be known, or as pages say what series they are of."""
    if link.kind == "entry" or link.score <= OF_ANOTHER:
        return None
    if members.says_name and not members.shape and not members.are_alike:
        return f"{link.kind}: a neighbour; only its own page can say more"
    if label_of(link.title) or not any(map(str.isalnum, link.title)):
        return f"{link.kind}: a neighbour without a title"
    return NOTICE if says_move(link.title) else None
