"""Why a page was not fetched, or not taken: what the errback of a request gets."""

from typing import ClassVar

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from wangqi.outcomes import Outcome


class Stopped(IgnoreRequest):
    """Raised when the crawl was told to stop before the page was asked for; it says nothing of the page."""


class Refusal(IgnoreRequest):
    """The root of this tree; its message is the reason, for a person.

    Attributes:
        outcome: The outcome word of the page (see `wangqi.outcomes`).
        response: What came, as evidence, or None when nothing was fetched.
        again_after: Seconds until asking again makes sense, or None when the time-table is to say.
    """

    outcome: ClassVar[Outcome] = "failed"

    def __init__(self, reason: str, response: Response | None = None, again_after: float | None = None) -> None:
        super().__init__(reason)
        self.response = response
        self.again_after = again_after


class ForbiddenByRobots(Refusal):
    """Raised when robots.txt disallows the URL, from `Robots`."""

    outcome: ClassVar[Outcome] = "robots"


class RobotsUnreachable(ForbiddenByRobots):
    """Raised when robots.txt cannot be had, which forbids everything for now (RFC 9309, 2.3.1.4), from `Robots`."""

    outcome: ClassVar[Outcome] = "failed"  # nobody has forbidden it, and the next try may find it


class AddressRefused(Refusal):
    """Raised when a URL leads to an address, port or scheme that we do not dial, from `Addresses`."""

    outcome: ClassVar[Outcome] = "out_of_scope"


class RedirectLoop(Refusal):
    """Raised when redirects lead back to an address that they have left, from `Redirects`; nothing came."""


class RedirectToNowhere(Refusal):
    """Raised when a redirect names what is no address at all, from `Redirects`; `response` is the redirect."""


class TruncatedBody(Refusal):
    """Raised when a body was cut off or damaged at every try, from `Retry`; `response` holds what could be read."""

    outcome: ClassVar[Outcome] = "truncated"


class TooLarge(Refusal):
    """Raised when a body is larger than DOWNLOAD_MAXSIZE, compressed or not, from `Compression`."""

    outcome: ClassVar[Outcome] = "too_large"


class RetryLater(Refusal):
    """Raised when the server asks for a longer pause than a run can wait, from `Retry`; `again_after` is its rest."""


class NotInWarc(Refusal):
    """Raised when the WARC that replaces the network holds no answer for the URL, from `Warc`."""


class NotRendered(Refusal):
    """Raised when a browser did not draw the page that it should, from `Rendering`; `response` is what it was given."""
