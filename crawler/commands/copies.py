"""`scrapy copies`: the pages that carry one story, and which of them stands for it."""

import argparse

from crawler.cli.archive_command import ArchiveCommand, story_id
from crawler.cli.terminal import print_error, print_rows, print_text
from storage import Archive
from storage.rows import Copies
from views.cells import json_line
from views.copies import describe_copies, row
from wangqi import exit_codes
from wangqi.program import program


class Command(ArchiveCommand):
    """List the copies of a story, the best first: their sites, what speaks against them, what was decided."""

    def syntax(self) -> str:
        return f"STORY [--json]    (the id that `{program()} stories` prints)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("story", type=story_id)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        found = archive.copies(opts.story)
        if found is None:
            print_error(f"The archive holds no story {opts.story}. `{program()} stories` lists those that it holds.")
            return exit_codes.ERROR
        if opts.json:
            print_text(json_line(found))
        else:
            _print(found)
        return None


def _print(found: Copies) -> None:
    heading, rest = describe_copies(found)
    print_text(heading)
    print_rows(
        (row(copy, found.story.id) for copy in found.copies),
        as_json=False,
        nothing="No page carries it any more.",
    )
    if rest:
        print_text(f"\n{rest}")
