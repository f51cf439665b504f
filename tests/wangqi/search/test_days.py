"""A written year, month or day covers the time that a person means."""

from datetime import UTC, datetime

import pytest

from wangqi.search.days import covered


@pytest.mark.parametrize(
    ("text", "first", "behind"),
    [
        ("2023", (2023, 1, 1), (2024, 1, 1)),
        ("2023-1", (2023, 1, 1), (2023, 2, 1)),
        ("2023-12", (2023, 12, 1), (2024, 1, 1)),
        ("2024-02-29", (2024, 2, 29), (2024, 3, 1)),
        ("2024-12-31", (2024, 12, 31), (2025, 1, 1)),
        ("9999", (9999, 1, 1), (9999, 12, 31)),
    ],
)
def test_what_is_written(text: str, first: tuple[int, int, int], behind: tuple[int, int, int]) -> None:
    assert covered(text, UTC) == (datetime(*first, tzinfo=UTC), datetime(*behind, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "0000", "2023-13", "2023-00", "2023-02-29", "2023-1-1-1", "20230101", "昨天"])
def test_what_is_no_date(text: str) -> None:
    assert covered(text, UTC) is None
