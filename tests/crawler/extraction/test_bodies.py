"""What of a page belongs to its story."""

import pytest

from crawler.extraction import Extraction, extract_page

URL = "https://harbour.example/a/2024/8.html"
LINES = (
    "停航半个月的渡轮昨日复航，首班船上午七时开出，船上有乘客六十多人。",
    "船公司表示，班次暂时维持每小时一班，月底再看客量调整。",
    "码头旁的店主说，停航期间生意少了一半，现在总算等到客人回来。",
    "老水手把缆绳一圈一圈盘好，说这条船还能再开二十年。",
)


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(
    held: str, *, above: str = "", below: str = "", title: str = "渡轮复航", info: str = "2024-05-06 17:22"
) -> Extraction:
    page = (
        f'<html><head><meta charset="utf-8"><title>{title}_海港日报</title></head><body><div class="top">'
        f'<a href="/">首页</a> <a href="/xw/">新闻</a></div><div class="art">'
        f'<h1>{title}</h1><div class="info">{info}</div>{above}'
        f'<div class="con">{held}</div></div>{below}</body></html>'
    )
    return extract_page(page.encode(), URL)


FOLDED = {
    "button": '<div id="more" style="display:none">{}</div><div><a href="javascript:;">展开全文</a></div>',
    "sibling button": '<div style="display: none">{}</div><button>阅读全文</button>',
    "input": '<section style="display:none">{}</section><input type="button" value="查看全文">',
    "inline": '<span style="display:none">{}</span><br><a onclick="show()">展开</a>',
    "behind the parent": '<div><div style="display:none">{}</div></div><p class="open">显示全部</p>',
    "in traditional characters": '<div style="display:none">{}</div><p>點擊展開</p>',
}


@pytest.mark.parametrize("fold", FOLDED.values(), ids=FOLDED.keys())
def test_a_half_that_a_reader_unfolds_is_read(fold: str) -> None:
    rest = paragraphs(*LINES[2:]) if "span" not in fold else "<br>".join(LINES[2:])
    found = read(paragraphs(*LINES[:2]) + fold.format(rest))
    assert found.text.split("\n") == list(LINES)


def test_of_a_beginning_and_the_whole_behind_it_the_whole_is_read() -> None:
    short = f"<div>{paragraphs(LINES[0])}</div>"
    whole = f'<div style="display:none">{paragraphs(*LINES)}</div><a href="#">展开全文</a>'
    assert read(short + whole).text.split("\n") == list(LINES)


def test_what_is_hidden_without_an_opener_is_not_read() -> None:
    hidden = f'<div style="display:none">{paragraphs("本文由海港日报独家首发，抄袭的人会看见这一行字。")}</div>'
    assert read(paragraphs(*LINES) + hidden).text.split("\n") == list(LINES)
    assert read(paragraphs(*LINES[:-1], LINES[-1] + '<i style="display:none">暗记</i>')).text.split("\n") == list(LINES)


def test_signs_that_nobody_sees_are_left_out() -> None:
    text = read(
        paragraphs("停航半\x05个\x08月的渡\u200b轮昨日&#7;复航，首班船上午七时开出，乘客六十多人。", *LINES[1:])
    ).text
    assert text.split("\n")[0] == "停航半个月的渡轮昨日复航，首班船上午七时开出，乘客六十多人。"


LEGAL = (
    "本网站由海港镇文化站主管，信息室承办，未经书面许可，任何单位和个人不得转载本站内容，违者将追究责任。",
    "如本站内容侵犯了您的合法权益，请来信告知，我们核实后会及时删除，谢谢您的支持。",
    "本網站使用 Cookies 以改善您的體驗，繼續瀏覽即表示您同意本網站的私隱聲明及轉載規則。",
    "We use cookies to improve this site, and by clicking accept you agree to our terms.",
)


