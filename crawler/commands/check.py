"""`scrapy check`: what a series of the catalogue stands on is still read, of the bytes that the archive keeps."""

import argparse
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from crawler import extraction
from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue, read_rules
from crawler.cli.command import PlainCommand
from crawler.cli.one_page import kept_page
from crawler.cli.terminal import print_rows
from crawler.extraction.model import Extraction
from crawler.extraction.rules.selectors import Rule
from wangqi import exit_codes


class Command(PlainCommand):
    """Check offline that the start pages of the catalogue's series lead on, of the bytes that the archive keeps.

    The contract of a page: it is a story or a list, and names others. Run it after a change of rules or a new release;
    `scrapy parse` asks the site.

    Exit codes: 0 all are as they must be; 1 a page breaks its contract; 2 wrong usage or a broken catalogue; 20 of some
    page no bytes are kept, so that it was not looked at.
    """

    def syntax(self) -> str:
        return "[--json] [NAME ...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("names", nargs="*", metavar="NAME", help="of the catalogue; all of it when there is none")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        catalogue = read_catalogue(self.settings["CATALOGUE"])
        for name in opts.names:
            if name not in catalogue:
                raise CatalogueError(f"The catalogue {self.settings['CATALOGUE']!r} has no series {name!r}.")
        chosen = [catalogue[name] for name in opts.names or catalogue]
        rules = read_rules(self.settings["CATALOGUE"])
        found = [checked for spec in chosen for checked in _check(self.archive_url, spec, rules)]
        print_rows([one._asdict() for one in found], as_json=opts.json, nothing="The catalogue has no series to check.")
        states = {one.state for one in found}
        if "bad" in states:
            return exit_codes.ERROR
        return exit_codes.PARTIAL if "missing" in states else exit_codes.COMPLETE


class _Checked(NamedTuple):
    """What became of one page; `missing` where the archive keeps no bytes of it."""

    series: str
    url: str
    state: Literal["ok", "missing", "bad"]
    detail: str


_UNKEPT: Final = "the archive keeps no bytes of it; a crawl asks for them"


def _check(archive_url: str, spec: SeriesSpec, rules: tuple[Rule, ...]) -> Iterator[_Checked]:
    for url in (*spec.start, *spec.watch):
        if saved := kept_page(archive_url, url):
            page = extraction.extract_page(*saved.source, fetched_at=saved.fetched_at, rules=rules)
            yield _Checked(spec.name, url, "ok" if _leads_on(page) else "bad", _describe(page))
        else:
            yield _Checked(spec.name, url, "missing", _UNKEPT)


def _leads_on(page: Extraction) -> bool:
    return page.kind in {"story", "listing"} and bool(page.links or page.rows)


def _describe(page: Extraction) -> str:
    named = len({link.url or link.title for link in page.links}) or len(page.rows)
    return f"{page.kind} {page.title or 'without a title'}, names {named} others; {page.evidence}"
