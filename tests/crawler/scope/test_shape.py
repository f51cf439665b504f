"""Titles: what numbers them, what decorates them, what they share."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.model import LinkKind, SeriesLink
from crawler.scope.follow import follow
from wangqi.series.shape import ordinal_of, series_name, strip_decoration, title_shape
from wangqi.text.numerals import spelled as chinese_number
from wangqi.titles.issues import numbering_of


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("街坊周刊第12期：面馆", 12),
        ("街坊周刊（第十二期）", 12),
        ("老街手艺（五）", 5),
        ("老街手艺(3)", 3),
        ("老街手艺之三：竹篮", 3),
        ("老街手艺系列之二十一", 21),
        ("老街手艺③", 3),
        ("⑩ 老街手艺", 10),
        ("Noodles, Part 4", 4),
        ("街坊周刊 #372：面馆", 372),
        ("第一百零五回 归来", 105),
        ("街坊周刊 No.7", 7),
        ("街坊周刊 第一百二十三期", 123),
        ("老街手艺（十二）｜竹篮", 12),
        ("2026年第3期", 3),
        ("老街手艺 第二季第3集", 3),
        ("老街手艺 第二季", 2),
        ("老街的故事（上）", 1),
        ("老街的故事（下篇）", 3),
        ("老街的故事 2", 2),
        ("10.新店开张", 10),
        ("一碗热汤面", None),
        ("2023年的面馆", None),
        ("十五的月亮", None),
        ("面馆开业10周年", None),
        ("今日天气 2023年5月1日", None),
        ("面粉涨了3.5%", None),
    ],
)
def test_the_number_of_a_title(title: str, number: int | None) -> None:
    assert ordinal_of(title) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [("十", 10), ("二十", 20), ("一百零五", 105), ("二〇一", 201), ("两千", 2000), ("面", None), ("", None)],
)
def test_chinese_numbers(word: str, number: int | None) -> None:
    assert chinese_number(word) == number


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("1. 一碗热汤面", "一碗热汤面"),
        ("03、一碗热汤面", "一碗热汤面"),
        ("• 一碗热汤面 >>>", "一碗热汤面"),
        ("一碗热汤面 2023-05-01", "一碗热汤面"),
        ("[05-01] 一碗热汤面", "一碗热汤面"),
        ("一碗热汤面（2023-05-01）", "一碗热汤面"),
        ("3小时前 一碗热汤面", "一碗热汤面"),
        ("2024，一碗热汤面", "2024，一碗热汤面"),
        ("12.5元一碗面", "12.5元一碗面"),
        ("\ue004 一碗热汤面 \ue62c", "一碗热汤面"),
        ("1", "1"),
    ],
)
def test_a_title_without_its_list(title: str, plain: str) -> None:
    assert strip_decoration(title) == plain


@given(st.text(max_size=60))
def test_any_text_may_be_a_title(title: str) -> None:
    assert strip_decoration(strip_decoration(title)) == strip_decoration(title)
    numbering_of(title)
    shape = title_shape([title])
    if shape is not None:
        shape.member(title)


FOOD = ["邻里食堂｜豆浆铺", "邻里食堂 | 糖画摊", "【独家】停水通知", "邻里食堂｜面馆"]


def test_a_shape_is_what_most_titles_share() -> None:
    shape = title_shape(FOOD)
    assert shape is not None
    assert shape.name == "邻里食堂"
    assert shape.member("邻里食堂丨修鞋匠") is not None
    assert shape.member("老街手艺｜竹篮") is None
    assert shape.member("停水通知") is None


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("老街的故事（上）", "老街的故事（下）"),
        ("老街的那些事儿（上）", "老街 的那些事（下）>>>"),
        ("再谈“怎样揉面”（下）", "怎样揉面"),
        ("【街坊日报】9月26日要闻", "【街坊日报】9月30日要闻"),
        ("街坊周刊第12期：面馆", "街坊周刊第9期：河边的灯"),
        ("河口文艺2026年第1期", "河口文艺2018年第12期"),
        ("老街手艺第二季第1集", "老街手艺第一季第12集"),
        ("揉面简介（上）— 选粉", "揉面简介（下）— 醒面"),
        ("我最喜欢的十家面馆（2022-2025）", "我最喜欢的十家面馆记"),
        ("街坊要闻 2023年5月1日", "街坊要闻 2023年5月2日"),
        ("街坊要闻 2023-05-01", "街坊要闻 2023-05-02"),
        ("5月1日街坊要闻", "5月2日街坊要闻"),
        ("竹篮的编法｜老街手艺", "剪纸｜老街手艺"),
        ("竹篮的编法——“老街手艺”系列之三", "剪纸——“老街手艺”系列之四"),
        ("竹篮的编法（老街手艺③）", "剪纸（老街手艺④）"),
        ("老街手艺——竹篮的编法", "老街手艺——剪纸"),
        ("#老街手艺# 竹篮", "#老街手艺#剪纸"),
        ("截至5月1日24时面粉价格情况", "截至5月2日24时面粉价格情况"),
        ("街坊要闻 2023年5月1日 面馆", "街坊要闻 2023年5月2日 竹篮"),
        ("《老街手艺》第3期：竹篮", "《老街手艺》第12期"),
        ("老街手艺｜竹篮", "剪纸丨老街手艺"),
        ("老街手艺｜竹篮", "老街手艺（四）剪纸"),
    ],
)
def test_members_by_title(own: str, other: str) -> None:
    shape = title_shape([own])
    assert shape is not None
    assert shape.may_hold(other)
    assert shape.member(other)


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("老街的故事（上）", "新城的故事（下）"),
        ("视频：面馆开门", "视频：公交改线"),
        ("市交通局：公交改线", "市交通局：路灯更换"),
        ("第3章 归来", "第4章 离去"),
        ("组图｜春天", "组图｜秋天"),
        ("一碗热汤面", "一碗热汤面的做法"),
        ("街坊周刊第12期", "老街周刊第12期"),
        ("竹篮的编法（附图）", "剪纸的做法（附图）"),
        ("竹篮的编法｜新华社", "剪纸的做法｜新华社"),
        ("热烈祝贺——面馆开门", "热烈祝贺面馆开门三年"),
        ("干货｜面馆开门", "干货｜面粉的选法"),
        ("Python：列表", "Python：字典"),
        ("夜读｜面馆", "夜读｜竹篮"),
        ("街道办主任老周5月1日走访面馆", "街道办主任老周5月2日主持修路会"),
    ],
)
def test_titles_that_share_only_a_form(own: str, other: str) -> None:
    shape = title_shape([own])
    assert shape is None or shape.member(other) is None


def test_two_mixed_series_stay_two() -> None:
    shape = title_shape(["邻里食堂｜面馆", "老街手艺｜竹篮", "邻里食堂｜豆浆铺", "老街手艺｜剪纸"])
    assert shape is not None
    assert shape.member("邻里食堂｜糖画摊")
    assert shape.member("老街手艺｜糖画") is None


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("往期“邻里食堂”系列推文,点击即可查看→", "邻里食堂"),
        ("《老街手艺》系列报道", "老街手艺"),
        ("「街坊周刊」往期", "街坊周刊"),
        ("往期回顾", None),
        ("“邻里食堂”开业了", None),
    ],
)
def test_the_name_in_a_heading(heading: str, name: str | None) -> None:
    assert series_name(heading) == name


def link(kind: LinkKind, title: str, url: str | None = "https://paper.example.cn/1.html") -> SeriesLink:
    return SeriesLink(kind=kind, title=title, url=url, href=url, position=0, reasons=("so",))


def test_what_the_spider_visits() -> None:
    shape = title_shape(FOOD)
    assert follow(link("series", "任何题目"), None)
    assert follow(link("series", "没有链接", None), shape) is None
    assert follow(link("page", "2"), shape)
    tag = replace(link("listing", "邻里食堂"), score=0.4)
    assert follow(tag, shape)
    assert follow(replace(tag, title="早餐"), shape) is None
    assert follow(link("listing", "街坊"), shape)


def test_what_stands_before_the_comma_of_three_titles_is_their_series() -> None:
    shape = title_shape([f"渡口年会上说起的，{rest}" for rest in ("补网的手艺", "修舵的一天", "早潮与末班船")])
    assert shape
    assert shape.member("渡口年会上说起的，竹篙的长短")
    assert not shape.member("渡口，今天停航")
    assert title_shape(["渡口年会上说起的，补网的手艺", "渡口年会上说起的，修舵的一天"], strict=False) is None


def test_a_name_may_stand_behind_that_of_a_column() -> None:
    shape = title_shape(["老街手艺系列 | Part 2", "老街手艺系列 | Part 3"])
    assert shape
    assert shape.member("3.16. 手艺人专题 | 老街手艺系列 | Part 1")
    assert not shape.member("3.16. 手艺人专题 | 别处手艺 | Part 1")
