"""`scrapy changed`: the archive's news."""

import argparse
from dataclasses import asdict

from crawler.cli.archive_command import ArchiveCommand, add_date_options, add_series_option
from crawler.cli.terminal import print_rows
from storage import Archive
from views.stories import series_titles, titled


class Command(ArchiveCommand):
    """List what is new since a day, the newest first.

    Stories that came, texts that were revised, held or tampered with, and pages that are gone. `scrapy diff` shows how
    a text changed, `scrapy review` asks about those that are held.
    """

    def short_desc(self) -> str:
        return "List what came, changed, went or was tampered with since a day"

    def syntax(self) -> str:
        return "--since DATE [--until DATE] [--series NAME] [--rereadings] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_series_option(parser)
        told = "also texts that `reextract` has read anew from bytes that are as before"
        parser.add_argument("--rereadings", action="store_true", help=told)
        add_date_options(parser, "seen by the archive", is_required=True)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        titles = series_titles(archive.series())
        rows = archive.changed(opts.since, opts.until, series=opts.series, with_rereadings=opts.rereadings)
        print_rows(
            (titled(asdict(row), titles) for row in rows),
            as_json=opts.json,
            columns=("at", "what", "story_id", "title", "reason", "url", "series_title"),
            nothing="Nothing is new since then.",
        )
