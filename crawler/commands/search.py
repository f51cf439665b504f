"""`scrapy search`: stories by the words in them."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import ArchiveCommand, add_limit_option, add_series_option
from crawler.cli.question import question
from crawler.cli.terminal import print_rows, print_told
from storage import Archive
from storage.rows import Facets, Hits, Which
from views.cells import READERS_ZONE, Marked
from views.stories import series_titles, story_row
from wangqi.program import program
from wangqi.search.query import Query

_LIMIT: Final = 20


class Command(ArchiveCommand):
    """Find stories by their words: `"phrases"`, OR, -not, (brackets), title:, series:, author:, source:, subject:,
    after:, before:, is:copy, is:tampered, is:changed.

    Chinese is found anywhere in a text, Latin words and numbers whole (`inter*`: what begins so). Those come first that
    answer best; of more than a thousand, the newest. As in: '洪水 after:2023 before:2024' (of 2023); 'title:"防汛 手记"
    OR 暴雨'. A question that begins with `-` goes behind `--`.
    """

    def syntax(self) -> str:
        return "QUERY [--newest] [--copies | --revisions | --facets] [--series NAME] [--limit N] [--json]"

    def short_desc(self) -> str:
        return "Find stories by the words in them"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("words", metavar="QUERY", nargs="*", help="best in one pair of single quotes")
        parser.add_argument("--newest", action="store_true", help="the newest first")
        parser.add_argument(
            "--copies", action="store_true", help="look into the texts of all copies, too; no index helps"
        )
        parser.add_argument("--revisions", action="store_true", help="and into what any page said at any time")
        parser.add_argument("--facets", action="store_true", help="count what is found by series, year and source")
        add_series_option(parser)
        add_limit_option(parser, _LIMIT)

    def work(self, opts: argparse.Namespace) -> int:
        if not opts.words:
            raise UsageError(f"Say what to look for. Write: {program()} search {self.syntax()}", print_help=False)
        return super().work(opts)

    def refuse(self, args: list[str]) -> None:
        if args and not args[0].startswith("--"):
            advice = f"A question that begins so goes behind --: {program()} search -- {args[0]!r}"
            raise UsageError(f"{args[0]!r} is no option. {advice}", print_help=False)
        super().refuse(args)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        asked = question(opts.words)
        assert asked is not None
        if opts.facets:
            if opts.copies or opts.revisions:
                raise UsageError("--facets counts stories: leave --copies and --revisions out", print_help=False)
            self._print_facets(archive, asked, opts)
            return
        is_wide = opts.copies or opts.revisions
        if is_wide:
            which: Which = "revisions" if opts.revisions else "copies"
            hits = archive.search_texts(asked, limit=opts.limit, series=opts.series, which=which)
        else:
            hits = archive.search(asked, limit=opts.limit, series=opts.series, newest=opts.newest)
        zones = self.zones()
        print_rows(
            (
                {
                    **story_row(hit.story, zones),
                    "url": hit.url,
                    "revision_id": hit.revision_id,
                    "revision": f"r{hit.revision_id}",
                    "snippet": Marked(hit.snippet, hit.marks),
                    "file": hit.file,
                }
                for hit in hits
            ),
            as_json=opts.json,
            columns=("id", "revision", "snippet", "url")
            if is_wide
            else ("id", "published", "title", "snippet", "series_title"),
            nothing=f"No {'text' if is_wide else 'story'} answers {' '.join(opts.words)!r}.",
        )
        is_cut = hits.total is None or hits.total > len(hits)
        if hits and (is_cut or (sys.stdout.isatty() and not opts.json)):
            print_told(_told(hits, ("text", "texts") if is_wide else ("story", "stories")), aside=True)

    def _print_facets(self, archive: Archive, asked: Query, opts: argparse.Namespace) -> None:
        found = archive.facets(asked, opts.series, zones=self.zones(), zone=READERS_ZONE)
        titles = series_titles(archive.series())
        print_rows(
            _facet_rows(found, titles, opts.limit),
            as_json=opts.json,
            columns=("facet", "value", "stories"),
            nothing=f"No story answers {' '.join(opts.words)!r}.",
        )


def _facet_rows(found: Facets, titles: dict[str, str], limit: int) -> Iterator[dict[str, object]]:
    """The sum, then of each facet the values that most stories have; the years in their order."""
    if not found.total:
        return
    yield {"facet": "all", "value": None, "stories": found.total}
    for name, count in Counter(found.series).most_common(limit):
        yield {"facet": "series", "value": titles.get(name, name), "stories": count}
    for year, count in sorted(found.years.items()):
        yield {"facet": "year", "value": year, "stories": count}
    for name, count in Counter(found.sources).most_common(limit):
        yield {"facet": "source", "value": name, "stories": count}


def _told(hits: Hits, called: tuple[str, str]) -> str:
    order = "those that answer best first" if hits.order == "best" else "the newest first"
    one, many = called
    if hits.total is None:
        return f"{len(hits)} of more than 1,000 {many}, {order}"
    return f"{len(hits)} of {hits.total} {one if hits.total == 1 else many}, {order}"
