"""Ways up to a column, and the rows of a column."""

from crawler.extraction.links import find_links
from crawler.extraction.tree import parse
from tests.crawler.links.pages import find, titles, urls

BASE = "https://paper.example.cn/street/"


def test_the_breadcrumb_ends_in_the_column() -> None:
    found = find(
        "",
        before="<p class=breadcrumb><a href=/>首页</a> > <a href=/city/>城</a> > <a href=/street/>街坊</a> > 正文</p>",
    )
    assert urls(found, "listing") == [BASE]


def test_a_breadcrumb_of_list_items() -> None:
    items = "<li><a href=/>首页</a></li><li><a href=/street/>街坊</a></li><li>正文</li>"
    assert urls(find("", before=f"<ol class=breadcrumb>{items}</ol>"), "listing") == [BASE]


def test_a_breadcrumb_of_arrows() -> None:
    found = find("", before="<span><a href=/city/>城事</a> > <a href=/street/>街坊</a></span>")
    assert urls(found, "listing") == [BASE]


def test_a_breadcrumb_known_by_its_words() -> None:
    found = find("", before="<p>当前位置：<a href=/>首页</a> > <a href=/street/>街坊</a></p>")
    assert urls(found, "listing") == [BASE]


def test_more_beside_a_past_heading_and_back_to_the_list() -> None:
    found = find(
        "<h3>往期回顾 <a href=all.html>更多</a></h3><p><a href=1.html>豆浆铺</a></p><a href=/street/>返回列表</a>"
    )
    assert set(urls(found, "listing")) == {BASE, f"{BASE}all.html"}


def test_tags_of_the_page() -> None:
    found = find("<p>标签：<a rel=tag href=/tag/noodle>面馆</a></p>")
    assert urls(found, "listing") == ["https://paper.example.cn/tag/noodle"]


def test_the_album_of_a_wechat_article() -> None:
    script = """<script>var list = [{ title: '街坊食堂', size: '9' * 1,
      link: 'https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA=&amp;action=getalbum&amp;album_id=12#wechat_redirect' }];
      var keep = { pre_article_link: 'http://mp.weixin.qq.com/s?__biz=MzA=\\x26amp;mid=7\\x26amp;idx=1\\x26amp;sn=ab',
      pre_article_title: '街坊食堂 #3 豆浆铺', next_article_link: '', next_article_title: '' }</script>"""
    found = find(f"<div id=js_content>{script}</div>", title="街坊食堂 #4 汤面", url="https://mp.weixin.qq.com/s/AbC")
    assert titles(found, "listing") == ["街坊食堂"]
    assert titles(found, "prev") == titles(found, "series") == ["街坊食堂 #3 豆浆铺"]
    assert urls(found, "series") == ["http://mp.weixin.qq.com/s?__biz=MzA=&mid=7&idx=1&sn=ab"]


ROWS = "".join(
    f"<li><a href={n}.html>街坊里的第{n}个小店和它的老板</a><span>2023-05-{n:02}</span></li>" for n in range(1, 21)
)
NUMBERS = "".join(f"<a href=index_{n}.html>{n}</a>" for n in (1, 2, 3))
PAGER = f"<div class=pager>{NUMBERS}<a href=index_2.html>下一页</a></div>"


def test_the_rows_of_a_listing_are_entries() -> None:
    page = f"<html><body><div class=nav><a href=/>首页</a></div><ul>{ROWS}</ul>{PAGER}</body></html>"
    found = find_links(parse(page), BASE, "街坊")
    assert len(titles(found, "entry")) == 20
    assert titles(found) == []
    assert set(urls(found, "page")) == {f"{BASE}index_{n}.html" for n in (1, 2, 3)}


def test_a_story_with_a_side_list_is_no_listing() -> None:
    assert titles(find(f"<div><h3>最新文章</h3><ul>{ROWS[:900]}</ul></div>", title="一碗热汤面"), "entry") == []


def test_counts_of_comments_are_no_pages() -> None:
    counts = "".join(f"<p><a href=/c/{n}>{n % 3}</a></p>" for n in range(9))
    assert titles(find(counts), "page") == []


def test_a_menu_is_no_breadcrumb() -> None:
    found = find("", before="<p><a href=/>首页</a> <a href=/city/>城事</a> | <a href=/street/>街坊</a></p>")
    assert titles(found, "listing") == []


def test_days_of_a_calendar_are_no_pages() -> None:
    days = "".join(f"<td><a href=/d/{n}>{n}</a></td>" for n in range(1, 31))
    assert titles(find(f"<table><tr>{days}</tr></table>"), "page") == []


def test_a_page_of_a_hundred_thousand_links_is_read_in_bounds() -> None:
    rows = "".join(f"<p><a href=/a/{n}.html>邻里食堂｜第{n}家小店</a></p>" for n in range(100_000))
    found = find(rows)
    assert len(titles(found, "series")) + len(titles(found, "entry")) <= 10_000
