"""When a page is read again, and after how many visits its outcome is believed: all of the rhythm of recrawls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from wangqi.outcomes import OUTCOMES, RETRIED, Outcome

# Nothing is final after one bad answer: so long it must have been given, beside the visits that its word asks for.
CONFIRMED_OVER: Final = timedelta(days=3)
# A list that lost more than half of its rows and names nothing new may be half an answer.
SHRUNK_VISITS: Final = 3
FIRST_PAUSE: Final = timedelta(hours=1)  # after a failure; each further one doubles it
FIRST_DOUBT: Final = timedelta(hours=4)  # after an answer that is not believed yet; each further one makes it fourfold
LONGEST_PAUSE: Final = timedelta(days=7)
LOST_COLUMN: Final = timedelta(days=30)  # a column that is gone may come back
HELD_PAUSE: Final = timedelta(days=1)  # of a page whose newest text is held: it may be cleaned, or say the same
# Days between two visits of a page: where its own rhythm begins, and how far news and the lack of it may carry it.
FIRST_INTERVAL: Final = 7
SHORTEST_INTERVAL: Final = 1
LONGEST_INTERVAL: Final = 90
LONGEST_OF_A_LIST: Final = 28  # its first page is read by every run besides
# What was published within so long is corrected, and joined by what is published late with an earlier day.
RECENT: Final = timedelta(days=31)
DAILY: Final = timedelta(hours=20)  # less than a day: a run that comes once a day finds due what the last one read
# A page that has so often said that it has not changed is asked for as if it had never been read: its server may lie.
MOST_UNCHANGED_LISTINGS: Final = 2
MOST_UNCHANGED_STORIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the visits so far have left of a page.

    Attributes:
        outcome: Of the last one, None before the first.
        attempts: Bad answers in a row.
        interval_days: Between its last two visits, 0 of a page that has no rhythm yet.
        unconfirmed_since: When the first of these bad answers came; None once they are believed.
        rows: That it listed when it was last believed to be a listing; None of a page that never was one.
    """

    outcome: str | None = None
    attempts: int = 0
    interval_days: int = 0
    unconfirmed_since: datetime | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a visit ended in.

    Attributes:
        rows: Of a listing.
        names_new: It leads to pages that the archive did not know.
        is_guess: Nobody has named the page: it was tried because its address looked likely.
        is_recent: Its story was published within the window of recent ones, or it lists such a story; None where the
            visit did not show that, so that it is as before.
        asked: When the server, or the catalogue, wants it to be read again.
    """

    outcome: Outcome
    rows: int | None = None
    names_new: bool = False
    is_guess: bool = False
    is_recent: bool | None = False
    asked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVisit:
    """What is written to the page.

    Attributes:
        outcome: `dead` in place of the last of too many failures.
        due_at: None when only a person or a new run's watch makes it due again.
        interval_days: Its rhythm as it is now, 0 for what has none.

    The others are those of `Standing`.
    """

    outcome: Outcome
    due_at: datetime | None
    attempts: int = 0
    interval_days: int = 0
    unconfirmed_since: datetime | None = None
    rows: int | None = None


def next_visit(answer: Answer, before: Standing, now: datetime) -> NextVisit:
    """The page's place in the frontier after a visit.

    A page whose text is held is read again after a day. A story, and a later page of a list, has a rhythm of its own:
    it begins with 7 days, is halved by each visit that brings something new, to 7 days and less, and doubled by each
    that brings nothing: a day at least, and at most 90, of a list 28. What is recent is read every day.

    Everything else may pass: it is asked for again after hours, days and weeks, until its word's number of visits in a
    row, over three days at least, have said the same. Then it is believed: what failed is dead, a column that is gone
    is asked for once a month, and the rest is final.
    """
    visits = _visits_needed(answer, before)
    if not visits:
        return _good(answer, before, now)
    attempts, since = before.attempts + 1, before.unconfirmed_since or now
    was_believed = before.attempts > 0 and before.unconfirmed_since is None
    lasted = attempts >= visits and now - since >= CONFIRMED_OVER
    if visits == 1 or (_says_the_same(answer.outcome, before.outcome) and (was_believed or lasted)):
        return _believed(answer, before, now, attempts)
    return NextVisit(
        outcome=answer.outcome,
        due_at=answer.asked or now + _pause(answer.outcome, attempts),
        attempts=attempts,
        unconfirmed_since=since,
        rows=before.rows,
    )


def has_shrunk(answer: Answer, before: Standing) -> bool:
    """Whether a list shows so much less than before that it may be half an answer."""
    return not answer.names_new and before.rows is not None and 2 * (answer.rows or 0) < before.rows


def asks_whole(unchanged: int, *, lists: bool) -> bool:
    """Whether a page that answered 304 so often in a row is asked for without conditions."""
    return unchanged >= (MOST_UNCHANGED_LISTINGS if lists else MOST_UNCHANGED_STORIES)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gives with an answer, to be asked later whether it still holds."""

    etag: str | None = None
    last_modified: str | None = None

    def lie(self, later: "Validators", silent_since: datetime | None) -> bool:
        """Whether these, and the `later` ones of another body, show that the server's "not changed" means nothing.

        It gives two bodies one mark; or it answered 304 at `silent_since`, and by its own date had changed before.
        """
        if self.etag or later.etag:
            return bool(self.etag) and self.etag == later.etag
        if self.last_modified and self.last_modified == later.last_modified:
            return True
        changed = _moment(later.last_modified)
        return bool(silent_since and changed and changed < silent_since)


