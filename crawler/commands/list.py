"""`scrapy list`: the catalogue."""

import argparse

from crawler.catalogue.file import read_catalogue
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_error, print_text
from views.cells import json_line
from wangqi.program import program


class Command(PlainCommand):
    """List the series of the catalogue. Each of them can be crawled: `scrapy crawl NAME`."""

    def syntax(self) -> str:
        return "[--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print each entry as one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        catalogue = read_catalogue(self.settings["CATALOGUE"])
        for name, spec in catalogue.items():
            print_text(json_line(spec) if opts.json else name)
        if not catalogue and not opts.json:
            print_error(
                f"The catalogue {self.settings['CATALOGUE']!r} has no entries; `{program()} crawl series` needs none."
            )
        return 0
