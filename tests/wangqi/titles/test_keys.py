"""Two spellings of one title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.titles.keys import title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("街坊周刊第十一期：灯", "街坊周刊 第11期:灯"),
        ("街坊周刊第〇一二期", "街坊周刊第12期"),
        ("街坊周刊第003期", "街坊周刊第三期"),
        ("第一百零五回　歸來", "第105回 归来"),
    ],
)
def test_one_issue_in_two_numerals(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("街坊周刊第十一期", "街坊周刊第十期"), ("三十六计", "36计"), ("第一人称", "第1人称"), ("十一", "11")],
)
def test_other_numbers_stay_words(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@given(st.text(alphabet="第期一二十百千〇零两0123456789回街 ：", max_size=20))
def test_a_key_is_its_own_key(title: str) -> None:
    assert title_key(title_key(title)) == title_key(title)