def _visits_needed(answer: Answer, before: Standing) -> int:
    """0 for an answer that is as good as any."""
    its = OUTCOMES[answer.outcome]
    if its.stand in {"story", "part"}:
        return 0
    if its.stand == "listing":
        return SHRUNK_VISITS if has_shrunk(answer, before) else 0
    if answer.asked:
        return OUTCOMES["failed"].visits
    if its.stand == "final" and answer.is_guess:
        return 1
    # A list of members stays in the frontier, whatever its last visit says.
    return OUTCOMES["not_story"].visits if its.is_our_choice and before.rows is not None else its.visits


def _good(answer: Answer, before: Standing, now: datetime) -> NextVisit:
    its = OUTCOMES[answer.outcome]
    rows = (answer.rows or 0) if its.stand == "listing" else before.rows
    if answer.outcome == "part":
        return NextVisit(outcome=answer.outcome, due_at=None, rows=rows)
    days = FIRST_INTERVAL if its.is_held else _interval(answer, before)
    pause = HELD_PAUSE if its.is_held else timedelta(days=days) if days > SHORTEST_INTERVAL else DAILY
    return NextVisit(outcome=answer.outcome, due_at=answer.asked or now + pause, interval_days=days, rows=rows)


def _interval(answer: Answer, before: Standing) -> int:
    """The page's own rhythm, in days."""
    if answer.is_recent:
        return SHORTEST_INTERVAL
    its, days = OUTCOMES[answer.outcome], before.interval_days
    if not days:
        return FIRST_INTERVAL
    if its.is_new_text or answer.names_new:
        return max(SHORTEST_INTERVAL, min(FIRST_INTERVAL, days // 2))
    if answer.is_recent is None:
        return days
    if its.stand == "listing":
        return min(LONGEST_OF_A_LIST, 2 * days)
    return min(LONGEST_INTERVAL, 2 * days) if answer.outcome == "unchanged" else FIRST_INTERVAL


def _believed(answer: Answer, before: Standing, now: datetime, attempts: int) -> NextVisit:
    if OUTCOMES[answer.outcome].stand == "listing":
        return _good(answer, before, now)
    has_failed = answer.outcome in RETRIED or answer.asked is not None
    return NextVisit(
        outcome="dead" if has_failed else answer.outcome,
        due_at=None if before.rows is None else now + LOST_COLUMN,
        attempts=attempts,
        rows=before.rows,
    )


def _says_the_same(word: Outcome, before: str | None) -> bool:
    return word == before or (word in RETRIED and (before in RETRIED or before == "dead"))


def _pause(word: Outcome, attempts: int) -> timedelta:
    first, factor = (FIRST_PAUSE, 2) if word in RETRIED else (FIRST_DOUBT, 4)
    times: int = factor ** min(attempts - 1, 10)
    return min(LONGEST_PAUSE, first * times)


def _moment(date: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date) if date else None
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment if moment and moment.utcoffset() is not None else None
