"""What the commands share that ask the archive for one story."""

import argparse
from abc import abstractmethod
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from crawler.cli.archive_command import ArchiveCommand
from crawler.cli.terminal import print_error, print_text
from storage import Archive
from views.cells import json_line
from wangqi import exit_codes
from wangqi.program import program
from wangqi.titles.keys import title_key
from wangqi.urls import canonical_or_none, is_web_url

Found = TypeVar("Found")
_MOST: Final = 2**63


class StoryCommand(ArchiveCommand, Generic[Found]):
    """A command that takes a story's id, and shows for people or as JSON what the archive knows of it."""

    def syntax(self) -> str:
        return "STORY [--json]    (its number, its title, or the address of a page that carries it)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("story")

    @abstractmethod
    def found(self, archive: Archive, story: int) -> Found | None:
        """What is known of it, None where the archive holds no such story."""

    @abstractmethod
    def print_found(self, found: Found) -> None:
        """Prints it for people."""

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        found = one_story(archive, opts.story, self.found)
        if found is None:
            return exit_codes.ERROR
        if opts.json:
            print_text(json_line(found))
        else:
            self.print_found(found)
        return None


def one_story(archive: Archive, named: str, ask: Callable[[Archive, int], Found | None]) -> Found | None:
    """What `ask` knows of the story that is named by its number, an address or its title.

    None where there is no such story or several: stderr has the line for it.
    """
    numbers = _numbers(archive, named)
    if len(numbers) > 1:
        listed = ", ".join(map(str, numbers))
        print_error(f"{len(numbers)} stories are called {named!r}. Name one by its number: {listed}")
        return None
    found = ask(archive, numbers[0]) if numbers else None
    if found is None:
        called = named or "''"
        print_error(f"The archive holds no story {called}. `{program()} stories` lists those that it holds.")
    return found


def _numbers(archive: Archive, named: str) -> list[int]:
    """The stories of a number, of the page of an address, or of a title; smallest first."""
    if named.isdecimal():
        return [int(named)] if int(named) < _MOST else []
    url = canonical_or_none(named) if is_web_url(named) else None
    pages = archive.why(url) if url else archive.why(named.strip(), title_key(named))
    return sorted({one.page.story_id for one in pages if one.page.story_id is not None})


def story_id(text: str) -> int:
    """The id of a story."""
    if not text.isdecimal() or int(text) >= _MOST:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no story id. `{program()} stories` and `{program()} search` print them"
        )
    return int(text)