@pytest.mark.parametrize("line", LEGAL)
def test_the_legal_foot_of_a_site_is_never_the_body(line: str) -> None:
    below = f'<div class="bt">{paragraphs(line, line)}</div>'
    short = read("<p>5月8日全天停水</p><p>请提前储水</p>", below=below, title="关于停水的通知")
    assert short.text == "5月8日全天停水\n请提前储水"
    assert read(paragraphs(*LINES), below=below).text.split("\n") == list(LINES)


def test_a_story_about_copyright_is_kept() -> None:
    line = "法院认为，被告未经授权转载他人作品，侵犯了原告的著作权，应当承担法律责任。"
    assert line in read(paragraphs(line, *LINES)).text


def test_a_notice_keeps_when_it_takes_place_and_the_day_it_was_signed() -> None:
    lines = (
        "各村：为做好春耕，站里定于本月中旬举办一次技术讲座，现将有关事项通知如下。",
        "时间：5月16日上午9点",
        "地点：文化馆二楼",
        "请各村于5月12日前报送名单，每村不超过三人，车费由站里报销。",
        "镇农技站",
        "2024年5月6日",
        "（此件公开发布）",
    )
    assert read(paragraphs(*lines), info="发布时间：2024-05-06 来源：农技站").text.split("\n") == list(lines)


def test_the_time_of_publication_above_a_story_is_no_line_of_it() -> None:
    assert read(paragraphs("时间：2024-05-06 17:22", "来源：海港日报", *LINES)).text.split("\n") == list(LINES)


def test_words_around_a_story_are_known_in_traditional_characters() -> None:
    held = paragraphs(
        *("發佈時間：2024-05-06 17:22", "最後更新: 17:34", "記者：康大文"),
        *LINES,
        *("責任編輯：方圓", "相關新聞", LINES[0][::-1], "你可能感興趣的文章", LINES[1][::-1]),
    )
    found = read(held, info="")
    assert found.text.split("\n") == list(LINES)
    assert found.author == "康大文"


def test_a_box_between_paragraphs_does_not_end_the_story() -> None:
    held = (
        paragraphs(LINES[0], LINES[1], "相关新闻")
        + '<ul><li><a href="/1">码头翻新</a></li></ul>'
        + paragraphs(*LINES[2:])
    )
    assert read(held).text.split("\n") == list(LINES)


@pytest.mark.parametrize("more", ["leadin", "first lead"])
def test_a_lead_with_a_class_more_is_one_of_its_peers(more: str) -> None:
    lead, rest = LINES[0] * 4, LINES[1]
    held = f'<div class="paragraph {more}"><div>{lead}</div></div><div class="paragraph"><div>{rest}</div></div>'
    assert read(held).text.split("\n") == [lead, rest]


def test_a_caption_between_headline_and_text_is_the_story_s() -> None:
    slide = '<div class="slide"><img src="/p/1.jpg"><div>渡轮昨日从东码头开出。（资料图片）</div></div>'
    found = read("<br>".join(LINES), above=slide + '<img src="/i/icon.png"><div>阅读量340</div>')
    assert found.text.split("\n") == ["渡轮昨日从东码头开出。（资料图片）", *LINES]
    assert [block.kind for block in found.blocks][:2] == ["image", "caption"]


ADVERTS = (
    (
        "---",
        "《海港信箱》本月起每晚九时播出，请致电91230000！",
        "立即報料: https://t.example/3",
        "《海港日報》App已推出新版本，請立即更新",
    ),
    ("立即下载海港日报客户端，看更多新闻",),
    ("追蹤我們的 Facebook 專頁，每日更新",),
    ("報料熱線：9123 0000",),
)


@pytest.mark.parametrize("lines", ADVERTS)
def test_what_an_outlet_advertises_below_is_cut_off(lines: tuple[str, ...]) -> None:
    assert read(paragraphs(*LINES, *lines)).text.split("\n") == list(LINES)


@pytest.mark.parametrize(
    "lines",
    [
        ("---", "第二天一早，码头上又排起了队。", "卖票的窗口前站了二十多个人。"),
        ("市民如有意见，请致电文化站热线 6123 4567。",),
        ("报名请登录 https://signup.example/ 填写表格。",),
    ],
)
def test_what_a_story_itself_says_last_stays(lines: tuple[str, ...]) -> None:
    assert read(paragraphs(*LINES, *lines)).text.split("\n") == [*LINES, *lines]


