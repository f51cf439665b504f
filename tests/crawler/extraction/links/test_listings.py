"""Ways up to a column, and the rows of a column."""

import pytest

from crawler.extraction.links import find_links
from crawler.extraction.links.finders.breadcrumb import says_move
from crawler.extraction.links.page import Page
from crawler.extraction.links.reader import MOST_LINKS
from crawler.extraction.links.row_titles import rows_of
from crawler.extraction.source.tree import parse
from tests.crawler.extraction.links.pages import find, titles, urls

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


def test_a_breadcrumb_whose_links_hold_their_arrows() -> None:
    found = find("", before="<span><a href=/city/>城事</a><a href=/street/>&gt;&gt;街坊</a></span>")
    assert [(link.title, link.url) for link in found.links if link.kind == "listing"] == [("街坊", BASE)]


def test_a_breadcrumb_known_by_its_words() -> None:
    found = find("", before="<p>当前位置：<a href=/>首页</a> > <a href=/street/>街坊</a></p>")
    assert urls(found, "listing") == [BASE]


MENU = "<ul><li><a href=/city/>城事</a></li><li><a href=/street/>街坊</a></li></ul>"


@pytest.mark.parametrize(
    ("above", "columns"),
    [
        (f"{MENU}<div><h2>街坊</h2></div>", [BASE]),
        (f"{MENU}<h2>街坊</h2><ul><li><a href=/street/1.html>街坊</a></li></ul>", []),  # the name of two pages
        (f"{MENU}<h2>站内搜索</h2>", []),
        (f"{MENU}<p>街坊</p>", []),  # no heading
        (f"<p>当前位置：<a href=/>首页</a> > <a href=/city/>城事</a></p>{MENU}<h2>街坊</h2>", [f"{BASE[:-7]}city/"]),
    ],
    ids=["an entry of the menu", "called twice", "no entry", "no heading", "a breadcrumb says more"],
)
def test_a_column_whose_name_heads_its_pages(above: str, columns: list[str]) -> None:
    assert urls(find("", before=above), "listing") == columns


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


def column(rows: str, url: str = BASE) -> list[str | None]:
    """The entries of a column with these rows in a page's frame."""
    frame = "<p>当前位置：<a href=/>首页</a> &gt; 今日河口</p>"
    foot = "<p>版权所有：河口文明网　未经书面授权不得转载或者建立镜像　河口市文化路二十六号　河ICP备00000000号</p>"
    menu = "<div class=nav><a href=/>首页</a> <a href=/news/>要闻</a> <a href=/video/>视频</a></div>"
    page = f"<html><head><title>今日河口</title></head><body>{menu}{frame}<ul>{rows}</ul>{foot}</body></html>"
    return urls(find_links(parse(page), url, "今日河口"), "entry")


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_few_dated_rows_are_entries_where_the_address_is_of_their_folder(count: int) -> None:
    rows = "".join(f"<li><a href={n}.html>河口的清晨</a><span>2023-05-{n:02}</span></li>" for n in range(1, count + 1))
    assert column(rows) == [f"{BASE}{n}.html" for n in range(1, count + 1)]
    assert len(column(rows, f"{BASE}index.html")) == count


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("folder", ["/a/2024/", "https://paper.example.cn/t/"])
def test_a_few_dated_rows_may_lead_out_of_the_folder(count: int, folder: str) -> None:
    rows = "".join(f"<li><a href={folder}{n}.html>河口的清晨</a><em>05-{n:02}</em></li>" for n in range(1, count + 1))
    assert len(column(rows)) == count
    assert len(column(rows, f"{BASE}list.asp?id=7".replace("/street", ""))) == count


@pytest.mark.parametrize("url", [f"{BASE[:-1]}.htm", f"{BASE}more.asp?cid=12", f"{BASE}channel/12.html"])
def test_rows_with_the_only_days_of_a_page_are_entries_whatever_its_address(url: str) -> None:
    rows = "".join(f"<li><a href=/info/{n}9/{n}.htm>河口的清晨</a><em>2023-05-{n:02}</em></li>" for n in range(1, 4))
    assert len(column(rows, url)) == 3
    assert column(f"<p>发布时间：2023-06-01</p><p>河口</p>{rows}", url) == []


