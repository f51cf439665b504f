"""The rows of a page as they are judged: each title with its canonical address. Pure."""

from functools import lru_cache

from crawler.extraction.model import Extraction, Row
from wangqi.addresses import is_home
from wangqi.series.family import Named
from wangqi.urls import canonical_or_none


def titles_led_to(page: Extraction) -> tuple[Named, ...]:
    """Every title of every row that leads to a page, but for front pages of sites; asked twice, the very same tuple."""
    return _titles(
        page.rows or tuple(Row(one.url, (one.title,)) for one in page.links if one.kind == "entry" and one.url)
    )


@lru_cache(maxsize=2)  # a page is first judged, and then its links are followed
def _titles(rows: tuple[Row, ...]) -> tuple[Named, ...]:
    led = ((target, row) for row in rows if (target := canonical_or_none(row.url)) and not is_home(target))
    return tuple(Named(title, target) for target, row in led for title in row.titles)
