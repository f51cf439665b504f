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


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """Something that is wrong, or was.

    Attributes:
        series: The name of the series; empty of what concerns all of them.
        what: One word, for programs: a sign of `scrapy health`.
        level: `look` or `broken`.
        fact: One sentence, as it was told when it began.
        ended_at: None while it lasts.
    """

    id: int
    series: str
    what: str
    level: str
    fact: str
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What somebody is to be told.

    Attributes:
        channel: The entry of the catalogue whose `notify` it goes to, empty for the one above all entries.
        address: Which of its addresses, from 0.
        kind: `incident` or `digest`.
    """

    channel: str
    address: int
    kind: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow(Notice):
    """A notice that waits for its channel, or was taken by it.

    Attributes:
        due_at: When it is tried next, None when it was taken.
        attempts: That have failed; `trouble` says why the last one did.
    """

    id: int
    made_at: datetime
    due_at: datetime | None
    attempts: int
    trouble: str | None
    sent_at: datetime | None
