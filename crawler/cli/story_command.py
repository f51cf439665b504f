"""What the commands share that ask the archive for one story."""

import argparse
from abc import abstractmethod
from typing import Generic, TypeVar

from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.terminal import print_error, print_text
from storage import Archive
from views.cells import json_line
from wangqi import exit_codes
from wangqi.program import program

Found = TypeVar("Found")


class StoryCommand(ArchiveCommand, Generic[Found]):
    """A command that takes a story's id, and shows for people or as JSON what the archive knows of it."""

    def syntax(self) -> str:
        return f"STORY [--json]    (the id that `{program()} stories` prints)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("story", type=story_id)

    @abstractmethod
    def found(self, archive: Archive, story: int) -> Found | None:
        """What is known of it, None where the archive holds no such story."""

    @abstractmethod
    def print_found(self, found: Found) -> None:
        """Prints it for people."""

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        found = self.found(archive, opts.story)
        if found is None:
            print_error(f"The archive holds no story {opts.story}. `{program()} stories` lists those that it holds.")
            return exit_codes.ERROR
        if opts.json:
            print_text(json_line(found))
        else:
            self.print_found(found)
        return None


def story_id(text: str) -> int:
    """The id of a story."""
    if not text.isdecimal() or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no story id. `{program()} stories` and `{program()} search` print them"
        )
    return int(text)
