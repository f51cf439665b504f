"""What members' titles say of rows, and what a column's name adds."""

import pytest

from crawler.scope.kinship import COUNTED, LABELLED, TOLD, TWICE, Kinship
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


def test_rows_beside_one_another_that_vary_in_the_middle_tell_the_frame() -> None:
    kin = Kinship()
    kin.learn("用麻绳编的八字结的打法", "https://mill.example/2021/eight/")
    row = Named("用麻绳编的双套结的打法", "https://mill.example/2020/clove/")
    assert kin.reason(row.title) is None
    titles = ["用麻绳编的平结的打法", "用麻绳编的八字结的打法", "用麻绳编的渔人结的打法"]
    assert kin.hear_rows([Named(title) for title in titles], is_nameless=True)
    assert kin.reason(row.title)
    assert kin.reason("用棕绳编的双套结的打法") is None
    assert not kin.hear_rows([Named(title) for title in titles], is_nameless=True)  # nothing new


WEEKS = [(9, "石槽"), (8, "新麦"), (7, "霜"), (6, "骡子"), (5, "碾子")]


@pytest.mark.parametrize(
    ("rows", "is_nameless", "is_known"),
    [
        (WEEKS, True, True),
        (WEEKS, False, False),  # their titles have a name in common
        (WEEKS[:3], True, False),
        ([(9, "石槽"), (3, "新麦"), (7, "霜"), (1, "骡子")], True, False),
        ([(99, "石槽"), (70, "新麦"), (32, "霜"), (8, "骡子")], True, False),
    ],
)
def test_addresses_that_begin_with_a_count_tell_a_weekly_whose_titles_share_nothing(
    rows: list[tuple[int, str]], *, is_nameless: bool, is_known: bool
) -> None:
    kin = Kinship()
    kin.learn("末班车", "https://mill.example/w/2019/05/03/012.末班车/")
    named = [Named(word, f"https://mill.example/w/2019/03/0{n % 9 + 1}/{n:03}.{word}/") for n, word in rows]
    assert kin.hear_rows([Named("关于", "https://mill.example/about"), *named], is_nameless=is_nameless) == is_known
    assert (kin.reason("早潮", "https://mill.example/w/2018/01/05/001.早潮/") == COUNTED) == is_known
    assert kin.reason("早潮", "https://mill.example/notes/001.早潮/") is None
    assert kin.reason("早潮", "https://mill.example/w/2018/01/05/早潮/") is None


@pytest.mark.parametrize(
    ("own", "files", "is_known"),
    [
        (4, "{:02}.html", True),
        (9, "{:02}.html", False),  # the list does not show the member
        (4, "2019{:02}.html", False),  # a ranking counts its rows, and not their addresses
    ],
)
def test_a_list_that_counts_its_rows_as_their_addresses_count_is_the_work(
    own: int, files: str, *, is_known: bool
) -> None:
    place, words = "https://ferry.example/calendar/ropes/", ["麻绳", "竹篙", "早潮", "木桶", "末班车"]
    kin = Kinship()
    kin.learn(words[3], place + files.format(own))
    shown = [Named(f"{n}日目 - {word}", place + files.format(n)) for n, word in enumerate(words, 1)]
    others = [
        Named("木工的日历", "https://ferry.example/calendar/planes/"),
        Named("6 第六个", "https://ferry.example/6.html"),
    ]
    found = kin.among([*shown, *others])
    assert [why == TWICE for why in found[:3]] == [is_known] * 3
    assert not any(found[5:])


def test_a_page_that_is_like_no_other_member_speaks_for_no_rows() -> None:
    kin = Kinship()
    kin.learn("Ferry 26 oars have been carved by hand", "https://mill.example/2026/ferry-oars-26/")
    kin.learn("Ferry 25 oars have been carved by hand", "https://mill.example/2025/ferry-oars-25/")
    kin.learn("Ferry 25 is afloat!", "https://mill.example/2025/ferry25-afloat/")
    assert kin.reason("Ferry 24 oars have been carved by hand", "https://mill.example/2024/ferry-oars-24/")
    assert not kin.reason("Ferry 24 is afloat!", "https://mill.example/2024/ferry24-afloat/")


