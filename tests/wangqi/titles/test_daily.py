"""Titles of what comes out day by day, its days written with the names of months."""

import pytest

from wangqi.titles.editions.daily import by_named_day, is_daily

OWN = "Keeper Quill Public Schedule: April 20, 2016"


@pytest.mark.parametrize(
    "other",
    [
        "Keeper Quill Public Schedule: May 6, 2016",
        "Keeper Quill Public Schedule: May 4,2016",
        "Keeper Quill’s Public Schedule for Monday, October 31, 2016",
        "Keeper Quill's Public Schedule for the Weekend of 10/29 & 10/30",
        "Keeper Quill Public Schedule, 3rd Oct. 2016",
        "Keeper Quill Thursday Public Schedule",
        "Keeper Quill's Public Schedule for the Weekend of 10/8, 10/9 & 10/10/16",
        "Keeper Quill Weekend & Monday Public Schedule: July 2, 3, 4, 2016 *UPDATED*",
        "Keeper Quill Public Schedule: April 30, 2016 & May 1, 2016",
    ],
)
def test_another_day_of_one_paper(other: str) -> None:
    assert by_named_day(OWN, other)
    assert by_named_day(other, OWN)


@pytest.mark.parametrize(
    "other",
    [
        OWN,
        "Keeper Quill Public Schedule",
        "Keeper Quill announces a schedule: May 6, 2016",
        "Statement of May 6, 2016",
        "May 6, 2016",
    ],
)
def test_the_same_day_or_another_paper(other: str) -> None:
    assert by_named_day(OWN, other) is None


def test_what_is_a_day() -> None:
    assert is_daily("Harbour notes, 1 June 2020")
    assert not is_daily("Harbour notes, chapter 1 of 2020")
    assert not is_daily("June 1")
