"""What the clock keeps, as it is answered."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """The last crawl of a series that the scheduler has called.

    Attributes:
        series: The name of the catalogue's entry.
        due_at: The moment of its schedule for which it was called.
        called_at: When it was called last for that moment, and for the `attempts`-th time.
        after_run: The newest run that the series had then, 0 without one; the first one after it is the run called.
    """

    series: str
    due_at: datetime
    called_at: datetime
    attempts: int
    after_run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulerRow:
    """The process that is the archive's scheduler, or was it last.

    Attributes:
        looked_at: When it last looked what is due, as it does every minute.
    """

    pid: int
    host: str
    started_at: datetime
    looked_at: datetime
