"""Many lines in the order of their bytes, most of them on disk meanwhile."""

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_IN_MEMORY: Final = 20_000


class SortedLines:
    """Takes lines without their ends; iterated over, gives them sorted, with their ends."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._runs: list[Path] = []
        self._lines: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def add(self, line: str) -> None:
        self._lines.append(f"{line}\n".encode())
        if len(self._lines) >= _IN_MEMORY:
            run = Path(self._folder.name, str(len(self._runs)))
            run.write_bytes(b"".join(sorted(self._lines)))
            self._runs.append(run)
            self._lines.clear()

    def __iter__(self) -> Iterator[bytes]:
        with ExitStack() as files:
            runs = [files.enter_context(run.open("rb")) for run in self._runs]
            yield from heapq.merge(*runs, sorted(self._lines))
