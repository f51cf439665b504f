"""`scrapy add`: a series into the catalogue, after a look at what would be found of it."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from scrapy.exceptions import UsageError

from crawler.catalogue.entries import addition, entry_lines, name_for
from crawler.catalogue.file import CatalogueError, is_name, read_catalogue
from crawler.catalogue.keys import web_address
from crawler.catalogue.times import AUTO
from crawler.cli.archive_command import row_count
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_error, print_text, print_told
from storage import Archive
from storage.rows import SeriesRow
from views.cells import cell, safe_lines
from wangqi import exit_codes
from wangqi.program import module, program
from wangqi.recrawls.rhythm import rhythm

_PAGES: Final = 40
_MINUTES: Final = 5
_SHOWN: Final = 5  # titles


class Command(PlainCommand):
    """Look at a series, and write an entry for it into the catalogue.

    At most --pages pages are read, politely, into an archive that is thrown away. What they show is told with the lines
    that the catalogue gets; they are written at its end when you say so, or with --yes. All else in it stays as it is.
    Exit codes: 0; 1 no story was found, and nothing is written; 2 wrong usage, or the catalogue has it already.
    """

    def syntax(self) -> str:
        return "URL [--name NAME] [--schedule WHEN] [--pages N] [--yes]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("url", metavar="URL", help="a story of the series, or its column")
        parser.add_argument("--name", metavar="NAME", help="of the entry; else it is made from the title")
        parser.add_argument("--schedule", metavar="WHEN", default=AUTO, help=f"({AUTO})")
        parser.add_argument("--pages", metavar="N", type=row_count, default=_PAGES, help=f"that are read ({_PAGES})")
        parser.add_argument("--yes", action="store_true", help="write the entry without a question")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        file = Path(self.settings["CATALOGUE"])
        url, catalogue = _address(opts.url), read_catalogue(self.settings["CATALOGUE"])
        for name, spec in catalogue.items():
            if url in {*spec.start, *spec.watch}:
                raise CatalogueError(f"The catalogue {str(file)!r} has it already, as [{name}].")
        if opts.name and (opts.name in catalogue or not is_name(opts.name)):
            raise UsageError(f"{opts.name!r} is no name for it, or taken. Use letters, digits, - and _.")
        raw = file.read_bytes() if file.exists() else b""
        # Whatever is wrong with what was typed is told before anything is asked for.
        addition(raw, entry_lines(name_for("new", catalogue), {"start": url, "schedule": opts.schedule}), file.name)
        with TemporaryDirectory() as folder:
            archive_url = f"sqlite:///{Path(folder) / 'archive.db'}"
            print_error(f"Looking at {url}, at most {opts.pages} pages and {_MINUTES} minutes …")
            self._crawl(url, archive_url, opts)
            found = _found(archive_url)
            if found is None:
                print_error(f"No story was found from {url} on, and nothing was written.")
                return exit_codes.ERROR
            series, told = found
        print_told(safe_lines(told))
        name = opts.name or name_for(series.title or series.name.partition("//")[2], catalogue)
        values = {"title": series.title} if series.title else {}
        lines = entry_lines(name, {**values, "start": url, "schedule": opts.schedule})
        print_text(safe_lines(f"\n{lines}"))
        new = addition(raw, lines, file.name)
        if not opts.yes and not _is_wanted(file):
            return exit_codes.COMPLETE
        with file.open("ab") as catalogue_file:
            catalogue_file.write(new)
        print_error(f"Written to {str(file)!r}. Crawl it now: {program()} crawl {name}")
        return exit_codes.COMPLETE

    def _crawl(self, url: str, archive_url: str, opts: argparse.Namespace) -> None:
        limits = {"ARCHIVE_URL": archive_url, "RUN_MAX_PAGES": opts.pages, "RUN_MAX_MINUTES": _MINUTES}
        settings = [part for name, value in limits.items() for part in ("-s", f"{name}={value}")]
        mine = [part for one in opts.set for part in ("-s", one)]
        quiet = ["-s", "LOG_LEVEL=ERROR", "-s", "PROGRESS_ENABLED=False"]
        crawl = [sys.executable, "-m", module(), "crawl", "series", "-a", f"url={url}", *quiet, *mine, *settings]
        subprocess.run(crawl, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - this very program, and an address that was checked


def _address(text: str) -> str:
    try:
        return web_address(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _found(archive_url: str) -> tuple[SeriesRow, str] | None:
    """The series and what it shows, in words; None without a story."""
    with Archive(archive_url) as archive:
        series = next((row for row in archive.series() if row.stories), None)
        if series is None:
            return None
        return series, "\n".join(_told(archive, series))


def _told(archive: Archive, series: SeriesRow) -> Iterator[str]:
    now = datetime.now(UTC)
    stories = [*archive.stories(series.id)]
    dated = [story.published_at for story in stories if story.published_at]
    yield f"{cell(series.title or series.name)}{f', {cell(series.publisher)}' if series.publisher else ''}"
    yield f"  {len(stories)} stories were read, {series.missing} more are named"
    for story in stories[:_SHOWN]:
        yield f"    {cell(story.published_at)[:10]}  {cell(story.title)}"
    if len(stories) > _SHOWN:
        yield f"    … and {len(stories) - _SHOWN} older ones"
    if dated:
        found = rhythm(dated, [], now)
        yield f"  the newest is of {cell(max(dated))[:10]}; {found.why}"
    (run,) = archive.runs(series.id, limit=1, kind="crawl")
    if run.exit_code == exit_codes.LIMIT:
        yield f"  there is more than {run.requests} requests could bring"


def _is_wanted(file: Path) -> bool:
    if not sys.stdin.isatty():
        print_error("Nothing was written: --yes writes it.")
        return False
    print_error(f"Write these lines to {str(file)!r}? [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}
