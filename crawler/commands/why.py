"""`scrapy why`: how a page came to be what it is."""

import argparse
from typing import TYPE_CHECKING

from crawler import exit_codes
from crawler.reading_command import ReadingCommand
from crawler.showing.history import told
from crawler.showing.tables import complain, json_line, print_text
from crawler.urls import canonical_url, is_web_url
from pipelines.text import display
from storage import Archive

if TYPE_CHECKING:
    from storage.rows import MissingStory, PageHistory


class Command(ReadingCommand):
    """Tell the history of a page: how it was found, what each visit ended in and why, and when it is read again."""

    def syntax(self) -> str:
        return "URL|TITLE [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("page")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        found = _found(archive, opts.page)
        for one in found:
            print_text(json_line(one) if opts.json else told(one))
        if not found:
            complain(f"The archive knows no page and no title {opts.page!r}. `scrapy series` lists what it knows.")
            return exit_codes.ERROR
        return None


def _found(archive: Archive, page: str) -> "list[PageHistory | MissingStory]":
    spellings = [canonical_url(page)] if is_web_url(page) else [page.strip(), display(page).strip()]
    for spelling in spellings:
        if histories := archive.why(spelling):
            return [*histories]
    # A title that no line links has no page.
    return [gap for gap in archive.missing() if gap.title in spellings]
