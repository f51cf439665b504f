"""`scrapy list`: the catalogue."""

import argparse
from typing import ClassVar

from scrapy.spiderloader import get_spider_loader

from crawler.plain_command import PlainCommand
from crawler.tables import complain, print_text


class Command(PlainCommand):
    """List the series of the catalogue. Each of them can be crawled: `scrapy crawl NAME`."""

    default_settings: ClassVar = {"LOG_ENABLED": False}

    def work(self, opts: argparse.Namespace) -> int:  # noqa: ARG002 - it has no options of its own
        assert self.settings is not None
        names = get_spider_loader(self.settings).list()
        for name in names:
            print_text(name)
        if not names:
            complain(f"The catalogue {self.settings['CATALOGUE']!r} has no entries; `scrapy crawl series` needs none.")
        return 0
