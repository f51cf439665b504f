"""Figures of a benchmark, as one table or for programs."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        of: What the value is a part of; None for a value that stands alone.
        asked: What was promised, in words.
    """

    name: str
    value: float
    of: float | None = None
    asked: str = ""

    @property
    def text(self) -> str:
        if self.of is None:
            return f"{self.value:.3f}" if isinstance(self.value, float) else str(self.value)
        return f"{self.value:g} of {self.of:g}" + (f" = {self.value / self.of:.3f}" if self.of else "")


def rows(part: str, figures: list[Figure]) -> Iterator[str]:
    """The table's lines of one part."""
    for figure in figures:
        asked = f"  (asked {figure.asked})" if figure.asked else ""
        yield f"{part:<12} {figure.name:<46} {figure.text:>22}{asked}"


def tell(line: str) -> None:
    """Progress, on a terminal over the last line."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def end_telling() -> None:
    tell("")
