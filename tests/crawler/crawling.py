"""A real crawl of a few URLs with our guards, in a process of its own: `crawl` in a test, `main` in the process."""

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.downloader.address_guard import Addresses, RefusedNames
from crawler.downloader.compression import Compression
from crawler.downloader.redirects import Redirects, Signposts
from crawler.downloader.resolver import PublicResolver
from crawler.downloader.retry import Retry
from crawler.downloader.robots import Robots
from crawler.downloader.warc import Warc
from crawler.extensions.politeness import Politeness
from crawler.extensions.progress import CrawlProgress
from tests.crawling import ROOT, run

SETTINGS: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES": {
        Warc: 20,
        Addresses: 60,
        RobotsTxtMiddleware: None,
        Robots: 100,
        RetryMiddleware: None,
        Retry: 550,
        RefusedNames: 560,
        HttpCompressionMiddleware: None,
        Compression: 590,
        RedirectMiddleware: None,
        Signposts: 580,
        Redirects: 600,
    },
    "EXTENSIONS": {Politeness: 0, CrawlProgress: 0},
    "TWISTED_DNS_RESOLVER": PublicResolver,
    "ALLOWED_ADDRESSES": ["127.0.0.1/32"],
    "ALLOWED_PORTS": ["any"],
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_MAXSIZE": 10 * 2**20,
    "DOWNLOAD_TIMEOUT": 5,
    "REDIRECT_MAX_TIMES": 5,
    "RETRY_PAUSE": 0,
    "RETRY_WAIT": 3,
    "HTTPERROR_ALLOW_ALL": True,
    "REFERER_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"file": None, "data": None, "ftp": None, "s3": None},
    "LOG_LEVEL": "INFO",
}


@dataclass
class Ending:
    """How one URL ended: with a status, or with the name of an exception."""

    status: int | None = None
    error: str | None = None
    reason: str = ""
    url: str = ""
    body: str = ""
    size: int = 0
    flags: list[str] = field(default_factory=list)
    outcome: str | None = None
    again_after: float | None = None


@dataclass
class Crawl:
    endings: dict[str, Ending]
    stats: dict[str, Any]
    peak_rss: int
    log: str

    def __getitem__(self, url: str) -> Ending:
        return self.endings[url]


def crawl(*urls: str, arguments: dict[str, str] | None = None, is_warm: bool = True, **settings: Any) -> Crawl:
    """Ask for the URLs all at once, with our settings and those given here.

    `is_warm` of False is for who measures memory: a process that was forked has that of its parent.
    """
    order = json.dumps({"urls": urls, "settings": settings, "arguments": arguments or {}})
    asked = [sys.executable, "-m", "tests.crawler.crawling"]
    if is_warm:
        done = run(asked, os.environ, given=order, seconds=60)
    else:
        done = subprocess.run(asked, input=order, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    *lines, last = [json.loads(line) for line in done.stdout.splitlines()]
    return Crawl({asked: Ending(**ending) for asked, ending in lines}, log=done.stderr, **last)


class Asking(scrapy.Spider):
    name = "asking"
    series_of = None  # the bar is for spiders that have one

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in self.urls:
            yield scrapy.Request(
                url, callback=self.parse, errback=self.fail, cb_kwargs={"asked": url}, dont_filter=True
            )

    def parse(self, response: Response, asked: str) -> None:
        self.say(asked, status=response.status, **facts(response))

    def fail(self, failure: Failure) -> None:
        error = failure.value
        response = getattr(error, "response", None)
        self.say(
            failure.request.cb_kwargs["asked"],
            error=type(error).__name__,
            reason=str(error),
            outcome=getattr(error, "outcome", None),
            again_after=getattr(error, "again_after", None),
            **(facts(response) if response is not None else {}),
        )

    def say(self, asked: str, **ending: Any) -> None:
        print(json.dumps([asked, ending]), flush=True)


def facts(response: Response) -> dict[str, Any]:
    return {
        "url": response.url,
        "body": response.body[:500].decode(errors="replace"),
        "size": len(response.body),
        "flags": response.flags,
    }


def peak_rss() -> int:
    """In bytes. On Linux getrusage also counts what the process that started this one had at that time."""
    if sys.platform == "linux":
        return 1024 * int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    order = json.load(sys.stdin)
    process = AsyncCrawlerProcess(SETTINGS | order["settings"])
    crawler = process.create_crawler(Asking)
    process.crawl(crawler, urls=order["urls"], **order["arguments"])
    process.start()
    stats = {name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, int | float | str)}
    print(json.dumps({"stats": stats, "peak_rss": peak_rss()}))


if __name__ == "__main__":
    main()