@pytest.mark.parametrize("cell", ["<td>{}</td>", "<td><p>{}</p></td>"])
def test_a_table_of_bare_numbers_does_not_end_the_story(cell: str) -> None:
    cells = "".join(f"<tr>{''.join(cell.format(value) for value in (n, n * 37, n * 91))}</tr>" for n in range(1, 60))
    found = read(paragraphs(*LINES[:2]) + f"<table>{cells}</table>" + paragraphs(LINES[2]))
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph", "table", "paragraph"]
    assert found.text.endswith("\n59\t2183\t5369\n" + LINES[2])


CONDITIONS = (
    "阁下明确同意使用本网站的风险由阁下个人承担，本公司不负责任何直接或间接的损失。",
    "本网站的资讯仅供参考，不构成投资建议，本公司不保证其准确性、完整性和可靠性。",
    "未经本公司书面许可，用户不得以任何方式复制、转载或传播本网站的资讯。",
    "本声明如有更改，恕不另行通知，用户继续使用本网站即代表同意更新后的条款。",
) * 4


def test_conditions_that_are_longer_than_the_story_are_no_part_of_it() -> None:
    page = read(paragraphs(*LINES) + "<h4>免责声明</h4>" + paragraphs(*CONDITIONS))
    assert page.text == "\n".join(LINES)
    assert "reads_like_conditions" not in page.warnings


def test_conditions_in_the_place_of_a_story_are_doubted() -> None:
    assert "reads_like_conditions" in read(paragraphs(*CONDITIONS)).warnings


def test_a_court_s_story_is_not_taken_for_conditions() -> None:
    told = "法院认为，船公司未尽告知义务，应当承担赔偿责任，原告的损失由船公司和码头分担，依法判决如下。"
    assert read(paragraphs(*LINES, told, told)).warnings == ()


def test_the_words_below_every_section_end_no_story() -> None:
    sections = [line for each in LINES * 2 for line in (each * 3, "关键词：渡口，停航，复航")]
    page = read(paragraphs(*sections))
    assert page.text.count("停航半个月") == 6
    assert page.text.endswith(LINES[-1])


def test_the_story_stands_right_below_its_headline_and_films_of_others_further_down() -> None:
    films = "".join(
        f"<div class=slide><div class=film>第{n}段：水手教人打绳结，看到结尾的人都笑出了声！</div></div>"
        for n in range(20)
    )
    told = LINES[0] + LINES[1]
    story = f"<section><p>{told}</p></section>"
    lines = "".join(f"<div>{word}</div>" for word in ("听新闻", "关注", "分享", "字号"))
    page = read(f"{story}<h2>视频</h2><div class=list>{films}</div>", title="停航半个月的渡轮昨日复航", above=lines)
    assert page.text == told


def test_a_block_of_others_that_is_said_to_run_over_the_headline_holds_no_line_of_the_story() -> None:
    lines = [f"第{n}天的江水涨到石阶的第{n}级 渡口的老树又落了一层叶子" for n in range(1, 12)]
    page = (
        '<html><head><base href="https://harbour.example/blog/post/1"><title>江水涨落的日子 @ 渡口人家</title></head>'
        "<body><div><h5>相关文章</h5></div><div class=post><ul><li>2024-05-06 08:00</li><li><h2>"
        f'<a href="/blog/post/1">江水涨落的日子</a></h2></li></ul><div>{paragraphs(*lines)}</div></div></body></html>'
    )
    assert extract_page(page.encode(), URL).text.splitlines() == lines


