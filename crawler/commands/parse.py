"""`scrapy parse`: the visit that one page yields, as a crawl that starts there would record it."""

import argparse
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from itemadapter import ItemAdapter
from scrapy import Request, Spider
from scrapy.commands.parse import Command as ScrapyParse
from scrapy.utils import display

from crawler.catalogue.file import CatalogueError
from crawler.cli.terminal import print_error
from crawler.run.requests import request_for
from crawler.spiders.series import SeriesSpider
from wangqi import exit_codes
from wangqi.urls import canonical_url, is_web_url
from wangqi.visit import Visit

if TYPE_CHECKING:
    from storage.rows import DuePage


class Command(ScrapyParse):
    """Parse a URL with the spider `series`, or an entry of the catalogue, and print the visit. Nothing is archived.

    Exit codes: 0; 1 the page did not come; 2 wrong usage or a broken catalogue.
    """

    def syntax(self) -> str:
        return "[--spider NAME] URL"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1 or not is_web_url(args[0]):
            self._fail("Name one page, as in: scrapy parse --spider=series https://…", exit_codes.USAGE)
            return
        opts.spider = opts.spider or SeriesSpider.name
        with tempfile.TemporaryDirectory() as folder:
            # A spider of ours needs an archive to begin a run; the user's own is no place for an experiment.
            self.settings.set("ARCHIVE_URL", f"sqlite:///{Path(folder) / 'archive.db'}", priority="cmdline")
            try:
                super().run(args, opts)
            except (CatalogueError, ValueError) as error:
                self._fail(error, exit_codes.USAGE)
                return
        if not self.first_response and not self.exitcode:
            self.exitcode = exit_codes.ERROR

    def set_spidercls(self, url: str, opts: argparse.Namespace) -> None:
        super().set_spidercls(url, opts)
        assert self.spidercls is not None
        if issubclass(self.spidercls, SeriesSpider) and self.spidercls.spec is None:
            opts.spargs.setdefault("url", url)

    def prepare_request(self, spider: Spider, request: Request, opts: argparse.Namespace) -> Request:
        if isinstance(spider, SeriesSpider):
            spider.begin()
            request = request_for(_visit(spider, canonical_url(request.url)), spider.render, spider.fail)
        return super().prepare_request(spider, request, opts)

    def print_items(self, lvl: int | None = None, colour: bool = True) -> None:  # noqa: FBT001, FBT002 - Scrapy calls it so
        items = (
            self.items.get(lvl, []) if lvl is not None else [item for level in self.items.values() for item in level]
        )
        print("# Scraped Items ", "-" * 60)
        display.pprint([_shown(item) for item in items], colorize=colour)

    def _fail(self, error: object, code: int) -> None:
        print_error(error)
        self.exitcode = code


def _visit(spider: SeriesSpider, url: str) -> "DuePage":
    """The page as one that a person has named."""
    session = spider.session
    assert session.run_id is not None
    session.archive.seed(session.series_id, [url])
    due = session.archive.claim(session.series_id, session.run_id)
    return replace(next(page for page in due if page.url == url), depth=0)


def _shown(item: object) -> object:
    """An item as a person reads it: of a visit no bytes, and not what is made of the text that is shown."""
    if not isinstance(item, Visit):
        return ItemAdapter(item).asdict()
    return _without_bytes(asdict(replace(item, marks=None)))


def _without_bytes(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_bytes(one) for name, one in value.items() if not isinstance(one, bytes)}
    return [_without_bytes(one) for one in value] if isinstance(value, (list, tuple)) else value
