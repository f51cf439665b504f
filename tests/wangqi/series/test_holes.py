"""Numbers that nobody names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.series.holes import holes, wanting
from wangqi.titles.issues import ordinal_of


@given(st.sets(st.integers(1, 300), min_size=1))
def test_known_and_wanting_numbers_are_all_there_are(numbers: set[int]) -> None:
    stretches = wanting(numbers)
    filled = [number for first, last in stretches for number in range(first, last + 1)]
    assert sorted([*filled, *numbers]) == list(range(1, max(numbers) + 1))
    assert all(first <= last for first, last in stretches)


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["街坊周刊第7期"], ["nobody names the numbers 1-6, though there is a number 7"]),
        (["运河上的船（二）"], ["nobody names the number 1, though there is a number 2"]),
        (["街坊周刊第1期", "街坊周刊第2期"], []),
        (["河口文艺第1、2期合刊", "河口文艺第3-4期", "河口文艺第五期"], []),
        (["周刊第1期", "周刊第2期", "周刊第40期"], ["nobody names the numbers 3-39, though there is a number 40"]),
        (
            ["河口文艺2026年第1期", "河口文艺2026年第3期"],
            ["nobody names the number 2 of 2026, though there is a number 3"],
        ),
        (["夜航船", "灯塔", "第3期增刊的故事"], []),
        (["渡口第3天", "渡口第5号仓库"], []),
        (["怎样编绳 第1部分", "Knots, part 2", "Knots, part 3"], []),  # the same numbers under another title
        (["Knots, part 2", "Knots, part 3"], ["nobody names the number 1, though there is a number 3"]),
        (["新闻早报 2026年3月5日"], []),
        (
            ["论渡船的票价", "新桥——三论渡船的票价"],
            ["nobody names the number 2 of “论渡船的票价”, though there is a number 3"],
        ),
        (["三论渡船的票价", "再评新桥", "夜航船"], []),  # nothing else speaks of either
        ([], []),
    ],
)
def test_what_numbers_say_of_others(titles: list[str], told: list[str]) -> None:
    assert holes((title, ordinal_of(title)) for title in titles) == told
