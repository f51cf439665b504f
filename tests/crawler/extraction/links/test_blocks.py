"""Blocks of earlier stories in the markups that pages use."""

import pytest

from crawler.extraction.links import find_links
from crawler.extraction.source.tree import parse
from tests.crawler.extraction.links.pages import URL, find, titles, urls

FIRST, SECOND = "邻里食堂｜修鞋匠的午饭", "邻里食堂｜夜班公交的保温桶"
ONE, TWO = f"<a href=1.html>{FIRST}</a>", f"<a href=2.html>{SECOND}</a>"
ROWS = f"<li>{ONE}</li><li>{TWO}</li>"
PARAGRAPHS = f"<p>{ONE}</p><p>{TWO}</p>"

MARKUPS = {
    "list": f"<h3>往期回顾</h3><ul>{ROWS}</ul>",
    "numbered list": f"<h3>往期回顾</h3><ol><li>1. {ONE}</li><li>2. {TWO}</li></ol>",
    "paragraphs": f"<p><strong>往期系列推文</strong></p>{PARAGRAPHS}",
    "line breaks": f"<p>▼往期精彩▼<br>{ONE}<br>{TWO}</p>",
    "table": f"<table><tr><th>前期报道</th></tr><tr><td>{ONE}</td><td>{TWO}</td></tr></table>",
    "term list": f"<dl><dt>系列报道</dt><dd>{ONE}</dd><dd>{TWO}</dd></dl>",
    "nested sections": "<section><section><section><span>往期推荐</span></section></section><section><section>"
    f"<a href=1.html><span>{FIRST}</span></a></section><section><p>{TWO}</p></section></section></section>",
    "pictures": f"<div>往期回顾</div><div><a href=1.html><img alt='{FIRST}' src=x.jpg></a>"
    f"<a href=2.html title='{SECOND}'><img src=y.jpg></a></div>",
    "a picture for a heading": f"<p><img alt='往期回顾' src=h.png></p>{PARAGRAPHS}",
    "cards": f"<h2>系列文章</h2><div><a href=1.html><h3>{FIRST}</h3><p>一双鞋的修法。</p></a></div>"
    f"<div><a href=2.html><h3>{SECOND}</h3><p>末班车。</p></a></div>",
    "cards without headings": "<h2>系列文章</h2>"
    f"<a href=1.html><div class=sub-title>街坊</div><div class=title>{FIRST}</div><div>小林 2023-05-01</div></a>"
    f"<a href=2.html><div class=title>{SECOND}</div><div>小林 2023-06-01</div><p>末班车。</p></a>",
    "dates beside": f"<h3>往期回顾</h3><ul><li>{ONE}<span>2023-05-01</span></li>"
    f"<li><a href=2.html>{SECOND} 2023-06-01</a></li></ul>",
    "one line": f"<p>往期回顾：{ONE} | {TWO}</p>",
    "related reading": f"<h3>延伸阅读</h3><ul>{ROWS}</ul>",
    "related links": f"<div>相关链接：</div><div>{ONE}</div><div>{TWO}</div>",
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_a_block_names_its_members(markup: str) -> None:
    found = find(markup)
    assert titles(found) == [FIRST, SECOND]
    assert urls(found) == ["https://paper.example.cn/street/1.html", "https://paper.example.cn/street/2.html"]
    assert all(link.reasons and 0 < link.score <= 1 for link in found.links)


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_a_block_before_the_body_is_found_too(markup: str) -> None:
    assert titles(find("", before=markup)) == [FIRST, SECOND]


def test_titles_without_links_are_members() -> None:
    found = find(f"<p>往期“邻里食堂”系列推文，点击即可查看→</p><p>{FIRST}</p><p>{SECOND}</p><p>编辑：小林</p>")
    assert titles(found) == [FIRST, SECOND]
    assert urls(found) == [None, None]
    assert found.series_name == "邻里食堂"


def test_linked_and_bare_titles_mix() -> None:
    found = find(f"<h3>系列文章</h3><ul><li>{ONE}</li><li>{SECOND}</li></ul>")
    assert list(zip(titles(found), [u is not None for u in urls(found)], strict=True)) == [
        (FIRST, True),
        (SECOND, False),
    ]


def test_several_blocks_are_all_read_and_a_link_in_two_counts_once() -> None:
    found = find(
        f"<h3>往期回顾</h3><ul><li>{ONE}</li></ul><h3>网友评论</h3><p>好</p>"
        f"<h3>系列报道</h3><ul><li>{TWO}</li><li>{ONE}</li></ul>"
    )
    assert sorted(titles(found)) == sorted([FIRST, SECOND])


def test_the_next_heading_ends_a_block() -> None:
    found = find(
        f"<div><h3>往期回顾</h3>{ONE}<br>{TWO}"
        "<h3>热门推荐</h3><a href=/x/1.html>十种早餐的做法</a><a href=/x/2.html>周末去哪儿玩</a></div>"
    )
    assert titles(found) == [FIRST, SECOND]


def test_a_heading_with_another_right_below_speaks_for_its_titles() -> None:
    rows = "<section><a href=1.html>修鞋匠的午饭</a></section><section><a href=2.html>夜班公交</a></section>"
    over = "<section><span><strong>往期“邻里食堂”系列推文</strong></span></section>"
    markup = f"{over}<section><section><span>往期</span></section>{rows}</section>"
    assert titles(find(markup, title="豆腐坊的凌晨四点")) == ["修鞋匠的午饭", "夜班公交"]


def test_bare_titles_in_wrappers_of_their_own_are_rows_as_well() -> None:
    lines = ("<a href=1.html>修鞋匠的午饭</a>", "豆腐坊的第一锅浆", "<a href=2.html>夜班公交</a>", "摆渡人的暖水瓶")
    rows = "".join(f"<section><section><p><span>{line}</span></p></section></section>" for line in lines)
    markup = f"<section><section><span>往期“邻里食堂”系列推文</span></section>{rows}</section>"
    found = titles(find(markup, title="一碗热汤面"))
    assert found == ["修鞋匠的午饭", "豆腐坊的第一锅浆", "夜班公交", "摆渡人的暖水瓶"]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>·</td><td>{}</td><td>5月3日</td></tr>",
        "<div class=row><div class=dot>·</div><div class=name>{}</div></div>",
    ],
)
def test_bare_titles_in_a_cell_of_their_row_are_rows_as_well(row: str) -> None:
    lines = ("<a href=1.html>修鞋匠的午饭</a>", "豆腐坊的第一锅浆", "<a href=2.html>夜班公交</a>", "摆渡人的暖水瓶")
    rows = "".join(map(row.format, lines))
    rows = f"<table>{rows}</table>" if row.startswith("<tr") else rows
    found = titles(find(f"<div><p>往期“邻里食堂”系列推文</p>{rows}</div>", title="一碗热汤面"))
    assert found == ["修鞋匠的午饭", "豆腐坊的第一锅浆", "夜班公交", "摆渡人的暖水瓶"]


