"""A table on a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from views.cells import Marked, cell

# Columns of a terminal: up to so many a cell is never folded (times, words of state), and prose has no fewer.
_READ_WHOLE: Final = 20
_GAP: Final = 2  # between columns, and at both edges together
_FEWEST: Final = 3  # columns that make a table
_BELOW: Final = 4  # how far what stands below its row is set in


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table: its place in a row, its name, and how wide it is at its widest."""

    at: int
    called: str
    width: int

    @property
    def is_prose(self) -> bool:
        return self.width > _READ_WHOLE


def print_table(
    shown: Sequence[str], rows: Iterable[Mapping[str, object]], called: Sequence[str], stream: TextIO
) -> None:
    """Prints these columns of the rows, under what they are called.

    What has no room side by side goes below its row, prose first; where too little would be left of a table, all
    columns stand one below the other.
    """
    cells = [[cell(row[name]) for name in shown] for row in rows]
    # An empty column only takes room.
    told = [at for at in range(len(shown)) if any(line[at] for line in cells)]
    columns = [
        _Column(at, called[at], max(cell_len(called[at]), *(cell_len(line[at]) for line in cells))) for at in told
    ]
    console = Console(file=stream, highlight=False)
    beside = _side_by_side(columns, console.width)
    if len(beside) < min(_FEWEST, len(columns)):
        console.print(_one_below_the_other(columns, cells))
    elif len(beside) == len(columns):
        console.print(_table(columns, cells))
    else:
        _print_in_two_layers(console, beside, [one for one in columns if one not in beside], cells)


def _side_by_side(columns: Sequence[_Column], room: int) -> Sequence[_Column]:
    """Those that have room beside each other; of prose, the first stays longest."""
    prose = [one for one in columns if one.is_prose]
    left = list(columns)
    for last in (*prose[:0:-1], *(one for one in reversed(columns) if not one.is_prose)):
        if sum(_READ_WHOLE if one.is_prose else one.width for one in left) + _GAP * len(left) <= room:
            break
        left.remove(last)
    return left


def _table(columns: Sequence[_Column], cells: Iterable[Sequence[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for one in columns:
        table.add_column(one.called, overflow="fold", no_wrap=not one.is_prose)
    for line in cells:
        table.add_row(*(_text(line[one.at]) for one in columns))
    return table


def _print_in_two_layers(
    console: Console, beside: Sequence[_Column], below: Sequence[_Column], cells: Iterable[Sequence[str]]
) -> None:
    """Each row a line of the table, and below it, each with its name, what has no room there."""
    spare = console.width - _GAP * len(beside) - sum(one.width for one in beside if not one.is_prose)
    share = spare // max(1, sum(one.is_prose for one in beside))
    fixed = [replace(one, width=min(one.width, share) if one.is_prose else one.width) for one in beside]
    head = _row(fixed, [Text(one.called, "bold") for one in fixed])
    console.print(head, Text("─" * console.width))
    for line in cells:
        console.print(_row(fixed, [_text(line[one.at]) for one in fixed]))
        for one in below:
            if line[one.at]:
                value = Text.assemble((f"{one.called}  ", "bold"), _text(line[one.at]), overflow="fold")
                console.print(Padding(value, (0, 0, 0, _BELOW)))


def _row(columns: Sequence[_Column], values: Iterable[Text]) -> Table:
    row = Table.grid(padding=(0, _GAP, 0, 0))
    for one in columns:
        row.add_column(overflow="fold", width=one.width)
    row.add_row(*values)
    return row


def _one_below_the_other(columns: Sequence[_Column], cells: Iterable[Sequence[str]]) -> Table:
    """For a narrow terminal: each row a few lines of name and value, without the empty ones."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for line in cells:
        for one in columns:
            if line[one.at]:
                table.add_row(one.called, _text(line[one.at]))
        table.add_row()
    return table


def _text(value: str) -> Text:
    shown = Text(value)
    for first, last in value.marks if isinstance(value, Marked) else ():
        shown.stylize("bold red", first, last)
    return shown
