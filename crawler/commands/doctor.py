"""`scrapy doctor`: is everything there that a crawl needs."""

import argparse
from dataclasses import asdict

from crawler.cli.command import PlainCommand
from crawler.cli.doctor import check_up, settings_finding
from crawler.cli.terminal import print_rows
from wangqi import exit_codes


class Command(PlainCommand):
    """Check the installation, the archive, the catalogue and the disk. It ends with 1 when something is not well."""

    def syntax(self) -> str:
        return "[--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        browser, sandbox = self.settings["RENDER_BROWSER"], self.settings.getbool("RENDER_SANDBOX")
        checks = check_up(self.archive_url, self.settings["CATALOGUE"], browser, sandbox=sandbox)
        findings = [settings_finding(self.settings), *checks]
        print_rows(map(asdict, findings), as_json=opts.json, nothing="")
        return exit_codes.ERROR if any(one.state == "bad" for one in findings) else exit_codes.COMPLETE
