"""Rows in another language than English: their columns, and what stands in those that hold words of ours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from views.cells import Marked, cell
from views.language.columns import COLUMNS, TOLD_COLUMNS
from views.language.told import told
from views.language.words import word

Row = Mapping[str, object]


def in_readers_words(columns: Sequence[str], rows: Iterable[Row]) -> tuple[list[str], Iterator[Row]]:
    """What the columns are called, and the rows with our words told; what pages have written stays as it is."""
    return [word(COLUMNS, name) for name in columns], map(_told, rows)


def _told(row: Row) -> Row:
    return {name: _told_cell(value) if name in TOLD_COLUMNS else value for name, value in row.items()}


def _told_cell(value: object) -> object:
    if isinstance(value, datetime):
        return value
    said = told(cell(value))[0]
    return Marked(said, [(0, len(said))]) if isinstance(value, Marked) else said  # a word of state is set off whole
