"""The menu that holds a page between its neighbours: how much of it is the work."""

from crawler.extraction.links import FoundLinks
from tests.crawler.links.pages import find, titles, urls

SITE = "https://mill.example"
PAIR = "<nav><a class=prev href={}>前面的</a><a class=next href={}>后面的</a></nav>"


def menu(*courses: str) -> str:
    return f"<aside><ul>{''.join(courses)}</ul></aside>"


def course(folder: str, name: str, *rows: str, of: str = "lesson") -> str:
    inner = "".join(f"<li><a href=/{folder}/{of}{n}/>{row}</a></li>" for n, row in enumerate(rows, 1))
    return f"<li><a href=/{folder}/>{name}</a><ul>{inner}</ul></li>"


ROPES = ("搓麻", "打结", "上油", "收纳")
TIDES = ("涨水", "退水", "汛期")


def read(before: str, markup: str, url: str, title: str = "打结") -> FoundLinks:
    return find(markup, title=title, url=f"{SITE}{url}", before=before)


def test_a_section_with_a_folder_of_its_own_is_a_work_of_its_own() -> None:
    both = menu(course("rope", "绳索课", *ROPES), course("tide", "潮汐课", *TIDES, of="t"))
    found = read(both, PAIR.format("/rope/lesson1/", "/rope/lesson3/"), "/rope/lesson2/")
    assert titles(found) == ["搓麻", "上油", "收纳"]


def test_numbered_chapters_are_sections_of_one_work() -> None:
    both = menu(course("ch1", "第一章 绳索", *ROPES), course("ch2", "第二章 潮汐", *TIDES))
    found = read(both, PAIR.format("/ch1/lesson1/", "/ch1/lesson3/"), "/ch1/lesson2/")
    assert {"搓麻", "收纳", "涨水", "退水"} <= set(titles(found))


def test_sections_whose_neighbours_cross_are_one_work() -> None:
    both = menu(course("rope", "绳索课", *ROPES), course("tide", "潮汐课", *TIDES))
    found = read(both, PAIR.format("/rope/lesson3/", "/tide/"), "/rope/lesson4/", title="收纳")
    assert {"搓麻", "潮汐课", "退水"} <= set(titles(found))


def test_a_menu_without_the_last_slash_is_the_same_menu() -> None:
    rows = "".join(f"<li><a href=/rope/{n}>{row}</a></li>" for n, row in zip("abcd", ROPES, strict=True))
    found = read(f"<ul>{rows}</ul>", PAIR.format("/rope/a", "/rope/c"), "/rope/b/")
    assert titles(found) == ["搓麻", "上油", "收纳"]


def test_the_head_of_a_folder_is_a_page_where_the_menu_has_it_beside_this_one() -> None:
    rows = "<li><a href=./>绳索</a><ul><li><a href=b.html>打结</a></li><li><a href=c.html>上油</a></li></ul></li>"
    arrows = "<div><a class=navigation-prev href=./></a><a class=navigation-next href=c.html></a></div>"
    found = read(f"<ul>{rows}</ul>", arrows, "/book/rope/b.html")
    assert urls(found, "prev") == [f"{SITE}/book/rope/"]
    assert titles(found) == ["绳索", "上油"]


def test_the_first_page_of_a_group_has_one_neighbour_in_the_menu() -> None:
    rows = "".join(f"<li><a href=/p/{n}/>{row}</a></li>" for n, row in zip("bcd", ROPES[1:], strict=True))
    group = f"<nav><p>绳索</p><p>打结</p><ul>{rows}</ul></nav>"
    found = read(group, PAIR.format("/p/z/", "/p/c/"), "/p/b/")
    assert titles(found) == ["上油", "收纳"]
    alone = read(group, "<p><span class=next><a href=/p/c/>上油</a> →</span></p>", "/p/b/")
    assert (urls(alone, "next"), titles(alone)) == ([f"{SITE}/p/c/"], ["上油", "收纳"])


def test_the_last_row_of_a_list_with_the_next_page_in_none_is_that_of_a_blog() -> None:
    rows = "".join(f"<li><a href=/p/{n}/>{row}</a></li>" for n, row in zip("dcb", ROPES[1:], strict=True))
    assert titles(read(f"<ul>{rows}</ul>", PAIR.format("/p/c/", "/p/a/"), "/p/b/", title="收纳")) == []


