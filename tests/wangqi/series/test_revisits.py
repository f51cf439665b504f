"""The rhythm of recrawls, over a clock that tests move."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.outcomes import FAILURES, FINAL, OUTCOMES, RETRIED, STORIES, Outcome
from wangqi.series.revisits import (
    CONFIRMED_OVER,
    DAILY,
    LONGEST_INTERVAL,
    LONGEST_OF_A_LIST,
    LONGEST_PAUSE,
    LOST_COLUMN,
    Answer,
    NextVisit,
    Standing,
    Validators,
    asks_whole,
    next_visit,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = ["gone", "soft_404", "not_story", "unreadable"]
UNREAD = Standing()
COLUMN = Standing(outcome="listing", rows=20)


def after(visit: NextVisit) -> Standing:
    return Standing(
        outcome=visit.outcome,
        attempts=visit.attempts,
        interval_days=visit.interval_days,
        unconfirmed_since=visit.unconfirmed_since,
        rows=visit.rows,
    )


def visits(answers: Iterable[Answer], before: Standing = UNREAD, every: timedelta | None = None) -> list[NextVisit]:
    """One visit an answer, when the page is due or every so often; ends with the one that leaves nothing due."""
    now, done = NOW, []
    for answer in answers:
        visit = next_visit(answer, before, now)
        done.append(visit)
        if visit.due_at is None:
            break
        assert visit.due_at > now
        now, before = now + every if every else visit.due_at, after(visit)
    return done


def pauses(done: list[NextVisit]) -> list[timedelta]:
    times = [NOW, *(visit.due_at for visit in done if visit.due_at)]
    return [later - earlier for earlier, later in pairwise(times)]


@pytest.mark.parametrize("word", [*ANSWERS, *sorted(RETRIED)])
def test_no_answer_is_believed_at_its_first_visit_or_on_its_first_day(word: Outcome) -> None:
    (first,) = visits([Answer(outcome=word)])
    assert first.due_at
    assert first.due_at <= NOW + 4 * HOUR
    assert (first.outcome, first.unconfirmed_since) == (word, NOW)
    asked_often = visits([Answer(outcome=word)] * 100, every=timedelta(minutes=30))
    assert all(visit.unconfirmed_since == NOW for visit in asked_often)


@pytest.mark.parametrize("word", ANSWERS)
def test_an_answer_is_believed_after_four_visits_over_days(word: Outcome) -> None:
    done = visits([Answer(outcome=word)] * 9)
    assert pauses(done) == [4 * HOUR, 16 * HOUR, 64 * HOUR]
    assert sum(pauses(done), timedelta()) >= CONFIRMED_OVER
    assert (done[-1].outcome, done[-1].due_at, done[-1].unconfirmed_since) == (word, None, None)


def test_failures_die_after_eight_visits_with_pauses_that_double() -> None:
    done = visits([Answer(outcome=word) for word in ("failed", "blocked", "truncated", "failed") * 3])
    assert pauses(done) == [HOUR * 2**n for n in range(7)]
    assert [visit.outcome for visit in done][-2:] == ["truncated", "dead"]


def test_one_404_after_a_week_of_failures_is_one_404() -> None:
    (*_, last) = visits([*[Answer(outcome="failed")] * 6, Answer(outcome="gone")])
    assert last.due_at
    assert last.due_at <= NOW + 40 * DAY
    assert last.unconfirmed_since == NOW


def test_a_good_answer_forgives_all() -> None:
    (*_, last) = visits([*[Answer(outcome="gone")] * 3, Answer(outcome="listing", rows=3)])
    assert (last.attempts, last.unconfirmed_since, last.rows) == (0, None, 3)
    (*_, last) = visits([*[Answer(outcome="not_story")] * 3, Answer(outcome="stored")])
    assert (last.attempts, last.unconfirmed_since, last.interval_days) == (0, None, 7)


def test_what_was_believed_is_so_again_after_one_more_visit_and_not_after_another_word() -> None:
    (*_, gone) = visits([Answer(outcome="gone")] * 4)
    assert next_visit(Answer(outcome="gone"), after(gone), NOW + 90 * DAY).due_at is None
    assert next_visit(Answer(outcome="not_story"), after(gone), NOW + 90 * DAY).unconfirmed_since
    forgiven = replace(after(gone), attempts=0)
    assert next_visit(Answer(outcome="gone"), forgiven, NOW + 90 * DAY).unconfirmed_since


def test_a_guess_is_believed_at_once_but_may_fail() -> None:
    assert next_visit(Answer(outcome="gone", is_guess=True), Standing(), NOW).due_at is None
    assert next_visit(Answer(outcome="failed", is_guess=True), Standing(), NOW).due_at


@pytest.mark.parametrize("word", ["robots", "too_large", "out_of_scope"])
def test_what_no_visit_would_change_is_final_unless_the_server_asks(word: Outcome) -> None:
    assert next_visit(Answer(outcome=word), Standing(), NOW).due_at is None
    asked = next_visit(Answer(outcome=word, asked=NOW + HOUR), Standing(), NOW)
    assert (asked.due_at, asked.unconfirmed_since) == (NOW + HOUR, NOW)


@pytest.mark.parametrize("word", sorted(FINAL - {"dead", "robots", "too_large"}))
def test_a_column_that_is_lost_is_asked_for_once_a_month(word: Outcome) -> None:
    done = visits([Answer(outcome=word)] * 6, COLUMN)
    assert done[2].unconfirmed_since
    assert [visit.unconfirmed_since for visit in done[3:]] == [None] * 3
    assert pauses(done)[-1] == LOST_COLUMN
    assert {visit.rows for visit in done} == {20}


def test_a_list_of_less_than_half_its_rows_is_doubted_unless_it_names_something_new() -> None:
    short = Answer(outcome="listing", rows=9)
    first = next_visit(short, COLUMN, NOW)
    assert (first.outcome, first.unconfirmed_since, first.rows) == ("listing", NOW, 20)
    assert next_visit(replace(short, names_new=True), COLUMN, NOW).unconfirmed_since is None
    assert next_visit(replace(short, rows=10), COLUMN, NOW).unconfirmed_since is None
    assert next_visit(replace(short, rows=0), replace(COLUMN, rows=1), NOW).unconfirmed_since
    (*_, last) = visits([short] * 3, COLUMN, every=2 * DAY)
    assert (last.unconfirmed_since, last.rows, last.attempts) == (None, 9, 0)


def test_stories_are_read_again_ever_more_seldom() -> None:
    words: list[Outcome] = ["stored", *["unchanged"] * 5, "revised"]  # type: ignore[list-item]
    days = [visit.interval_days for visit in visits(Answer(outcome=word) for word in words)]
    assert days == [7, 14, 28, 56, LONGEST_INTERVAL, LONGEST_INTERVAL, 7]


def test_each_page_learns_its_own_rhythm() -> None:
    lively = [visit.interval_days for visit in visits([Answer(outcome="revised")] * 6)]
    assert lively == [7, 3, 1, 1, 1, 1]
    lists = [Answer(outcome="listing", rows=20, names_new=new) for new in (False, False, False, False, True, True)]
    assert [visit.interval_days for visit in visits(lists, COLUMN)] == [7, 14, LONGEST_OF_A_LIST, 28, 7, 3]
    bad = next_visit(Answer(outcome="failed"), Standing(outcome="unchanged", interval_days=56), NOW)
    assert next_visit(Answer(outcome="unchanged"), after(bad), NOW).interval_days == 7


@pytest.mark.parametrize("word", ["unchanged", "listing"])
def test_what_is_recent_is_read_by_every_daily_run_and_then_ever_more_seldom(word: Outcome) -> None:
    published, at, read = NOW, NOW, [0]
    before, due = Standing(outcome=word, interval_days=14, rows=20 if word == "listing" else None), NOW
    for day in range(120):
        at = NOW + day * DAY + timedelta(minutes=7 * day % 60)  # no run begins to the minute
        if due <= at:
            visit = next_visit(Answer(outcome=word, rows=20, is_recent=at - published < 31 * DAY), before, at)
            assert visit.due_at
            before, due = after(visit), visit.due_at
            read.append(day)
    assert read[1:32] == [*range(31)]
    gaps = [later - earlier for earlier, later in pairwise(read[31:])]
    assert gaps == sorted(gaps)
    assert len(gaps) <= 8
    unknown = next_visit(Answer(outcome="listing", rows=20, is_recent=None), Standing(rows=20, interval_days=1), NOW)
    assert (unknown.due_at, unknown.interval_days) == (NOW + DAILY, 1), "a 304 does not say what the list shows"


@given(st.lists(st.sampled_from(sorted(OUTCOMES)), min_size=1, max_size=30), st.booleans())
def test_every_course_of_visits_leaves_a_page_that_fits_its_last_word(words: list[Outcome], lists: bool) -> None:  # noqa: FBT001
    done = visits([Answer(outcome=word, rows=12) for word in words], COLUMN if lists else Standing())
    for visit in done:
        good = OUTCOMES[visit.outcome].stand in {"story", "listing", "part"}
        assert not (good and visit.unconfirmed_since), "nothing is wrong with it"
        assert visit.due_at or visit.unconfirmed_since is None, "what is doubted is asked again"
        assert good == (visit.attempts == 0)
        assert visit.rows is not None or not lists, "a column stays one"
    due = [pause for pause, visit in zip(pauses(done), done, strict=False) if visit.outcome in FAILURES - STORIES]
    assert all(pause <= max(LONGEST_PAUSE, LOST_COLUMN) for pause in due)


def test_a_page_that_never_changes_is_asked_for_as_a_whole_now_and_then() -> None:
    assert [asks_whole(times, lists=True) for times in range(4)] == [False, False, True, True]
    assert [asks_whole(times, lists=False) for times in range(4)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("old", "new", "silent_since", "lies"),
    [
        (("a", None), ("a", None), None, True),
        (("a", None), ("b", None), None, False),
        (("a", "same"), ("b", "same"), None, False),
        ((None, None), (None, None), None, False),
        ((None, "Tue, 01 Jan 1980 00:00:00 GMT"), (None, "Tue, 01 Jan 1980 00:00:00 GMT"), None, True),
        ((None, "Tue, 01 Jan 1980 00:00:00 GMT"), (None, "Sat, 28 Feb 2026 00:00:00 GMT"), NOW, True),
        ((None, "Tue, 01 Jan 1980 00:00:00 GMT"), (None, "Sat, 28 Feb 2026 00:00:00 GMT"), None, False),
        ((None, "Tue, 01 Jan 1980 00:00:00 GMT"), (None, "Mon, 02 Mar 2026 00:00:00 GMT"), NOW, False),
        ((None, "Tue, 01 Jan 1980 00:00:00 GMT"), (None, "yesterday"), NOW, False),
    ],
)
def test_two_bodies_with_one_mark_give_a_server_away(
    old: tuple[str | None, str | None],
    new: tuple[str | None, str | None],
    silent_since: datetime | None,
    lies: bool,  # noqa: FBT001
) -> None:
    assert Validators(*old).lie(Validators(*new), silent_since) == lies
