"""What members' titles say of rows, and what a column's name adds."""

import pytest

from crawler.scope.kinship import TOLD, Kinship
from wangqi.series.family import Named

ROWS = ["渡船人：早潮", "渡船人：竹篙", "渡船人：末班", "渡船人：对岸"]
BESIDE = ["石桥上的雨", "磨坊停了三天", "谁在等末班车", "公交线路调整"]


@pytest.mark.parametrize(
    ("called", "rows", "is_known"),
    [
        ("渡船人", ROWS, True),
        ("渡船人專欄", ROWS, True),
        ("河口新闻", ROWS, False),  # the name may be that of whoever speaks
        ("渡船人", [ROWS[0], *BESIDE], False),  # a tag: of a speaker, as like as not
    ],
)
def test_a_column_tells_a_name_before_a_colon_from_a_speaker(called: str, rows: list[str], *, is_known: bool) -> None:
    kin = Kinship()
    kin.learn("渡船人：修舵的一天")
    assert not kin.reason("渡船人：早潮")
    kin.hear_column([called], rows)
    assert bool(kin.reason("渡船人：早潮")) == is_known
    assert not kin.reason("石桥上的雨")


def test_a_column_tells_a_name_without_a_sign_behind_it() -> None:
    kin = Kinship()
    kin.learn("渡口旧事 修舵的一天")
    kin.hear_column(["渡口旧事"], ["渡口旧事 早潮", "渡口旧事 竹篙", "渡口旧事修桥", "公交线路调整"])
    assert kin.reason("渡口旧事 末班")
    assert not kin.reason("公交线路调整")
    assert not kin.reason("渡口旧事")


def test_rows_whose_addresses_count_what_the_member_title_counts_are_worth_a_look() -> None:
    kin = Kinship()
    kin.learn("Lecture 7: Rope", "https://mill.example/notes/07.html")
    rows = [("[notes]", "notes/08.html"), ("[notes]", "notes/01.html"), ("Homework 3", "hw/hw3.html")]
    named = [Named(title, f"https://mill.example/{path}") for title, path in rows]
    assert kin.among(named) == [TOLD, TOLD, None]


def test_an_address_alone_says_nothing_where_the_title_counts_otherwise() -> None:
    kin = Kinship()
    kin.learn("磨坊停了三天", "https://mill.example/notes/07.html")
    assert kin.among([Named("石桥上的雨", "https://mill.example/notes/08.html")]) == [None]


@pytest.mark.parametrize(("called", "is_known"), [("专题：渡人", True), ("人物与综合", False)])
def test_a_column_tells_that_a_word_of_two_letters_in_brackets_is_a_name(called: str, *, is_known: bool) -> None:
    kin = Kinship()
    kin.learn("【渡人】老周：修舵的一天")
    rows = ["【渡人】老吴：早潮", "【渡人】阿青：竹篙", "【渡人】小满：末班"]
    assert kin.hear_column([called], rows) is is_known
    assert bool(kin.reason(rows[0])) is is_known
    assert not kin.hear_column([called], rows)  # no news
    assert not kin.reason("【师傅】老吴：磨坊")
