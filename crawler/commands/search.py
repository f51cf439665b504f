"""`scrapy search`: stories by the words in them."""

import argparse

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ArchiveCommand, add_limit_option, add_series_option
from crawler.cli.terminal import print_rows
from storage import Archive
from views.stories import series_titles, story_row, titled
from wangqi.program import program

_LIMIT = 20


class Command(ArchiveCommand):
    """Find the stories that contain all the words, the newest first. Chinese is found anywhere in a text."""

    def syntax(self) -> str:
        return "WORDS [--series NAME] [--limit N] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("words", nargs="+")
        add_series_option(parser)
        add_limit_option(parser, _LIMIT)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        words = " ".join(opts.words)
        if not any(sign.isalnum() for sign in words):
            raise UsageError(f"{words!r} has no word in it to search for. Write: {program()} search 往期")
        hits = archive.search(words, limit=opts.limit, series=opts.series)
        titles, zones = series_titles(archive.series()), self.zones()
        print_rows(
            ({**titled(story_row(hit.story, zones), titles), "snippet": hit.snippet} for hit in hits),
            as_json=opts.json,
            columns=("id", "published", "title", "snippet", "series_title"),
            nothing=f"No story contains {words!r}.",
        )
