"""CSV with a header line, as spreadsheets open it."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Final, TextIO

from storage.exports.fields import plain
from storage.rows import StoryRow

ENCODING: Final = "utf-8-sig"  # without the mark Excel takes Chinese for the local code page
# https://owasp.org/www-community/attacks/CSV_Injection, and the full-width twins that Excel accepts as well
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")


def write(stories: Iterable[StoryRow], file: TextIO) -> int:
    """A cell that a spreadsheet would run gets an apostrophe before it."""
    return _write(stories, file, harmless)


def write_raw(stories: Iterable[StoryRow], file: TextIO) -> int:
    """Every cell as it is stored."""
    return _write(stories, file, lambda cell: cell)


def _write(stories: Iterable[StoryRow], file: TextIO, guard: Callable[[object], object]) -> int:
    names = [field.name for field in fields(StoryRow)]
    writer = csv.writer(file)
    writer.writerow(names)
    number = 0
    for number, story in enumerate(stories, 1):  # noqa: B007 - the count is the answer
        writer.writerow([guard(cell) for cell in plain(story).values()])
    return number


def harmless(cell: object) -> object:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
