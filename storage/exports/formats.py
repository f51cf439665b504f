"""The one list of what can be handed over: a new format is a module beside this one, and a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

from storage.exports import csv_table, json_lines
from storage.exports.captures import wacz, warc
from storage.exports.chosen import Chosen, Selection
from storage.exports.whole_file import whole_path
from storage.questions import Questions

Of = Literal["stories", "captures", "series"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form in which stories leave the archive.

    The same archive gives the same bytes. No clock is asked, and whatever has to have a time has one of the archive's.

    Attributes:
        name: By which `--format` knows it.
        suffixes: Ends of the names of its files, without the point; the first is its own.
        of: `stories`, one after the other; `captures`, the bytes that pages brought; `series`, one series as a work,
            with notes on what of it is missing.
        media_type: As a web server names it.
        about: What it is for, in some words.
        write: Writes what is chosen into a file that is open for bytes, from its position on and without seeking;
            answers how many stories (captures) these were. The file stays open.
    """

    name: str
    suffixes: tuple[str, ...]
    of: Of
    media_type: str
    about: str
    write: Callable[[Chosen, BinaryIO], int]

    @property
    def of_what(self) -> str:
        """What is counted."""
        return "captures" if self.of == "captures" else "stories"


_LIST: Final = (
    Format(
        name="jsonl",
        suffixes=("jsonl", "ndjson"),
        of="stories",
        media_type="application/x-ndjson",
        about="one JSON object a line",
        write=json_lines.write,
    ),
    Format(
        name="csv",
        suffixes=("csv",),
        of="stories",
        media_type="text/csv; charset=utf-8",
        about="a table for spreadsheets",
        write=csv_table.write,
    ),
    Format(
        name="warc",
        suffixes=("warc.gz",),
        of="captures",
        media_type="application/warc",
        about="what pages brought, for web archives and `crawl -a warc=`",
        write=warc.write,
    ),
    Format(
        name="wacz",
        suffixes=("wacz",),
        of="captures",
        media_type="application/wacz",
        about="the same with its index, to be replayed in a browser",
        write=wacz.write,
    ),
)
FORMATS: Final[Mapping[str, Format]] = {form.name: form for form in _LIST}


def format_of(name: str) -> Format | None:
    """The format that a file of this name has; the longest suffix decides."""
    ends = [(suffix, form) for form in _LIST for suffix in form.suffixes if name.lower().endswith(f".{suffix}")]
    return max(ends, key=lambda end: len(end[0]))[1] if ends else None


def write(form: Format, archive: Questions, selection: Selection, out: BinaryIO) -> int:
    """Writes what is selected into a file that is open for bytes; answers how many stories (captures) these were.

    Raises:
        ExportError: when this format cannot hold the selection; nothing has been written then.
    """
    return form.write(Chosen(archive=archive, selection=selection), out)


def export(form: Format, chosen: Chosen, path: Path, *, replaces: bool = False) -> int:
    """Writes what is chosen to a file, which appears whole or not at all; answers as `write`.

    Whoever is killed on the way leaves no file of that name, and beside it one that the next export takes away: it
    begins anew, and gives the same bytes.

    Args:
        form: One of `FORMATS`.
        chosen: What is handed over.
        path: The name that the file takes when it is whole.
        replaces: An older file of this name gives way then.

    Raises:
        ExportError: as `write`. `FileExistsError`: an older file is there, and is left alone.
        OSError: when the file cannot be written; an older one of that name is then untouched.
    """
    with whole_path(path, replaces=replaces) as temporary, temporary.open("wb") as file:
        return form.write(chosen, file)
