"""`scrapy fill`: stories that a series misses, out of other archives."""

import argparse

from crawler.catalogue.file import read_catalogue, read_rules
from crawler.cli.bringing.filling import wanted_of, way
from crawler.cli.bringing.takings import Takings
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_rows, print_told
from crawler.readers.bringing import Bringing
from crawler.readers.of_settings import begin, extractors_for
from storage import Archive
from wangqi import exit_codes
from wangqi.program import program


class Command(PlainCommand):
    """Look for the stories that a series misses in another archive, and store what it holds as copies.

    It is asked for nothing else. Of several captures the one nearest to the story's time is taken, by the dates of its
    neighbours. It is read and judged like any page; while there is another copy, it stands behind that one.

    Exit codes: 0 nothing that has an address is missing any more; 1, 2, 3 as ever; 20 some is, with the reason; 75 a
    crawl of this series is running.
    """

    def syntax(self) -> str:
        return "SERIES --from wayback|timemap=URL|warc=FILE [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("series")
        where = "wayback, timemap=URL or warc=FILE; wayback=URL is another Wayback machine than web.archive.org"
        parser.add_argument("--from", dest="source", metavar="ARCHIVE", required=True, help=where)
        parser.add_argument("--limit", metavar="N", type=int, help="ask for at most N of them")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        catalogue, rules = read_catalogue(self.settings["CATALOGUE"]), read_rules(self.settings["CATALOGUE"])
        fill = way(opts.source, self.settings)
        extractors = extractors_for(self.settings)
        with Archive(self.archive_url) as archive:
            (series,) = archive.series(opts.series)
            with Takings(archive, self.archive_url, "fill") as takings:
                run_id = takings.of(series.id)
                wanted = list(wanted_of(archive.ledger(series.id).entries))[: opts.limit]
                begin(extractors, archive, rules)
                spec = catalogue.get(series.name)
                bringing = Bringing(
                    archive=archive, extractors=extractors, series_id=series.id, run_id=run_id, spec=spec
                )
                answers = fill(bringing, wanted)
                left = sum(map(bool, answers.values()))
                takings.exit_code = exit_codes.PARTIAL if left else exit_codes.COMPLETE
        rows = [
            {"title": one.title, "url": one.url, "filled": not answers[one.url], "reason": answers[one.url]}
            for one in wanted
        ]
        print_rows(
            rows,
            as_json=opts.json,
            columns=("title", "filled", "reason", "url"),
            nothing="Nothing is missing that has an address.",
        )
        if rows:
            told = f"{len(rows) - left} of {len(rows)} filled. `{program()} series {series.name}` shows all of it."
            print_told(told if opts.json else f"\n{told}", aside=opts.json)
        return exit_codes.PARTIAL if left else exit_codes.COMPLETE