def test_rows_with_a_few_lines_of_their_stories_are_entries() -> None:
    lines = "老周的面馆在巷子尽头，清早五点灯就亮了，骨头汤已经滚了半个钟头，可以下面了。" * 2
    row = "<div><h4><a href=/a/{0}.html>河口的第{0}个清晨</a></h4><p>{1}</p><span>2023-05-0{0}</span></div>"
    assert len(column("".join(row.format(n, lines) for n in range(1, 6)))) == 5
    assert column("".join(row.format(n, lines) for n in range(1, 6)) + f"<p>{lines * 9}</p><p>{lines * 9}</p>") == []


def test_the_columns_name_in_every_row_is_no_row() -> None:
    row = "<li>[<b><a href=/street/>街坊</a></b>]<a href=2021/{0}.html>河口第{0}夜</a><i>2023-05-0{0}</i>{1}</li>"
    lines = "<p>老周的面馆在巷子尽头，清早五点灯就亮了，骨头汤已经滚了半个钟头，可以下面了，先给对岸的人盛一碗。</p>"
    rows = "".join(row.format(n, lines) for n in range(1, 6))
    found = find_links(parse(f"<html><body><ul>{rows}</ul></body></html>"), f"{BASE}list_7_3.html", "街坊")
    assert titles(found, "entry") == [f"河口第{n}夜" for n in range(1, 6)]


def test_headings_with_a_few_lines_each_are_entries_without_a_day() -> None:
    lines = "The kiln was cold again by noon, and nobody on the quay would say who had let it go out."
    row = "<article><h2><a href=/2021/kiln-{0}/>The Long Winter of Kiln {0}</a></h2><p>{1}</p></article>"
    rows = "".join(row.format(n, lines) for n in range(1, 5))
    assert len(column(rows)) == 4
    assert column(rows + f"<p>{lines * 9}</p>") == []


def test_rows_that_a_script_opens_are_told() -> None:
    rows = "".join(f"<li><a href=javascript:show({n})>河口的第{n}个清晨</a></li>" for n in range(1, 9))
    found = find_links(parse(f"<html><body><h2>今日河口</h2><ul>{rows}</ul></body></html>"), BASE, "今日河口")
    assert found.doubts_of_a_list == (
        "a script opens 8 rows, “河口的第1个清晨” first, and their addresses are not on the page",
    )


def test_rows_whose_links_are_never_closed_are_rows() -> None:
    rows = "".join(f"<li><a href={n}.html>河口的第{n}个清晨" for n in range(1, 9))
    assert column(rows) == [f"{BASE}{n}.html" for n in range(1, 9)]


def test_rows_called_as_their_column_are_entries() -> None:
    rows = "".join(f"<li><a href={n}.html>今日河口</a><span>2023-05-{n:02}</span></li>" for n in range(1, 5))
    assert len(column(rows)) == 4


def test_short_titles_among_longer_ones_are_rows_where_their_addresses_are_made_alike() -> None:
    names = ["铜镜", "青瓷莲花尊一对", "铁锚", "剔红山水人物盒", "海兽葡萄纹铜镜", "织金妆花缎残片", "影青刻花瓷碗"]
    rows = "".join(f"<li><a href=/items/{n}.html>{name}</a></li>" for n, name in enumerate(names))
    markup = f"<html><title>每周一物</title><body><ul>{rows}<li><a href=/about>关于</a></li></ul></body></html>"
    found = find_links(parse(markup), "https://museum.example.cn/items/", "每周一物")
    assert titles(found, "entry") == names


