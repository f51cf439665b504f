"""`scrapy repair`: what can be made anew of a damaged archive."""

import argparse
from collections.abc import Iterator

from crawler.cli.command import PlainCommand
from crawler.cli.standing_line import StandingLine
from crawler.cli.terminal import print_told, told_lines
from crawler.readers.rereading import Rereader
from storage.upkeep.damage import Damage
from storage.upkeep.repair import mend, plan, refuse_company
from storage.upkeep.verify import Ears, verify
from views.cells import cell, json_line
from views.upkeep import damage_json, damage_line
from wangqi import exit_codes


class Command(PlainCommand):
    """Verify the archive, make anew what can be made anew, verify it again, and name what is left damaged.

    It makes the search index, keys and other indexes anew, reads texts from the kept bytes of their pages where these
    yield the very same text, has pages read again whose bytes are damaged, and frees pages that a dead crawl had taken.
    With --dry-run it says what it would do, and changes nothing.

    Exit codes: 0 nothing is damaged any more; 4 something is, and it is told; 75 a crawl is running; 1 error; 2 wrong
    usage.
    """

    def syntax(self) -> str:
        return "[--dry-run] [--json]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def work(self, opts: argparse.Namespace) -> int:
        assert self.settings is not None
        url = self.archive_url
        with StandingLine() as line:
            damages = list(verify(url, ears=Ears(line.tell, line.print_aside)))
            wanted = plan(url, damages, Rereader(self.settings["CATALOGUE"]))
            if opts.dry_run:
                lines = _foreseen(damages, [(one.thing, one.fact) for one in wanted], as_json=opts.json)
                for said in lines:
                    line.print(said if opts.json else told_lines(said))
                return exit_codes.DAMAGED if damages else exit_codes.COMPLETE
            if wanted:
                refuse_company(url)
            for one in mend(url, wanted):
                row = {"thing": one.thing, "fact": one.fact, "came": one.came, "done": one.is_done}
                done = "done" if one.is_done else "NOT done"
                line.print(
                    json_line(row) if opts.json else told_lines(cell(f"{one.thing}: {one.fact}. {done}: {one.came}."))
                )
            left = list(verify(url, ears=Ears(line.tell, line.print_aside))) if damages else []
            for damage in left:
                line.print(
                    damage_json(damage) if opts.json else told_lines(cell(f"Still damaged: {damage_line(damage)}"))
                )
        if not opts.json:
            print_told(_end(len(damages), len(left)))
        return exit_codes.DAMAGED if left else exit_codes.COMPLETE


def _foreseen(damages: list[Damage], wanted: list[tuple[str, str]], *, as_json: bool) -> Iterator[str]:
    for damage in damages:
        yield damage_json(damage) if as_json else cell(damage_line(damage))
    for thing, fact in wanted:
        yield json_line({"thing": thing, "fact": fact, "done": False}) if as_json else cell(f"To do: {thing}: {fact}.")
    if not as_json:
        yield "Nothing is changed." if wanted else "There is nothing to do."


def _end(found: int, left: int) -> str:
    if not found:
        return "Nothing was damaged."
    return f"{found - left} of {found} damages are mended." if left else f"All {found} damages are mended."
