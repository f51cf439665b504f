"""`scrapy import`: what others hold, taken into the archive or the catalogue."""

import argparse
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError

from crawler.catalogue.file import read_catalogue, read_rules
from crawler.catalogue.new_entries import entries, listed, toml_of
from crawler.cli.bringing import saved, warc_pages
from crawler.cli.bringing.lines import Lines
from crawler.cli.bringing.takings import Takings
from crawler.cli.bringing.told import Told
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_error, print_text, print_told
from crawler.downloader.warcs.index import WarcError
from crawler.readers.bringing import Bringing
from crawler.readers.of_settings import begin, extractors_for
from storage import Archive
from views.cells import json_line, safe
from wangqi import exit_codes
from wangqi.urls import canonical_or_none, is_web_url

_LISTS: Final = ("csv", "opml", "txt")
_LINES: Final = ("jsonl", "ndjson")
_PAGES: Final = ("html", "htm", "json")
_WARCS: Final = ("warc", "gz", "wacz")


class Command(PlainCommand):
    """Take in what others hold: our own JSON lines, saved pages, or a list of addresses.

    .jsonl, as `export` writes it, goes into the archive: what is here already stays, and nothing is doubled. .html and
    .json are pages that a browser or an exporter of WeChat accounts has saved; they go into --series, as the pages of a
    .warc, .warc.gz or .wacz do (`crawl -a warc=` follows its lists, too). .csv, .opml and .txt are lists of addresses,
    each of which becomes an entry of the catalogue.

    Exit codes: 0 all of it was taken, or is known; 1, 2, 3 as ever; 20 some could not be taken, which is told; 75 a
    crawl of this series is running.
    """

    def short_desc(self) -> str:
        return "Take in JSON lines of another archive, saved pages, or a list of addresses"

    def syntax(self) -> str:
        return "FILE... [--series NAME] [--url URL] [--trust] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument("--series", metavar="NAME", help="of saved pages: the series that they are of")
        parser.add_argument("--url", type=_page_url, help="of one saved page that does not name its address")
        trust = "JSON lines: believe its texts as if this archive had read them itself, and not as copies"
        parser.add_argument("--trust", action="store_true", help=trust)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def work(self, opts: argparse.Namespace) -> int:
        kinds = {file.suffix.lower().removeprefix(".") for file in opts.files}
        for kind, take in ((_LISTS, self._lists), (_LINES, self._lines), (_PAGES, self._pages), (_WARCS, self._pages)):
            if kinds <= set(kind):
                for file in opts.files:
                    file.open("rb").close()  # that it is there is told before anything is begun
                return take(opts)
        known = " ".join(f".{suffix}" for suffix in (*_LINES, *_PAGES, *_WARCS, *_LISTS))
        raise UsageError(f"One import takes files of one kind: {known}")

    def _lines(self, opts: argparse.Namespace) -> int:
        whole = Told()
        with Archive(self.archive_url) as archive, Takings(archive, self.archive_url, "import") as takings:
            for file in opts.files:
                told = Lines(archive, file.name, takings, is_trusted=opts.trust).take(file)
                whole.counts += told.counts
                whole.problems += [f"{file.name}, {problem}" for problem in told.problems]
            takings.exit_code = exit_codes.PARTIAL if whole.problems else exit_codes.COMPLETE
        return _end(opts, dict(whole.counts), whole.problems)

    def _pages(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        if not opts.series:
            raise UsageError("Name the series that the pages are of: --series NAME")
        if opts.url and len(opts.files) > 1:
            raise UsageError("--url is the address of one page. Import such pages one by one")
        catalogue, rules = read_catalogue(self.settings["CATALOGUE"]), read_rules(self.settings["CATALOGUE"])
        extractors = extractors_for(self.settings)
        with Archive(self.archive_url) as archive:
            series_id = archive.series_named(opts.series)
            (series,) = archive.series(series_id)
            with Takings(archive, self.archive_url, "import") as takings:
                run_id = takings.of(series_id)
                begin(extractors, archive, rules)
                spec = catalogue.get(series.name)
                bringing = Bringing(
                    archive=archive, extractors=extractors, series_id=series_id, run_id=run_id, spec=spec
                )
                most = self.settings.getint("DOWNLOAD_MAXSIZE")
                told = _brought(bringing, opts.files, opts.url, most)
                takings.exit_code = exit_codes.PARTIAL if told.problems else exit_codes.COMPLETE
        return _end(opts, dict(told.counts), told.problems)

    def _lists(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        file = Path(self.settings["CATALOGUE"])
        catalogue = read_catalogue(str(file))
        found = []
        for one in opts.files:
            try:
                text = one.read_bytes().decode("utf-8-sig", errors="replace")
                found += [(one, line) for line in listed(text, one.suffix.lower().removeprefix("."))]
            except ValueError as error:
                raise UsageError(f"{str(one)!r} was not taken: {error}", print_help=False) from error
        problems = [f"{one.name}, {line.place}: it has no address of a page" for one, line in found if line.url is None]
        starts = [canonical_or_none(url) or url for spec in catalogue.values() for url in spec.start]
        new = entries((line for _, line in found), catalogue, starts)
        if new:
            before = file.read_text("utf-8") if file.exists() else ""
            gap = "\n" if before and not before.endswith("\n\n") else ""
            with file.open("a", encoding="utf-8") as out:
                out.write(gap + "\n".join(toml_of(name, line) for name, line in new.items()))
        known = sum(line.url is not None for _, line in found) - len(new)
        counts = {f"entries added to {file}": len(new), "addresses known": known}
        return _end(opts, {word: count for word, count in counts.items() if count}, problems)


def _brought(bringing: Bringing, files: list[Path], url: str | None, most: int) -> Told:
    if files[0].suffix.lower().removeprefix(".") not in _WARCS:
        return saved.bring(bringing, files, url, most)
    try:
        return warc_pages.bring(bringing, files, most)
    except WarcError as error:
        raise UsageError(str(error), print_help=False) from error


def _end(opts: argparse.Namespace, counts: dict[str, int], problems: list[str]) -> int:
    for problem in problems:
        print_error(problem)
    if opts.json:
        print_text(json_line({"counts": counts, "problems": problems}))
    else:
        told = ", ".join(f"{count} {word}" for word, count in counts.items()) or "nothing new"
        print_told(safe(f"{told}; {len(problems)} could not be taken." if problems else f"{told}."))
    return exit_codes.PARTIAL if problems else exit_codes.COMPLETE


def _page_url(text: str) -> str:
    if not is_web_url(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no URL of a page. It begins with http:// or https:// and a host")
    return text
