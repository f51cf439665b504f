"""`scrapy reextract`: what is stored, read anew from the kept bytes by the present version."""

import argparse
from collections.abc import Iterator
from typing import Any

from crawler.catalogue.file import read_catalogue, read_rules
from crawler.cli.archive_command import add_series_option
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_rows, print_told
from crawler.readers.of_settings import begin, extractors_for
from crawler.readers.reextracting import Reextraction, reextract
from storage import Archive
from views.rereading import Sums, anew_row
from wangqi import exit_codes


class Command(PlainCommand):
    """Show what the present version reads otherwise in the kept pages; with --apply, take that over.

    Nothing is asked of any site. What a page said before stays as a revision, what people decided stands, and a story
    that would be none is only told. --apply may be stopped at any time: the next one goes on from there.

    Exit codes: 0; 1, 2, 3 as ever; 20 where a page could not be read anew, which is told.
    """

    def short_desc(self) -> str:
        return "Read the kept pages anew with the present version, and show what differs"

    def syntax(self) -> str:
        return "[--apply] [--series NAME] [--all] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--apply", action="store_true", help="store it; without it nothing is changed")
        parser.add_argument("--all", action="store_true", help="also what this very version has read before")
        add_series_option(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        settings = self.settings
        catalogue, rules = read_catalogue(settings["CATALOGUE"]), read_rules(settings["CATALOGUE"])
        extractors = extractors_for(settings)
        with Archive(self.archive_url, read_only=not opts.apply) as archive:
            begin(extractors, archive, rules)
            how = Reextraction(
                archive=archive,
                extractors=extractors,
                catalogue=catalogue,
                rules=rules,
                wanted=opts.series,
                is_thorough=opts.all,
                applies=opts.apply,
            )
            sums = Sums()
            print_rows(
                _rows(how, sums),
                as_json=opts.json,
                columns=("story_id", "title", "what", "other", "url"),
                nothing="",
            )
        print_told(("" if opts.json else "\n") + sums.sentence(applied=opts.apply), aside=opts.json)
        return exit_codes.PARTIAL if sums.unread else exit_codes.COMPLETE


def _rows(how: Reextraction, sums: Sums) -> Iterator[dict[str, Any]]:
    for pages, found in reextract(how):
        sums.add(pages, found)
        yield from map(anew_row, found)
