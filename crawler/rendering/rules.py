"""PURE: which pages a browser draws, and what is told of those that it has drawn."""

from typing import Final

from crawler.catalogue import SeriesSpec
from crawler.catalogue_keys import Render, render_argument
from crawler.downloader.rendering import LACKING, NOTE
from crawler.items import PageOutcome, Story
from crawler.reading import Fetched, ended
from storage.rows import DuePage

# Links that lead to a column or to a further page of one.
_COLUMNS: Final = frozenset({"listing", "page"})


def what_to_draw(series: SeriesSpec, argument: str | None) -> Render:
    """As the person says who starts the crawl, else as the series' entry does.

    Raises:
        ValueError: The argument says neither.
    """
    return render_argument(argument) if argument else series.render


def wants_browser(render: Render, page: DuePage) -> bool:
    """Of `listing` the columns, and whatever a person named: nobody knows of it yet what it is."""
    if render == "listing":
        return not page.depth or page.via in _COLUMNS
    return render


def as_drawn(item: Story | PageOutcome, fetched: Fetched) -> Story | PageOutcome:
    """The item with a word on how it was drawn.

    A page that leads nowhere and lacked something of its site has failed: the column stood in what was lacking.
    """
    note = fetched.headers.get(NOTE.lower())
    if note is None:
        return item
    lacking = fetched.headers.get(LACKING.lower())
    if lacking and item.outcome in {"listing", "not_story"} and not item.discovered:
        return ended(fetched, "failed", f"{note}, without {lacking}")
    item.reason = "; ".join(filter(None, (item.reason, note)))
    return item
