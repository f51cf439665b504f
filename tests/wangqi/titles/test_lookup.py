"""Which story a line means."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from wangqi.titles import lookup
from wangqi.titles.likeness import Title, contradict, taken_apart
from wangqi.titles.lookup import Stories, own_pieces

TITLES = (
    "渡口人家｜缝补人生",
    "渡口人家｜摆渡的老陈",
    "渡口人家｜一碗豆花的清晨",
    "渡口人家｜塔上十八年",
    "渡口人家｜运河上的船（一）",
    "渡口人家｜老井",
    "渡口人家｜48小时的坚守",
    "渡口人家｜桥——三代人的守候",
)
STORIES = Stories(((title, title) for title in TITLES), "渡口人家")
WHOLE = st.sampled_from([title for title in TITLES if "（" not in title])
DRESS = st.sampled_from(
    [
        "{}",
        "【图文】{}",
        "第9期 {}",
        "{} 2024-01-10",
        "[01-10] {}",
        "7、{}",
        "03 {}",
        "{}（第9期）",
        "{} 10:20 1月3日",
        "“{}”",
    ]
)
DASHES = st.sampled_from(["｜", "|", "：", " ", "——", " - ", "·", "】"])


@given(WHOLE, DRESS, DASHES, st.booleans())
def test_a_decorated_title_is_the_same_story(title: str, dress: str, dash: str, bare: bool) -> None:  # noqa: FBT001
    name, words = title.split("｜")
    assume(len(words) > 2 or not bare)
    front = f"【{name}" if dash == "】" else name
    line = dress.format(words if bare else f"{front}{dash}{words}")
    assert STORIES.meant_by(line) == title


@given(WHOLE, st.integers(6, 12), st.sampled_from(["…", "...", "……"]))
def test_a_title_that_is_cut_is_the_same_story(title: str, kept: int, end: str) -> None:
    words = title.split("｜")[1]
    if len(words) > kept:
        assert STORIES.meant_by(words[:kept] + end) == title


@pytest.mark.parametrize(
    "line",
    [
        "运河上的船（二）",
        "运河上的船",
        "渡口人家｜塔上十八年（2）",
        "渡口人家｜摆渡的老陈（下）",
        "渡口人家｜老井的水",
        "缝补人生的第二个春天",
        "渡口人家",
        "渡口人家第88期",
        "桥",
        "",
        "渡口人家｜…",
    ],
)
def test_another_part_or_too_few_words_mean_no_story(line: str) -> None:
    assert STORIES.meant_by(line) is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("街坊周刊第十二期", "街坊周刊第12期：面馆"),
        ("第13期", "街坊周刊第13期：灯"),
        ("街坊周刊第14期", "街坊周刊第14-15期合刊"),
        ("第14、15期合刊", "街坊周刊第14-15期合刊"),
        ("街坊周刊第16期", None),
        ("河口文艺第12期", None),
    ],
)
def test_a_number_alone_names_its_issue(line: str, title: str | None) -> None:
    issues = ("街坊周刊第12期：面馆", "街坊周刊第13期：灯", "街坊周刊第14-15期合刊")
    assert Stories((one, one) for one in issues).meant_by(line) == title


def test_a_number_may_be_glued_on() -> None:
    assert STORIES.meant_by("12缝补人生") == STORIES.meant_by("缝补人生12") == "渡口人家｜缝补人生"


def test_a_day_names_the_issue_of_a_daily() -> None:
    days = Stories((day, f"河口早报 2024年3月{day}日") for day in (4, 5))
    assert (days.meant_by("河口早报 3月5日"), days.meant_by("河口早报 2024-03-06")) == (5, None)


def test_a_line_is_compared_with_few_stories_of_a_large_series(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Title] = []

    def counted(one: Title, other: Title) -> bool:
        compared.append(other)
        return contradict(one, other)

    monkeypatch.setattr(lookup, "contradict", counted)
    first = date(2014, 1, 1)
    daily = Stories((day, f"河口早报 {first + timedelta(day)}") for day in range(3_000))
    issues = ((week, f"街坊周刊{2000 + week // 50}年第{week % 50 + 1}期：{week}号院的灯") for week in range(1_000))
    weekly = Stories(issues, "街坊周刊")
    assert daily.meant_by("河口早报 2015-01-02") == 366
    assert daily.meant_by("河口早报 2035-01-02") is None
    assert weekly.meant_by("街坊周刊第3期：门前的面馆") is None
    assert len(compared) < 10


MADE = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "第3期 ", "2024年3月5日 "]),
    st.sampled_from(["渡口", "渡口人家", "渡口：人家", "缝补人生的", "缝补人生的秘密", "the river"]),
    st.sampled_from(["：", " ", "", "…"]),
    st.sampled_from(["", "老井", "一碗豆花的清晨"]),
    st.sampled_from(["", "（第3期）", " 3月5日", "…"]),
)


@given(st.lists(MADE, min_size=1, max_size=40), MADE)
@example(["缝补人生的…"], "缝补人生的秘密")
def test_no_story_that_a_line_may_mean_is_overlooked(titles: list[str], line: str) -> None:
    """The look-up by words, beginnings, numbers and dates finds what comparing with every story finds."""
    stories: Stories[int] = Stories(enumerate(titles), "渡口人家")
    sought: lookup._Known[int | None] = lookup._Known(
        None, taken_apart(line), own_pieces(taken_apart(line), stories.names)
    )
    every = [one for one in stories._known if one.own and not contradict(sought.title, one.title)]
    if sought.own:
        found = {one.key for one in stories._alike(sought)}
        assert found == {one.key for one in every if lookup._fit(sought, one)}


def test_a_line_is_compared_with_few_of_many_titles_that_are_made_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Title] = []

    def counted(one: Title, other: Title) -> bool:
        compared.append(other)
        return contradict(one, other)

    monkeypatch.setattr(lookup, "contradict", counted)
    first = date(2014, 1, 1)
    sheets = [f"河上晨报 {first + timedelta(n // 8):%Y年%m月%d日} 第{n % 8 + 1}版" for n in range(8_000)]
    daily = Stories(enumerate(sheets))
    assert [daily.meant_by(sheets[n]) for n in (1, 4_321)] == [1, 4_321]
    assert daily.meant_by("河上晨报 2031年01月02日 第3版") is None
    assert len(compared) < 20


def test_what_two_stories_share_means_neither() -> None:
    stories = Stories([(1, "慢城记：一碗面的早晨"), (2, "慢城记：一碗面的夜晚")])
    assert stories.meant_by("慢城记：一碗面的…") is None
    assert stories.meant_by("一碗面的早晨") == 1
    assert Stories([(1, "编后记"), (2, "编后记")]).meant_by("编后记") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_title_is_too_odd(one: str, other: str) -> None:
    assert Stories([(1, one)]).meant_by(other) in {None, 1}


@pytest.mark.parametrize(
    "line",
    [
        "[10-25]",
        "2024-10-25",
        "10月25日",
        "12",
        "»",
        "渡口人家",
        "《渡口人家》",
        "08:30 10-25",
        "更多往期",
        "请选择--",
        "打印本页",
        "【关闭窗口】",
        "往期回顾",
        "标题",
    ],
)
def test_no_title(line: str) -> None:
    assert not STORIES.is_title(line)


@pytest.mark.parametrize("line", ["第12期", "渡口人家第3期", "渡口人家 10月25日", "老井", "48小时的坚守"])
def test_a_title(line: str) -> None:
    assert STORIES.is_title(line)
