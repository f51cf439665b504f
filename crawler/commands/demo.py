"""`scrapy demo`: archive the example series into a database of its own and show what it found."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand

from examples.serve import ExampleSite

_FOLDER = Path("demo")
# The example site is a neighbour on this machine: nobody needs to be spared.
_IMPOLITE = ("ALLOWED_ADDRESSES=127.0.0.0/8", "ALLOWED_PORTS=any", "DOWNLOAD_DELAY=0", "LOG_LEVEL=WARNING")


class Command(ScrapyCommand):
    """Archive the example series from this machine into demo/archive.db, and print what was found."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Archive the example series and show what was found"

    def run(self, _args: list[str], _opts: argparse.Namespace) -> None:
        shutil.rmtree(_FOLDER, ignore_errors=True)
        _FOLDER.mkdir()
        url = f"sqlite:///{_FOLDER / 'archive.db'}"
        with ExampleSite() as site:
            print(f"The example site is served at {site.start_url} and {site.mirror_url}.\n", flush=True)
            settings = [part for value in _IMPOLITE for part in ("-s", value)]
            code = _scrapy(url, "crawl", "series", "-a", f"url={site.start_url}", *settings)
        for command in (["series"], ["stories"], ["runs"]):
            print()
            _scrapy(url, *command)
        print(f"\nThe archive is {_FOLDER / 'archive.db'}. Ask it more, for example:")
        print(f"  ARCHIVE_URL={url} .venv/bin/scrapy search 河")
        # The example series lacks stories on purpose, so that the demo can show how they are listed.
        self.exitcode = 0 if code in {0, 20} else code


def _scrapy(url: str, *arguments: str) -> int:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, env={**os.environ, "ARCHIVE_URL": url}, check=False).returncode  # noqa: S603 - our own words
