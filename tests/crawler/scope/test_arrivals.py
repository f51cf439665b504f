"""A page is judged once more by its own words when it has come."""

from dataclasses import replace

import pytest

from crawler.extraction.model import Extraction, SeriesLink, Shelf
from crawler.scope.arrivals import Arrivals, Link
from crawler.scope.kinship import COUNTED, COUNTING
from crawler.scope.leads import LEAD
from crawler.scope.membership import Membership
from crawler.scope.probes import BESIDE, FILED
from wangqi.series.family import Named

SITE = "https://mill.example"


def story(title: str, **more: object) -> Extraction:
    return Extraction(kind="story", title=title, **more)  # type: ignore[arg-type]  # fields of the test


def read(members: Membership, titles: list[str]) -> None:
    for n, title in enumerate(titles):
        members.reason(title, f"{SITE}/{n}.html")
        members.read(story(title), f"{SITE}/{n}.html")


def test_one_line_of_a_block_is_not_believed_against_the_likeness_of_all_members() -> None:
    members = Membership()
    read(
        members,
        [
            f"磨坊手记（{n}）：{word}"
            for n, word in zip("一二三四五", ["雨天", "新麦", "石槽", "骡子", "霜"], strict=True)
        ],
    )
    arrivals = Arrivals(members)
    odd, link = story("春运期间公交线路的调整"), Link("春运期间公交线路的调整", "named as a member: …", "series")
    assert arrivals.why_foreign(odd, f"{SITE}/a.html", link)
    assert arrivals.why_foreign(story("磨坊手记（六）：碾子"), f"{SITE}/b.html", link._replace(title="碾子")) is None
    # A part of its own, such as an afterword, is named by several.
    arrivals.named([f"{SITE}/a.html"])
    arrivals.named([f"{SITE}/a.html"])
    assert arrivals.why_foreign(odd, f"{SITE}/a.html", link) is None


def test_a_block_is_believed_while_titles_have_nothing_in_common() -> None:
    members = Membership()
    read(members, ["谁也没有提起的井", "第一场霜", "骡子的脾气", "石槽里的水"])
    link = Link("磨盘上的字", "named as a member: …", "series")
    assert Arrivals(members).why_foreign(story("磨盘上的字"), f"{SITE}/a.html", link) is None


@pytest.mark.parametrize(
    ("number", "name", "called", "own"),
    [
        (3, "乡下的声音", None, True),
        (4, "乡下的声音", None, False),
        (3, "专栏", None, False),  # it may hold any
        (3, "乡下的声音", "磨坊手记", False),  # the series has a name of its own: the column holds others, too
        (3, "乡下的声音", "乡下的声音", True),
    ],
)
def test_a_row_of_the_column_belongs_if_its_own_page_says_so(
    number: int, name: str, called: str | None, *, own: bool
) -> None:
    members = Membership()
    members.read(story("第一场霜", series_name=called), f"{SITE}/1.html")
    arrivals = Arrivals(members)
    arrivals.columns.add(f"{SITE}/column/3")
    shelf = Shelf(f"{SITE}/column/{number}", name, "series")
    found = arrivals.why_foreign(story("磨盘上的字", shelves=(shelf,)), f"{SITE}/a.html", Link(None, FILED, "entry"))
    assert (found is None) == own


@pytest.mark.parametrize(
    ("title", "path", "reason", "belongs"),
    [
        ("Old News of the Mill", "/news/9702.html", BESIDE, True),
        ("Old News of the Mill", "/news/old.html", BESIDE, False),  # the list of them
        ("Old News of the Mill", "/forms/9702.html", BESIDE, False),
        ("Old News of the Mill", "/news/9702.html", FILED, False),  # nothing says that they stand in one list
        ("New Wheels", "/news/9702.html", BESIDE, False),
    ],
)
def test_a_row_beside_a_member_belongs_where_it_is_called_as_that_is(
    title: str, path: str, reason: str, *, belongs: bool
) -> None:
    members, page = Membership(), story("Old News of the Mill")
    members.read(page, f"{SITE}/news/9611.html")
    arrivals = Arrivals(members)
    arrivals.filing.hear(page, f"{SITE}/news/9611.html")
    assert (arrivals.why_foreign(story(title), f"{SITE}{path}", Link("Feb", reason, "entry")) is None) == belongs


def test_what_was_looked_at_for_its_rows_is_no_story() -> None:
    members = Membership()
    read(members, ["磨坊手记（一）：雨天", "磨坊手记（二）：新麦"])
    arrivals = Arrivals(members)
    page = story("磨坊手记")
    assert (
        arrivals.as_looked_at(page, f"{SITE}/column/", Link("磨坊手记", "to look for more: …", LEAD)).kind == "listing"
    )
    assert (
        arrivals.as_looked_at(page, f"{SITE}/column/", Link("磨坊手记", "named as a member", "series")).kind == "story"
    )


def test_what_a_list_does_not_show_is_told_of_every_page_that_is_looked_at_for_its_rows() -> None:
    arrivals, hidden = Arrivals(Membership()), "a script turns to the further page 2"
    page = replace(story("青年之家"), kind="other", doubts=("a word",), doubts_of_a_list=(hidden,))
    looked = arrivals.as_looked_at(page, f"{SITE}/column/", Link("青年之家", "to look for more: …", LEAD))
    assert (looked.kind, looked.doubts) == ("listing", ("a word", hidden))
    assert arrivals.as_looked_at(page, f"{SITE}/1.html", Link("青年之家", "named", "series")).doubts == ("a word",)


