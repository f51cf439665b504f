"""`scrapy discover`: the series that a site has."""

import argparse
from datetime import datetime, timedelta
from typing import Any

from scrapy.exceptions import UsageError

from crawler.catalogue.entries import entry_lines, name_for
from crawler.catalogue.file import read_catalogue
from crawler.catalogue.keys import web_address
from crawler.catalogue.times import AUTO
from crawler.cli.archive_command import row_count
from crawler.cli.command import PlainCommand
from crawler.cli.discovering.site_walk import walk
from crawler.cli.one_page import NotFetchedError
from crawler.cli.terminal import print_error, print_rows, print_text
from views.cells import safe_lines
from wangqi import exit_codes
from wangqi.discovery.sighted import Sighted

_PAGES = 40  # lists


class Command(PlainCommand):
    """List the series of a site, from its front page or any column on: title, stories seen, rhythm, newest date.

    Its lists are read, at most --pages of them, politely, and two stories of each series; nothing is archived. With
    --toml it prints the lines that keep them all, for series.toml.
    Exit codes: 0; 1 no page came, or no series was seen; 2 wrong usage; 20 some pages did not come, or were left.
    """

    def syntax(self) -> str:
        return "SITE [--pages N] [--json | --toml]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("site", metavar="SITE", help="the address of its front page, or of a column")
        parser.add_argument("--pages", metavar="N", type=row_count, default=_PAGES, help=f"are read ({_PAGES})")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.add_argument("--toml", action="store_true", help="print an entry of series.toml for each")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        try:
            url = web_address(opts.site if "//" in opts.site else f"https://{opts.site}/")
        except ValueError as error:
            raise UsageError(str(error)) from error
        taken = set(read_catalogue(self.settings["CATALOGUE"]))
        try:
            walked = walk(self.settings, url, opts.pages)
        except NotFetchedError as error:
            print_error(error)
            return exit_codes.ERROR
        rows = []
        for one, dates in walked.series:
            name = name_for(one.title, taken)
            taken.add(name)
            rows.append(_row(name, one, dates))
        if opts.toml:
            print_text(safe_lines("\n".join(row["toml"] for row in rows)))
        else:
            print_rows(
                rows,
                as_json=opts.json,
                columns=("title", "stories", "newest", "every", "start"),
                nothing=f"No series was seen in {len(walked.pages)} lists of {url}.",
            )
        if walked.left:
            print_error(f"{walked.left} more folders were seen and not read: --pages {2 * opts.pages}")
        for page, why in walked.unread.items():
            told = why.removeprefix(f"{page}: ")
            print_error(f"Not read, and what it lists is not known: {page}: {told}")
        if not rows:
            return exit_codes.ERROR
        return exit_codes.PARTIAL if walked.left or walked.unread else exit_codes.COMPLETE


def _row(name: str, one: Sighted, dates: list[datetime]) -> dict[str, Any]:
    start = one.column or one.lines[0].url
    pause = (max(dates) - min(dates)) / (len(one.lines) - 1) if len(dates) > 1 and len(one.lines) > 1 else None
    return {
        "title": one.title,
        "stories": len(one.lines),
        "newest": f"{max(dates):%Y-%m-%d}" if dates else None,
        "every": f"{max(1, round(pause / timedelta(days=1)))} days" if pause else None,
        "start": start,
        "toml": entry_lines(name, {"title": one.title, "start": start, "schedule": AUTO}),
    }
