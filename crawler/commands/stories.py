"""`scrapy stories`: what the archive holds."""

import argparse

from crawler.cli.archive_command import ArchiveCommand, add_date_options, add_limit_option, add_series_option
from crawler.cli.question import add_query_option, question
from crawler.cli.terminal import print_rows
from storage import Archive
from views.stories import series_titles, story_row, titled


class Command(ArchiveCommand):
    """List stories, the newest first. `scrapy show ID` shows one of them whole."""

    def syntax(self) -> str:
        return "[--query QUERY] [--series NAME] [--since DATE] [--until DATE] [--limit N] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_query_option(parser)
        add_series_option(parser)
        add_limit_option(parser)
        add_date_options(parser)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        asked = question(opts.query)
        stories = archive.stories(opts.series, since=opts.since, until=opts.until, limit=opts.limit, query=asked)
        titles, zones = series_titles(archive.series()), self.zones()
        print_rows(
            (titled(story_row(story, zones), titles) for story in stories),
            as_json=opts.json,
            columns=("id", "published", "title", "series_title", "copies", "url"),
            nothing="The archive holds no such story.",
        )
