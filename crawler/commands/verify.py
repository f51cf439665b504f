"""`scrapy verify`: is all that is kept as it was stored."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from crawler.cli.command import PlainCommand
from crawler.cli.standing_line import StandingLine
from crawler.cli.story_command import story_id
from crawler.cli.terminal import print_error, print_text, print_told, told_lines
from storage import Archive
from storage.db.errors import DamagedError
from storage.exports.whole_file import whole_file
from storage.upkeep.damage import Part
from storage.upkeep.verify import Ears, verify
from views.cells import cell, json_line, safe
from views.upkeep import damage_json, damage_line, end_line, proof_file, proof_line
from wangqi import exit_codes


class Command(PlainCommand):
    """Read all that the archive keeps and hold it beside the digests that it was stored with. Nothing is changed.

    With --subset it reads one part of so many equal ones: 3/30 the third of thirty, today/30 the one whose turn it is,
    so that thirty nights read all. With --proof it writes a small file by which anybody can check, without us, that the
    run which stored a story has sealed what stands for it; it proves when the archive held it, and not that the page
    said so.

    Exit codes: 0 all is sound; 4 something is damaged, and it is told; 1 error; 2 wrong usage.
    """

    def syntax(self) -> str:
        return "[--subset K/N | --subset today/N | --proof STORY [--output FILE]] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--subset", metavar="K/N", type=part_of, default=Part(), help="only part K of N")
        parser.add_argument("--proof", metavar="STORY", type=story_id, help="write what proves this story, by its id")
        parser.add_argument("--output", metavar="FILE", type=Path, help="where; else story-STORY.proof.json")
        parser.add_argument("--json", action="store_true", help="print one JSON object a damage")

    def work(self, opts: argparse.Namespace) -> int:
        if opts.proof is not None:
            return self._prove(opts)
        counts: dict[str, int] = {}
        damages = 0
        with StandingLine() as line:

            def tell(check: str, done: int, of: int) -> None:
                counts[check] = of
                line.tell(check, done, of)

            for damage in verify(self.archive_url, opts.subset, Ears(tell, line.print_aside)):
                damages += 1
                line.print(damage_json(damage) if opts.json else told_lines(cell(damage_line(damage))))
        if not opts.json:
            part = "the archive" if opts.subset.is_whole else f"part {opts.subset.number} of {opts.subset.of}"
            print_told(end_line(counts, damages, part))
        return exit_codes.DAMAGED if damages else exit_codes.COMPLETE

    def _prove(self, opts: argparse.Namespace) -> int:
        file = opts.output or Path(f"story-{opts.proof}.proof.json")
        try:
            with Archive(self.archive_url, read_only=True) as archive:
                proof = archive.proof(opts.proof)
        except DamagedError as error:
            print_error(error)
            return exit_codes.DAMAGED
        with whole_file(file, "utf-8") as written:
            written.write(proof_file(proof))
        if opts.json:
            print_text(json_line({"file": str(file), "root": proof.root.hex(), "run": proof.run_id}))
        else:
            print_told(safe(proof_line(proof, str(file))))
        return exit_codes.COMPLETE


def part_of(words: str) -> Part:
    """The part that `3/30`, or `today/30`, names."""
    number, _, of = words.partition("/")
    if of.isdecimal() and number == "today" and 0 < int(of) <= _MOST:
        days = int(datetime.now(UTC).timestamp()) // 86_400
        return Part(days % int(of) + 1, int(of))
    if of.isdecimal() and number.isdecimal() and 0 < int(number) <= int(of) <= _MOST:
        return Part(int(number), int(of))
    raise argparse.ArgumentTypeError(f"{words!r} is no part. Write 3/30 for the third of thirty, or today/30")


_MOST = 10_000