@pytest.mark.parametrize(
    "tail", ["ALSO IN THE NEWS", "All Reads on This Topic", "Sponsored Content", "More Stories", "About the Author"]
)
def test_what_english_pages_put_below_a_story_is_no_part_of_it(tail: str):
    line = "The ferry crosses the river every morning before six, and the boatman waits for nobody at all. "
    other = "A new bridge will open next spring, and the council says that it will be free for everybody who walks. "
    body = (
        f"<h1>The Last Ferry</h1><p>May 6, 2024</p><div>{f'<p>{line * 3}</p>' * 5}<h3>{tail}</h3><p>{other}</p></div>"
    )
    page = f"<html lang=en><head><title>The Last Ferry</title></head><body>{body}</body></html>"
    found = extract_page(page.encode(), "https://news.example.com/2024/05/the-last-ferry")
    assert "boatman" in found.text
    assert "bridge" not in found.text


LONG = (
    "停航半个月的渡轮昨日复航，首班船上午七时开出，船上有乘客六十多人，多数是赶着过江上班的街坊，也有带着孩子来看船的老人和几位专程回来的旧船员。",
    "船公司表示，班次暂时维持每小时一班，月底再看客量调整，票价不变，学生和老人仍可半价，夜航要等航道疏浚完成、灯浮重新校准之后才会逐步恢复。",
    "码头旁的店主说，停航期间生意少了一半，现在总算等到客人回来，他打算把门面重新粉刷一遍，再添两张桌子，让候船的人有地方坐下来喝一口热茶。",
    "老水手把缆绳一圈一圈盘好，说这条船还能再开二十年，只要江水还在流，总会有人要过江，也总要有人在船头站着，替大家看清前面的风浪和礁石。",
)
LINKED = [f'<li><a href="https://ports.example/{way}">{way}航线的时刻与票价</a></li>' for way in "东西南北"]


def test_a_list_of_links_between_paragraphs_is_told_by_the_story() -> None:
    listed = f"<div><ul>{''.join(LINKED)}</ul></div>"
    text = read(f"{paragraphs(*LONG[:2])}<p>恢复的航线有：</p>{listed}{paragraphs(*LONG[2:])}").text
    assert "东航线的时刻与票价" in text
    assert "北航线的时刻与票价" in text
    assert "北航线" not in read(paragraphs(*LONG), below=listed).text


def test_a_name_of_the_frame_around_story_and_comments_hides_neither_story_nor_shows_comments() -> None:
    remarks = "".join(f"<div><p>读者{at}：{LONG[at % 4]}我也去看过，{at}号那天人很多。</p></div>" for at in range(12))
    held = f'<div class="entry"><p>2024-05-06</p>{paragraphs(*LONG)}</div><div id="comments">{remarks}</div>'
    page = (
        '<html><head><meta charset="utf-8"><title>江上渡轮今日恢复通航</title></head>'
        f'<body><div class="content-sidebar-wrap"><div class="main">{held}</div></div></body></html>'
    )
    text = extract_page(page.encode(), URL).text
    assert LONG[0] in text
    assert "读者" not in text


def test_a_story_told_again_for_another_screen_is_read_once_and_a_refrain_stays() -> None:
    found = read(f'<div class="screen"><div>{paragraphs(*LONG)}</div></div>' * 2)
    assert found.text.split("\n") == list(LONG)
    assert ("again", LONG[3]) in found.cut
    song = [*LONG[:2], "江水流啊流，渡船摇啊摇。", *LONG[2:], "江水流啊流，渡船摇啊摇。"]
    assert read(paragraphs(*song)).text.split("\n") == song


def test_a_box_of_links_ends_no_story_whose_paragraphs_go_on_behind_it() -> None:
    box = '<div class="box"><h5>相关阅读</h5><p><a href="/a/2024/3.html">去年渡轮停航始末</a></p></div>'
    story = [*LONG, *(f"{line}这是第{at}天的见闻。" for at, line in enumerate(LONG))]
    text = read(f"{paragraphs(*story[:5])}{box}{paragraphs(*story[5:])}").text
    assert all(line in text for line in story)
    assert "停航始末" not in text


def test_the_anchor_of_a_heading_is_made_of_its_words_and_names_nothing() -> None:
    text = read(f'{paragraphs(*LONG[:2])}<h3 id="h-navigation-tags">航标与灯浮</h3>{paragraphs(*LONG[2:])}').text
    assert "航标与灯浮" in text
