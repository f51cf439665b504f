"""Signs of a part's number, one title each."""

import pytest

from wangqi.series.shape import title_shape
from wangqi.titles.issues import numbering_of, ordinal_alone, ordinal_of


@pytest.mark.parametrize(
    ("title", "ordinal", "unit"),
    [
        ("纳税小课堂21：租房要不要开票", 21, "mid"),
        ("家庭机房 04 - 备份", 4, "mid"),
        ("Notes from the Lock, IV", 4, "roman"),
        ("Notes from the Lock IX", 9, "roman"),
        ("街角的显微镜 第二季 第7集 站台上的灰", 7, "集"),
        ("把话说到明处——三论改文风", 3, "论"),
        ("水乡旧事之五·橹声", 5, "之"),
        ("林木志·十二 苦楝", 12, "之"),
        ("【连载】河湾徒步记（十四）第一场雨", 14, "()"),
        ("Vol.9 煤油灯下的第一场雨", 9, "part"),
        ("跟着货船走·第3天：过闸", 3, "天"),
        ("守闸人的第三天", 3, "天"),
    ],
)
def test_a_number_is_read_wherever_the_title_has_it(title: str, ordinal: int, unit: str):
    number = numbering_of(title)
    assert number is not None
    assert (number.value, number.unit) == (ordinal, unit)


def test_a_year_may_stand_before_the_number_without_a_sign():
    number = numbering_of("河口彩票“渡船”第2026125期开奖公告")
    assert number is not None
    assert (number.volume, number.value, number.last, number.unit) == (2026, 125, 125, "期")


@pytest.mark.parametrize("title", ["主队11：0大胜", "Malcolm X", "河边的三分之一", "今年前8个月的账"])
def test_a_score_or_a_name_is_no_number(title: str):
    assert ordinal_of(title) is None


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("守好自家的碗——田头调查之四", "种子走了多远——田头调查之一"),
        ("让人把话说完——“怎样当学徒”系列评论之三", "“怎样当学徒”系列评论之一：先看三年"),
        ("把话说到明处——三论改文风", "少开会——一论改文风"),
    ],
)
def test_the_name_behind_the_dash_is_the_series(own: str, other: str):
    shape = title_shape([own])
    assert shape is not None
    assert shape.member(other)
    assert not shape.member("雨季的菜场涨了两块钱")


def test_whoever_speaks_before_the_colon_is_no_series():
    assert title_shape(["话剧《渡船》首演 观众：像读了一封信"]) is None


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("乌桕镇中学：教室搬到滩地上", None),
        ("国道312", None),
        ("水文站的一天（上）", 1),
        ("渡口人家 第十一期", 11),
    ],
)
def test_a_title_alone_counts_by_plain_signs_only(title: str, number: int | None) -> None:
    assert ordinal_alone(title) == number