def test_the_page_itself_is_no_member() -> None:
    found = find(f"<h3>系列报道</h3><ul><li><a href=20.html>邻里食堂｜一碗热汤面</a></li><li>{ONE}</li></ul>")
    assert titles(found) == [FIRST]


def test_past_posts_of_an_account_are_not_the_series_and_it_says_so() -> None:
    found = find(
        "<div id=js_content><h2>往期推荐</h2><p><a href=1.html>五款好用的保温杯</a></p>"
        "<p><a href=2.html>小区停车难怎么办</a></p></div>",
        url="https://mp.weixin.qq.com/s/AbCdEf",
    )
    assert titles(found) == []
    assert "往期推荐" in found.remarks[0]
    assert found.blocks


def test_a_library_of_printed_issues_is_not_the_series() -> None:
    found = find(
        "<h3>往期数字报</h3><ul><li><a href=/d/1>2023年5月1日</a></li><li><a href=/d/2>2023年5月2日</a></li></ul>"
    )
    assert titles(found) == []


def test_a_column_without_a_title_shape_is_known_by_its_breadcrumb() -> None:
    markup = (
        "<h2><a href=/street/>往期回顾</a></h2>"
        "<p><a href=/a/1.html>修鞋匠的午饭</a></p><p><a href=/a/2.html>夜班公交</a></p>"
    )
    crumbs = "<div class=crumb><a href=/>首页</a> &gt; <a href=/street/>街坊</a> &gt; 正文</div>"
    assert titles(find(markup, title="一碗热汤面", before=crumbs)) == ["修鞋匠的午饭", "夜班公交"]


