"""The order that the numbers of a publisher's own list give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.series.numbering import by_numbers


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ({"a": 1, "b": 3, "c": 2, "d": 4}, "acbd"),
        ({"a": 40, "b": 30, "c": 20, "d": 10}, "abcd"),  # the newest first
        ({"a": 2, "b": 1, "d": 3}, None),  # too few of the stories
        ({"a": 1, "b": 1, "c": 2, "d": 3}, None),  # of two lists
        ({}, None),
    ],
)
def test_numbers_decide_where_they_speak_for_nearly_all(numbers: dict[str, int], order: str | None) -> None:
    assert by_numbers("abcd", numbers) == (order and list(order))


def test_a_story_without_a_number_stands_behind_the_one_before_it_by_date() -> None:
    assert by_numbers("abcdef", {"a": 1, "b": 3, "c": 2, "d": 4, "f": 5}) == list("acbdef")
    assert by_numbers("xabcde", {"a": 1, "b": 3, "c": 2, "d": 4, "e": 5}) == list("xacbde")


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 12)), st.integers(0, 10))
def test_no_story_is_lost_or_doubled(numbers: dict[int, int], count: int) -> None:
    line = by_numbers(range(count), numbers)
    assert line is None or sorted(line) == list(range(count))
