"""Sources that no label names: the site's own name, accounts and offices beside the day."""

import pytest

from crawler.extraction import extract_page

OF_AN_ACCOUNT = (
    '<script type="application/ld+json">'
    '{"@type":"NewsArticle","author":{"@type":"Organization","name":"河声 Boats"}}</script>'
)
STORY = "<p>渡口的老人说，桥通了以后，坐船的人一年比一年少，可是他还是每天早上六点钟把船撑出去，风雨无阻。</p>" * 5


def read(head: str, *, title: str = "最后一条渡船", meta: str = "", foot: str = "", body: str = "div"):
    page = (
        f"<html><head><title>{title}</title>{meta}</head><body><p><a href='/'>首页</a></p><h1>最后一条渡船</h1>{head}"
        f"<{body}>{STORY}</{body}><div>{foot}</div></body></html>"
    )
    return extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html")


@pytest.mark.parametrize(
    ("head", "page", "source"),
    [
        # what the site calls itself, in its head, behind its titles or at its foot
        ("<div>2021-03-04 17:22 渡口</div>", {"meta": '<meta property="og:site_name" content="渡口">'}, "渡口"),
        ("<div>渡口</div><div>2021-03-04</div>", {"title": "最后一条渡船 - 渡口"}, "渡口"),
        ("<p>2021年3月4日</p><p>河岸振興会</p>", {"title": "最后一条渡船：RIVER 河岸振興会"}, "河岸振興会"),
        ("<div>渡口 2021-03-04</div>", {"foot": "Copyright © 2021 渡口 版权所有"}, "渡口"),
        ("<div>2021-03-04</div><img src='/logo.png' alt='渡口'>", {"foot": "© 2021 渡口/河岸社"}, "渡口"),
        # an account
        ("<h2>渡口</h2><div>渡口官方账号 2021.03.04 17:04</div>", {}, "渡口"),
        ('<div class="author">河岸观察</div><div>2021-03-04</div>', {}, "河岸观察"),
        ('<div class="vendor"><p>River Post</p></div><p>2021-03-04</p>', {}, "River Post"),
        ("<div>渡口之声 2021-03-04 17:22</div>", {}, "渡口之声"),
        # an account that the head names, too
        ("<p>河声 Boats</p><p>稍后再看</p><p>收进书单</p><p>2021-03-04</p>", {"meta": OF_AN_ACCOUNT}, "河声 Boats"),
        # an outlet before an issue and a reporter
        ("<p>河岸周刊 2021年第15期 本刊记者/康大文 2021-03-04 14:05</p>", {}, "河岸周刊"),
        # the office that has put out a notice to the press
        ("<p>發稿單位：性別事務辦公室</p><p>發稿日期：110年3月4日</p>", {}, "性別事務辦公室"),
        (
            "<table><tr><th>發布單位</th><td>交通局</td></tr><tr><th>發布日期</th><td>2021-03-04</td></tr></table>",
            {},
            "交通局",
        ),
        # labelled, and more in the line
        ("<div>2021-03-04 来源：RBC Published in 教育</div>", {}, "RBC"),
        ("<div>2021-03-04 来源：《河岸晚报》、康大文 高宁</div>", {}, "河岸晚报"),
        ("<div>信息来源：本网 发布时间：2021-03-04</div>", {}, "本网"),
        ("<div>2021-03-04 来源：公众号“河声”</div>", {}, "公众号“河声”"),
        ("<div>2021-03-04 来源：本站原创</div>", {}, "本站原创"),
        # a portal's channel in an element called after an account
        ('<h2 class="weibo_user">新浪河岸</h2><p>2021-03-04 17:04</p>', {}, "新浪河岸"),
    ],
)
def test_a_name_counts_by_where_it_stands(head: str, page: dict[str, str], source: str):
    assert read(head, **page).source == source


@pytest.mark.parametrize(
    ("head", "page"),
    [
        ("<div>2021-03-04 港闻</div>", {"title": "最后一条渡船 - 港闻 - 渡口"}),  # the column
        ("<div>2021-03-04</div><div>查看评论</div>", {}),
        ("<div>2021-03-04</div><div>听文章 Powered by 渡口</div>", {"title": "最后一条渡船 - 渡口"}),
        ('<div class="source">字号</div><div>2021-03-04</div>', {}),
    ],
)
def test_columns_and_buttons_are_no_sources(head: str, page: dict[str, str]):
    assert read(head, **page).source is None


def test_a_name_before_the_day_is_the_author_where_no_outlet_is_called_so():
    found = read("<div>康斯坦丁 2021-03-04 14:41:12 0人参与评论</div>")
    assert (found.author, found.source) == ("康斯坦丁", None)
    (origin,) = (each for each in found.origins if each.field == "author")
    assert (origin.place, origin.certainty) == ("beside the date", "likely")
    assert read('<div><a href="/category/x">其它内容</a> 2021-03-04</div>').author is None


def test_a_printed_outlet_is_surer_than_what_the_head_claims_of_all_pages():
    claim = '<meta name="source" content="渡口客户端">'
    assert read("<div>河岸消息报</div><div>2021-03-04</div>", meta=claim).source == "河岸消息报"
    assert read("<div>2021-03-04</div>", meta=claim).source == "渡口客户端"


@pytest.mark.parametrize(
    ("head", "first", "last", "author"),
    [
        ("<div>2021-03-04</div>", "", "（河岸开大党校办 康大文报道）", "康大文"),
        ("<div>2021-03-04</div>", "", "（图书馆 康大文）", "康大文"),
        ("<div>2021-03-04</div>", "<p>【記者／康大文、高寧 首圖／河岸社提供】</p>", "", "康大文、高寧"),
        ("<p>2021-03-04 河岸醫療網／記者康大文報導</p>", "", "", "康大文"),
        ("<p>2021/03/04</p><p>著者：康大文</p>", "", "", "康大文"),
        ("<p>2021-03-04 作者：康大文 我有话说(76人参与)</p>", "", "", "康大文"),
    ],
)
def test_a_reporter_may_stand_behind_an_office_or_before_the_manner_of_a_report(
    head: str, first: str, last: str, author: str
):
    page = (
        f"<html><head><title>最后一条渡船</title></head><body><h1>最后一条渡船</h1>{head}"
        f"<div>{first}{STORY}<p>渡口的老人说，他还是每天早上把船撑出去，风雨无阻。{last}</p></div></body></html>"
    )
    assert extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html").author == author


def test_a_profile_of_the_site_itself_is_no_author():
    head = '<div>2021-03-04 <a href="/author/riverman/">河岸人</a></div>'
    assert read(head, meta='<meta property="og:site_name" content="河岸人电子报">').author == "河岸人"
    assert read(head, meta='<meta property="og:site_name" content="河岸人">').author is None
