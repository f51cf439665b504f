"""What a server's answer says, in the terms of the project."""

from collections.abc import Iterable
from datetime import datetime

from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.downloader.headers import texts
from crawler.run.fetch_outcomes import NOT_MODIFIED
from crawler.run.visits import Fetched


def fetched(series_id: int, url: str, response: Response | None, *, now: datetime) -> Fetched:
    """The facts of an answer; of none, that it was asked for. A page out of a WARC has the date of its record."""
    facts = Fetched(series_id=series_id, url=url, fetched_at=now)
    if response is None:
        return facts
    # What a guard has refused belongs to no request.
    if response.request and (captured := response.meta.get("warc_date")):
        facts.fetched_at = datetime.fromisoformat(captured)
    facts.final_url = response.url
    facts.status = response.status
    # A 304 speaks of a body, and has none: an empty one would be another than before.
    facts.body = None if response.status == NOT_MODIFIED else response.body
    facts.headers = texts(response.headers)
    return facts


def sitemaps_of(robots: RobotParser) -> Iterable[str]:
    """The sitemaps that a robots.txt names, in its order; none where the parser of ROBOTSTXT_PARSER keeps none."""
    rules = getattr(robots, "rp", None)  # Protego's, and urllib's by another name
    named = getattr(rules, "sitemaps", ())
    return tuple(named() if callable(named) else named)
