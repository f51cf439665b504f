"""PURE: what is told of a page that a browser has drawn."""

from crawler.downloader.rendering.guard import LACKING, NOTE
from crawler.items import PageOutcome, Story
from crawler.run.visits import Fetched, ended


def as_drawn(item: Story | PageOutcome, fetched: Fetched) -> Story | PageOutcome:
    """The item with a word on how it was drawn, if it was.

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