def test_a_row_that_counts_on_is_a_member_whatever_signs_its_number_stands_in() -> None:
    members = Membership()
    read(members, ["【Day 8】石磨"])
    link = Link("【Day 15】水车", f"entry: {COUNTING}", "entry")
    assert Arrivals(members).why_foreign(story("【Day 15】水车"), f"{SITE}/15.html", link) is None
    assert Arrivals(members).why_foreign(story("公交线路的调整"), f"{SITE}/16.html", link)


def test_a_page_that_is_refused_though_it_counts_as_members_do_is_doubted() -> None:
    members = Membership()
    for number, word in ((3, "东洼的夜班"), (2, "挂历"), (1, "草帽")):
        members.read(story(f"K2F0{number} {word}"), f"{SITE}/e/k2f0{number}")
    arrivals = Arrivals(members)
    link = Link("K2F06 晒火柴", "entry", "entry")
    url = f"{SITE}/e/k2f06"
    assert arrivals.why_foreign(story("K2F06 晒火柴"), url, link)
    (doubt,) = arrivals.doubts_of(story("K2F06 晒火柴"), url)
    assert "K2F06 晒火柴" in doubt
    assert arrivals.doubts_of(story("打开抽屉"), f"{SITE}/about") == []


@pytest.mark.parametrize(("label", "doubts"), [("下一頁", 1), ("Next chapter", 1), ("下一篇", 0), ("末班车", 0)])
def test_what_a_book_is_turned_to_is_not_left_out_without_a_word(label: str, doubts: int) -> None:
    arrivals, link = Arrivals(Membership()), Link(label, "next: a neighbour without a title", "next")
    told = arrivals.doubts_of(story("第 8 章 水車"), f"{SITE}/ch08.html", link)
    assert told == [f"《第 8 章 水車》 was not taken, though a member turns to it by {label}"] * doubts


def test_a_page_that_was_refused_too_early_is_heard_again() -> None:
    members = Membership()
    members.read(story("【渡人】老周：修舵的一天"), f"{SITE}/1.html")
    arrivals = Arrivals(members)
    early = "【渡人】老吴：早潮"
    assert arrivals.why_foreign(story(early), f"{SITE}/2.html", Link(early, "entry", "entry"))
    assert list(arrivals.heard_again()) == []
    members.kin.hear_column(["渡人"], [early, "【渡人】阿青：竹篙", "【渡人】小满：末班"])
    assert [one.url for one in arrivals.heard_again()] == [f"{SITE}/2.html"]
    assert list(arrivals.heard_again()) == []


def test_a_row_whose_address_counts_on_in_its_list_belongs_although_its_page_is_filed_elsewhere() -> None:
    members = Membership()
    read(members, ["骡子的脾气"])
    link = Link("磨盘上的字", f"entry: {COUNTED}", "entry")
    assert Arrivals(members).why_foreign(story("磨盘上的字"), f"{SITE}/a.html", link) is None


def test_a_part_that_its_address_counts_is_missed_where_it_cannot_be_read() -> None:
    arrivals = Arrivals(Membership())
    page, url = Extraction(kind="listing", title="磨盘上的字", evidence="7 rows"), f"{SITE}/007.字/"
    assert arrivals.as_looked_at(page, url, Link("字", f"entry: {COUNTED}", "entry")).kind == "other"
    assert arrivals.as_looked_at(page, url, Link("字", "entry: …", "entry")).kind == "listing"


@pytest.mark.parametrize(("path", "kind"), [("series/lamps", "listing"), ("posts/lamps", "story")])
def test_the_page_of_the_series_is_no_part_although_it_bears_the_name(path: str, kind: str) -> None:
    members = Membership()
    read(members, ["渡口的灯，河上的船（2）", "渡口的灯，河上的船（3）"])
    link = Link("渡口的灯，河上的船", "the column of the series: it bears the series' name alone", "listing")
    assert Arrivals(members).as_looked_at(story("渡口的灯，河上的船"), f"{SITE}/{path}", link).kind == kind


def test_the_same_titles_in_another_years_folder_are_another_edition() -> None:
    titles = ["Installing the loom", "Warping the first beam", "Reading the old manual"]

    def rows(year: int, names: list[str] = titles) -> list[Named]:
        return [Named(title, f"https://loom.example/{year}/{at}.html") for at, title in enumerate(names)]

    def named(names: list[str]) -> Membership:
        members = Membership()
        links = [
            SeriesLink(kind="series", title=row.title, url=row.url, href=row.url, position=0, in_block=True)
            for row in rows(2018, names)
        ]
        members.read(Extraction(kind="story", title="The loom", links=tuple(links)), "https://loom.example/2018/9.html")
        return members

    assert all(named(titles).reasons(rows(2018)))
    members = named(titles)
    assert members.doubt_of_editions(()) is None
    assert not any(members.reasons(rows(2019)))
    assert "3 rows were taken for another edition" in (members.doubt_of_editions(()) or "")
    assert members.doubt_of_editions([row.url for row in rows(2019)]) is None
    issues = [f"织布手记第{number}期" for number in "一二三"]
    assert all(named(issues).reasons(rows(2019, issues))), "every year has its first issue"