def test_other_posts_of_the_author_are_not_the_series() -> None:
    markup = (
        "<div><a href=/u/7>街坊小报</a></div><div>3201 文章数 98 粉丝</div><div>往期回顾 <a href=/u/7>全部</a></div>"
        "<ul><li><a href=/a/1.html>停车位又少了三个</a></li><li><a href=/a/2.html>周末天气转凉</a></li></ul>"
    )
    assert titles(find(markup, title="一碗热汤面")) == []


def test_an_issue_number_ties_old_issues_to_this_one() -> None:
    markup = "<h2>往年回顾</h2><p><a href=/w/1>种树的人</a>（#120）</p><p><a href=/w/2>河边的灯</a>（#68）</p>"
    assert titles(find(markup, title="街坊周刊 #172：一碗热汤面")) == ["种树的人", "河边的灯"]


def test_the_teaser_of_a_row_is_no_heading_of_the_rows_below() -> None:
    rows = "".join(
        f"<div><h2><a href=/p/{n}.html>{title}</a></h2><div>{teaser} <a href=/p/{n}.html>查看更多 »</a></div></div>"
        for n, (title, teaser) in enumerate(
            [("船闸来信", "三家船厂联合推出系列教程"), ("雾里的灯塔", "老周守了四十年"), ("船票的背面", "一枚旧印章")]
        )
    )
    assert titles(find(rows, title="邻里食堂｜一碗热汤面")) == []


def test_two_series_on_one_page_stay_two() -> None:
    found = find(f"<h3>相关阅读</h3><ul><li>{ONE}</li><li><a href=/t/9.html>老街手艺｜竹篮的编法</a></li></ul>")
    assert titles(found) == [FIRST]


def test_a_sentence_about_the_past_is_no_heading() -> None:
    found = find("<p>他常常想起往期的客人，也想起过往的事。</p><p>一、热汤</p><p>二、面条</p>", title="一碗热汤面")
    assert titles(found) == []


def test_parts_above_and_below_find_each_other_anywhere() -> None:
    found = find(
        "<aside><a href=/x/9.html>老街的故事（下）</a><a href=/x/8.html>新城的故事（下）</a></aside>",
        title="老街的故事（上）",
    )
    assert titles(found) == ["老街的故事（下）"]


def test_a_copy_on_another_site_is_no_member() -> None:
    found = find("<a href=http://copy.example.com/9.html>老街的故事（下）</a>", title="老街的故事（上）")
    assert titles(found) == []


def test_a_first_line_that_names_the_series_is_not_cut_off() -> None:
    story = "<p>「邻里食堂系列」</p><p>今天说的是面馆。</p><p>老周五点起床。</p>"
    found = find(story, title="一碗热汤面")
    assert titles(found) == []
    assert found.blocks == ()


def test_traditional_characters() -> None:
    found = find(f"<h3>系列專題回顧</h3>{PARAGRAPHS}<p>下一則：<a href=21.html>糖畫攤</a></p>")
    assert titles(found)[:2] == [FIRST, SECOND]
    assert titles(found, "next") == ["糖畫攤"]


def test_the_link_in_a_series_heading_is_its_index_and_its_name() -> None:
    here = "<li>一碗热汤面</li>"
    found = find(
        f"<section><h3>本文是全系列中第3 / 3篇：<a href=/series/9>街坊三题</a></h3><ul>{ROWS}{here}</ul></section>",
        title="一碗热汤面",
    )
    assert titles(found) == [FIRST, SECOND]
    assert found.series_name == "街坊三题"
    assert [(link.title, link.url) for link in found.links if link.kind == "listing"] == [
        ("街坊三题", "https://paper.example.cn/series/9")
    ]
    assert [element.tag for element in found.blocks] == ["section"]


def test_bare_titles_under_related_reading_need_the_shape_of_the_title() -> None:
    found = find(f"<p>延伸阅读：</p><p>{FIRST}</p><p>周末去哪儿玩</p><p>{SECOND}</p>")
    assert titles(found) == [FIRST, SECOND]


def test_lines_that_share_an_element_with_the_story_are_no_element_to_cut() -> None:
    page = f"<html><body><div>面馆五点开门。<br>汤要熬三个钟头。<br>往期回顾<br>{ONE}<br>{TWO}</div></body></html>"
    found = find_links(parse(page), URL, "邻里食堂｜一碗热汤面")
    assert titles(found) == [FIRST, SECOND]
    assert found.blocks == ()


