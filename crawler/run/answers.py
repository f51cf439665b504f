"""What a server's answer says, in the terms of the project."""

from collections.abc import Iterable
from datetime import datetime

from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.downloader.headers import texts
from crawler.downloader.rendering.guard import DRAWN, OURS
from crawler.run.fetch_outcomes import NOT_MODIFIED
from wangqi.visit import Capture


def capture_of(url: str, response: Response | None, *, now: datetime) -> Capture:
    """The answer as it is kept; of none, that it was asked for. A page out of a WARC has the date of its record."""
    if response is None:
        return Capture(url=url, fetched_at=now)
    # What a guard has refused belongs to no request.
    captured = response.meta.get("warc_date") if response.request else None
    sent = texts(response.headers)
    if DRAWN not in response.flags:  # nothing that a site sends can pose as ours
        sent = {name: value for name, value in sent.items() if name not in OURS}
    return Capture(
        url=response.url,
        fetched_at=datetime.fromisoformat(captured) if captured else now,
        status=response.status,
        headers=sent,
        # A 304 speaks of a body, and has none: an empty one would be another than before.
        body=None if response.status == NOT_MODIFIED else response.body,
    )


def sitemaps_of(robots: RobotParser) -> Iterable[str]:
    """The sitemaps that a robots.txt names, in its order; none where the parser of ROBOTSTXT_PARSER keeps none."""
    rules = getattr(robots, "rp", None)  # Protego's, and urllib's by another name
    named = getattr(rules, "sitemaps", ())
    return tuple(named() if callable(named) else named)
