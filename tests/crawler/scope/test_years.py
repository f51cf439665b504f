"""Columns that are kept year by year."""

from datetime import UTC, datetime

import pytest

from crawler.extraction.model import Extraction, FoundDate, Row
from crawler.scope.lists.years import Years

LIST = "https://watch.example/notes/"


def shelves(*titles: str, year: int = 2005, month: int = 3) -> list[str]:
    years = Years()
    day = FoundDate(value=datetime(year, month, 9, tzinfo=UTC), precision="day", source="url", raw="9 March")
    years.hear(Extraction(kind="story", published=day))
    rows = tuple(Row(f"{LIST}{title}", (title,)) for title in titles)
    return [shelf.title for shelf in years.shelves(Extraction(kind="listing", rows=rows))]


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        (("2006", "2005", "2004"), ["2005"]),
        (("2006年", "２００５年", "2004年"), ["２００５年"]),
        (("2005.04", "2005.03", "2004.03"), ["2005.03"]),
        (("2005年3月", "2004年3月", "2005"), ["2005年3月", "2005"]),
        (("2006", "2004"), []),
        (("2005", "about", "contact"), []),  # one year may be anything
        (("2005年以来的服务与我们的一切努力", "2004"), []),
    ],
)
def test_the_year_and_the_month_of_a_member(titles: tuple[str, ...], wanted: list[str]) -> None:
    assert shelves(*titles) == wanted


def test_without_a_member_that_has_a_day_none_is_named() -> None:
    rows = (Row(f"{LIST}2005", ("2005",)), Row(f"{LIST}2004", ("2004",)))
    assert list(Years().shelves(Extraction(kind="listing", rows=rows))) == []
