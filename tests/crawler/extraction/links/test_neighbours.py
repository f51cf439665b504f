"""Previous and next, by their wording."""

import pytest

from crawler.extraction.links import OF_ANOTHER, find_links
from crawler.extraction.source.tree import parse
from tests.crawler.extraction.links.pages import STORY, URL, find, titles, urls

BASE = "https://paper.example.cn/street/"
PREV, NEXT = "https://paper.example.cn/street/19.html", "https://paper.example.cn/street/21.html"

MARKUPS = {
    "label in the link": "<a href=19.html>上一篇：豆浆铺</a><a href=21.html>下一篇：糖画摊</a>",
    "label before the link": "<p>上一篇：<a href=19.html>豆浆铺</a></p><p>下一篇：<a href=21.html>糖画摊</a></p>",
    "label on its own line": "<div>上一篇</div><div><a href=19.html>豆浆铺</a></div>"
    "<div>下一篇</div><div><a href=21.html>糖画摊</a></div>",
    "both on one line": "<p>上一篇：<a href=19.html>豆浆铺</a> 下一篇：<a href=21.html>糖画摊</a></p>",
    "brackets": "<a href=19.html>【前一篇】豆浆铺</a> <a href=21.html>【后一篇】糖画摊</a>",
    "rel": "<a rel=prev href=19.html>豆浆铺</a><a rel=next href=21.html>糖画摊</a>",
    "title attribute": "<a title=上一篇 href=19.html>«</a><a title=下一篇 href=21.html>»</a>",
    "issues": "<a href=19.html>上一期</a><a href=21.html>下一期</a>",
    "English": "<a href=19.html>Previous: 豆浆铺</a><a href=21.html>Next: 糖画摊</a>",
    "a title before its label": "<nav><a class=prev href=19.html><i class='icon icon-left'></i><span>豆浆铺</span>"
    "<span>Prev</span></a><a class=next href=21.html><span>糖画摊</span><span>Next</span></a></nav>",
    "icons alone": "<nav><div><a class=l href=19.html><i class='fas fa-chevron-left'></i><span>豆浆铺</span></a>"
    "</div><div><a class=l href=21.html><span>糖画摊</span><i class='fas fa-chevron-right'></i></a></div></nav>",
    "arrows of their own": "<nav><a href=19.html><span>«</span> <span>豆浆铺</span></a>"
    "<a href=21.html><span> »</span><span>糖画摊</span></a></nav>",
    "what a screen reader says": "<nav><a aria-label='Older' href=19.html><p>豆浆铺</p></a>"
    "<a aria-label='Newer' href=21.html><p>糖画摊</p></a></nav>",
    "names of what holds them": "<ul><li class=nav-previous><a href=19.html>豆浆铺</a></li>"
    "<li class=nav-next><a href=21.html>糖画摊</a></li></ul>",
    "an arrow behind the link": "<p>← <a href=19.html>豆浆铺</a></p><p><a href=21.html>糖画摊</a> →</p>",
    "no word at all": "<a rel=prev class=mobile-nav href=19.html><i class='fa fa-angle-left'></i></a>"
    "<a rel=next class=mobile-nav href=21.html><i class='fa fa-angle-right'></i></a>",
    "traditional characters": "<p>上一則：<a href=19.html>豆漿鋪</a></p><p>下一則：<a href=21.html>糖畫攤</a></p>",
    "a picture that says it": "<span><a title=豆浆铺 href=19.html><img alt=Previous><span>豆浆铺</span></a></span>"
    "<span><a title=糖画摊 href=21.html><span>糖画摊</span><img alt=Next></a></span>",
    "Japanese": "<a href=19.html>前の記事 豆浆铺</a><a href=21.html>次の記事：糖画摊</a>",
    "Korean": "<a href=19.html>이전 글</a><a href=21.html>다음 글</a>",
    "a day": "<a href=19.html>前一天</a><a href=21.html>后一天</a>",
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_neighbours_are_found_by_their_wording(markup: str) -> None:
    found = find(f"<div>{markup}</div>", title="一碗热汤面")
    assert urls(found, "prev") == [PREV]
    assert urls(found, "next") == [NEXT]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>上一篇：没有了</p><p>下一篇：<span>无</span></p>",
        "<a href=#>上一篇</a><a href=javascript:void(0)>下一篇</a><a href=###>阅读下一篇</a>",
        "<p>下一篇：<a href=/street/>返回列表</a></p>",
        "<p>（上篇完，<a href=/x.html>看看地图</a>）</p>",
        "<a href=/street/20.html/comment-page-1>« 上一页</a>",
        "<footer>Powered by <a href=https://hexo.example/>Hexo</a> and <a href=https://t.example/>NexT.Mist</a></footer>",
        "<p>相关：<a href=/nextjs.html>Next.js 入门</a></p>",
        "<ul><li class=pull-left><a href=/me.html>关于</a></li><li class=pull-right><a href=/tags.html>标签</a></ul>",
        "<p>这条街上一篇文章也没有写过，下一章再说。<a href=/x.html>地图</a></p>",
    ],
)
def test_nothing_is_made_up(markup: str) -> None:
    found = find(markup, title="一碗热汤面")
    assert titles(found, "prev") == titles(found, "next") == []


