"""`scrapy crawl`, with exit codes that tell the truth and a summary that a person understands."""

import argparse
import inspect
import signal
from asyncio import Future
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

# First, while few modules are loaded: Scrapy looks through all of them, three times, as this is imported.
import scrapy.core.downloader.handlers.http11  # noqa: F401 - for its import alone
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler.cli.command import fit_to_reader
from crawler.cli.crawl_arguments import check_arguments
from crawler.cli.feed_check import check_feeds, goes_to_stdout, has_failed
from crawler.cli.terminal import print_error, print_told
from crawler.downloader.rendering.browser import check_browser
from crawler.extensions.run import RULES_MISSED
from crawler.run.disk import check_room
from crawler.run.entry import take_over
from crawler.run.opening import name_kept
from crawler.run.requests import what_to_draw
from crawler.run.time_stamps import stamp
from crawler.settings_check import check_settings
from storage import Archive
from storage.db.errors import ArchiveError, CannotOpenError, DiskFullError
from storage.locks import SeriesBusy, series_lock, sqlite_file
from views.cells import safe_lines
from views.run_summary import UNPRODUCTIVE, summary
from wangqi import exit_codes
from wangqi.program import program

if TYPE_CHECKING:
    from crawler.spiders.series import SeriesSpider


class Command(ScrapyCrawl):
    """Archive one series: `series -a url=URL`, or an entry of the catalogue by its name.

    Exit codes: 0 every named story is held or accounted for, and every page of the columns read; 1 error; 2 wrong
    usage; 3 disk full; 11 and 13 first and second signal; 14 a limit was reached; 20 the series is not known to be
    whole, or a rule of the catalogue found nothing, and what is open is listed; 21 nothing new though the series'
    rhythm expected it; 75 another crawl of this series is running, or has taken the place of this one.
    """

    def short_desc(self) -> str:
        return "Archive a series: `series -a url=URL`, or an entry of the catalogue"

    def long_desc(self) -> str:
        return inspect.getdoc(type(self)) or ""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        fit_to_reader(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        # Until Scrapy heeds it, in a second or two.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.exitcode = self._crawl(_only(args), opts.spargs)
        except (UsageError, ValueError) as error:
            self._fail(error, exit_codes.USAGE)
        except SeriesBusy as error:
            self._fail(error, exit_codes.BUSY)
        except DiskFullError as error:
            self._fail(error, exit_codes.DISK)
        except ArchiveError as error:
            self._fail(error, exit_codes.ERROR)
        except KeyboardInterrupt:  # before the crawl began, and so before Scrapy heeds signals
            self.exitcode = exit_codes.SIGNAL

    def _fail(self, error: Exception, code: int) -> None:
        print_error(error)
        self.exitcode = code

    def _crawl(self, spider_name: str, arguments: dict[str, Any]) -> int:
        assert self.crawler_process is not None
        assert self.settings is not None
        check_settings(self.settings)
        crawler = self._create_crawler(spider_name)
        url = self.settings["ARCHIVE_URL"]
        spider = cast("type[SeriesSpider]", crawler.spidercls)  # the loader knows no others
        check_arguments(spider, arguments)
        series = spider.series_of(arguments.get("url"))
        if warc := arguments.get("warc"):
            from crawler.downloader.warcs.index import check_warc  # noqa: PLC0415 - its library is for those who have one

            check_warc(warc)
        elif what_to_draw(series, arguments.get("render")):
            check_browser(self.settings["RENDER_BROWSER"], sandbox=self.settings.getbool("RENDER_SANDBOX"))
        if url.startswith("sqlite") and sqlite_file(url) is None:
            raise CannotOpenError(f"{url!r} is an archive in memory, gone with the crawl: use sqlite:///FILE.")
        check_room(url, self.settings.getint("DISK_RESERVE"))
        check_feeds(crawler.settings)
        is_aside = goes_to_stdout(crawler.settings)
        with Archive(url) as archive:  # creates it, or says in one line why it cannot be opened
            if spider.spec:
                for told in take_over(archive, url, series, self.crawler_process.spider_loader.list()):
                    print_told(safe_lines(told), aside=is_aside)
            name = name_kept(archive, series, is_entry=spider.spec is not None)
        try:
            with series_lock(url, name):
                crawling = self.crawler_process.crawl(crawler, **arguments)
                self.crawler_process.start()
        except SeriesBusy as error:
            raise SeriesBusy(f"{error}{_holder(url, name)}") from error
        if self.crawler_process.bootstrap_failed:
            return _bootstrap_error(crawling)
        assert crawler.stats is not None
        code = crawler.stats.get_value("run/exit_code", exit_codes.SECOND_SIGNAL)
        _have_stamped(url, self.settings["TIMESTAMP_AUTHORITY"])
        if code != exit_codes.BUSY:  # else the newest run is another crawl's
            _print_summary(url, name, code, crawler.stats.get_value(RULES_MISSED, []), aside=is_aside)
        return exit_codes.with_feed(int(code), has_failed=has_failed(crawler.stats.get_stats()))


def _only(names: list[str]) -> str:
    if len(names) != 1:
        raise UsageError(f"Name one series, as in: {program()} crawl series -a url=https://…")
    return names[0]


def _holder(url: str, name: str) -> str:
    """Who crawls the series, as a sentence; nothing where no run of it is open."""
    with Archive(url, read_only=True) as archive:
        runs = [run for series in archive.series(name) for run in archive.runs(series.id, limit=1) if not run.ended_at]
    return "".join(f" It is process {run.pid}, since {run.started_at:%Y-%m-%d %H:%M} UTC." for run in runs)


def _bootstrap_error(crawling: Awaitable[None]) -> int:
    """Raises what kept the crawl from beginning, so that it is told like everything else."""
    if isinstance(crawling, Future):
        crawling.result()
    return exit_codes.ERROR


def _have_stamped(url: str, authority: str) -> None:
    """The crawl is over, and ends as it ends: what goes wrong here is told, and done by the next one."""
    if not authority:
        return
    try:
        with Archive(url) as archive:
            for line in stamp(archive, authority):
                print_error(line)
    except ArchiveError as error:
        print_error(error)


def _print_summary(url: str, name: str, code: int, rules: Sequence[str], *, aside: bool) -> None:
    with Archive(url, read_only=True) as archive:
        for series in archive.series(name):
            for run in archive.runs(series.id, limit=1, kind="crawl"):
                # A run that was cut short has closed no row.
                counted = run if run.ended_at else replace(run, counts=archive.outcomes(run.id))
                found = [*archive.visited(run.id, UNPRODUCTIVE), *archive.unconfirmed(series.id)]
                told = summary(
                    series,
                    replace(counted, exit_code=code),
                    archive.missing(series.id),
                    {page.id: page for page in found}.values(),
                    doubts=archive.doubts(series.id),
                    unread=archive.unread(series.id),
                    rules=rules,
                    flawed=archive.flawed(series.id),
                    files=archive.lacking_files(series.id, run.id),
                )
                print_told(safe_lines(told), aside=aside)
