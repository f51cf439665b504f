"""What the commands share by which people change what the archive says."""

import argparse
import getpass
from abc import abstractmethod

from scrapy.exceptions import UsageError

from crawler.cli.command import PlainCommand
from storage import Archive
from wangqi.urls import canonical_url, is_web_url


class ReviewCommand(PlainCommand):
    """A command that lists or, when its words say so, decides. The archive is opened for writing only then."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("words", nargs="*")
        parser.add_argument("--by", metavar="NAME", help="who decides; else the name of your account")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    @abstractmethod
    def reads_only(self, opts: argparse.Namespace) -> bool:
        """Whether these words ask and change nothing."""

    @abstractmethod
    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        """Lists or decides; an exit code, or None for 0."""

    def work(self, opts: argparse.Namespace) -> int:
        with Archive(self.archive_url, read_only=self.reads_only(opts)) as archive:
            return self.answer(archive, opts) or 0


def decider(opts: argparse.Namespace) -> str:
    """Who takes the decision."""
    try:
        name = str(opts.by or getpass.getuser()).strip()
    except (KeyError, OSError):
        name = ""
    if not name or name == "auto":
        raise UsageError("Say who decides: --by NAME (not auto: that is what the judge is called)")
    return name


def text_name(word: str) -> str:
    """A text as the archive knows it: a URL in its canonical form, an id as it is."""
    return canonical_url(word) if is_web_url(word) else word
