"""Columns to their end: whatever a page counts as its pages is asked for, and what cannot be is told."""

from urllib.parse import urljoin

import pytest

from crawler.extraction.links import FoundLinks, find_links
from crawler.extraction.source.tree import parse
from tests.crawler.extraction.links.pages import titles, urls

BASE = "https://paper.example.cn/street/"
ROWS = "".join(
    f"<li><a href={n}.html>街坊里的第{n}个小店和它的老板</a><span>2023-05-{n:02}</span></li>" for n in range(1, 9)
)


FROM_0 = "var currentPage = 0; createPageHTML('page_div',"
OLD = """var currentPage = 0;//所在页从0开始
var nextPage = currentPage+1
var countPage = 4
document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">下一页</a>")"""


def column(pager: str, url: str = BASE) -> FoundLinks:
    page = f"<html><body><div class=nav><a href=/>首页</a></div><ul>{ROWS}</ul><div>{pager}</div></body></html>"
    return find_links(parse(page), url, "街坊")


def numbered(made: str, numbers: list[int]) -> str:
    return " ".join(f"<a href={made.format(n)}>{n}</a>" for n in numbers)


@pytest.mark.parametrize("last", [3, 28, 30, 31, 60, 400])
def test_numbers_in_a_row_are_pages_however_many(last: int) -> None:
    found = column(numbered("index_{}.html", list(range(2, last + 1))))
    assert urls(found, "page") == [f"{BASE}index_{n}.html" for n in range(2, last + 1)]


@pytest.mark.parametrize(
    ("made", "numbers", "last"),
    [
        ("?page={}", [2, 3, 30], 30),
        ("index_{}.html", [1, 2, 12], 12),
        ("/list/8/{}/", [2, 3, 4, 9], 9),
        ("?start={}0", [2, 3, 7], 7),
    ],
)
def test_pages_between_the_numbers_shown_are_asked_for_too(made: str, numbers: list[int], last: int) -> None:
    shown = numbered(made, numbers[:-1]) + " … " + numbered(made, numbers[-1:])
    found = urls(column(f"1 {shown} <a href={made.format(3)}>下一页</a>"), "page")
    assert set(found) >= {urljoin(BASE, made.format(n)) for n in range(2, last + 1)}


def test_pages_that_are_counted_backwards() -> None:
    files = {2: 30, 3: 29, 4: 28, 31: 1}
    pager = "".join(f"<a href=street/{file}.htm>{number}</a> " for number, file in files.items())
    found = urls(
        column(f"<span>1</span> {pager}<a href=street/30.htm>下页</a>", "https://paper.example.cn/street.htm"), "page"
    )
    assert set(found) == {f"{BASE}{n}.htm" for n in range(1, 31)}


@pytest.mark.parametrize("label", ["较旧的文章 →", "再往前翻", "更早的街坊"])
@pytest.mark.parametrize("page", ["page/2/", "?paged=2"])
def test_a_page_of_this_very_address_whatever_its_label(label: str, page: str) -> None:
    found = column(f"<span>第 1 页 共 3 页</span> <a class=older href={page}>{label}</a>")
    assert urls(found, "page") == [f"{BASE}{page}"]
    assert not found.doubts_of_a_list
    assert urls(column(f"<a href=/lane/page/2/>{label}</a>"), "page") == []


def test_the_last_page_that_only_a_word_names() -> None:
    found = column(
        f"1 {numbered('index_{}.html', [2, 3])} <a href=index_3.html>下一页</a> <a href=index_9.html>尾页</a>"
    )
    assert set(urls(found, "page")) == {f"{BASE}index_{n}.html" for n in range(2, 10)}


def test_a_window_of_numbers_in_the_middle() -> None:
    found = column(
        numbered("?page={}", [12, 13, 15, 16]).replace("<a href=?page=15", "<b>14</b> <a href=?page=15"),
        f"{BASE}?page=14",
    )
    assert set(urls(found, "page")) == {f"{BASE}?page={n}" for n in (12, 13, 15, 16)}
    found = column(numbered("?page={}", [12, 13, 14, 15]), f"{BASE}?page=14")
    assert {f"{BASE}?page={n}" for n in (12, 13, 15)} <= set(urls(found, "page"))


@pytest.mark.parametrize(
    "pager",
    [
        "<select onchange='location.href=this.value'>{}</select>",
        '<form>转到<select onchange="window.location=this.options[this.selectedIndex].value">{}</select></form>',
    ],
)
@pytest.mark.parametrize("label", ["{}", "第{}页"])
def test_pages_in_a_list_of_choices(pager: str, label: str) -> None:
    options = "".join(f"<option value=index_{n}.html>{label.format(n)}</option>" for n in range(1, 40))
    found = column(pager.format(options))
    assert set(urls(found, "page")) == {f"{BASE}index_{n}.html" for n in range(1, 40)}


