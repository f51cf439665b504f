"""`scrapy extract`: what one saved page yields."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from crawler import extraction  # which loads trafilatura when it is asked: Scrapy imports all commands for each
from crawler.plain_command import PlainCommand
from crawler.showing.tables import json_line, print_text
from crawler.urls import is_web_url


class Command(PlainCommand):
    """Read one saved page without network or archive, and print as JSON what the archive would take from it."""

    def syntax(self) -> str:
        return "FILE --url URL [--content-type TYPE] [--json]    (- reads the page from stdin)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("file")
        parser.add_argument(
            "--url", type=_page_url, required=True, help="the page's own address, which its links start from"
        )
        parser.add_argument(
            "--content-type", metavar="TYPE", help="as its server said, such as 'text/html; charset=gbk'"
        )
        parser.add_argument("--json", action="store_true", help="in one line")

    def work(self, opts: argparse.Namespace) -> int:
        body = sys.stdin.buffer.read() if opts.file == "-" else Path(opts.file).read_bytes()
        headers = {"content-type": opts.content_type} if opts.content_type else None
        page = extraction.extract_page(body, opts.url, headers)
        line = json_line(
            {
                "url": opts.url,
                **asdict(page),
                "published_at": page.published_at,
                "author": page.author,
                "source": page.source,
            }
        )
        print_text(line if opts.json else json_line(json.loads(line), indent=2))
        return 0


def _page_url(text: str) -> str:
    if not is_web_url(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no URL of a page. It begins with http:// or https:// and a host")
    return text
