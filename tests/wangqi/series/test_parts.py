"""Which links of a page are the parts of its story, and which are not."""

import pytest

from wangqi.series.parts import MOST_PARTS, Parts, is_titled_alike, parts_of

SITE = "https://news.example"


def found(here: str, *links: tuple[str, str], text: str = "") -> Parts | None:
    return parts_of(SITE + here, [(words, SITE + target) for words, target in links], text)


def others(*numbered: tuple[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple((number, SITE + target) for number, target in numbered)


@pytest.mark.parametrize(
    ("here", "links", "number", "elsewhere"),
    [
        ("/a/7.html", [("2", "/a/7_2.html"), ("下一页", "/a/7_2.html")], 1, [(2, "/a/7_2.html")]),
        ("/a/7.html", [("[2]", "/a/7_2.html")], 1, [(2, "/a/7_2.html")]),
        ("/a/7.html", [("下一页", "/a/7_1.html"), ("2", "/a/7_1.html"), ("3", "/a/7_2.html")], 1,
         [(2, "/a/7_1.html"), (3, "/a/7_2.html")]),
        ("/a/7_1.html", [("1", "/a/7.html"), ("3", "/a/7_2.html")], 2, [(1, "/a/7.html"), (3, "/a/7_2.html")]),
        ("/a/7_3.html", [("上一页", "/a/7_2.html"), ("下一页", "/a/7_4.html")], 3,
         [(2, "/a/7_2.html"), (4, "/a/7_4.html")]),
        ("/a/7/", [("第2页", "/a/7/2/"), ("第3页：归港", "/a/7/3/")], 1, [(2, "/a/7/2/"), (3, "/a/7/3/")]),
        ("/a/7/2/", [("1", "/a/7/"), ("3", "/a/7/3/")], 2, [(1, "/a/7/"), (3, "/a/7/3/")]),
        ("/v?id=7", [("第二页", "/v?id=7&page=2")], 1, [(2, "/v?id=7&page=2")]),
        ("/v?id=7&page=2", [("上一页", "/v?id=7"), ("下一页", "/v?id=7&page=3")], 2,
         [(1, "/v?id=7"), (3, "/v?id=7&page=3")]),
        ("/c/1001-20.shtml", [("下一页", "/c/1001-20-2.shtml")], 1, [(2, "/c/1001-20-2.shtml")]),
        ("/n/5501", [("2", "/n/5502"), ("3", "/n/5503"), ("下一页", "/n/5502")], 1, [(2, "/n/5502"), (3, "/n/5503")]),
    ],
)  # fmt: skip
def test_a_pager_says_where_the_parts_are(here, links, number, elsewhere) -> None:
    parts = found(here, *links, text="1 2 3")
    assert parts is not None
    assert (parts.number, parts.others) == (number, others(*elsewhere))


@pytest.mark.parametrize(
    ("here", "links"),
    [
        ("/book/5/12.html", [("上一章", "/book/5/11.html"), ("下一章", "/book/5/13.html")]),
        ("/book/5/112.html", [("上一页", "/book/5/111.html"), ("下一页", "/book/5/113.html")]),
        ("/2024/01/05.html", [("上一页", "/2024/01/04.html"), ("下一页", "/2024/01/06.html")]),
        ("/a/7.html", [("2", "/a/7.html?cpage=2"), ("3", "/a/7.html?cpage=3")]),
        ("/a/7/", [("2", "/a/7/comment-page-2/")]),
        ("/a/7.html", [("河口人家｜第一条鱼", "/a/7-2.html")]),
        ("/a/7.html", [("2", "https://elsewhere.example/a/7_2.html")]),
        ("/a/7.html", [("2", "/b/9.html")]),
        ("/a/7.html", []),
    ],
)
def test_chapters_days_comments_and_lists_are_no_parts(here, links) -> None:
    anchors = [(words, target if "://" in target else SITE + target) for words, target in links]
    assert parts_of(SITE + here, anchors) is None


def test_a_pager_that_counts_further_than_stories_go_is_known_by_its_count_alone() -> None:
    links = [(str(n), f"/list/index_{n}.html") for n in range(2, MOST_PARTS + 2)]
    assert found("/list/", *links) == Parts(count=MOST_PARTS + 1, is_beyond=True)


def test_the_ranks_of_a_list_are_no_parts() -> None:
    assert found("/n/9001", ("1", "/n/8001"), ("2", "/n/8002"), ("3", "/n/8003"), text="1\n2\n3") is None


def test_one_page_with_all_and_the_count_are_read() -> None:
    parts = found(
        "/a/107.html",
        ("单页阅读", "/a/107_all.html"),
        ("下一页", "/a/107_2.html"),
        text="首页 上一页 下一页 尾页 共6页",
    )
    assert parts is not None
    assert (parts.whole, parts.is_near, parts.count) == (f"{SITE}/a/107_all.html", True, 6)
    two = found("/a/7.html", ("阅读全文", "/b/1.html"), ("阅读全文", "/b/2.html"))
    assert two is None, "several are the teasers of a list"


@pytest.mark.parametrize(
    ("first", "part", "number", "alike"),
    [
        ("河口人家｜第一条鱼", "河口人家 | 第一条鱼（2）", 2, True),
        ("河口人家｜第一条鱼（1）", "河口人家｜第一条鱼（2）", 2, True),
        ("河口人家｜第一条鱼", "河口人家｜第一条鱼 第2页", 2, True),
        ("河口人家｜第一条鱼", "河口人家｜第一条鱼_2", 2, True),
        ("河口人家｜第一条鱼", None, 2, True),
        ("第一章 出船", "第二章 归港", 2, False),
        ("河口人家第1期", "河口人家第2期", 2, False),
        ("河口人家1", "河口人家2", 2, False),
        ("河口人家（1）", "河口人家（3）", 2, False),
        ("Issue 1", "Issue 2", 2, False),
        ("Ferry Weekly Issue 1", "Ferry Weekly Issue 2", 2, False),
    ],
)
def test_a_part_bears_the_title_of_the_first_but_for_its_number(first, part, number, alike) -> None:
    assert is_titled_alike(first, part, number) == alike
