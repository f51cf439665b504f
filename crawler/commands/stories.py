"""`scrapy stories`: what the archive holds."""

import argparse
from dataclasses import fields
from typing import Final

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ArchiveCommand, add_date_options, add_limit_option, add_series_option
from crawler.cli.question import add_query_option, question
from crawler.cli.terminal import print_csv, print_rows, print_text
from storage import Archive
from storage.rows import SORTS, StoryRow
from views.cells import json_line
from views.stories import story_row

_SHOWN: Final = ("id", "published", "title", "series_title", "copies", "url")
_COLUMNS: Final = ("published", *(field.name for field in fields(StoryRow)))


class Command(ArchiveCommand):
    """List stories, the newest first. `scrapy show ID` shows one of them whole."""

    def syntax(self) -> str:
        return (
            "[--query QUERY] [--series NAME] [--since DATE] [--until DATE] [--sort KEY] [--columns NAME,NAME]"
            " [--limit N] [--count] [--json | --csv]"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_query_option(parser)
        add_series_option(parser)
        add_limit_option(parser)
        add_date_options(parser)
        parser.add_argument("--sort", metavar="KEY", choices=SORTS, default="published", help=f"by {', '.join(SORTS)}")
        parser.add_argument("--reverse", action="store_true", help="the other way round")
        parser.add_argument(
            "--columns", metavar="NAMES", type=_columns, help=f"these, with commas between: {', '.join(_COLUMNS)}"
        )
        parser.add_argument("--csv", action="store_true", help="print CSV with a header line")
        parser.add_argument("--count", action="store_true", help="print how many there are, and nothing else")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        if opts.csv and opts.json:
            raise UsageError("--csv and --json are two forms of one answer: choose one of them", print_help=False)
        asked = question(opts.query)
        if opts.count:
            count = archive.count_stories(opts.series, since=opts.since, until=opts.until, query=asked)
            count = min(count, opts.limit or count)
            print_text(json_line({"stories": count}) if opts.json else str(count))
            return
        stories = archive.stories(
            opts.series,
            since=opts.since,
            until=opts.until,
            limit=opts.limit,
            query=asked,
            sort=opts.sort,
            reverse=opts.reverse,
        )
        zones = self.zones()
        rows = (_row(story_row(story, zones), story.text, opts.columns) for story in stories)
        if opts.csv:
            print_csv(rows, opts.columns or _SHOWN)
            return
        print_rows(
            rows,
            as_json=opts.json,
            columns=opts.columns or _SHOWN,
            nothing="The archive holds no such story.",
        )


def _row(row: dict[str, object], text: str, columns: list[str] | None) -> dict[str, object]:
    whole = {**row, "text": text}
    return row if columns is None else {name: whole[name] for name in columns}


def _columns(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in _COLUMNS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is no column. There are {', '.join(_COLUMNS)}")
    return list(dict.fromkeys(names))
