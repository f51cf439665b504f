"""PURE: when a page is due again, from what its visit ended in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wangqi.outcomes import OUTCOMES, Outcome

MAX_ATTEMPTS: Final = 8
FIRST_PAUSE: Final = timedelta(hours=1)
LONGEST_PAUSE: Final = timedelta(days=7)
LISTING_INTERVAL: Final = timedelta(days=7)  # its first page is read by every run besides
SHORTEST_INTERVAL: Final = 7  # days until a new or revised story is read again
LONGEST_INTERVAL: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVisit:
    """What is written to the page.

    Attributes:
        outcome: `dead` in place of the last of too many failures.
        due_at: None when only a person or a new run's watch makes it due again.
        interval_days: Between two readings of a story, 0 for what is no story.
    """

    outcome: Outcome
    due_at: datetime | None
    attempts: int
    interval_days: int


def next_visit(
    outcome: Outcome, now: datetime, *, attempts: int = 0, interval_days: int = 0, asked: datetime | None = None
) -> NextVisit:
    """The page's place in the frontier after a visit.

    A story is read again after 7 days, then after twice as long each time it is unchanged, at most 90; a revision
    brings it back to 7. What failed is tried again after 1, 2, 4 … hours, at most 7 days, 8 times, then it is dead.
    A listing is read again after 7 days. Everything else is final, unless a server has `asked` for another try, which
    then counts as an attempt; a story that was asked for comes when it was asked for.
    """
    stand = OUTCOMES[outcome].stand
    if stand == "story":
        days = (
            min(LONGEST_INTERVAL, 2 * interval_days) if outcome == "unchanged" and interval_days else SHORTEST_INTERVAL
        )
        return NextVisit(outcome=outcome, due_at=asked or now + timedelta(days=days), attempts=0, interval_days=days)
    if stand == "listing":
        return NextVisit(outcome=outcome, due_at=asked or now + LISTING_INTERVAL, attempts=0, interval_days=0)
    if stand != "retried" and asked is None:
        return NextVisit(outcome=outcome, due_at=None, attempts=0, interval_days=0)
    failures = attempts + 1
    if failures >= MAX_ATTEMPTS:
        return NextVisit(outcome="dead", due_at=None, attempts=failures, interval_days=0)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1))
    return NextVisit(outcome=outcome, due_at=asked or now + pause, attempts=failures, interval_days=0)
