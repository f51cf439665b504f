"""`scrapy shell`: try selectors on one page. Scrapy's own, which leaves our spiders out."""

import argparse

from scrapy.commands.shell import Command as Scrapys

from crawler.cli.one_page import one_page_spider


class Command(Scrapys):
    """Scrapy's own."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        opts.spider = one_page_spider(self, opts.spider)
        super().run(args, opts)
