"""The part of `Archive` by which it proves what it held, and when."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from storage import upkeep

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

T = TypeVar("T")


class Proving(ABC):
    """Manifests of runs, and what they prove of a story."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    @abstractmethod
    def _write(self, work: Callable[[Connection], T]) -> T: ...

    def make_manifests(self) -> None:
        """One for each run that has ended without one."""
        self._write(lambda c: upkeep.manifests.make(c, datetime.now(UTC)))

    def unstamped(self, limit: int = 20) -> list[tuple[int, bytes]]:
        """The oldest runs whose manifests bear no time stamp, each with the root that is to be stamped."""
        return self._read(lambda c: upkeep.manifests.unstamped(c, limit))

    def keep_time_stamp(self, run_id: int, time_stamp: bytes) -> None:
        """Keeps what a time stamping authority has answered of a run's root."""
        self._write(lambda c: upkeep.manifests.keep_time_stamp(c, run_id, time_stamp, datetime.now(UTC)))

    def proof(self, story_id: int) -> upkeep.manifests.Proof:
        """That a run has stored the text that stands for a story; raises `UnknownTextError`, `DamagedError`."""
        return self._read(lambda c: upkeep.manifests.proof(c, story_id))
