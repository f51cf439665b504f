"""PURE: why a crawl visits a link."""

from crawler.extraction.model import SeriesLink
from wangqi.series.shape import SeriesShape
from wangqi.titles.anatomy import key

_A_COLUMN = 0.5  # below it stand the tags


def follow(link: SeriesLink, shape: SeriesShape | None) -> str | None:
    """Why the spider visits this link; None when it does not.

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
    if link.kind == "page":
        return f"a further page: {because}"
    member = shape.member(link.title) if shape else None
    return f"{link.kind}: {member}" if member else None
