"""Numbers of issues: words, double issues, running numbers, volumes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.series.counting import Counting
from wangqi.text.numerals import SIGNS, spelled
from wangqi.titles.issues import numbering_of

_ONES = "零一二三四五六七八九"


def written(number: int, *, short: bool = False) -> str:
    """From 1 to 999, as people write it; 廿 and 卅 in the short way."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    front = f"{_ONES[hundreds]}百" if hundreds else ""
    if short and tens in {2, 3}:
        middle = "廿卅"[tens - 2]
    else:
        middle = "" if not tens else "十" if tens == 1 and not hundreds else f"{_ONES[tens]}十"
    gap = "零" if hundreds and ones and not tens else ""
    return front + middle + gap + (_ONES[ones] if ones else "")


@given(st.integers(1, 999), st.booleans())
def test_a_number_is_read_as_it_is_written(number: int, short: bool) -> None:  # noqa: FBT001 - drawn
    assert spelled(written(number, short=short)) == number


@given(st.text(SIGNS + "万亿面期", max_size=30))
def test_no_words_are_too_odd_to_read(words: str) -> None:
    value = spelled(words)
    assert value is None or value >= 0


@given(st.integers(1, 900), st.integers(0, 5), st.sampled_from("-–—~、,/"), st.booleans())
def test_a_double_issue_has_all_its_numbers(first: int, more: int, joint: str, in_words: bool) -> None:  # noqa: FBT001
    names = [written(one) if in_words else str(one) for one in (first, first + more)]
    title = f"河口文艺第{joint.join(names)}期合刊" if more else f"河口文艺第{names[0]}期"
    assert Counting().issues(title, first) == tuple((0, first + one) for one in range(more + 1))


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("河口文艺第3、第4期合刊：灯", 3, 4),
        ("河口文艺3-4期合刊", 3, 4),
        ("河口文艺第廿三期", 23, 23),
        ("第卅期｜灯", 30, 30),
        ("河口文艺第1-100期目录", 1, 1),
        ("河口文艺 第10期 4、5号楼的灯", 10, 10),
    ],
)
def test_what_a_title_counts(title: str, first: int, last: int) -> None:
    number = numbering_of(title)
    assert number is not None
    assert (number.value, number.last) == (first, last)


def test_the_running_number_orders_where_every_title_has_it() -> None:
    titles = ["2025年第12期（总第87期）", "2026年第1期（总第88期）", "总第89期 2026年第2期"]
    counting = Counting.of(titles)
    assert [counting.issue(title, n) for title, n in zip(titles, (12, 1, 2), strict=True)] == [
        (0, 87),
        (0, 88),
        (0, 89),
    ]


def test_a_running_number_beside_others_is_no_number_of_theirs() -> None:
    titles = ["河口文艺第3期", "河口文艺第4期（总第88期）", "河口文艺总第89期"]
    counting = Counting.of(titles)
    assert [counting.issue(title, n) for title, n in zip(titles, (3, 4, 89), strict=True)] == [(0, 3), (0, 4), None]


@pytest.mark.parametrize("title", ["S2E03 停电", "渡口电台 s02·ep3：停电", "[S2 E3] 停电"])
def test_an_episode_has_the_season_for_its_volume(title: str) -> None:
    assert Counting().issues(title, 3) == ((2, 3),)


def test_a_model_is_no_episode() -> None:
    number = numbering_of("CS2E03 开箱")
    assert number is None or not number.volume
