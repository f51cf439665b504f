"""CSV with a header line, as spreadsheets open it."""

import csv
import json
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from typing import BinaryIO, Final

from storage.exports.chosen import Chosen
from storage.exports.fields import FACTS, FILES, plain

_ENCODING: Final = "utf-8-sig"  # without the mark Excel takes Chinese for the local code page
# https://owasp.org/www-community/attacks/CSV_Injection, and the full-width twins that Excel accepts as well
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")

_MISSING: Final = "files_missing"  # how many of them are not kept, so that a spreadsheet can ask for it


def write(chosen: Chosen, out: BinaryIO) -> int:
    """A cell that a spreadsheet would run gets an apostrophe before it, unless the cells are wanted raw.

    A story's files are a JSON list in one cell, which is empty where it has none.
    """
    text = TextIOWrapper(out, encoding=_ENCODING, newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([*FACTS, FILES, _MISSING])
    number = 0
    for number, (facts, files) in enumerate(chosen.filed(), 1):  # noqa: B007 - the count is the answer
        values = plain(facts, files)
        shown = values.pop(FILES)
        cells = [*values.values(), files_cell(shown), sum(file["missing"] is not None for file in shown)]
        writer.writerow(cells if chosen.is_raw else map(harmless, cells))
    text.flush()
    text.detach()  # the file is its owner's to close
    return number


def files_cell(files: Sequence[Mapping[str, object]]) -> str:
    """A story's pictures and attachments as JSON; "" of none."""
    return json.dumps(files, ensure_ascii=False) if files else ""


def harmless(cell: object) -> object:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