def test_a_few_rows_are_no_listing_without_days_or_beside_a_story() -> None:
    dated = "".join(f"<li><a href={n}.html>河口的第{n}个清晨</a><span>2023-05-{n:02}</span></li>" for n in range(1, 5))
    assert column("".join(f"<li><a href={n}.html>河口的第{n}个清晨</a></li>" for n in range(1, 5))) == []
    assert column(dated, f"{BASE}20.html") == []
    assert titles(find(f"<ul>{dated}</ul>", title="一碗热汤面", url=BASE), "entry") == []


def test_the_day_beside_a_category_makes_no_row_of_it() -> None:
    page = '<h1>渡口</h1><div>2018-02-04 | <a href="/categories/river/">河边的事</a></div><p>船靠岸了。</p>'
    found = find_links(parse(f"<html><body>{page}</body></html>"), "https://river.example/2018/02/04/ferry/", "渡口")
    assert not [link for link in found.links if link.kind == "entry"]


def test_counts_of_comments_are_no_pages() -> None:
    counts = "".join(f"<p><a href=/c/{n}>{n % 3}</a></p>" for n in range(9))
    assert titles(find(counts), "page") == []


def test_a_menu_is_no_breadcrumb() -> None:
    found = find("", before="<p><a href=/>首页</a> <a href=/city/>城事</a> | <a href=/street/>街坊</a></p>")
    assert titles(found, "listing") == []


def test_days_of_a_calendar_are_no_pages() -> None:
    days = "".join(f"<td><a href=/d/{n}>{n}</a></td>" for n in range(1, 31))
    assert titles(find(f"<table><tr>{days}</tr></table>"), "page") == []


def test_a_page_of_endless_links_is_read_in_bounds_and_it_says_so() -> None:
    rows = "".join(f"<p><a href=/a/{n}.html>邻里食堂｜第{n}家小店</a></p>" for n in range(30_000))
    found = find(rows)
    assert len(titles(found, "series")) <= MOST_LINKS
    assert len(titles(found, "entry")) <= MOST_LINKS
    assert any(f"{30_000 - MOST_LINKS:,} links" in remark for remark in found.doubts)


def test_members_behind_thousands_of_other_links_are_found() -> None:
    others = "".join(f"<li><a href=/x/{n}.html>街上的第{n}件新鲜事情</a></li>" for n in range(8_000))
    rows = "".join(f"<li><a href={n}.html>邻里食堂｜第{n}家小店</a></li>" for n in range(30))
    found = find(f"<ul>{others}</ul><h3>往期回顾</h3><ul>{rows}</ul>")
    assert len(titles(found)) == 29  # 20.html is the page itself
    assert found.remarks == found.doubts == ()


def test_a_block_beyond_all_bounds_says_so() -> None:
    rows = "".join(f"<li><a href={n}.html>第{n}家小店的早晨</a></li>" for n in range(6_000))
    found = find(f"<h3>往期回顾</h3><ul>{rows}</ul>", title="一碗热汤面")
    assert 4_000 < len(titles(found)) < 6_000
    assert "5,000 lines" in found.doubts[0]


@pytest.mark.parametrize("title", ["搬家启事", "本博客已迁移", "我们搬到新网址了", "The blog has moved"])
def test_a_title_that_says_the_site_has_moved(title: str) -> None:
    assert says_move(title)


@pytest.mark.parametrize("title", ["乌桕镇中学：教室搬到滩地上", "整村搬迁至新区的三年", "老李的新家", "Moving day"])
def test_a_title_that_says_what_others_have_moved(title: str) -> None:
    assert not says_move(title)


def test_arrows_that_turn_pages_are_no_breadcrumb() -> None:
    found = find('<p><a href="/1.html">«</a> <a href="/3.html">»</a></p>')
    assert urls(found, "listing") == []


