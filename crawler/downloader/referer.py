"""No request says which page led to it."""

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.referer import NoReferrerPolicy, RefererMiddleware, ReferrerPolicy


class NoReferer(RefererMiddleware):
    """Stands in for Scrapy's middleware, which lets a response's Referrer-Policy header choose.

    It is not simply left out, because redirects look for it.
    """

    def policy(
        self,
        response: Response | str | None = None,  # noqa: ARG002 - Scrapy's signature
        request: Request | None = None,  # noqa: ARG002 - of Scrapy's signature, too
        **_: Response | str,
    ) -> ReferrerPolicy:
        return NoReferrerPolicy()
