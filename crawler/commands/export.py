"""`scrapy export`: what the archive holds as a file for other programs, or to be read elsewhere."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ArchiveCommand, add_date_options, add_limit_option, add_series_option
from crawler.cli.question import add_query_option, question
from crawler.cli.standing_line import StandingLine
from crawler.cli.terminal import print_text, print_told
from storage import Archive
from storage.exports.chosen import Chosen, ExportError, Selection
from storage.exports.formats import FORMATS, Format, export, format_of
from views.cells import json_line, safe
from wangqi.program import program

_LARGE: Final = 2_000  # stories from which on the way is shown


class Command(ArchiveCommand):
    """Write stories with their texts to a file, or to stdout (-). The file is there when it is whole, or not at all.

    The same archive gives the same bytes. An older file of that name stays, unless --force is given. An export that was
    stopped or killed leaves no torn file: the same command again gives it whole.
    """

    def syntax(self) -> str:
        return "[--format FORMAT] [--query QUERY] [--series NAME] [--since DATE] [--until DATE] FILE"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("file")
        add_query_option(parser)
        add_series_option(parser)
        add_limit_option(parser)
        add_date_options(parser)
        known = "; ".join(f"{form.name}: {form.about}" for form in FORMATS.values())
        parser.add_argument("--format", metavar="FORMAT", help=f"else as FILE ends. {known}")
        bag = "make a folder by the rules of BagIt of it: the export, and the digests that prove it whole"
        parser.add_argument("--bag", action="store_true", help=bag)
        parser.add_argument("--force", action="store_true", help="replace an older file of that name")
        raw = "CSV: do not guard cells that a spreadsheet would run"
        parser.add_argument("--raw", "--raw-csv", dest="raw", action="store_true", help=raw)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        form = _form(opts)
        wanted = Selection(
            series=opts.series, since=opts.since, until=opts.until, limit=opts.limit, query=question(opts.query)
        )
        if opts.file == "-":
            if sys.stdout.isatty() or opts.bag:
                raise UsageError("An export is not for the eye: name a file, or a program that reads it")
            with _told_as_usage():
                form.write(Chosen(archive=archive, selection=wanted, is_raw=opts.raw), sys.stdout.buffer)
            return
        total = Chosen(archive=archive, selection=wanted).count()
        with StandingLine() as line, _told_as_usage():

            def tell(done: int) -> None:
                if total > _LARGE:
                    line.tell("export", min(done, total - 1), total)

            chosen = Chosen(archive=archive, selection=wanted, is_raw=opts.raw, tell=tell)
            written = export(form, chosen, Path(opts.file), replaces=opts.force, in_bag=opts.bag)
        if opts.json:
            print_text(json_line({"written": written, "file": opts.file}))
        else:
            print_told(f"{written} {form.of} written to {safe(opts.file)}.")


@contextmanager
def _told_as_usage() -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        advice = "Name another file, or add --force to replace it"
        raise UsageError(
            f"{error.filename!r} is there already, and stays as it is. {advice}", print_help=False
        ) from error
    except ExportError as error:
        raise UsageError(str(error), print_help=False) from error


def _form(opts: argparse.Namespace) -> Format:
    if not opts.file:
        raise UsageError("The name of the file is empty. Name one, or - for stdout")
    form = FORMATS.get(opts.format) if opts.format else format_of(opts.file)
    if form is None:
        what = opts.format or Path(opts.file).suffix.removeprefix(".")
        raise UsageError(f"{what!r} is no format. Write: {program()} export --format {' or '.join(FORMATS)} FILE")
    return form
