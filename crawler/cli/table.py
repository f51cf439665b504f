"""A table on a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from views.cells import Marked, cell

# Columns of a terminal: up to so many a cell is never folded (times, words of state); prose may be, down to so many.
_READ_WHOLE: Final = 20
_PROSE: Final = 12
_GAP: Final = 2  # between columns, and at both edges together


def print_table(
    shown: Sequence[str], rows: Iterable[Mapping[str, object]], called: Sequence[str], stream: TextIO
) -> None:
    """Prints these columns of the rows, under what they are called; one below the other where it is narrow."""
    cells = [[cell(row[name]) for name in shown] for row in rows]
    told = [
        place for place in range(len(shown)) if any(line[place] for line in cells)
    ]  # an empty column only takes room
    widest = [max(cell_len(called[place]), *(cell_len(line[place]) for line in cells)) for place in told]
    needed = [width if width <= _READ_WHOLE else _PROSE for width in widest]
    console = Console(file=stream, highlight=False)
    if sum(needed) + _GAP * len(told) > console.width:
        console.print(
            _one_below_the_other([called[place] for place in told], ([line[at] for at in told] for line in cells))
        )
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for place, width in zip(told, widest, strict=True):
        table.add_column(called[place], overflow="fold", no_wrap=width <= _READ_WHOLE)
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
