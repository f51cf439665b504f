"""Rows for people and for programs: a table on a terminal, tab-separated lines in a pipe, JSON lines when asked."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TextIO

from views.cells import cell, json_line, readers_zone, with_alarms
from views.language.speech import spoken

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
    shown: Sequence[str] = columns or list(first)
    lines: Iterator[Row] = chain([first], coming)
    called = shown
    if sys.stdout.isatty():
        lines = map(with_alarms, lines)
    if spoken() != "en":
        from crawler.cli.telling.rows import in_readers_words  # noqa: PLC0415 - only other languages need it, and English shall begin without its import

        called, lines = in_readers_words(shown, lines)
    if sys.stdout.isatty():
        from crawler.cli.table import print_table  # noqa: PLC0415 - a pipe does without what draws it

        print_table(shown, lines, called, in_utf8(sys.stdout))
        return
    print_text("\t".join(called))
    for row in lines:
        print_text("\t".join(cell(row[name]) for name in shown))


def print_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """CSV with a header line; what a spreadsheet would run as a formula gets an apostrophe before it."""
    from storage.exports.csv_table import harmless  # noqa: PLC0415 - most answers are no CSV

    writer = csv.writer(in_utf8(sys.stdout), lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(_csv_value(row[name])) for name in columns])


def _csv_value(value: object) -> object:
    return value.astimezone(readers_zone()).isoformat() if isinstance(value, datetime) else value


def print_text(text: str, *, aside: bool = False) -> None:
    """Writes lines that are safe already to stdout, or aside to stderr, in UTF-8 whatever the locale."""
    in_utf8(sys.stderr if aside else sys.stdout).write(f"{text}\n")


def told_lines(text: str) -> str:
    """Lines of ours in the reader's language."""
    if spoken() == "en":
        return text
    from views.language.told import told_lines as told  # noqa: PLC0415 - only other languages need it, and English shall begin without its import

    return told(text)


def print_told(text: str, *, aside: bool = False) -> None:
    """As `print_text`, of lines of ours: in the reader's language."""
    print_text(told_lines(text), aside=aside)


def print_error(error: object) -> None:
    """Writes one line to stderr, in the reader's language."""
    in_utf8(sys.stderr).write(f"{told_lines(cell(str(error)))}\n")


def in_utf8(stream: TextIO) -> TextIO:
    """The same stream, which from now on writes UTF-8 whatever the locale says."""
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
        stream.reconfigure(encoding="utf-8")
    return stream
