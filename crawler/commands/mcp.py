"""`scrapy mcp`: the archive for programs that work with language models."""

import argparse
from importlib.metadata import version

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import zones_of
from crawler.cli.command import PlainCommand
from storage import Archive


class Command(PlainCommand):
    """Answer questions of a language model's program about the archive, as a server of MCP on stdin and stdout.

    It searches, reads stories, tells what a series lacks, compares two texts, and says why a page is what it is. It
    changes nothing, and marks what pages of strangers have written. The program that asks starts it, and ends it.
    """

    def short_desc(self) -> str:
        return "Serve the archive to language models' programs (MCP)"

    def work(self, opts: argparse.Namespace) -> int:  # noqa: ARG002 - every command is given its options, and this one has none
        try:
            from web.config import Config  # noqa: PLC0415 - imports starlette, which may not be installed
            from web.mcp.server import server  # noqa: PLC0415 - imports mcp, which may not be installed
        except ImportError as error:
            advice = "Install the extra `mcp`: pip install 'wangqi[mcp]'"
            raise UsageError(f"The server needs {error.name}. {advice}", print_help=False) from error
        Archive(self.archive_url, read_only=True).close()  # or says in one line why it cannot be opened
        assert self.settings is not None
        config = Config(archive_url=self.archive_url, zones=zones_of(self.settings["CATALOGUE"]))
        made, let_go = server(config, version("wangqi"))
        try:
            made.run("stdio")
        finally:
            let_go()
        return 0
