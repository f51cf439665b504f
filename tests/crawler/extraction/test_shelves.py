"""What a page says of where it stands: its column, its category, the folders above it, the contents, the front page."""

from urllib.parse import urljoin

import pytest

from crawler.extraction import extract_page

BODY = "<p>" + "雨从清晨下到傍晚，磨坊里的轮子一刻也没有停过，老人说这样的天最适合磨新麦。" * 4 + "</p>"


def shelves(html: str, url: str = "https://mill.example/posts/7.html") -> dict[str, str]:
    page = extract_page(f"<html><body>{html}</body></html>".encode(), url, {"content-type": "text/html; charset=utf-8"})
    surer = (shelf for shelf in page.shelves if shelf.sort != "few")
    return {shelf.url.removeprefix("https://mill.example"): shelf.sort for shelf in surer}


@pytest.mark.parametrize(
    ("link", "sort"),
    [
        ('<p class=meta>分类：<a href="/c/9">雨天</a></p>', "filed"),
        ('<div class=meta><a rel="category tag" href="/c/9">雨天</a></div>', "filed"),
        ('<div class=post-tags><a href="/tags/9">雨天</a></div>', "filed"),
        ('<p>收录于专栏：<a href="/c/9">乡下的声音</a></p>', "series"),
        ('<div class=post-meta><a href="/categories/9">乡下的声音系列</a></div>', "series"),
        ('<nav><a href="/c/9">磨坊手记</a></nav>', "named"),
        ('<nav><a href="/c/9">博文</a></nav>', "contents"),
        ('<nav><a href="/c/9">磨坊手记目录</a></nav>', "named"),
        ('<nav><a href="/c/9">归档</a></nav>', "contents"),
        ('<nav><a href="/c/9">Schedule</a></nav>', "contents"),
        ('<p>Return to <a href="/c/9">Table of Contents</a></p>', "contents"),
        ('<p><a href="/c/9">目次</a></p>', "contents"),
        ('<nav><a href="/c/9">课程安排</a></nav>', "contents"),
        ('<h6 class=post-footer>作者:河埠 | 分类:<a href="/c/9">雨天</a> | 评论:0</h6>', "filed"),
        ('<nav><a href="/posts/">日子</a></nav>', "above"),
        ('<nav><a href="/c/9">专题：磨坊手记</a></nav>', "named"),
        ('<p>© 作者所有</p><div><a href="/nb/9">乡下的声音</a></div>', "series"),
        ('<table><tr><th>所属</th><td><a href="/c/9">乡下的声音</a></td></tr></table>', "series"),
        ('<p>所属分类：<a href="/c/9">雨天</a></p>', "filed"),
        ('<div>> <a href="/c/9">河埠的日记</a></div>', "contents"),
        ('<p>收录于 <a href="/zhuanlan/9.html">雨天</a></p>', "series"),
        ('<p><a href="/c/9">目次へ戻る</a></p>', "contents"),
        ('<p><a href="/c/9">バックナンバー</a></p>', "contents"),
    ],
)
def test_what_leads_up(link: str, sort: str) -> None:
    found = shelves(f"<article><h1>磨坊手记（七）：雨天</h1>{link}{BODY}</article>")
    expected = "/posts/" if sort == "above" else next(path for path in found if "9" in path)
    assert found[expected] == sort


def test_the_list_of_all_columns_is_none_of_them() -> None:
    found = shelves('<p>首页 &gt; <a href="/column/index.html">专栏</a></p><h1>磨坊手记（七）：雨天</h1>' + BODY)
    assert found.get("/column/index.html") != "series"


def test_a_sentence_leads_to_where_earlier_parts_are_on_whatever_site() -> None:
    old = "http://old.example/mulu.html"
    found = shelves(f'<p>“磨坊手记”前七篇留在旧站，见<a href="{old}">旧站的总目</a>。</p>{BODY}')
    assert found[old] == "spoken"
    assert old not in shelves(f'<p>今天的雨从清晨下到傍晚，见<a href="{old}">旧站的总目</a>。</p>{BODY}')
    assert old not in shelves(f'<p>前七篇里说过磨坊的轮子，见<a href="{old}">水车</a>。</p>{BODY}')


@pytest.mark.parametrize("title", ["【磨坊录】雨天：新麦", "磨坊录（七）", "磨坊录：雨天", "[磨坊录] 雨天"])
def test_a_column_is_called_as_the_title_begins_in_brackets_or_before_a_sign(title: str) -> None:
    found = shelves(f"<td><a href=/>首页</a></td><td><a href=/c/9>磨坊录</a></td><h1>{title}</h1>{BODY}")
    assert found["/c/9"] == "named"


@pytest.mark.parametrize(
    ("url", "file", "is_above"),
    [
        ("/town/papers/2016/4/17/a9.html", "/town/papers/yearly_a.html", True),
        ("/town/papers/2016/4/17/a9.html", "/town/other/yearly_a.html", False),
        ("/town/papers/a9.html", "/town/papers/b9.html", False),  # a page beside it
        ("/2016/04/17/a9.html", "/about.html", False),  # whatever lies at the top of a site
    ],
)
def test_a_file_beside_the_folders_of_days_lies_above_what_they_hold(url: str, file: str, *, is_above: bool) -> None:
    found = shelves(
        f"<ul><li><a href={file}>年报</a></ul><h1>2016年河口镇年报</h1>{BODY}", f"https://mill.example{url}"
    )
    assert (found.get(file) == "above") == is_above
    assert ("/town/papers/" in found) == url.startswith("/town/papers/")


