"""`scrapy series`: what is known, stored and missing."""

import argparse
from dataclasses import asdict

from crawler.reading_command import ReadingCommand
from crawler.story_rows import story_row
from crawler.tables import json_line, print_rows, print_text
from storage import Archive
from storage.rows import MissingStory, StoryRow


class Command(ReadingCommand):
    """List the series; or, of one, its stories in their order and those that are missing, with the reason."""

    def syntax(self) -> str:
        return "[NAME] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("name", nargs="?")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        if opts.name:
            stories, missing = archive.series_ledger(opts.name), archive.missing(opts.name)
            (_print_json if opts.json else _print)(stories, missing)
            return
        print_rows(
            map(asdict, archive.series()),
            as_json=opts.json,
            columns=("title", "stories", "missing", "pages", "cadence_days", "name"),
            nothing="The archive holds no series yet. Begin one: scrapy crawl series -a url=https://…",
        )


def _print_json(stories: list[StoryRow], missing: list[MissingStory]) -> None:
    for place, story in enumerate(stories, start=1):
        print_text(json_line({"stored": True, "place": place, **story_row(story)}))
    for gap in missing:
        print_text(json_line({"stored": False, **asdict(gap)}))


def _print(stories: list[StoryRow], missing: list[MissingStory]) -> None:
    print_rows(
        [{"place": place, **story_row(story)} for place, story in enumerate(stories, start=1)],
        as_json=False,
        columns=("place", "id", "published", "ordinal", "title", "copies", "url"),
        nothing="No story of this series is stored yet.",
    )
    print_text(f"\n{completeness(len(stories), len(missing))}")
    if missing:
        print_rows(
            [{**asdict(gap), "missing": gap.title or gap.url} for gap in missing],
            as_json=False,
            columns=("missing", "reason", "url", "named_by"),
            nothing="",
        )


def completeness(stored: int, missing: int) -> str:
    """One line on how whole a series is.

    >>> completeness(9, 1)
    '9 of 10 known stories are stored (90 %); 1 is missing.'
    """
    known = stored + missing
    if not missing:
        return f"All {known} known stories are stored."
    verb = "is" if missing == 1 else "are"
    # Rounded down: a series that lacks one of a thousand is not whole.
    return f"{stored} of {known} known stories are stored ({100 * stored // known} %); {missing} {verb} missing."
