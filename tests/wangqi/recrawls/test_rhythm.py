"""How often a series is looked at: bounds that hold whatever happens, and what it comes to over a year."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.recrawls.rhythm import LONGEST_OF_THE_SILENT, SHORTEST, rhythm

NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKLY = [NOW - week * 7 * DAY for week in range(20)]

moments = st.lists(st.integers(0, 4000).map(lambda hours: NOW - hours * HOUR), max_size=60)
visits = st.lists(st.booleans(), max_size=20)


@given(moments, visits)
def test_it_keeps_its_bounds(published: list[datetime], found: list[bool]) -> None:
    answer = rhythm(published, found, NOW)
    assert SHORTEST <= answer.every <= LONGEST_OF_THE_SILENT
    assert answer == rhythm(published[::-1], found, NOW)
    assert answer.why


@given(moments, visits)
def test_news_never_makes_it_longer_and_none_never_shorter(published: list[datetime], found: list[bool]) -> None:
    now = rhythm(published, found, NOW).every
    assert rhythm(published, [*found, True], NOW).every <= now <= rhythm(published, [*found, False], NOW).every


@pytest.mark.parametrize(
    ("published", "found", "every", "why"),
    [
        ([], [], DAY, "no rhythm is known yet"),
        (WEEKLY, [], 3.5 * DAY, "a story every 7 days"),
        (WEEKLY, [True], 1.75 * DAY, "a story every 7 days, the last visit found something new"),
        (WEEKLY, [True] * 9, 7 / 8 * DAY, "a story every 7 days, the last 9 visits found something new"),
        (WEEKLY, [True, *[False] * 2], 28 / 9 * DAY, "a story every 7 days, the last 2 visits found nothing new"),
        (WEEKLY, [True, *[False] * 9], 3.5 * DAY, "a story every 7 days, the last 9 visits found nothing new"),
        ([NOW - hour * HOUR for hour in range(90)], [True] * 9, 3 * HOUR, "a story every 1 day, the last 9 …"),
        (
            [each - 70 * DAY for each in WEEKLY],
            [False] * 15,
            70 / 3 * DAY,
            "a story every 7 …, silent for 70 days",
        ),
        (
            [each - 700 * DAY for each in WEEKLY],
            [False] * 20,
            30 * DAY,
            "a story every 7 …, silent for 700 days",
        ),
    ],
)
def test_what_it_is_and_why(published: list[datetime], found: list[bool], every: timedelta, why: str) -> None:
    answer = rhythm(published, found, NOW)
    assert abs(answer.every - every) <= timedelta(minutes=1)
    before, _, after = why.partition("…")
    assert answer.why.startswith(before)
    assert answer.why.endswith(after)


@pytest.mark.parametrize(("days", "most_visits", "longest_wait"), [(1, 4, 0.5), (7, 4, 3.2), (30, 4, 12.3)])
def test_a_year_of_a_series(days: int, most_visits: float, longest_wait: float) -> None:
    """Few visits a story, and none waits long; days."""
    stories = [NOW + n * days * DAY for n in range(-10, 365 // days)]
    moment = last = NOW
    found: list[bool] = []
    waits: list[float] = []
    while moment < NOW + 365 * DAY:
        seen = [each for each in stories if each <= moment]
        new = [(moment - each) / DAY for each in seen if each > last]
        waits += new
        found.append(bool(new))
        last = moment
        moment += rhythm(seen, found[-20:], moment).every
    assert len(found) / len(waits) < most_visits
    assert sorted(waits)[len(waits) * 9 // 10] < longest_wait
