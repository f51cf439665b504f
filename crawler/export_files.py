"""Stories into a file: JSON lines, or CSV that a spreadsheet opens without running what a page has put there."""

import csv
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TextIO

from crawler.story_rows import story_row
from crawler.tables import READERS_ZONE, in_utf8, json_line
from storage.rows import StoryRow

# https://owasp.org/www-community/attacks/CSV_Injection, and the full-width twins of its signs
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
_COLUMNS: Final = (
    *("id", "series", "ordinal", "title", "subtitle", "published", "published_at", "published_precision"),
    *("published_source", "author", "source", "subject", "language", "status", "copies", "chars"),
    *("first_seen_at", "url", "text"),
)

Write = Callable[[Iterable[StoryRow], TextIO], int]


def write_stories(stories: Iterable[StoryRow], target: str, form: str, *, raw_csv: bool = False) -> int:
    """Writes them to the file of this name, or to stdout for "-"; answers how many.

    The file appears when it is whole and on the disk; until then the one that was there stays.

    Raises:
        OSError: when the file cannot be written.
    """
    write = WRITERS[form] if not raw_csv else partial(_write_csv, guard=False)
    if target == "-":
        return write(stories, in_utf8(sys.stdout))
    with _appearing_whole(Path(target)) as stream:
        return write(stories, stream)


def guarded(cell: str) -> str:
    """A cell that a spreadsheet takes for text.

    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write_jsonl(stories: Iterable[StoryRow], stream: TextIO) -> int:
    written = 0
    for story in stories:
        stream.write(f"{json_line(story_row(story, with_text=True))}\n")
        written += 1
    return written


def _write_csv(stories: Iterable[StoryRow], stream: TextIO, *, guard: bool = True) -> int:
    stream.write("\ufeff")  # by this Excel knows that it is UTF-8
    table = csv.writer(stream)
    table.writerow(_COLUMNS)
    written = 0
    for story in stories:
        cells = _cells(story_row(story, with_text=True))
        table.writerow([guarded(cell) for cell in cells] if guard else cells)
        written += 1
    return written


def _cells(row: Mapping[str, Any]) -> list[str]:
    moments = {
        name: row[name].astimezone(READERS_ZONE).isoformat() for name in ("published_at", "first_seen_at") if row[name]
    }
    values = {**row, **moments}
    return ["" if values[name] is None else str(values[name]) for name in _COLUMNS]


@contextmanager
def _appearing_whole(path: Path) -> Iterator[TextIO]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


WRITERS: Final[Mapping[str, Write]] = {"jsonl": _write_jsonl, "csv": _write_csv}
