"""An answer that many pages need, made by one of them and kept for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_NEVER: Final = float("-inf")


@dataclass(slots=True)
class Fresh(Generic[T]):
    """Of many readers one makes it anew; the others wait where there is none yet, and take the older one else."""

    make: Callable[[], T]
    _value: T | None = None
    _made_at: float = _NEVER
    _lock: Lock = field(default_factory=Lock)

    def at_most(self, seconds: float) -> T:
        """The answer, at most so old (and, while it is being made anew, as much older as that takes)."""
        found = self._value
        if found is not None and self._age() <= seconds:
            return found
        if self._lock.acquire(blocking=found is None):
            try:
                if self._value is None or self._age() > seconds:
                    self._value, self._made_at = self.make(), time.monotonic()
                found = self._value
            finally:
                self._lock.release()
        assert found is not None
        return found

    def _age(self) -> float:
        return time.monotonic() - self._made_at
