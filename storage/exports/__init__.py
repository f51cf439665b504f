"""Stories handed over in files that other programs read."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from storage.exports import csv_table, json_lines
from storage.exports.whole_file import whole_file
from storage.rows import StoryRow

Write = Callable[[Iterable[StoryRow], TextIO], int]


class Format(NamedTuple):
    """How stories become text, and its encoding in a file.

    Attributes:
        write_raw: Likewise, but that cells which a spreadsheet would run as formulas are left as they are.
    """

    write: Write
    encoding: str
    write_raw: Write


# By the end of a file's name.
FORMATS: Final[Mapping[str, Format]] = {
    "jsonl": Format(json_lines.write, json_lines.ENCODING, json_lines.write),
    "csv": Format(csv_table.write, csv_table.ENCODING, csv_table.write_raw),
}


def export(stories: Iterable[StoryRow], path: Path, form: str, *, is_raw: bool = False) -> int:
    """Writes the stories to a file, which appears whole or not at all; answers how many.

    Args:
        stories: Their rows.
        path: An older file of this name is replaced.
        form: One of `FORMATS`.
        is_raw: Cells that a spreadsheet would run as formulas are left as they are.

    Raises:
        ValueError: for another form.
        OSError: when the file cannot be written; an older one of that name is then untouched.
    """
    if form not in FORMATS:
        raise ValueError(f"There is no export format {form!r}; choose one of {', '.join(FORMATS)}.")
    made = FORMATS[form]
    with whole_file(path, made.encoding) as file:
        return (made.write_raw if is_raw else made.write)(stories, file)