def test_older_and_newer_pages_are_those_of_a_blog() -> None:
    rows = "".join(f"<li><a href=/p/{n}/>{row}</a></li>" for n, row in zip("abcd", ROPES, strict=True))
    pair = "<nav><a href=/p/a/><i>Newer Post</i>搓麻</a><a href=/p/c/><i>Older Post</i>上油</a></nav>"
    found = read(f"<p>文章一览</p><ul>{rows}</ul>", pair, "/p/b/")
    assert urls(found, "prev") + urls(found, "next") == [f"{SITE}/p/c/", f"{SITE}/p/a/"]
    assert titles(found) == []


def test_the_next_chapter_is_of_the_work() -> None:
    arrows = "<nav><a title='Previous chapter' href=a.html>‹</a><a title='Next chapter' href=c.html>›</a></nav>"
    assert urls(read("", arrows, "/book/b.html")) == [f"{SITE}/book/a.html", f"{SITE}/book/c.html"]
    posts = arrows.replace("chapter", "post")
    assert urls(read("", posts, "/book/b.html")) == []


def test_the_issue_beside_a_numbered_one_is_of_its_paper() -> None:
    issue = "<a href=../{}/index.html#top><p>{} issue</p><p>{}</p></a>"
    pair = issue.format(6, "Previous", "March 3rd") + issue.format(8, "Next", "May 5th")
    found = find(pair, title="Mill Weekly - Issue 7", url=f"{SITE}/issues/7/")
    assert [str(url).partition("#")[0] for url in urls(found)] == [f"{SITE}/issues/{n}/index.html" for n in (6, 8)]


def test_a_list_that_leads_to_more_is_not_the_contents() -> None:
    rows = "".join(f"<li><a href=/p/{n}/>{row}</a></li>" for n, row in zip("abcd", ROPES, strict=True))
    found = read(
        f"<div><h5>手艺</h5><ul>{rows}<li><a href=/c/>More</a></li></ul></div>", PAIR.format("/p/a/", "/p/c/"), "/p/b/"
    )
    assert titles(found) == []


def test_a_list_of_two_series_is_the_contents_of_neither() -> None:
    names = ["绳索 06 | 搓麻", "绳索 05 | 打结", "绳索 04 | 上油", "潮汐手记 03 | 涨水", "潮汐手记 02 | 退水"]
    rows = "".join(f"<li><a href=/p/{n}/>{row}</a></li>" for n, row in zip("abcde", names, strict=True))
    found = read(f"<ul>{rows}</ul>", PAIR.format("/p/a/", "/p/c/"), "/p/b/", title=names[1])
    assert not {names[3], names[4]} & set(titles(found))


def shelf(name: str, folder: str, rows: tuple[str, ...]) -> str:
    inner = "".join(f"<li><a href=/{folder}/{n}.html>{row}</a></li>" for n, row in zip("abcd", rows, strict=False))
    return f"<li><p>{name}</p><ul>{inner}</ul></li>"


def test_two_books_in_one_menu_are_two_works_though_no_head_is_a_link() -> None:
    both = menu(shelf("绳索入门", "rope", ROPES), shelf("潮汐入门", "tide", TIDES))
    assert titles(read(both, PAIR.format("/rope/a.html", "/rope/c.html"), "/rope/b.html")) == ["搓麻", "上油", "收纳"]
    chapters = menu(shelf("第一章", "rope", ROPES), shelf("第二章", "tide", TIDES))
    assert "退水" in titles(read(chapters, PAIR.format("/rope/a.html", "/rope/c.html"), "/rope/b.html"))


def test_a_menu_that_begins_with_the_front_page_of_the_work_is_one_work() -> None:
    whole = menu(
        "<li><a href=/book/>开卷</a></li>", shelf("绳索", "book/rope", ROPES), shelf("潮汐", "book/tide", TIDES)
    )
    found = read(whole, PAIR.format("/book/rope/a.html", "/book/rope/c.html"), "/book/rope/b.html")
    assert {"收纳", "退水"} <= set(titles(found))
