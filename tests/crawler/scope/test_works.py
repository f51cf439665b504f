"""Where the leaves of one work end and those of another begin."""

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.model import Extraction, LinkKind, SeriesLink, Shelf
from crawler.scope.arrivals import Arrivals, Link
from crawler.scope.links import Scope
from crawler.scope.lists.contents import CONTENTS_ROW
from crawler.scope.membership import Membership
from storage.rows import KnownAddress

SITE = "https://classics.example"
NEXT = Link("下一章", "named as a member: the 章 beside this one", "series")

BESIDE_CONTENTS = Link(None, "named as a member: beside the way to the contents of the work", "series")


def chapter(title: str, head: str, *, ahead: str = "", back: str = "", contents: str = "") -> Extraction:
    ways: list[tuple[LinkKind, str, str]] = [("next", ahead, "下一章"), ("prev", back, "上一章")]
    links = tuple(
        SeriesLink(kind=kind, title=label, url=f"{SITE}{path}", href=path, position=0)
        for kind, path, label in ways
        if path
    )
    shelves = (Shelf(f"{SITE}{contents}", "目录", "contents"),) if contents else ()
    return Extraction(kind="story", title=title, head_title=head, links=links, shelves=shelves)


def at_the_end(page: Extraction, path: str, before: Extraction | None = None) -> Arrivals:
    """Of a crawl that has read the last chapter and, of a longer one, the one before."""
    arrivals = Arrivals(Membership())
    if before:
        arrivals.hear_turns(before, f"{SITE}/dukou/1.html")
    arrivals.hear_turns(page, f"{SITE}{path}")
    return arrivals


LAST = chapter(
    "第九章 归港", "第九章 归港_渡口记_河岸书屋", ahead="/mofang/1.html", back="/dukou/8.html", contents="/dukou/"
)
BEFORE = chapter("第一章 出船", "第一章 出船_渡口记_河岸书屋", contents="/dukou/")
OTHER = chapter("第一章 石槽", "第一章 石槽_磨坊记_河岸书屋", ahead="/mofang/2.html", contents="/mofang/")
SAME = chapter("第一章 渡口再来人", "第一章 渡口再来人_渡口记_河岸书屋", contents="/mofang/")
NAMELESS = chapter("第一章 石槽", "第一章 石槽")


@pytest.mark.parametrize("before", [None, BEFORE])
@pytest.mark.parametrize("link", [NEXT, BESIDE_CONTENTS])
def test_the_next_leaf_that_names_another_work_ends_the_walk_and_is_no_doubt(
    before: Extraction | None, link: Link
) -> None:
    arrivals = at_the_end(LAST, "/dukou/9.html", before)
    why = arrivals.why_foreign(OTHER, f"{SITE}/mofang/1.html", link)
    assert why is not None
    assert "磨坊记" in why
    assert "渡口记" in why
    assert arrivals.doubts_of(OTHER, f"{SITE}/mofang/1.html", NEXT) == []
    assert arrivals.works.beyond == {f"{SITE}/mofang/1.html"}


def test_one_whose_number_begins_anew_in_another_folder_ends_it_with_a_doubt() -> None:
    last = chapter("第九章 归港", "第九章 归港", ahead="/mofang/1.html")
    arrivals = at_the_end(last, "/dukou/9.html")
    assert arrivals.why_foreign(NAMELESS, f"{SITE}/mofang/1.html", NEXT)
    assert arrivals.doubts_of(NAMELESS, f"{SITE}/mofang/1.html", NEXT)


def test_another_folder_and_name_alone_may_be_those_of_a_section_and_leave_a_doubt() -> None:
    last = chapter("归港", "归港_入门_河岸书屋", ahead="/jinjie/1.html")
    section = chapter("石槽", "石槽_进阶_河岸书屋")
    arrivals = at_the_end(last, "/rumen/9.html")
    assert arrivals.why_foreign(section, f"{SITE}/jinjie/1.html", NEXT)
    assert arrivals.doubts_of(section, f"{SITE}/jinjie/1.html", NEXT)


def test_what_the_contents_of_the_work_list_is_of_it() -> None:
    listed = Link("石槽", CONTENTS_ROW, "series")
    arrivals = at_the_end(LAST, "/dukou/9.html")
    assert "another work" not in (arrivals.why_foreign(OTHER, f"{SITE}/mofang/1.html", listed) or "")


@pytest.mark.parametrize(
    ("page", "path"),
    [
        (SAME, "/mofang/1.html"),  # it bears the name of the work
        (OTHER, "/dukou/10.html"),  # in the folder of the work
        (OTHER, "/dukou/juan2/1.html"),  # below it
        (chapter("后记", "后记_渡口记_河岸书屋"), "/houji/1.html"),
        (chapter("后记", "后记"), "/houji/1.html"),
    ],
)
def test_leaves_of_one_work_are_followed_wherever_they_lie(page: Extraction, path: str) -> None:
    last = chapter("第九章 归港", "第九章 归港_渡口记_河岸书屋", ahead=path, contents="/dukou/")
    assert at_the_end(last, "/dukou/9.html").why_foreign(page, f"{SITE}{path}", NEXT) is None


@pytest.mark.parametrize(("one", "other", "is_one"), [("vol1", "vol2", True), ("2304", "9871", False)])
def test_volumes_have_numbers_of_their_own_and_books_have_marks(one: str, other: str, *, is_one: bool) -> None:
    last = chapter("第九章 归港", "第九章 归港_上卷_河岸书屋", ahead=f"/{other}/1.html")
    begins = chapter("第一章 石槽", "第一章 石槽_下卷_河岸书屋")
    why = at_the_end(last, f"/{one}/9.html").why_foreign(begins, f"{SITE}/{other}/1.html", NEXT)
    assert (why is None) == is_one


def test_a_later_run_knows_where_the_work_ended() -> None:
    spec = SeriesSpec(name="渡口记", start=[f"{SITE}/dukou/1.html"])
    place = KnownAddress(url=f"{SITE}/mofang/1.html", found_reason="", has_story=False, is_of_another=True)
    assert Scope(spec, places=[place]).arrivals.works.beyond == {place.url}
