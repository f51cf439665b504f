"""`scrapy extract`: what one page yields, and what the catalogue's rules change of it."""

import argparse
import contextlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler import extraction  # which loads trafilatura when asked: Scrapy imports all commands for each
from crawler.catalogue.file import read_rules
from crawler.cli.archive_command import beginning
from crawler.cli.command import PlainCommand
from crawler.cli.one_page import NotFetchedError, Saved, fetch_page, kept_page
from crawler.cli.rules import changes, describe_rule, missed_of
from crawler.cli.terminal import print_error, print_text, print_told
from crawler.extraction.model import Extraction, Source
from crawler.extraction.rules.selectors import Rule, day_of, rule_for
from views.cells import json_line, safe_lines
from wangqi import exit_codes  # which loads trafilatura when asked: Scrapy imports all commands for each
from wangqi.urls import is_web_url


class Command(PlainCommand):
    """Read one page and print as JSON what the archive would take from it; or, with --rules, what a rule changes of it.

    A saved page is read without network or archive. A URL is read as the archive keeps it, else from its site.

    Exit codes: 0; 1 the page cannot be had; 2 wrong usage or a broken catalogue; with --rules 20, where no rule speaks
    of the page or a key of it finds nothing.
    """

    def syntax(self) -> str:
        return "URL | FILE --url URL [--rules] [--json]    (- reads the page from stdin)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("page", help="a saved page, or the URL of one")
        parser.add_argument("--url", type=_page_url, help="the saved page's own address, which its links start from")
        parser.add_argument(
            "--content-type", metavar="TYPE", help="as its server said, such as 'text/html; charset=gbk'"
        )
        parser.add_argument(
            "--fetched", metavar="DATE", type=beginning, help="when the page was saved, as 2024-03-05; rules are dated"
        )
        parser.add_argument("--fetch", action="store_true", help="ask the site, also for a page that the archive keeps")
        parser.add_argument("--rules", action="store_true", help="show what the catalogue's rule for it changes")
        parser.add_argument("--json", action="store_true", help="in one line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        rules = read_rules(self.settings["CATALOGUE"])
        try:
            source, fetched_at = self._page(opts)
        except NotFetchedError as error:
            print_error(error)
            return exit_codes.ERROR
        page = extraction.extract_page(*source, fetched_at=fetched_at, rules=rules)
        if opts.rules:
            return _show_rule(opts, rules, page, source, fetched_at)
        line = json_line(
            {
                "url": source.url,
                **asdict(page),
                "published_at": page.published_at,
                "author": page.author,
                "source": page.source,
            }
        )
        print_text(line if opts.json else json_line(json.loads(line), indent=2))
        return 0

    def _page(self, opts: argparse.Namespace) -> tuple[Source, datetime | None]:
        assert self.settings is not None
        if is_web_url(opts.page) and opts.url is None:
            saved = None if opts.fetch else kept_page(self.archive_url, opts.page)
            saved = saved or fetch_page(self.settings, opts.page)
            print_error(_whence(saved))
            return saved.source, saved.fetched_at
        if opts.url is None:
            raise UsageError(f"{opts.page!r} is a file, and a page in one has no address. Add: --url https://…")
        body = self._bytes_of(opts.page)
        return Source(body, opts.url, {"content-type": opts.content_type} if opts.content_type else None), opts.fetched

    def _bytes_of(self, name: str) -> bytes:
        """A saved page, of which no more is read than a crawl would take: a file may be endless."""
        assert self.settings is not None
        most = self.settings.getint("DOWNLOAD_MAXSIZE")
        with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            body = file.read(most + 1 if most else -1)
        if most and len(body) > most:
            raise NotFetchedError(f"{name} was not read: it is larger than DOWNLOAD_MAXSIZE ({most} bytes).")
        return body


def _whence(saved: Saved) -> str:
    where = "as the archive keeps it; --fetch asks its site" if saved.is_kept else "from its site"
    return f"{saved.source.url}, {where} (fetched {saved.fetched_at:%Y-%m-%d})."


def _show_rule(
    opts: argparse.Namespace, rules: Sequence[Rule], page: Extraction, source: Source, fetched_at: datetime | None
) -> int:
    day = day_of(fetched_at)
    rule = rule_for(rules, source.url, day)
    if rule is None or page.rule is None:
        print_error(_no_rule(rules, source.url, day) if rule is None else f"{source.url} is not HTML: {page.evidence}.")
        return exit_codes.PARTIAL
    plain = extraction.extract_page(*source, fetched_at=fetched_at)
    if opts.json:
        said = {"url": source.url, "rule": rule.name, "kind": page.kind, "flaws": page.rule.flaws}
        print_text(json_line({**said, "changes": [asdict(change) for change in changes(rule, plain, page)]}))
    else:
        print_told(safe_lines("\n".join(describe_rule(rule, plain, page))))
    return exit_codes.PARTIAL if missed_of(page) else exit_codes.COMPLETE


def _no_rule(rules: Sequence[Rule], url: str, day: date | None) -> str:
    hosts = ", ".join(dict.fromkeys(rule.host for rule in rules)) or "none"
    when = f" fetched on {day}" if day else ""
    return f"The catalogue has no rule for {url}{when}. It has rules for: {hosts}."


def _page_url(text: str) -> str:
    if not is_web_url(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no URL of a page. It begins with http:// or https:// and a host")
    return text
