"""Sentences by which a page says which part of how many it is."""

import pytest

from wangqi.series.boxes import Box, box_of, count_in, counted


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("这是系列《渡口的人》的第 3 篇，共 9 篇", Box(3, 9, "渡口的人")),
        ("这是系列渡口的人的第 3 篇，共 9 篇", Box(3, 9, "渡口的人")),
        ("本文是“渡口的人”系列的第三篇（共九篇）", Box(3, 9, "渡口的人")),
        ("本文屬於專欄《渡口的人》：共 12 篇，這是第 4 篇", Box(4, 12, "渡口的人")),
        ("系列：渡口的人（3/9）", Box(3, 9, "渡口的人")),
        ("This entry is part 3 of 9 in the series The Ferry", Box(3, 9, "The Ferry")),
        ("Part 3 of 9 in the Ferry Notes series", Box(3, 9, "Ferry Notes")),
    ],
)
def test_a_box_says_number_count_and_name(text: str, box: Box) -> None:
    assert box_of(text) == box


@pytest.mark.parametrize(
    "text",
    [
        *("系列报道", "全文共 9 篇", "渡口的人（3/9）", "第 3 篇，共 9 篇", "系列共 3 篇，第 9 篇", "part of 9 series"),
        "这个系列写了很久，" * 20,
    ],
)
def test_other_sentences_are_none(text: str) -> None:
    assert box_of(text) is None


def test_the_count_of_a_doubt_is_read_back() -> None:
    assert count_in(counted("这是系列《渡口》的第 3 篇，共 9 篇", 9)) == 9
    assert count_in("“往期回顾” goes on behind its first 5,000 lines") is None
