"""PURE: how a page is asked for: under which conditions, and whether a browser is to draw it."""

from collections.abc import Callable
from typing import Final

from scrapy import Request
from twisted.python.failure import Failure

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.keys import Render, render_argument
from crawler.downloader.rendering.guard import RENDER
from storage.rows import DuePage
from wangqi.visit import Visit

# Links that lead to a column or to a further page of one.
COLUMNS: Final = frozenset({"listing", "page", "lead"})
CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")


def request_for(page: DuePage, render: Render, on_failure: Callable[[Failure], Visit | None]) -> Request:
    """The request for a due page; the spider's `parse` is given the answer, and the page."""
    is_drawn = wants_browser(render, page)
    return Request(
        page.url,
        errback=on_failure,
        headers=conditions(page, is_drawn=is_drawn),
        cb_kwargs={"page": page},
        meta={RENDER: is_drawn},
        dont_filter=True,  # the archive knows what was seen
    )


def what_to_draw(series: SeriesSpec, argument: str | None) -> Render:
    """As the person says who starts the crawl, else as the series' entry does.

    Raises:
        ValueError: The argument says neither.
    """
    return render_argument(argument) if argument else series.render


def wants_browser(render: Render, page: DuePage) -> bool:
    """Of `listing` the columns, and whatever a person named: nobody knows of it yet what it is."""
    if render == "listing":
        return not page.depth or page.via in COLUMNS
    return render


def conditions(page: DuePage, *, is_drawn: bool) -> dict[str, str]:
    """The headers of a conditional request, where "not changed" would be an answer.

    It is none for a page that a person named, which is always read: its links may lead to a column that another series
    has taken over. Nor for one that a browser draws: it may stay as it is while the data change that it is drawn from.
    """
    said = dict(zip(CONDITIONS, (page.etag, page.last_modified), strict=True))
    return {name: value for name, value in said.items() if value and page.depth and not is_drawn}
