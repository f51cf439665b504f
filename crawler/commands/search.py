"""`scrapy search`: stories by the words in them."""

import argparse
import sys

from crawler.cli.archive_command import ArchiveCommand, add_limit_option, add_series_option
from crawler.cli.question import question
from crawler.cli.terminal import print_rows, print_text
from storage import Archive
from storage.rows import Hits
from views.cells import Marked
from views.stories import series_titles, story_row, titled

_LIMIT = 20


class Command(ArchiveCommand):
    """Find stories by their words: `"phrases"`, OR, -not, (brackets), title:, series:, author:, source:, subject:,
    after:, before:, is:copy, is:tampered, is:changed.

    Chinese is found anywhere in a text, Latin words and numbers whole (`inter*`: what begins so). Those come first that
    answer best; of more than a thousand, the newest. A question that begins with `-` goes behind `--`.
    """

    def syntax(self) -> str:
        return "QUERY [--newest] [--series NAME] [--limit N] [--json]"

    def short_desc(self) -> str:
        return "Find stories by the words in them"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("words", nargs="+")
        parser.add_argument("--newest", action="store_true", help="the newest first")
        add_series_option(parser)
        add_limit_option(parser, _LIMIT)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        asked = question(opts.words)
        assert asked is not None
        hits = archive.search(asked, limit=opts.limit, series=opts.series, newest=opts.newest)
        titles, zones = series_titles(archive.series()), self.zones()
        print_rows(
            (
                {**titled(story_row(hit.story, zones), titles), "snippet": Marked(hit.snippet, hit.marks)}
                for hit in hits
            ),
            as_json=opts.json,
            columns=("id", "published", "title", "snippet", "series_title"),
            nothing=f"No story answers {' '.join(opts.words)!r}.",
        )
        is_cut = hits.total is None or hits.total > len(hits)
        if hits and (is_cut or (sys.stdout.isatty() and not opts.json)):
            print_text(_told(hits), aside=True)


def _told(hits: Hits) -> str:
    order = "those that answer best first" if hits.order == "best" else "the newest first"
    if hits.total is None:
        return f"{len(hits)} of more than 1,000 stories, {order}"
    return f"{len(hits)} of {hits.total} {'story' if hits.total == 1 else 'stories'}, {order}"
