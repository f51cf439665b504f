"""The part of `Archive` in which the scheduler keeps what it must not forget."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, TypeVar

from storage import scheduling

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from storage.rows import CallRow, SchedulerRow

T = TypeVar("T")


class Timekeeping(ABC):
    """The scheduler, and its calls of crawls."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    @abstractmethod
    def _write(self, work: Callable[[Connection], T]) -> T: ...

    def scheduler(self) -> SchedulerRow | None:
        """Who is its scheduler, or was it last: whether it still runs is what `scheduler_lock` knows."""
        return self._read(scheduling.holders.last)

    def begin_schedule(self, pid: int, host: str, now: datetime) -> None:
        """Keeps who is the scheduler now."""
        self._write(lambda c: scheduling.holders.begin(c, pid, host, now))

    def has_looked(self, now: datetime) -> None:
        """Keeps that the scheduler is alive."""
        self._write(lambda c: scheduling.holders.looked(c, now))

    def calls(self) -> dict[str, CallRow]:
        """The last call of each series that was ever called, by the name of its entry."""
        return self._read(scheduling.calls.all_of_them)

    def note_call(self, series: str, due_at: datetime, now: datetime) -> None:
        """Keeps that the crawl of this entry is called for `due_at`: before it is, so that no death can undo it."""
        self._write(lambda c: scheduling.calls.note(c, series, due_at, now))
