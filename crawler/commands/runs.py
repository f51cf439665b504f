"""`scrapy runs`: the crawls and what became of them."""

import argparse
from dataclasses import asdict

from crawler.cli.archive_command import ArchiveCommand, add_limit_option
from crawler.cli.terminal import print_rows
from storage import Archive
from views.stories import series_titles, titled

_LIMIT = 20


class Command(ArchiveCommand):
    """List crawls, the newest first, with their pages by outcome and their exit code."""

    def syntax(self) -> str:
        return "[SERIES] [--limit N] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("series", nargs="?")
        add_limit_option(parser, _LIMIT)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        titles = series_titles(archive.series())
        print_rows(
            (titled(asdict(run), titles) for run in archive.runs(opts.series, limit=opts.limit)),
            as_json=opts.json,
            columns=(
                "id",
                "kind",
                "series_title",
                "started_at",
                "ended_at",
                "reason",
                "exit_code",
                "requests",
                "counts",
            ),
            nothing="There has been no crawl yet.",
        )
