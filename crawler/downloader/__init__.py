"""The guards between the spider and the network, one a file.

A request passes them from top to bottom, its answer or failure from bottom to top.

| position | guard          | why there                                                                            |
|----------|----------------|--------------------------------------------------------------------------------------|
| 20       | `Warc`         | it answers in place of the network, so nothing below is asked; its answers pass the  |
|          |                | guards on their way back like any other                                              |
| 60       | `Addresses`    | before robots.txt is asked of an address that is never dialled                       |
| 100      | `Robots`       | before the page is asked for; its own request passes all guards but this one         |
| 500      | `Rendering`    | above `Retry`: a browser draws what has come whole in the end                        |
| 550      | `Retry`        | above `Compression`, which tells it what was cut off                                 |
| 560      | `RefusedNames` | below `Retry`: a name that leads astray is not tried again                           |
| 580      | `Signposts`    | above `Compression`: what sends its reader on has to be read                         |
| 590      | `Compression`  | above `Redirects`: the body of a redirect is never read                              |
| 600      | `Redirects`    | where Scrapy's own stands: below `Retry`, as a loop is not tried again               |
| 700      | `Cookies`      | where Scrapy's own stands; only with COOKIES_ENABLED                                 |

`PublicResolver` guards the connection itself (TWISTED_DNS_RESOLVER), `Politeness` its pace (EXTENSIONS).
Scrapy's RobotsTxtMiddleware, RetryMiddleware, HttpCompressionMiddleware, RedirectMiddleware and CookiesMiddleware are
switched off.

Every refusal is one of the exceptions of `refusals`, which name their outcome word; the errback of the request gets it.
"""

from typing import Final

# By their names, since the settings name them as well, and every command reads the settings.
GUARDS: Final = {
    "crawler.downloader.address_guard.Addresses": 60,
    "crawler.downloader.robots.Robots": 100,
    "crawler.downloader.retry.Retry": 550,
    "crawler.downloader.address_guard.RefusedNames": 560,
    "crawler.downloader.redirects.Signposts": 580,
    "crawler.downloader.compression.Compression": 590,
    "crawler.downloader.redirects.Redirects": 600,
    "crawler.downloader.cookies.Cookies": 700,
    # Scrapy's own, whose places those take.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
}
