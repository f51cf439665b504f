"""Row 21 of issue 12: patterns cost the same however many stars they have."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.catalogue.globs import matches_any


def test_many_stars_cost_no_more() -> None:
    url = "https://a.example/" + "a/" * 4_000
    began = time.monotonic()
    assert not matches_any(["*a*a*a*a*a*a*a*b"] * 20, url)
    assert time.monotonic() - began < 1


@given(st.lists(st.text("ab*", max_size=8), max_size=3), st.text("ab", max_size=12))
def test_a_star_stands_for_any_characters(globs: list[str], url: str) -> None:
    pattern = "|".join(".*".join(map(re.escape, glob.split("*"))) for glob in globs)
    assert matches_any(globs, url) is bool(globs and re.fullmatch(pattern, url))


@pytest.mark.parametrize("glob", ["*", "**", "https://a.example/*", "*/1.html"])
def test_what_people_write(glob: str) -> None:
    assert matches_any([glob], "https://a.example/1.html")
