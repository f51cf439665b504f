"""PURE: what is told of a page that a browser has drawn."""

from dataclasses import replace

from crawler.downloader.rendering.guard import LACKING, NOTE
from crawler.run.visits import ended
from wangqi.visit import Visit


def as_drawn(visit: Visit) -> Visit:
    """The visit with a word on how the page was drawn, if it was.

    A page that leads nowhere and lacked something of its site has failed: the column stood in what was lacking.
    """
    headers = (visit.capture and visit.capture.headers) or {}
    note = headers.get(NOTE.lower())
    if note is None:
        return visit
    lacking = headers.get(LACKING.lower())
    if lacking and visit.outcome in {"listing", "not_story"} and not visit.discoveries:
        return ended(visit, "failed", f"{note}, without {lacking}")
    return replace(visit, reason="; ".join(filter(None, (visit.reason, note))))