def test_a_label_in_a_sentence_reaches_no_further_than_its_line() -> None:
    found = find(f"<p>前文回顾：{ONE}</p><p>面馆在<a href=/map.html>老街口</a>。</p>", title="一碗热汤面")
    assert titles(found) == [FIRST]
    assert titles(found, "listing") == []


def test_a_title_cut_short_is_read_from_its_attribute() -> None:
    found = find(f"<h3>往期回顾</h3><p><a href=1.html title='{FIRST}'>{FIRST[:8]}…</a></p>")
    assert titles(found) == [FIRST]


def test_the_elements_of_a_block_hold_nothing_else() -> None:
    found = find(f"<div class=past><h3>往期回顾</h3><ul>{ROWS}</ul></div>")
    assert [element.get("class") for element in found.blocks] == ["past"]


@pytest.mark.parametrize("base", ["http://[", "//[x]/", "https://exa\u2100mple.cn/20.html", "\x00"])
def test_a_base_that_is_no_address_costs_no_title(base: str) -> None:
    found = find(f"<h3>往期回顾</h3><ul>{ROWS}</ul><p><a href=http://[/9.html>邻里食堂｜糖画</a></p>", url=base)
    assert [title for title in titles(found) if title in {FIRST, SECOND}] == [FIRST, SECOND]


GEARS = [("/k/gear", "先有齿轮"), ("/k/spring", "发条盒"), ("/k/escapement", "擒纵机构"), ("/k/balance", "摆轮与游丝")]
PAIR = "<nav><a class=prev href=/k/spring>发条盒</a><a class=next href=/k/balance>摆轮与游丝</a></nav>"


def rows(pages: list[tuple[str, str]], day: str = "") -> str:
    return "<ul>" + "".join(f"<li><a href={url}>{title}</a>{day}</li>" for url, title in pages) + "</ul>"


def test_a_menu_that_holds_this_page_between_its_neighbours_is_the_contents_of_the_work() -> None:
    found = find(PAIR, before=f"<aside>{rows(GEARS)}</aside>", title="擒纵机构", url="https://a.example/k/escapement")
    assert set(titles(found)) == {"先有齿轮", "发条盒", "摆轮与游丝"}


def test_the_contents_are_the_whole_list_and_not_the_chapter_alone() -> None:
    chapters = f"<li>机芯{rows(GEARS)}</li><li>外观{rows([('/k/hand', '指针怎么走'), ('/k/dial', '珐琅表盘')])}</li>"
    before = f"<nav><a href=/>首页</a><ul>{chapters}</ul></nav>"
    found = find(PAIR, before=before, title="擒纵机构", url="https://a.example/k/escapement")
    assert {"先有齿轮", "指针怎么走", "珐琅表盘"} < set(titles(found))
    tags = "<ul><li><a href=/tag/a/>手艺</a></li><li><a href=/tag/b/>钟</a></li></ul>"
    found = find(
        PAIR,
        before=f"<ul><li>{rows(GEARS)}</li><li>{tags}</li></ul>",
        title="擒纵机构",
        url="https://a.example/k/escapement",
    )
    assert set(titles(found)) == {"先有齿轮", "发条盒", "摆轮与游丝"}


@pytest.mark.parametrize(("label", "is_part"), [("前言", True), ("首页", False)])
def test_a_work_may_begin_at_the_front_page_of_its_site(label: str, *, is_part: bool) -> None:
    names = (label, "渡口", "油灯", "后记")
    menu = "".join(f"<li><a href=/{n or ''}>{name}</a></li>" for n, name in enumerate(names))
    pair = "<a rel=prev href=/1>渡口</a> <a rel=next href=/3>后记</a>"
    found = find(pair, title="油灯", url="https://book.example/2", before=f"<nav><ul>{menu}</ul></nav>")
    assert ("https://book.example/" in urls(found)) is is_part
    assert "https://book.example/1" in urls(found)


def test_who_recommends_names_other_stories_beside_the_parts() -> None:
    others = "<p><a href=8.html>送书三本</a></p><p><a href=9.html>卫生所门口的树</a></p>"
    assert titles(find(f"<section><p>往期推荐</p>{PARAGRAPHS}{others}</section>")) == [FIRST, SECOND]