@pytest.mark.parametrize(
    ("row", "called"),
    [
        (
            "<div><b>2021年8月{n}日 第{n}号</b><ul><li>渡しの朝と、{n}本の縄</li></ul><p>{link}</p></div>",
            "2021年8月{n}日 第{n}号",
        ),
        ("<tr><td>2021.8.{n}</td><td>渡しの朝と、{n}本の縄</td><td>{link}</td></tr>", "渡しの朝と、{n}本の縄"),
        ("<div>{link}<h3>渡しの朝 その{n}</h3><p>2021.8.{n}</p></div>", "渡しの朝 その{n}"),
        ("<p>第{n}号 {link}</p>", "第{n}号"),
        ("第{n}号 {link}<br>", "第{n}号"),
        ("<tr><td>2021.8.{n}</td><td>{link}</td></tr>", "2021.8.{n}"),
    ],
)
def test_rows_whose_links_bear_one_label_are_called_as_the_row_says(row: str, called: str) -> None:
    shown = "".join(row.format(n=n, link=f"<a href=2021-08-{n}.html>この号を読む</a>") for n in range(10, 16))
    body = f"<table>{shown}</table>" if row.startswith("<tr>") else shown
    page = Page(parse(f"<html><body><h1>渡し場だより バックナンバー</h1>{body}</body></html>"), BASE, None)
    assert [shown.titles[0] for shown in rows_of(page)] == [called.format(n=n) for n in range(10, 16)]


def test_a_text_that_the_page_is_called_by_is_no_label() -> None:
    rows = "".join(f"<p>2021年8月{n}日 <a href=2021-08-{n}.html>渡し場だより</a></p>" for n in range(10, 16))
    page = Page(parse(f"<html><body><h1>渡し場だより</h1>{rows}</body></html>"), BASE, None)
    assert {row.titles[0] for row in rows_of(page)} == {"渡し場だより"}


def test_the_month_that_a_post_lies_in_and_the_other_months_are_no_rows() -> None:
    months = "".join(f"<li><a href=/2021/{month:02}/>Mês de número {month} de 2021</a></li>" for month in range(1, 13))
    tree = parse(f"<h1>Conversas 7</h1><p>Duas conversas.</p><ul>{months}</ul>")
    found = find_links(tree, "https://club.example/2021/05/12/conversas-7/", "Conversas 7")
    assert urls(found, "entry") == []
    assert len(urls(find_links(tree, "https://club.example/", "Conversas"), "entry")) == 12


DAYS = [f"2021-03-{day:02}" for day in range(11, 18)]


def entries(body: str, url: str = BASE) -> list[str]:
    found = find_links(parse(f"<html><head><title>街坊</title></head><body>{body}</body></html>"), url, "街坊")
    return [link.title for link in found.links if link.kind == "entry"]


def test_what_rows_tell_of_their_stories_is_no_text_of_the_list() -> None:
    told = "清早五点，面馆的灯先亮，老周把骨头汤倒进大锅，再去门口卸面粉，一袋一袋码到墙边。" * 3
    rows = [f"第{n}条街上的灯笼铺子" for n in range(1, 8)]
    items = "".join(
        f"<li><p class=t><a href=/street/{n}.html>{title}</a></p><p>{day}</p><p>{told}</p></li>"
        for n, (title, day) in enumerate(zip(rows, DAYS, strict=True))
    )
    other = "".join(
        f"<div class=side><b><a href=/n/{n}.html>停水通知{n}</a></b><i>{day}</i></div>"
        for n, day in enumerate(DAYS[:3])
    )
    assert entries(f"<h2>街坊</h2><ul>{items}</ul>{other}") == rows
    assert entries(f"<h2>街坊</h2><p>{told}</p><p>{told}</p><p>{told}</p><ul>{items}</ul>{other}") == []


def test_menus_that_are_made_as_the_rows_are_none_of_them() -> None:
    menu = "".join(
        f"<ul>{''.join(f'<li><a href=/m{m}/{n}.html>{m}号院{n}单元的介绍</a></li>' for n in range(3))}</ul>"
        for m in range(4)
    )
    rows = [*(f"{name}家的旧门牌" for name in "赵钱孙李周吴郑"), "门神"]
    items = "".join(f"<li><a href=/street/{n}.html>{title}</a></li>" for n, title in enumerate(rows))
    assert entries(f"{menu}<ul>{items}</ul>") == rows