@pytest.mark.parametrize(
    ("script", "url", "files"),
    [
        ('createPageHTML(4, 0, "index", "html");', BASE, ["index_1", "index_2", "index_3"]),
        ("createPageHTML(4,2,'index','html')", f"{BASE}index_2.html", ["index", "index_1", "index_3"]),
        ("createPageHTML('page_div', 4, 1, 'index', 'html', 80);", BASE, ["index_2", "index_3", "index_4"]),
        ("createPageHTML('pages', '4', '1', 'index', 'html')", BASE, ["index_2", "index_3", "index_4"]),
        ("createPageHTML('paging',4,3,'index','html',80)", f"{BASE}index_3.html", ["index", "index_2", "index_4"]),
        ('createPageHTML(4, 1, "index", "html", 80)', f"{BASE}index.html", ["index_2", "index_3", "index_4"]),
        (f"{FROM_0} 4, 1, 'index', 'html', 80);", BASE, ["index_1", "index_2", "index_3"]),
        (f"{FROM_0} 4, 2, 'index', 'html', 80);", f"{BASE}index_1.html", ["index", "index_2", "index_3"]),
        ('showPages("pages", 4, 0, "index", "html")', BASE, ["index_1", "index_2", "index_3"]),
        (OLD, BASE, ["index_1", "index_2", "index_3"]),
        ("new Pager({pageCount: 4, url: '/street/list_{page}.html'})", BASE, ["list_2", "list_3", "list_4"]),
        ("var totalPage=4, link='/street/__PAGE__.html';", BASE, ["2", "3", "4"]),
    ],
)
def test_pages_that_a_script_counts(script: str, url: str, files: list[str]) -> None:
    found = column(f"<script>{script}</script>", url)
    assert urls(found, "page") == [f"{BASE}{file}.html" for file in files]
    assert found.doubts_of_a_list == ()


@pytest.mark.parametrize(
    "button",
    [
        "<a class=more data-url='/street/list?page=2'>加载更多</a>",
        "<a href=javascript:; data-next=/street/list?page=2>点击加载更多</a>",
        "<div class=more data-api='/street/list?page=2'>加载更多</div>",
        "<button onclick=\"load('/street/list?page=2')\">查看更多</button>",
        "<a href='/street/list?page=2'>Load more</a>",
        "<div class=infinite data-next='/street/list?page=2'></div>",
        "<img alt=下一页 src=n.gif onclick=\"location.href='/street/list?page=2'\">",
    ],
)
def test_more_that_has_an_address_is_a_page(button: str) -> None:
    found = column(button)
    assert "https://paper.example.cn/street/list?page=2" in urls(found, "page")
    assert found.doubts_of_a_list == ()


@pytest.mark.parametrize(
    "pager",
    [
        "<a href=\"javascript:__doPostBack('pager','2')\">2</a> <a href=\"javascript:__doPostBack('pager','3')\">3</a>",
        "<a href=\"javascript:__doPostBack('pager','next')\">下一页</a>",
        "<a href='javascript:void(0)' onclick=next()>下一页</a>",
        "<span>1</span> <a href=#>2</a> <a href=#>3</a>",
        "<div class=load-more>加载更多</div>",
        "<a href='javascript:;'>点击加载更多</a>",
        "<button type=button>查看更多</button>",
        "<div id=page></div><script>laypage.render({elem:'page', count: 120})</script>",
        "<div id=page></div><script>$('#page').pagination({totalPages: 12, visible: 5})</script>",
        "<script>var pageCount = 12;</script>",
        "<div>共12页</div>",
        "<p>第1/12页 首页 上一页 下一页 尾页</p>",
        "<p>共有230条记录</p>",
        "<div class=pager data-total-pages=9></div>",
        "<el-pagination layout='prev, pager, next' :total='230'></el-pagination>",
    ],
)
def test_pages_without_an_address_are_told(pager: str) -> None:
    found = column(pager)
    assert titles(found, "page") == []
    assert len(found.doubts_of_a_list) == 1, found.doubts_of_a_list
    assert "not on the page" in found.doubts_of_a_list[0]


@pytest.mark.parametrize(
    "pager",
    [
        "<span class=disabled><a href='javascript:void(0)'>下一页</a></span>",
        "共1页 <a href='javascript:void(0)'>下一页</a>",
        "<a href=#>1</a>",
        "<script>var pageCount = 1;</script>",
        "<p>共8条 共1页</p>",
        "<a href=#>返回顶部</a>",
    ],
)
def test_a_column_of_one_page_leaves_nothing_out(pager: str) -> None:
    found = column(pager)
    assert (titles(found, "page"), found.doubts_of_a_list) == ([], ())


def test_the_head_of_a_column_names_its_next_page() -> None:
    page = f"<html><head><link rel=next href='{BASE}page/2/'></head><body><ul>{ROWS}</ul></body></html>"
    assert urls(find_links(parse(page), BASE, "街坊"), "page") == [f"{BASE}page/2/"]
    story = page.replace("page/2/", "19.html")
    assert urls(find_links(parse(story), f"{BASE}20.html", "街坊"), "page") == []


@pytest.mark.parametrize("made", ["/2023/05/{}", "/archive/2023-5-{}.html", "/d/{}"])
def test_days_of_a_month_are_no_pages(made: str) -> None:
    days = "".join(f"<td>{n if n % 3 else f'<a href={made.format(n)}>{n}</a>'}</td>" for n in range(1, 32))
    assert titles(column(f"<table><tr>{days}</tr></table>"), "page") == []
    row = numbered(made, list(range(1, 32)))
    assert (titles(column(row), "page") == []) is (made != "/d/{}")


def test_a_list_that_begins_at_other_rows_is_a_page_of_it_whatever_the_link_is_called() -> None:
    more = f"{BASE}?updated-max=2021-06-01&max-results=8&start=8&by-date=false"
    assert urls(column(f"<a class=older-link href={more}>较早的博文</a>"), "page") == [more]
    assert urls(column(f"<a class=older-link href={BASE}?id=8>较早的博文</a>"), "page") == []