def test_contents_may_stand_in_one_line() -> None:
    links = "".join(f"<a href={url}>{title}</a>" for url, title in GEARS)
    found = find(PAIR, before=f"<aside>{links}</aside>", title="擒纵机构", url="https://a.example/k/escapement")
    assert set(titles(found)) == {"先有齿轮", "发条盒", "摆轮与游丝"}


@pytest.mark.parametrize(
    "before",
    [
        f"<aside><h3>最新文章</h3>{rows(GEARS)}</aside>",
        f"<aside><h3>Recent posts</h3>{rows(GEARS)}</aside>",
        f"<aside>{rows(GEARS, ' 2024-03-01')}</aside>",
        f"<aside>{rows([GEARS[1], GEARS[0], GEARS[2], GEARS[3]])}</aside>",  # another page stands between
        f"<aside>{rows([GEARS[0], GEARS[1], GEARS[2]])}</aside>",  # the next one is not in it
    ],
)
def test_a_list_of_what_is_new_is_no_contents(before: str) -> None:
    found = find(PAIR, before=before, title="擒纵机构", url="https://a.example/k/escapement")
    assert titles(found) == []


@pytest.mark.parametrize(
    "heading",
    ["<p>系列 - 造一只钟</p>", "<p>本文属于系列：<a href=/s/clock/>造一只钟</a></p>", "<h2>课程目录</h2>"],
)
def test_a_series_box_names_parts_whose_titles_share_nothing(heading: str) -> None:
    box = "<ol><li><a href=/k/gear>先有齿轮</a></li><li>擒纵机构</li><li><a href=/k/hand>指针怎么走</a></li></ol>"
    found = find(f"<div>{heading}{box}</div>", title="擒纵机构", url="https://a.example/k/escapement")
    assert titles(found) == ["先有齿轮", "指针怎么走"]


@pytest.mark.parametrize("heading", ["熱門推薦", "相關閱讀", "猜你喜歡", "往期推薦", "往届专题"])
def test_what_a_site_likes_is_no_series(heading: str) -> None:
    others = rows([("/zt/snow.html", "大雪封山"), ("/zt/bridge.html", "新橋通車"), ("/zt/lamp.html", "第3期：燈會")])
    found = find(f"<p>{heading}</p>{others}", title="今年的第一場雪", url="https://a.example/a/1001.html")
    assert titles(found) == []


def test_a_tag_is_no_heading() -> None:
    markup = "<p><a href=/tags/系列文章/>系列文章</a></p><p><a href=19.html>修表的人</a></p>"
    assert titles(find(markup, title="一碗热汤面")) == []


def test_a_recommended_row_that_is_called_as_the_series_opens_no_block() -> None:
    names = ["左手的船桨", "渡口的灯火", "木屋里的女人", "一场最好的雪"]
    markup = "<h3>你可能也喜欢这些</h3>" + rows([(f"{n}.html", name) for n, name in enumerate(names, 11)])
    assert titles(find(markup, title="渡口的灯火：第十二章", url="https://a.example/r/45.html")) == []


@pytest.mark.parametrize("heading", ["相关系列", "全部系列", "往年今日", "你可能也喜欢这些"])
def test_what_a_site_has_besides_is_no_part(heading: str) -> None:
    markup = f"<h3>{heading}</h3>" + rows([("11.html", "左手的船桨"), ("12.html", "木屋里的女人")])
    assert titles(find(markup, title="渡口的灯火", url="https://a.example/r/45.html")) == []


def test_rows_like_the_page_are_known_by_their_number_wherever_it_stands() -> None:
    past = rows([("/r/57.html", "第57期 补锅匠"), ("/r/56.html", "第56期 磨刀师傅")])
    found = find(f"<h4>往期人物</h4>{past}", title="修伞的人（第58期）", url="https://a.example/r/58.html")
    assert len(titles(found)) == 2


def test_series_of_other_sites_are_not_this_one() -> None:
    others = rows([("https://b.example/1", "三十天学会裱画"), ("https://c.example/2", "从纸到墨")])
    assert titles(find(f"<h3>其他高手的系列文章</h3>{others}", title="第3天：裁纸")) == []


