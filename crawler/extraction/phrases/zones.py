"""The time zone of a page's dates where the page itself names none. Pure."""

from dataclasses import replace
from datetime import tzinfo

from crawler.extraction.model import Extraction, FoundDate
from crawler.extraction.phrases.dates import SHANGHAI


def in_zone(page: Extraction, zone: tzinfo) -> Extraction:
    """The page with its zoneless dates, read as of Shanghai at first, moved to another time zone."""
    return replace(
        page,
        published=page.published and _in_zone(page.published, zone),
        rival_dates=tuple(_in_zone(date, zone) for date in page.rival_dates),
        edited=page.edited and _in_zone(page.edited, zone),
    )


def _in_zone(date: FoundDate, zone: tzinfo) -> FoundDate:
    # A page that writes +08:00 means it; that zone bears no name.
    is_assumed = date.value.tzname() == SHANGHAI.tzname(None)
    return replace(date, value=date.value.replace(tzinfo=zone)) if is_assumed else date
