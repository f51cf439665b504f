"""Rows for people and for programs: a table on a terminal, tab-separated lines in a pipe, JSON lines when asked."""

import csv
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from storage.exports.csv_table import harmless
from views.cells import Marked, cell, json_line, readers_zone

# Columns of a terminal: up to so many a cell is never folded (times, words of state); prose may be, down to so many.
_READ_WHOLE: Final = 20
_PROSE: Final = 12
_GAP: Final = 2  # between columns, and at both edges together

Row = Mapping[str, object]


def print_rows(rows: Iterable[Row], *, as_json: bool, nothing: str, columns: Sequence[str] | None = None) -> None:
    """Prints rows of one shape: JSON lines as they come, or a table (columns parted by tabs where no terminal is).

    `columns` are the keys that people see, all of them when None; JSON has all. `nothing` is what a person is told, on
    stderr, when there is no row; "" of what is told elsewhere.
    """
    if as_json:
        for row in rows:
            print_text(json_line(row))
        return
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        if nothing:
            print_error(nothing)
        return
    shown = columns or list(first)
    if sys.stdout.isatty():
        _print_table(shown, chain([first], coming))
        return
    print_text("\t".join(shown))
    for row in chain([first], coming):
        print_text("\t".join(cell(row[name]) for name in shown))


def print_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """CSV with a header line; what a spreadsheet would run as a formula gets an apostrophe before it."""
    writer = csv.writer(in_utf8(sys.stdout), lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(_csv_value(row[name])) for name in columns])


def _csv_value(value: object) -> object:
    return value.astimezone(readers_zone()).isoformat() if isinstance(value, datetime) else value


def print_text(text: str, *, aside: bool = False) -> None:
    """Writes lines that are safe already to stdout, or aside to stderr, in UTF-8 whatever the locale."""
    in_utf8(sys.stderr if aside else sys.stdout).write(f"{text}\n")


def print_error(error: object) -> None:
    """Writes one line to stderr."""
    in_utf8(sys.stderr).write(f"{cell(str(error))}\n")


def _print_table(shown: Sequence[str], rows: Iterable[Row]) -> None:
    cells = [[cell(row[name]) for name in shown] for row in rows]
    told = [
        place for place in range(len(shown)) if any(line[place] for line in cells)
    ]  # an empty column only takes room
    widest = [max(cell_len(shown[place]), *(cell_len(line[place]) for line in cells)) for place in told]
    needed = [width if width <= _READ_WHOLE else _PROSE for width in widest]
    console = Console(file=in_utf8(sys.stdout), highlight=False)
    if sum(needed) + _GAP * len(told) > console.width:
        console.print(
            _one_below_the_other([shown[place] for place in told], ([line[at] for at in told] for line in cells))
        )
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for place, width in zip(told, widest, strict=True):
        table.add_column(shown[place], overflow="fold", no_wrap=width <= _READ_WHOLE)
    for line in cells:
        table.add_row(*(_text(line[place]) for place in told))
    console.print(table)


def _one_below_the_other(names: Sequence[str], lines: Iterable[Sequence[str]]) -> Table:
    """For a narrow terminal: each row a few lines of name and value, without the empty ones."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for line in lines:
        for name, value in zip(names, line, strict=True):
            if value:
                table.add_row(name, _text(value))
        table.add_row()
    return table


def _text(value: str) -> Text:
    shown = Text(value)
    for first, last in value.marks if isinstance(value, Marked) else ():
        shown.stylize("bold red", first, last)
    return shown


def in_utf8(stream: TextIO) -> TextIO:
    """The same stream, which from now on writes UTF-8 whatever the locale says."""
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
        stream.reconfigure(encoding="utf-8")
    return stream
