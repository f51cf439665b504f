"""What `scrapy diff` prints: the verdict in words, then both texts side by side or one under the other."""

import shutil
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from storage.rows import NamedText
from views.cells import cell, safe
from views.diff_pieces import Kind, Paragraph, Row
from wangqi.copies.records import Comparison

_STYLES: Final[dict[Kind, str]] = {
    "equal": "",
    "number": "bold white on red",
    "name": "bold white on red",
    "word": "black on yellow",
    "insert": "green",
    "delete": "red strike",
    "lost": "red strike",
    "new": "green",
}
# Where there are no colours, brackets say the same.
_MARKS: Final[dict[Kind, tuple[str, str]]] = {
    "equal": ("", ""),
    "number": ("【", "】"),
    "name": ("【", "】"),
    "word": ("[", "]"),
    "insert": ("{+", "+}"),
    "delete": ("[-", "-]"),
    "lost": ("[-", "-]"),
    "new": ("{+", "+}"),
}
_SHOWN: Final = 20


def heading(first: NamedText, second: NamedText, comparison: Comparison) -> str:
    """The verdict and its figures; several lines, safe for a terminal."""
    return "\n".join(cell(line) for line in _lines(first, second, comparison))


def print_rows_of(rows: Sequence[Row], console: Console) -> None:
    """Only rows that differ. In colours on a terminal, else with marks."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    for left, right in rows:
        if _differs(left) or _differs(right) or not (left and right):
            table.add_row(_coloured(left), _coloured(right))
            table.add_row("", "")
    console.print(table)


def marked(rows: Sequence[Row]) -> Iterator[str]:
    """The rows that differ as plain lines."""
    for left, right in rows:
        if _differs(left) or _differs(right) or not (left and right):
            yield f"< {_plain(left)}"
            yield f"> {_plain(right)}"


def console_of_width() -> Console:
    """As wide as the terminal."""
    return Console(highlight=False, width=shutil.get_terminal_size().columns)


def _lines(first: NamedText, second: NamedText, comparison: Comparison) -> Iterator[str]:
    for sign, one in (("<", first), (">", second)):
        yield f"{sign} r{one.revision_id} of story {one.story_id}, 《{one.title}》, {one.url}"
    yield f"The second is to the first: {comparison.verdict} ({comparison.reason})."
    swaps, conflicts = comparison.swap_count, comparison.number_conflicts
    names, lost, new = (len(each) for each in (comparison.name_conflicts, comparison.lost, comparison.new))
    yield f"Words swapped: {swaps}. Numbers or dates that differ: {len(conflicts)}. Names: {names}."
    yield f"Sentences of the first that are gone: {lost}. New ones of the second: {new}."
    for what, pairs in (("numbers or dates", conflicts), ("names", comparison.name_conflicts)):
        if pairs:
            yield f"Other {what}: " + "、".join(f"{before} → {after}" for before, after in pairs[:_SHOWN])
    if comparison.injected:
        yield "Put in: " + "、".join(f"{word} ×{count}" for word, count in comparison.injected)
    if comparison.swaps:
        shown = comparison.swaps[:_SHOWN]
        more = "" if len(shown) == len(comparison.swaps) else " …"
        yield "Swapped: " + "、".join(f"{one.before} → {one.after} ×{one.count}" for one in shown) + more


def _differs(paragraph: Paragraph) -> bool:
    return any(piece.kind != "equal" for piece in paragraph)


def _coloured(paragraph: Paragraph) -> Text:
    return Text.assemble(*((safe(piece.text), _STYLES[piece.kind]) for piece in paragraph))


def _plain(paragraph: Paragraph) -> str:
    return "".join(f"{_MARKS[piece.kind][0]}{safe(piece.text)}{_MARKS[piece.kind][1]}" for piece in paragraph)
