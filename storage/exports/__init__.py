"""Stories handed over in files that other programs read."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, TextIO

from storage.exports import csv_table, json_lines
from storage.exports.whole_file import whole_file
from storage.rows import StoryRow

Write = Callable[[Iterable[StoryRow], TextIO], int]

FORMATS: Final[Mapping[str, tuple[Write, str]]] = {
    "jsonl": (json_lines.write, json_lines.ENCODING),
    "csv": (csv_table.write, csv_table.ENCODING),
    "raw-csv": (csv_table.write_raw, csv_table.ENCODING),
}


def export(stories: Iterable[StoryRow], path: Path, form: str) -> int:
    """Writes the stories to a file, which appears whole or not at all; answers how many.

    `form` is `jsonl`, `csv` or `raw-csv` (cells that a spreadsheet would run as formulas are left as they are).

    Raises:
        ValueError: for another form.
        OSError: when the file cannot be written; an older one of that name is then untouched.
    """
    if form not in FORMATS:
        raise ValueError(f"There is no export format {form!r}; choose one of {', '.join(FORMATS)}.")
    write, encoding = FORMATS[form]
    with whole_file(path, encoding) as file:
        return write(stories, file)
