"""`scrapy ocr`: the words in kept pictures, read by a program."""

import argparse
import asyncio
from collections.abc import Callable
from typing import Any, Final

from scrapy.exceptions import UsageError

from crawler.cli.archive_command import add_limit_option, add_series_option
from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_error, print_text
from crawler.readers.pictures.ocr import reader
from crawler.readers.pool import Extractors, Failure
from storage import Archive
from storage.db.errors import DamagedError
from wangqi import exit_codes
from wangqi.program import program

_SECONDS: Final = 900.0  # of a processor; a picture of 60 lines takes some ten
_MEMORY: Final = 6 * 2**30  # bytes of address space
_BATCH: Final = 50


class Command(PlainCommand):
    """Read the words in the pictures that the archive keeps (extra `ocr`), so that `search` finds them.

    They are marked as what a program has seen, stand beside their picture, and are never the text of a story. A
    picture takes seconds; whoever stops goes on with the same command.

    Exit codes: 0; 1, 2, 3 as ever; 20 where a picture could not be read, which is told.
    """

    def short_desc(self) -> str:
        return "Read the words in kept pictures, so that they are found"

    def syntax(self) -> str:
        return "[--series NAME] [--limit N]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_series_option(parser)
        add_limit_option(parser)

    def work(self, opts: argparse.Namespace) -> int:
        name = reader()
        if name is None:
            advice = "Install the extra `ocr`: pip install 'wangqi[ocr]'"
            raise UsageError(f"Pictures are read by a library that is missing. {advice}", print_help=False)
        with Archive(self.archive_url) as archive:
            seen, read, problems = asyncio.run(_read_all(archive, name, opts.series, opts.limit, print_error))
        print_text(f"{seen} pictures looked at, words seen in {read}. `{program()} search` finds them.")
        return exit_codes.PARTIAL if problems else exit_codes.COMPLETE


def _bytes(archive: Archive, digest: bytes) -> bytes:
    try:
        return archive.payload(digest) or b""
    except ValueError as error:
        raise DamagedError(f"{error} `{program()} verify` says what to do.") from error


async def _read_all(
    archive: Archive, name: str, series: str | None, limit: int | None, tell: Callable[[str], None]
) -> tuple[int, int, int]:
    """How many were looked at, in how many words were seen, and how many could not be read."""
    readers = Extractors[Any](
        "crawler.readers.pictures.ocr:said_of", workers=1, deadline=_SECONDS, memory=_MEMORY, recycle_rss=2**31
    )
    seen = read = problems = 0
    after = b""
    try:
        while found := archive.unread_pictures(name, series, after, _BATCH):
            if not seen:
                readers.start()
            for digest in found:
                if limit is not None and seen >= limit:
                    return seen, read, problems
                after, seen = digest, seen + 1
                said = await readers.extract(_bytes(archive, digest), "", {})
                if isinstance(said, Failure):
                    problems += 1
                    tell(f"The picture {digest.hex()} was not read: {said.reason}: {said.detail}")
                elif said is not None:
                    archive.keep_said(digest, said)
                    read += bool(said.text)
    finally:
        await readers.close()
    return seen, read, problems
