"""How far a long work is: a bar on a terminal, a line at the end of each step elsewhere."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from crawler.cli.terminal import in_utf8, print_error, print_text, told_lines


class StandingLine:
    """Goes to stderr; what is printed meanwhile stands above it."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task = TaskID(0)
        self._step = ""

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            columns = TextColumn("{task.description}"), BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn()
            console = Console(file=in_utf8(sys.stderr), highlight=False)
            self._bar = Progress(*columns, console=console, transient=True, redirect_stdout=False)
            self._bar.start()
            self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, step: str, done: int, of: int) -> None:
        """So many things of this step are done, of so many."""
        if self._bar:
            if step != self._step:
                self._bar.reset(self._task, description=told_lines(step), total=of or None)
            self._bar.update(self._task, completed=done, total=of or None)
        elif done == of and step != self._step:
            self.print_aside(f"{step}: {of} read" if of else f"{step}: nothing of it to read")
        if done == of or self._bar:
            self._step = step

    def print(self, text: str) -> None:
        """A line that is safe already, to stdout."""
        if self._bar and sys.stdout.isatty():
            self._bar.stop()
            print_text(text)
            self._bar.start()
        else:
            print_text(text)

    def print_aside(self, text: str) -> None:
        """A line of what is no answer, to stderr."""
        if self._bar:
            self._bar.console.print(told_lines(text), markup=False)
        else:
            print_error(text)
