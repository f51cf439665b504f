"""`scrapy why`: how a page came to be what it is."""

import argparse
from typing import TYPE_CHECKING

from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.terminal import print_error, print_text, print_told, told_lines
from storage import Archive
from views.cells import json_line
from views.choices import choices, nearest
from views.history import describe_history
from wangqi import exit_codes
from wangqi.program import program
from wangqi.titles.keys import title_key
from wangqi.urls import canonical_url, is_web_url

if TYPE_CHECKING:
    from storage.rows import MissingStory, PageHistory


class Command(ArchiveCommand):
    """Tell the history of a page: how it was found, what each visit ended in and why, and when it is read again."""

    def syntax(self) -> str:
        return "URL|TITLE [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("page")

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        found = _found(archive, opts.page)
        if not found:
            print_error(_unknown(archive, opts.page))
            return exit_codes.ERROR
        if len(found) > 1 and not opts.json:
            print_told(choices(found))
            return None
        for one in found:
            print_text(json_line(one) if opts.json else told_lines(describe_history(one)))
        return None


def _found(archive: Archive, page: str) -> "list[PageHistory | MissingStory]":
    if is_web_url(page):
        return [*archive.why(canonical_url(page))]
    key = title_key(page)
    found = archive.why(page.strip(), key)
    named = [gap for gap in archive.missing() if key and title_key(gap.title) == key]
    # A title that no line links has no page.
    return [*found, *(gap for gap in named if gap.url is None or not found)]


def _unknown(archive: Archive, page: str) -> str:
    said = f"The archive knows no page and no title {page!r}. "
    if is_web_url(page):
        return said + f"`{program()} series` lists what it knows."
    known = (title for one in archive.series() for title in (*archive.titles(one.id), *archive.named_titles(one.id)))
    meant = "".join(f"《{title}》" for title in nearest(page, known))
    return said + (f"Did you mean {meant}?" if meant else f"`{program()} series` lists what it knows.")
