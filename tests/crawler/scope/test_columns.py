"""Which of the columns that a member names are its own."""

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.links.finders.pagination import OPENED_BY_SCRIPT
from crawler.extraction.model import Extraction, Row, SeriesLink, Shelf
from crawler.scope.arrivals import Arrivals, Link
from crawler.scope.leads import Leads
from crawler.scope.lists.columns import Columns
from crawler.scope.membership import Membership
from crawler.scope.probes import BESIDE, Probes
from crawler.scope.reach import Reach

SITE = "https://mill.example"
MEMBER = f"{SITE}/a/1.html"
ROW = f"{SITE}/a/2.html"
FURTHER = f"{SITE}/a/9.html"
SHELF = Shelf(f"{SITE}/topic/1.html", "磨坊边", "series")


def columns() -> tuple[Columns, Arrivals]:
    leads, members = Leads(), Membership()
    leads.take([SHELF], MEMBER, first=True)
    arrivals = Arrivals(members)
    arrivals.filing.hear(Extraction(kind="story", title="雨天"), MEMBER)
    return Columns(Reach(SeriesSpec.of_url(MEMBER)), members, leads, Probes([MEMBER]), arrivals), arrivals


OTHER = Link(None, BESIDE, "entry")


@pytest.mark.parametrize(
    ("rows", "asked", "belongs"),
    [
        ([ROW, MEMBER], FURTHER, True),  # it shows the member
        ([ROW], ROW, True),  # the member may stand further back
        ([ROW], FURTHER, False),  # a menu that stands on every page of the site
    ],
)
def test_a_page_and_the_column_that_it_names_have_to_name_each_other(
    rows: list[str], asked: str, *, belongs: bool
) -> None:
    known, arrivals = columns()
    named = tuple(SeriesLink(kind="entry", title="磨盘", url=url, href=url, position=0) for url in rows)
    known.filed(Extraction(kind="listing", links=named, rows=tuple(Row(url, ("磨盘",)) for url in rows)), SHELF.url)
    page = Extraction(kind="story", title="磨盘上的字", shelves=(SHELF,))
    assert (arrivals.why_foreign(page, asked, OTHER) is None) == belongs


def test_only_rows_whose_addresses_may_be_of_stories_are_tried() -> None:
    known, _ = columns()
    rows = (ROW, f"{SITE}/forms/index.html", f"{SITE}/a/", f"{SITE}/a/3.html")
    page = Extraction(kind="listing", rows=tuple(Row(url, ("磨盘",)) for url in rows))
    assert known.filed(page, SHELF.url) == [ROW, f"{SITE}/a/3.html"]


@pytest.mark.parametrize(("held", "is_kept"), [(MEMBER, True), (f"{SITE}/about.html", False)])
def test_a_menu_that_holds_its_column_and_no_member_is_the_sites_own(held: str, *, is_kept: bool) -> None:
    known, _ = columns()
    menu = [
        SeriesLink(kind="series", title="师资", url=url, href=url, position=0, in_block=True, reasons=(IN_CONTENTS,))
        for url in (held, f"{SITE}/staff.html")
    ]
    row = SeriesLink(kind="entry", title="磨盘", url=ROW, href=ROW, position=0)
    assert known.without_menu([*menu, row]) == ([*menu, row] if is_kept else [row])


FRONT = f"{SITE}/draws/ferry/index.html"


@pytest.mark.parametrize(("rows", "looked_at"), [((), True), ((Row(ROW, ("渡船（二）",)),), False)])
def test_a_column_that_lists_no_member_may_have_its_list_in_its_folder(
    rows: tuple[Row, ...], *, looked_at: bool
) -> None:
    known, _ = columns()
    known.members.read(Extraction(kind="story", title="渡船（一）"), MEMBER)
    beside = [Row(f"{SITE}/draws/ferry/list.html", ("公告",)), Row(f"{SITE}/draws/mill/list.html", ("公告",))]
    page = Extraction(kind="listing", rows=(*rows, *beside, Row(f"{SITE}/draws/ferry/7.html", ("雨",))))
    known.take(page, FRONT, 1, Link("往期", "the column of the series", "listing"), are_rows_wanted=True)
    led = [one.url for _ in range(5) for one in known.leads.next(is_whole=False)]
    assert (f"{SITE}/draws/ferry/list.html" in led) == looked_at
    assert f"{SITE}/draws/mill/list.html" not in led


@pytest.mark.parametrize(("row", "goes_on"), [(MEMBER, True), (ROW, False)])
def test_a_list_that_shows_a_member_is_read_on(row: str, *, goes_on: bool) -> None:
    known, _ = columns()
    older = SeriesLink(kind="page", title="Older", url=f"{SITE}/news/2/", href="2/", position=0)
    page = Extraction(kind="listing", rows=(Row(row, ("磨盘",)),), links=(older,))
    assert known.is_kept(page, f"{SITE}/news/") == goes_on
    known.leads.found(f"{SITE}/news/", 0, [f"{SITE}/news/2/"])
    assert (f"{SITE}/news/2/" in [one.url for _ in range(5) for one in known.leads.next(is_whole=False)]) == goes_on


def test_a_block_on_a_list_names_what_is_like_members() -> None:
    known, _ = columns()
    known.members.read(Extraction(kind="story", title="渡船手记（一）"), MEMBER)
    links = [
        SeriesLink(kind="series", title=title, url=ROW, href=ROW, position=0)
        for title in ("渡船手记（二）", "关于我们")
    ]
    assert [known.is_aside(link) for link in links] == [False, True]


def test_a_block_that_stands_on_lists_too_proves_nothing() -> None:
    known, arrivals = columns()
    block = SeriesLink(kind="series", title="河边的旧磨坊", url=MEMBER, href=MEMBER, position=0, in_block=True)
    known.members.read(Extraction(kind="story", title="河边的旧磨坊"), MEMBER)
    page = Extraction(kind="story", title="菜场里的雨", links=(block,))
    assert arrivals.why_foreign(page, ROW, OTHER) is None
    known.take(Extraction(kind="listing", links=(block,)), FRONT, 1, Link(), are_rows_wanted=True)
    assert arrivals.why_foreign(page, ROW, OTHER) is not None


@pytest.mark.parametrize(
    ("opened", "told"),
    [
        (["公交线路调整"], 0),
        (["公交线路调整", "磨坊手记（七）：碾子"], 1),
        ([], 1),  # of rows that nobody has read nobody can say what they are called
    ],
)
def test_rows_that_a_script_opens_are_doubted_unless_none_would_be_followed(opened: list[str], told: int) -> None:
    known, _ = columns()
    words = zip("一二三四五", ["雨天", "新麦", "石槽", "骡子", "霜"], strict=True)
    for n, title in enumerate(f"磨坊手记（{number}）：{word}" for number, word in words):
        known.members.reason(title, f"{SITE}/{n}.html")
        known.members.read(Extraction(kind="story", title=title), f"{SITE}/{n}.html")
    assert known.members.are_alike
    rows = tuple(SeriesLink(kind="entry", title=title, url=None, href="#", position=0) for title in opened)
    doubt = (
        f"{OPENED_BY_SCRIPT}2 rows, “{(opened or ['公交线路调整'])[0]}” first, and their addresses are not on the page"
    )
    assert len(known.doubts(Extraction(kind="listing", links=rows, doubts=(doubt,)), FRONT)) == told