BOX = (
    '<div class="series-box"><p>这是系列<em>灯下的织机</em>的第 2 篇，共 {} 篇</p><ol>'
    "<li><a href=1.html>染坊门口的两口井</a></li><li><span>一匹布</span></li>"
    "<li>三代人的顶针（即将发布）</li></ol></div>"
)


def test_the_box_of_a_plugin_is_a_block_with_a_count() -> None:
    found = find("", title="一匹布", before=BOX.format(3))
    assert titles(found) == ["染坊门口的两口井", "三代人的顶针（即将发布）"]
    assert (found.series_name, found.doubts) == ("灯下的织机", ())


def test_a_box_that_counts_more_than_it_names_is_a_doubt() -> None:
    found = find("", title="一匹布", before=BOX.format(9))
    assert found.doubts == ("“这是系列灯下的织机的第 2 篇，共 9 篇” says that there are 9 parts",)


def test_a_box_that_links_its_name_leads_to_the_list_of_the_series() -> None:
    found = find("", title="One cloth", before="<div>This is part 2 of 3 in the series <a href=/s/>Loom</a></div>")
    assert (urls(found, "listing"), urls(found)) == (["https://paper.example.cn/s/"], [])


def test_an_english_box() -> None:
    rows = "<li><a href=1.html>The dyer</a></li><li>One cloth</li><li><a href=3.html>Three thimbles</a></li>"
    found = find(
        "",
        title="One cloth",
        before=f"<p>This entry is part 2 of 3 in the series <a href=/s/>Loom</a></p><ul>{rows}</ul>",
    )
    assert titles(found) == ["The dyer", "Three thimbles"]


PLAIN_ROWS = "<p><a href=11.html>染坊门口的两口井</a></p><p><a href=12.html>三代人的一枚顶针</a></p>"


def test_a_block_that_was_left_out_and_could_be_the_series_is_a_doubt() -> None:
    found = find(f"<p>往期回顾</p>{PLAIN_ROWS}", title="雨天晒不干的蓝布")
    assert titles(found) == []
    assert found.doubts == ("“往期回顾” names 2 titles that are not known to be of this series",)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>往期好文推荐</p>{PLAIN_ROWS}",
        f"<p>往期回顾</p>{PLAIN_ROWS}".replace("href=", "href=https://other.example/a/"),
        "<h3>往期报纸</h3><p><a href=11.html>2023年5月1日</a></p><p><a href=12.html>2023年5月2日</a></p>",
    ],
    ids=["recommended", "elsewhere", "issues"],
)
def test_what_plainly_is_not_the_series_is_only_a_remark(markup: str) -> None:
    found = find(markup, title="雨天晒不干的蓝布")
    assert titles(found) == []
    assert found.doubts == ()


@pytest.mark.parametrize(("href", "kind"), [("/series/lamps", "listing"), ("/posts/lamps", "series")])
def test_the_bare_name_leads_to_the_page_of_the_series_where_the_address_says_so(href: str, kind: str) -> None:
    name = "渡口的灯，河上的船"
    block = f'<p>系列：<a href="{href}">{name}</a></p><a href="/posts/lamps-3">{name}（3）</a>'
    tree = parse(f"<html><body><h1>{name}（2）</h1><p>正文</p>{block}</body></html>")
    found = find_links(tree, "https://mill.example/posts/lamps-2", f"{name}（2）")
    assert {link.kind for link in found.links if link.url == f"https://mill.example{href}"} >= {kind}
    assert ("series" in {link.kind for link in found.links if link.url == f"https://mill.example{href}"}) == (
        kind == "series"
    )


def test_a_heading_among_columns_opens_no_block() -> None:
    crumbs = (
        "<div class=position>当前位置：<a href=/>首页</a> &gt; <a href=/draws/ferry/past/index.html>往期公告</a></div>"
    )
    columns = ("ferry/past", "往期公告"), ("ferry/news", "渡口市场动态"), ("ferry/about", "走近渡船"), ("mill", "磨坊8")
    menu = "".join(f"<li><a href=/draws/{place}/index.html>{name}</a></li>" for place, name in columns)
    before = f"<ul>{menu}</ul>{crumbs}"
    found = find(
        "", title="“渡船”第2026125期公告", url="https://draws.example.cn/c/2026-12-10/4781.html", before=before
    )
    assert titles(found) == []
    assert urls(found, "listing") == ["https://draws.example.cn/draws/ferry/past/index.html"]
