"""The time of this process, which goes on when the machine's clock is put back."""

import threading
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Never behind what it has said before, and never behind the machine's clock.

    Pages that a run has discovered are due from that moment on: were the clock put back by an hour, none would be due
    for an hour, and the run would end without them.
    """

    def __init__(self) -> None:
        self._said = datetime.now(UTC)
        self._at = time.monotonic()
        self._gate = threading.Lock()

    def now(self) -> datetime:
        """In UTC."""
        with self._gate:
            at = time.monotonic()
            self._said = max(datetime.now(UTC), self._said + timedelta(seconds=at - self._at))
            self._at = at
            return self._said
