"""`scrapy bench`: Scrapy's own, which asks a server on this machine as fast as it can."""

import argparse
from typing import Any, Final

from scrapy.commands.bench import Command as ScrapyBench
from scrapy.extensions.logstats import LogStats
from scrapy.settings import SETTINGS_PRIORITIES

# What is right for strangers' servers would make it a measure of our manners.
_AT_HOME: Final[dict[str, Any]] = {
    "ALLOWED_ADDRESSES": ["127.0.0.0/8", "::1/128"],
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "EXTENSIONS": {LogStats: 0},
    "LOG_LEVEL": "INFO",
    "ROBOTSTXT_OBEY": False,
}


class Command(ScrapyBench):
    """Run quick benchmark test."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        self.settings.setdict(_AT_HOME, priority=SETTINGS_PRIORITIES["spider"])
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        super().run(args, opts)
        assert self.crawler_process is not None
        if self.crawler_process.bootstrap_failed:
            self.exitcode = 1
