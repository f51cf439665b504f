"""Row 21 of issue 12: patterns cost the same however many stars they have."""

import time
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.catalogue.globs import matches_any


def test_many_stars_cost_no_more() -> None:
    url = "https://a.example/" + "a/" * 4_000
    began = time.monotonic()
    assert not matches_any(["*a*a*a*a*a*a*a*b"] * 20, url)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("glob", ["*a" * 40 + "b", "*" * 5_000 + "b", ("*" + "a" * 200 + "b") * 40, "*ab" * 40 + "c"])
def test_ten_times_the_address_costs_no_more_than_ten_times(glob: str) -> None:
    def cost(length: int) -> float:
        url, began = "a" * length, time.process_time()
        for _ in range(20):
            matches_any([glob], url)
        return time.process_time() - began

    cost(1_000)
    assert min(cost(100_000) for _ in range(3)) < 30 * min(cost(10_000) for _ in range(3)) + 0.05


@given(st.lists(st.text("ab*", max_size=8), max_size=3), st.text("ab", max_size=12))
def test_a_star_stands_for_any_characters(globs: list[str], url: str) -> None:
    assert matches_any(globs, url) is any(fnmatchcase(url, glob) for glob in globs)


@pytest.mark.parametrize("glob", ["*", "**", "https://a.example/*", "*/1.html"])
def test_what_people_write(glob: str) -> None:
    assert matches_any([glob], "https://a.example/1.html")
