"""Pages below a member's own address."""

import pytest

from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.model import Extraction, Row
from crawler.scope.arrivals import NAMED, Arrivals, Link, is_part
from crawler.scope.lists.sections import SECTION, of_chapter, under_chapters
from crawler.scope.membership import Membership
from wangqi.series.family import Named
from wangqi.visit import CHAPTER_LISTED

BOOK = "https://mill.example/book"
CHAPTER = "第二章 磨盘"


def chapter(title: str, *rows: str) -> Extraction:
    return Extraction(kind="story", title=title, rows=tuple(Row(f"{BOOK}/{row}", ("石料与凿子",)) for row in rows))


@pytest.mark.parametrize(
    ("title", "name", "rows"),
    [
        (CHAPTER, "mill/", ["mill/stone/", "mill/chisel/"]),
        ("Stones and chisels", "chapter2/", ["chapter2/stone/", "chapter2/chisel/"]),
        (CHAPTER, "ch02.html", ["ch02s01.html", "ch02s02.html"]),
        (CHAPTER, "2.html", ["2-1.html", "2-2.html"]),
    ],
)
def test_the_sections_of_a_chapter_are_followed_and_believed(title: str, name: str, rows: list[str]) -> None:
    arrivals, url = Arrivals(Membership()), f"{BOOK}/{name}"
    arrivals.hear_turns(chapter(title, "index.html", *rows), url)
    found = list(arrivals.heard_again())
    assert [(one.url, one.reason) for one in found] == [(f"{BOOK}/{row}", SECTION) for row in rows]
    assert list(arrivals.heard_again()) == []
    link = Link(found[0].title, found[0].reason, found[0].via)
    assert is_part(link)
    assert arrivals.why_foreign(Extraction(kind="story", title="石料"), found[0].url, link) is None


@pytest.mark.parametrize(
    ("title", "name", "rows"),
    [
        ("磨坊的一天", "mill/", ["mill/stone/", "mill/chisel/"]),  # any page has pages below it
        ("磨坊周刊第12期", "mill/", ["mill/stone/", "mill/chisel/"]),  # an issue's articles are no issues
        (CHAPTER, "2.html", ["20.html", "21.html"]),
        (CHAPTER, "mill/", ["mill/feed/", "mill/stone/"]),
    ],
)
def test_what_stands_below_another_page_is_no_section(title: str, name: str, rows: list[str]) -> None:
    assert of_chapter(chapter(title, *rows), f"{BOOK}/{name}") == {}


def test_the_pages_of_a_chapter_are_no_sections() -> None:
    rows = tuple(Row(f"{BOOK}/2_{number}.html", (f"第{number}页",)) for number in (2, 3))
    assert of_chapter(Extraction(kind="story", title=CHAPTER, rows=rows), f"{BOOK}/2.html") == {}


@pytest.mark.parametrize(
    ("name", "is_listed"), [("mill/index.html", True), ("mill/", True), ("mill/stone.html", False)]
)
def test_a_page_that_lists_its_chapter_is_no_part_of_the_work(name: str, *, is_listed: bool) -> None:
    rows = (f"{BOOK}/mill/chisel.html", f"{BOOK}/mill/sack.html")
    arrivals = Arrivals(Membership())
    arrivals.named([*rows, f"{BOOK}/{name}"])
    page = Extraction(kind="listing", evidence="9 rows", title=CHAPTER, rows=tuple(Row(row, ("石料",)) for row in rows))
    link = Link(CHAPTER, f"named as a member: {IN_CONTENTS}", NAMED)
    read = arrivals.as_looked_at(page, f"{BOOK}/{name}", link)
    assert read.kind == "listing"
    assert read.evidence.startswith(CHAPTER_LISTED) == is_listed


@pytest.mark.parametrize(("start", "is_chapter"), [("mill/stone.html", True), ("bridge/stone.html", False)])
def test_the_chapter_above_a_member_is_of_the_work(start: str, *, is_chapter: bool) -> None:
    arrivals, above = Arrivals(Membership()), f"{BOOK}/mill/"
    arrivals.filing.hear(Extraction(kind="story", title="石料"), f"{BOOK}/{start}")
    page = chapter(CHAPTER, "mill/stone.html", "mill/chisel.html")
    link = Link("", "to look for more: this page lies above a member", "lead")
    assert (arrivals.as_looked_at(page, above, link).kind == "story") == is_chapter
    assert (arrivals.why_foreign(page, above, link) is None) == is_chapter


TITLES = ["第1章 织机", "1.1 经线", "1.2 纬线", "第2章 梭子", "2.1 木梭", "2.2 铁梭", "3.5 元一匹", "附录"]


@pytest.mark.parametrize(
    ("members", "sections"),
    [
        ({0, 3}, [1, 2, 4, 5]),
        ({0}, []),  # the sections of one chapter may be anything
        ({3}, []),
        ({7}, []),
    ],
)
def test_numbers_that_say_of_which_chapter_they_are_stand_behind_it(members: set[int], sections: list[int]) -> None:
    rows = [Named(title, f"https://loom.example/{at}.htm") for at, title in enumerate(TITLES)]
    assert under_chapters(rows, [at in members for at in range(len(rows))]) == {rows[at].url for at in sections}
