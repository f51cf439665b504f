"""Ctrl-C and SIGTERM as something to wait for."""

import queue
import signal
from types import FrameType, TracebackType
from typing import Any, Final, Self

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


class StopSignals:
    """Takes the signals that ask a process to stop, for as long as it is entered; in the main thread only."""

    def __init__(self) -> None:
        # Of all that can be waited for, only this may be touched by a signal handler without a deadlock.
        self._seen: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._before: list[Any] = []

    def __enter__(self) -> Self:
        self._before = [signal.signal(number, self._take) for number in _STOPPING]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in zip(_STOPPING, self._before, strict=True):
            signal.signal(number, handler)

    def wait(self, seconds: float | None = None) -> bool:
        """Waits for one, for ever or so long; whether one has come. Each one is waited for once."""
        try:
            self._seen.get(timeout=seconds)
        except queue.Empty:
            return False
        return True

    def _take(self, number: int, _frame: FrameType | None) -> None:
        self._seen.put(number)