def test_a_neighbour_is_a_member_only_with_the_shape_of_the_title() -> None:
    found = find("<p>上一篇：<a href=19.html>邻里食堂｜豆浆铺</a></p><p>下一篇：<a href=21.html>停水通知</a></p>")
    assert titles(found) == ["邻里食堂｜豆浆铺"]
    assert titles(found, "next") == ["停水通知"]


def test_the_chapters_of_a_work_are_members() -> None:
    found = find("<a href=19.html>上一章</a> <a href=./>目录</a> <a href=21.html>下一章</a>", title="第二十章 汤面")
    assert urls(found) == [PREV, NEXT]
    assert titles(found, "listing") == ["目录"]


def test_the_files_of_a_work_that_are_numbered_by_a_database_are_chapters() -> None:
    markup = "<p><a href=/20230501/00464959.html>上一页</a> <a href=/20230503/00466004.html>下一页</a></p>"
    found = find(markup, title="一碗热汤面", url="https://paper.example.cn/20230502/00465001.html")
    assert len(titles(found)) == len(titles(found, "prev") + titles(found, "next")) == 2


def test_sections_and_chapters_of_a_manual_are_leaves_though_their_files_are_named_by_both() -> None:
    markup = "<p><a href=ch04s06.html>上一頁</a> <a href=ch05s02.html>下一頁</a></p>"
    found = find(markup, title="第 5 章 磨坊", url="https://mill.example/book/ch05.html")
    assert (titles(found, "prev"), titles(found, "next"), titles(found, "page")) == (["上一頁"], ["下一頁"], [])


def test_a_second_page_alone_is_no_chapter() -> None:
    found = find("<a href=20_2.html>下一页</a>", title="一碗热汤面", url="https://elsewhere.example/")
    assert titles(found) == titles(found, "next") == []
    assert titles(found, "page") == ["下一页"]


def test_the_pages_of_one_story_are_no_neighbours() -> None:
    found = find(
        "<div><b>1</b> <a href=20_2.html>2</a> <a href=20_3.html>3</a> <a href=20_2.html>下一页</a></div>",
        title="一碗热汤面",
    )
    assert set(urls(found, "page")) == {
        "https://paper.example.cn/street/20_2.html",
        "https://paper.example.cn/street/20_3.html",
    }
    assert titles(found, "next") == titles(found) == []


def test_a_last_part_has_one_neighbour_and_the_word_that_there_is_no_other():
    found = find(
        "<div><a class=post-nav-prev href=19.html>豆浆铺</a><span>下一篇：没有了</span></div>", title="一碗热汤面"
    )
    assert urls(found, "prev") == [PREV]
    assert titles(found, "next") == []


def test_a_neighbour_among_the_paragraphs_gives_way_to_a_pair_below():
    markup = "<p>正如在<a href=19.html>上一篇</a>里说过的，老周的汤要熬四个钟头才能端上桌来给人喝。</p>"
    pair = "<nav><a rel=prev href=24.html>新的</a><a rel=next href=16.html>旧的</a></nav>"
    assert urls(find(markup, title="一碗热汤面"), "prev") == [PREV]
    assert titles(find(markup, title="一碗热汤面")) == ["上一篇"]
    assert urls(find(markup + pair, title="一碗热汤面"), "prev") == ["https://paper.example.cn/street/24.html"]


def test_issues_and_pages_of_a_newspaper_do_not_part_the_articles_beside_this_one():
    head = "<p>第4版 <a href=../0301/node_4.htm>上一期</a> <a href=../0315/node_4.htm>下一期</a>"
    pages = "<a href=node_3.htm>上一版</a> <a href=node_5.htm>下一版</a></p>"
    found = find(f"{head}{pages}<p><a href=19.html>上一篇</a><a href=21.html>下一篇</a></p>", title="河口夜话（七）")
    assert (urls(found, "prev"), urls(found, "next"), urls(found, "series")) == ([PREV], [NEXT], [])


