"""Titles of the editions of one yearly thing."""

import pytest

from wangqi.titles.comparison import by_title
from wangqi.titles.editions.yearly import by_year


@pytest.mark.parametrize(
    ("own", "other", "years"),
    [
        ("2018年河口镇团委工作要点", "河口镇团委二〇一三年工作要点", (2018, 2013)),
        ("2016年河口镇供水网站信息公开工作年度报告", "河口镇供水网站2019年度信息公开工作报告", (2016, 2019)),
        ("2018 渔火灯会柳溪站", "2014 灯会渔火柳溪站", (2018, 2014)),
        ("河口中学2020-2021学年度第一学期开放日", "2019-2020学年度第一学期河口中学开放日", (2020, 2019)),
    ],
)
def test_a_yearly_paper_is_known_by_its_words_wherever_the_year_stands(
    own: str, other: str, years: tuple[int, int]
) -> None:
    tie = by_title(own, other)
    assert tie
    assert tie.strength > 0.8
    assert by_year(own, other)
    assert tie.numbers == years


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("2018年河口镇团委工作要点", "2017年河口镇团委工作总结"),
        ("2018年河口镇团委工作要点", "2018年河口镇团委的工作要点"),  # the same year: the same paper, if anything
        ("2018年总结", "2017年总结"),
        ("渡口的灯", "渡口的灯"),
        ("2018年与2019年河口镇团委要点", "2017年河口镇团委要点"),
    ],
)
def test_other_words_and_the_same_year_are_no_edition_of_it(own: str, other: str) -> None:
    assert by_year(own, other) is None


def test_an_office_before_a_dash_names_no_series() -> None:
    tie = by_title("河口镇供水管理处-2016年年报", "河口镇供水管理处-关于停水的消息")
    assert tie is None or tie.strength < 0.5
    named = by_title("渡口人家-缝补的老周", "渡口人家-摆渡的老陈")
    assert named
    assert named.strength > 0.7


def test_blanks_around_a_number_make_no_other_title() -> None:
    tie = by_title("周刊（2019 第 41 周）", "周刊（2019第44周）")
    assert tie
    assert (tie.strength, tie.numbers) == (0.95, (41, 44))
    topic = by_title("Vol.014 末班车，渡口的灯", "Vol.015 第一场雨，磨坊的祠堂")
    assert topic
    assert topic.numbers == (14, 15)


def test_the_edition_of_another_year_is_no_part_beside_a_part_of_this_one() -> None:
    edition = by_title("怎样磨镰刀 - 磨坊日历 2009", "磨坊日历 2012")
    assert edition is None or edition.strength < 0.5
    part = by_title("怎样磨镰刀 - 磨坊日历 2009", "怎样选石槽 - 磨坊日历 2010")
    assert part
    assert part.strength > 0.7
