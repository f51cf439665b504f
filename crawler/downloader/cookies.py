"""Cookies, where COOKIES_ENABLED keeps them: nobody but the site is asked for anything on their account."""

from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Cookies(cookies.CookiesMiddleware):
    """Scrapy's own, which would fetch the list of public suffixes from a third party; here it is the packaged one."""

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        middleware = super().from_crawler(crawler)
        # Scrapy offers no other way to say which list it is.
        cookies._split_domain = TLDExtract(  # noqa: SLF001 - see above
            suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
        )
        return middleware