def test_the_name_of_a_site_is_not_that_of_a_series_with_a_longer_one() -> None:
    kin = Kinship()
    kin.learn("渡船手册 - 修舵")
    kin.hear_column(["渡船"], ["渡船手册 - 早潮", "渡船年会 - 合影", "渡船快报", "渡船年会 - 开场"])
    assert kin.reason("渡船手册 - 末班")
    assert not kin.reason("渡船年会 - 致辞")


def test_what_stands_before_the_comma_of_rows_beside_a_member_is_a_name() -> None:
    kin = Kinship()
    kin.learn("渡口年会上说起的，补网的手艺")
    rows = ["渡口年会上说起的，补网的手艺", "渡口年会上说起的，造桨的人", "早潮", "渡口年会上说起的，末班的灯"]
    assert not kin.reason(rows[1])
    kin.hear_rows([Named(row) for row in rows], is_nameless=True)
    assert kin.reason("渡口年会上说起的，竹篙")
    assert not kin.reason("早潮，渡口年会上说起的")


def test_a_title_that_differs_in_a_few_letters_is_nearly_a_members() -> None:
    kin = Kinship()
    kin.learn("This Week on the Canal")
    near = [
        kin.is_nearly_called(title) for title in ("These Weeks on the Canal", "This Week on the Canal", "On Cranes")
    ]
    assert near == [True, False, False]


def test_rows_count_on_though_each_is_known_by_two_titles() -> None:
    kinship = Kinship()
    kinship.learn("第四期 (2019-01-18)", "https://quay.example/w/2019-01-18.html")
    days = ["2018-12-21", "2018-12-28", "2019-01-14"]
    rows = [
        Named(title, f"https://quay.example/w/{day}.html")
        for number, day in zip("一二三", days, strict=True)
        for title in (f"第{number}期 ({day})", f"第{number}期")
    ]
    assert all(kinship.among(rows))
    assert not any(kinship.among(rows[:1]))


@pytest.mark.parametrize(
    ("places", "why"),
    [
        (("2021-08-01.html", "2021-08-08.html", "2021-09-05.html"), LABELLED),
        (("210801.html", "210808.html", "210905.html"), LABELLED),
        (("lamps.html", "ropes.html", "cranes.html"), None),  # 阅读全文 stands below whatever a site publishes
    ],
)
def test_rows_of_one_label_are_back_numbers_where_their_addresses_count(
    places: tuple[str, ...], why: str | None
) -> None:
    kinship = Kinship()
    rows = [Named("この号を読む", f"https://quay.example/back/{place}") for place in places]
    kinship.learn("渡し場だより", rows[0].url)
    assert kinship.among(rows)[1:] == [why, why]
    assert kinship.among(rows[1:]) == [None, None]  # no member is among them


def test_issues_that_share_their_title_differ_in_the_day_of_their_address() -> None:
    kinship = Kinship()
    kinship.learn("渡し場だより", "https://quay.example/back/2021-08-01.html")
    assert kinship.reason("渡し場だより", "https://quay.example/back/2021-08-08.html")
    assert not kinship.reason("渡し場だより", "https://quay.example/about.html")


def test_the_same_list_heard_again_says_nothing_new_until_a_member_is_known() -> None:
    kin = Kinship()
    kin.learn("用绳结做的平结的打法")
    rows = tuple(Named(f"用绳结做的{knot}结的打法") for knot in ("平", "八字", "双套", "水手"))
    assert kin.hear_rows(rows, is_nameless=True)
    assert not kin.hear_rows(rows, is_nameless=True)
    heads = tuple(Named(f"渡口年会上说起的，{word}") for word in ("补网的手艺", "撑船", "早潮"))
    assert not kin.hear_rows(heads, is_nameless=True)
    kin.learn("渡口年会上说起的，补网的手艺")
    assert kin.hear_rows(heads, is_nameless=True)
