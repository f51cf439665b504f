"""`scrapy view`: one page, as it comes, in a browser. Scrapy's own, which leaves our spiders out."""

import argparse

from scrapy.commands.view import Command as Scrapys

from crawler.cli.one_page import one_page_spider


class Command(Scrapys):
    """Scrapy's own."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        opts.spider = one_page_spider(self, opts.spider)
        super().run(args, opts)