def test_a_newspaper_page_has_a_next_page_and_a_next_article():
    pages = "<p><a href=node_2.htm>上一版</a> <a href=node_4.htm>下一版</a></p>"
    found = find(pages + "<a href=19.html>上一篇</a><a href=21.html>下一篇</a>", title="一碗热汤面")
    assert urls(found, "prev") == [PREV]
    assert urls(found, "next") == [NEXT]


def test_a_neighbour_without_a_title_is_no_member_by_the_number_that_its_platform_gave_it() -> None:
    newer = "<a class=newer-link href=blog-post_15.html>较新的博文</a>"
    markup = f"{newer}<a class=older-link href=blog-post_78.html>较早的博文</a>"
    found = find(markup, title="渡口手记 12. 早潮", url="https://ferry.example/2023/06/blog-post_95.html")
    assert len(titles(found, "prev")) == len(titles(found, "next")) == 1
    assert titles(found) == []


@pytest.mark.parametrize(("target", "is_beside"), [("31.html", True), ("20_2.html", False)])
def test_one_arrow_alone_is_believed_where_the_head_says_the_same(target: str, *, is_beside: bool) -> None:
    arrow = f"<a class=navigation-next href={target} aria-label='Next page: 渡口的油灯'><i class=angle-right></i></a>"
    head = (
        f"<html><head><title>前言</title><link rel=next href={target}></head><body><h1>前言</h1>{STORY}{arrow}</body>"
    )
    assert bool(titles(find_links(parse(head), URL, "前言"), "next")) is is_beside


def test_next_page_of_a_manual_is_a_neighbour_where_it_has_a_title() -> None:
    """VitePress and its like write both into one link."""
    pager = (
        "<div class=prev-next><a href=reed.html><span>Previous page</span><span>The reed</span></a>"
        "<a href=warp.html><span>Next page</span><span>The warp</span></a></div>"
    )
    found = find(STORY + pager, title="The beam")
    assert titles(found, "prev") == ["The reed"]
    assert titles(found, "next") == ["The warp"]
    assert titles(found, "page") == []


def test_next_page_of_a_list_turns_it() -> None:
    pager = "<a href=/street/page/2/>Next page</a>"
    found = find(pager, title="The street", url="https://paper.example.cn/street/")
    assert titles(found, "next") == []


def test_pictures_point() -> None:
    before = "<li><img src=p.png alt=prev><a href=19.html>卖豆腐的人</a></li>"
    found = find(f"{STORY}<ul>{before}<li><a href=21.html>磨刀</a><img src=n.png alt=next></ul>", title="一碗热汤面")
    assert (titles(found, "prev"), titles(found, "next")) == (["卖豆腐的人"], ["磨刀"])
    left, right = "<a href=19.html><img src=/i/left.gif></a>", "<a href=21.html><img src=/i/right.gif></a>"
    found = find(f"<p>{left} <a href=index.html>目录</a> {right}</p>{STORY}", title="一碗热汤面")
    assert (urls(found, "prev"), urls(found, "next")) == ([PREV], [NEXT])


def test_the_arrows_at_the_ends_of_a_line_are_those_of_its_links() -> None:
    markup = "<div><span>← <a href=19.html>豆浆铺</a></span> <span><a href=21.html>晒谷场</a> →</span></div>"
    found = find(markup, title="一碗热汤面")
    assert (titles(found, "prev"), titles(found, "next")) == (["豆浆铺"], ["晒谷场"])


@pytest.mark.parametrize(("beside", "is_of_series"), [("other", False), ("part-3", True)])
def test_the_neighbours_of_a_column_in_a_magazine_are_no_parts_of_it(beside: str, *, is_of_series: bool) -> None:
    rows = [
        ("other", "发刊词"),
        ("part-1", "一碗热汤面 | Part 1"),
        ("more", "本月招工"),
        ("part-3", "一碗热汤面 | Part 3"),
    ]
    menu = "".join(f"<li><a href={name}.html>{title}</a></li>" for name, title in rows)
    link = "<a rel={0} href={1}.html title='{2} chapter'></a>"
    pager = link.format("prev", beside, "Previous") + link.format("next", "more", "Next")
    found = find(pager, title="一碗热汤面 | Part 2", url=f"{BASE}part-2.html", before=f"<ul>{menu}</ul>")
    assert {f"{BASE}part-1.html", f"{BASE}part-3.html"} <= set(urls(found))
    assert (f"{BASE}more.html" in urls(found)) == is_of_series
    assert all((link.score > OF_ANOTHER) == is_of_series for link in found.links if link.kind in {"prev", "next"})