@pytest.mark.parametrize(
    ("file", "sort"),
    [
        ("list.html", "filed"),
        ("index.htm", "filed"),
        ("content.htm#top", "filed"),
        ("./", "filed"),
        ("../index.shtml", "above"),
        ("../", "above"),
    ],
)
@pytest.mark.parametrize("label", ["日子", "The Whole Discourse on the Mill, Home Page"])
def test_a_page_is_filed_in_its_own_folder_and_others_lie_above(file: str, sort: str, label: str) -> None:
    url = "https://mill.example/year/posts/7.html"
    found = shelves(f"<div><a href=/>首页</a> <a href={file}>{label}</a></div><h1>磨坊手记（七）</h1>{BODY}", url)
    assert found[urljoin(url, file).removeprefix("https://mill.example")] == sort
    assert "/other/list.html" not in shelves(f"<a href=/other/list.html>日子</a><h1>磨坊</h1>{BODY}", url)


def test_a_folder_of_the_first_level_or_of_a_day_files_nothing() -> None:
    for folder in ("/posts/", "/mill/2021/"):
        page = f"<div><a href={folder}>日子</a></div><h1>磨坊手记（七）</h1>{BODY}"
        assert shelves(page, f"https://mill.example{folder}7.html")[folder] == "above"


def test_a_row_is_known_as_written_and_without_the_day_before_it() -> None:
    page = extract_page(
        f"<h1>磨坊手记</h1>{BODY}<a href=/a/1.html>2023.02.03 磨坊三月的告示</a>".encode(),
        "https://mill.example/a/2.html",
    )
    assert [row.titles for row in page.rows] == [("2023.02.03 磨坊三月的告示", "磨坊三月的告示")]


def test_the_categories_of_the_whole_site_are_not_the_page_s_own() -> None:
    cloud = "".join(f'<a href="/tags/{n}">词{n}</a>' for n in range(9))
    found = shelves(f"<article><h1>磨坊手记（七）：雨天</h1>{BODY}</article><div class=sidebar>{cloud}</div>")
    assert set(found.values()) == {"above", "home", "sitemap"}


def test_the_heading_of_a_list_of_categories_does_not_file_the_page_in_the_first() -> None:
    found = shelves(f"<h1>磨坊手记（七）</h1>{BODY}<div class=sidebar><p>分类</p><p><a href=/c/9>雨天</a></p></div>")
    assert "/c/9" not in found


def test_a_member_is_no_column_though_it_begins_with_the_name() -> None:
    near = '<p>上一篇：<a href="/posts/6.html">磨坊手记（六）：新麦</a></p>'
    found = shelves(f"<article><h1>磨坊手记（七）：雨天</h1>{BODY}{near}</article>")
    assert "/posts/6.html" not in found


def test_the_folder_of_a_day_is_no_column() -> None:
    found = shelves(f"<h1>磨坊手记（七）：雨天</h1>{BODY}", "https://mill.example/2023/04/18/rain.html")
    assert found == {"/": "home", "/sitemap.xml": "sitemap"}


def test_the_folder_that_is_the_page_itself_does_not_lie_above_it() -> None:
    found = shelves(f"<h1>磨坊手记（七）：雨天</h1>{BODY}", "https://mill.example/posts/rain/index.html")
    assert found == {"/posts/": "above", "/": "home", "/sitemap.xml": "sitemap"}


@pytest.mark.parametrize(("count", "are_few"), [(1, True), (5, True), (6, False)])
def test_where_a_page_leads_to_few_others_each_may_list_it(count: int, *, are_few: bool) -> None:
    ways = "".join(f"<a href=/way/{word}.htm>{word}</a> " for word in ["雨", "雪", "霜", "露", "雾", "冰"][:count])
    html = f"<html><body><h1>磨坊</h1>{BODY}{ways}<a href=/posts/8.html>新麦</a></body></html>".encode()
    page = extract_page(html, "https://mill.example/posts/7.html", {"content-type": "text/html; charset=utf-8"})
    assert sum(shelf.sort == "few" for shelf in page.shelves) == (count if are_few else 0)


def test_a_document_lists_nothing() -> None:
    ways = "<a href=/rules.pdf>章程</a> <a href=/get?f=rules.docx>名单</a> <a href=/way/rain.htm>雨</a>"
    html = f"<html><body><h1>磨坊</h1>{BODY}{ways}</body></html>".encode()
    page = extract_page(html, "https://mill.example/posts/7.html", {"content-type": "text/html; charset=utf-8"})
    assert [shelf.url for shelf in page.shelves if shelf.sort == "few"] == ["https://mill.example/way/rain.htm"]


@pytest.mark.parametrize("day", ["20160819", "2016-08-19", "201608", "2016/0819"])
def test_a_folder_of_a_day_lies_in_the_column(day: str) -> None:
    assert "/a/group/" in shelves(f"<h1>雨天</h1>{BODY}", f"https://mill.example/a/group/{day}/714.html")
