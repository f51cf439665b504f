"""The part of `Archive` in which the scheduler keeps what it must not forget."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, TypeVar

from storage import scheduling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from storage.rows import CallRow, IncidentRow, Notice, NoticeRow, SchedulerRow

T = TypeVar("T")


class Timekeeping(ABC):
    """The scheduler, its calls of crawls, and what it tells whom."""

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

    def open_incidents(self) -> list[IncidentRow]:
        """All that is wrong by the last examination, the oldest first."""
        return self._read(scheduling.incidents.open_ones)

    def keep_incidents(
        self, begun: Sequence[IncidentRow], ended: Sequence[IncidentRow], notices: Sequence[Notice]
    ) -> None:
        """Begins and ends incidents and puts their notices into the outbox, all or nothing."""
        self._write(lambda c: scheduling.incidents.keep(c, begun, ended, notices))

    def put_notices(self, notices: Sequence[Notice], now: datetime) -> None:
        """Puts them into the scheduling.outbox."""
        self._write(lambda c: scheduling.outbox.put(c, notices, now))

    def waiting_notices(self, now: datetime | None = None) -> list[NoticeRow]:
        """Those that are to be tried at this moment, or all that wait; the oldest first."""
        return self._read(lambda c: scheduling.outbox.waiting(c, now))

    def notice_taken(self, number: int, now: datetime) -> None:
        """Keeps that its channel has it."""
        self._write(lambda c: scheduling.outbox.taken(c, number, now))

    def notice_refused(self, number: int, trouble: str, now: datetime) -> None:
        """Keeps why it could not be sent, and when it is tried again: after a minute, then ever later, to an hour."""
        self._write(lambda c: scheduling.outbox.refused(c, number, trouble, now))

    def drop_notice(self, number: int) -> None:
        """Forgets one whose channel there is no more."""
        self._write(lambda c: scheduling.outbox.drop(c, number))

    def last_digest(self, channel: str) -> datetime | None:
        """When the last digest for this channel was made."""
        return self._read(lambda c: scheduling.outbox.last_digest(c, channel))
