"""`scrapy crawl`, with exit codes that tell the truth and a summary that a person understands."""

import argparse
import inspect
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler import exit_codes
from crawler.catalogue import CatalogueError
from crawler.downloader.warc_index import check_warc
from crawler.locks import SeriesBusy, series_lock
from crawler.summary import summary
from crawler.tables import complain
from storage import Archive
from storage.errors import ArchiveError, DiskFullError


class Command(ScrapyCrawl):
    """Archive one series: `series -a url=URL`, or an entry of the catalogue by its name.

    Exit codes: 0 every page of the run reached a final state; 1 error; 2 wrong usage; 3 disk full; 11 and 13
    first and second signal; 14 a limit was reached; 20 some pages failed or some named stories were not found,
    they are listed; 21 nothing new though the series' rhythm expected it; 75 another crawl of this series is
    running.
    """

    def short_desc(self) -> str:
        return "Archive a series: `series -a url=URL`, or an entry of the catalogue"

    def long_desc(self) -> str:
        return inspect.getdoc(type(self)) or ""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("Name one series, as in: scrapy crawl series -a url=https://…", print_help=False)
        try:
            self.exitcode = self._crawl(args[0], opts.spargs)
        except (CatalogueError, ValueError) as error:
            raise UsageError(str(error), print_help=False) from error
        except SeriesBusy as error:
            complain(error)
            self.exitcode = exit_codes.BUSY
        except DiskFullError as error:
            complain(error)
            self.exitcode = exit_codes.DISK
        except ArchiveError as error:
            complain(error)
            self.exitcode = exit_codes.ERROR

    def _crawl(self, name: str, arguments: dict[str, Any]) -> int:
        assert self.crawler_process is not None
        assert self.settings is not None
        crawler = self._create_crawler(name)
        url = self.settings["ARCHIVE_URL"]
        series = crawler.spidercls.series_of(arguments.get("url"))  # type: ignore[attr-defined]  # all are SeriesSpider
        if warc := arguments.get("warc"):
            check_warc(warc)
        Archive(url).close()  # creates it, or says in one line why it cannot be opened
        with series_lock(url, series.name):
            self.crawler_process.crawl(crawler, **arguments)
            self.crawler_process.start()
        assert crawler.stats is not None
        if self.crawler_process.bootstrap_failed:
            return exit_codes.ERROR
        code = crawler.stats.get_value("run/exit_code", exit_codes.SECOND_SIGNAL)
        self._print_summary(url, series.name)
        return int(code)

    def _print_summary(self, url: str, name: str) -> None:
        with Archive(url, read_only=True) as archive:
            (series,), (run,) = archive.series(name), archive.runs(name, limit=1)
            print(summary(series, run, archive.missing(name)))
