"""`scrapy regroup`: the archive judged once more, by the present version."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_rows, print_told
from pipelines.regroup import Change, regroup
from storage import Archive


class Command(PlainCommand):
    """Show which copies the present version would judge otherwise; with --apply, change that. People's word stands."""

    def syntax(self) -> str:
        return "[--apply] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--apply", action="store_true", help="change it; without it nothing is changed")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        with Archive(self.archive_url, read_only=not opts.apply) as archive:
            count = Count(regroup(archive, apply=opts.apply))
            print_rows(
                count,
                as_json=opts.json,
                columns=("kind", "story_id", "other_story_id", "before", "after", "reason", "url"),
                nothing="Everything stands as the present version would judge it.",
            )
        if count.rows and not opts.json:
            done = "made" if opts.apply else "to make; nothing is changed without --apply"
            print_told(f"\n{count.rows} changes {done}.")
        return 0


class Count(Iterable[dict[str, Any]]):
    """Changes as rows, counted on their way."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.changes = changes
        self.rows = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for change in self.changes:
            self.rows += 1
            yield asdict(change)
