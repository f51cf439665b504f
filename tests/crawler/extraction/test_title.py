import pytest

from crawler.extraction import extract_page
from crawler.extraction.facts.titleparts import title_parts

TEXT = "<p>老桥建成四十年了，守桥人换了七任。</p><p>今年春天，第七任守桥人也到了退休的年纪，他把工具包交给了徒弟。</p>"


def title(head: str, body: str) -> str | None:
    return extract_page(
        f"<html><head>{head}</head><body>{body}{TEXT}</body></html>".encode(), "http://a.example/"
    ).title


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ("<title>守桥人的四十年_河岸网</title>", "<h1>守桥人的四十年</h1>", "守桥人的四十年"),
        ("<title>河岸网--社会--守桥人的四十年记事</title>", "<h1>守桥人的四十年记事</h1>", "守桥人的四十年记事"),
        ("<title>守桥人的四十年，桥还年轻 - 河岸网</title>", "", "守桥人的四十年，桥还年轻"),
        (
            '<title>“老桥”守桥人的四十年</title><meta property="og:title" content=""老桥"守桥人">',
            "<h1>“老桥”守桥人的四十年</h1>",
            "“老桥”守桥人的四十年",
        ),
        (
            "<title>守桥人的四十年——桥还年轻_河岸网</title>",
            "<h1>守桥人的四十年<br>——桥还年轻</h1>",
            "守桥人的四十年——桥还年轻",
        ),
        ("<title>河岸新闻网</title>", "<div>首页</div><div class='bt_title'>守桥人的四十年</div>", "守桥人的四十年"),
        (
            "<title>守桥人的四十年_河岸网</title>",
            "<h1>河岸网</h1><h2 class=title>守桥人的四十年</h2>",
            "守桥人的四十年",
        ),
        ("<title>守桥人的四十年_河岸网</title>", "<h1>守桥人的四十年<span>88</span></h1>", "守桥人的四十年"),
        ("<title>守桥人的\u200b四十年_河岸网</title>", "", "守桥人的四十年"),
        (
            "<title>On the River Weekly » Night Ferries - Day 2</title>",
            "<h2><a href='2.html' rel='bookmark'>Night Ferries - Day 2</a></h2>",
            "Night Ferries - Day 2",
        ),
        (
            "<title>河岸人家｜守桥的老马-河岸网</title>",
            "<h1>河岸人家｜<br><em>守桥</em>的老马</h1>",
            "河岸人家｜守桥的老马",
        ),
        ("<title>河岸人家 | 守桥的老马 - 河岸网</title>", "<h1>河岸人家<br>守桥的老马</h1>", "河岸人家 | 守桥的老马"),
        ("<title>河岸人家 | 老马：守桥四十年</title>", "", "河岸人家 | 老马：守桥四十年"),
        ("<title>守桥四十年 | 河岸日报</title>", "", "守桥四十年"),
        ("<title>Keepers | The Riverside Observer of the North</title>", "", "Keepers"),
        ("<title>守桥人的四十年_河岸网</title>", "<h1><img src=t.png alt=守桥人的四十年></h1>", "守桥人的四十年"),
        (
            "<title>守桥人的四十年-河岸网</title>",
            "<div class=bt>守桥人的四十年</div><i class=share-title style='display: none'>守桥人的四十年-河岸网</i>",
            "守桥人的四十年",
        ),
        ("<title>守桥人的四十年_河岸网</title>", "<h1><a href=/><img src=l.png alt=河岸网></a></h1>", "守桥人的四十年"),
        # a site's name or slogan as og:title, and a headline that nothing marks
        (
            "<meta property=og:title content=河岸，读懂河！><meta property=og:site_name content=河岸，读懂河！>",
            "<div>转寄</div><div>守桥人的四十年 桥还年轻</div>",
            "守桥人的四十年 桥还年轻",
        ),
        (
            "<title>河岸新聞 - 社會 - 守橋人的四十年 - river.com</title>",
            "<h4>守橋人的四十年 2021-03-04 06:49</h4>",
            "守橋人的四十年",
        ),
        ('<meta property="og:title" content="守橋人的四十年跌11%- 河岸日報網頁">', "", "守橋人的四十年跌11%"),
        ("<title>Keepers &amp;amp; Bridges | River</title>", "", "Keepers & Bridges"),
        (
            "<title>第九章：守桥 —— 四十年的人 &mdash; The Book of the Old Bridge 河岸译本</title>",
            "<h1><a href=/>The Book of the Old Bridge 河岸译本</a></h1><h1>第九章：守桥 —— 四十年的人</h1>",
            "第九章：守桥 —— 四十年的人",
        ),
        (
            "<title></title>",
            "<h1>The keepers of the old bridge have seen seven of them, and the eighth is due</h1>",
            "The keepers of the old bridge have seen seven of them, and the eighth is due",
        ),
        ("", "", None),
    ],
)
def test_headline_is_what_the_page_shows_and_claims(head, body, wanted):
    assert title(head, body) == wanted


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ("守桥人的四十年记事 | 河岸", "<h1 id=t>守桥人的四十年记事<a href=#t>#</a></h1>", "守桥人的四十年记事"),
        ("守桥人的四十年记事 | 河岸", "<h1 id=t><a href=#t>#</a> 守桥人的四十年记事</h1>", "守桥人的四十年记事"),
        ("守桥人学 C# | 河岸", "<h1>守桥人学 C#</h1>", "守桥人学 C#"),
        ("#7 守桥人的四十年 | 河岸", "<h1>#7 守桥人的四十年</h1>", "#7 守桥人的四十年"),
    ],
)
def test_the_sign_of_a_link_to_the_heading_itself_is_not_of_the_title(head, body, wanted):
    assert title(f"<title>{head}</title>", body) == wanted


def test_a_recommended_story_is_never_the_headline():
    stream = "".join(f"<li class=c><a href={i}><h3>别处的故事之{i}，标题也很长很长</h3></a></li>" for i in range(5))
    assert title("<title>守桥人的四十年记事_河岸网</title>", f"<ul>{stream}</ul>") == "守桥人的四十年记事"


def test_series_and_subject_after_the_bar():
    parts = title_parts("守桥人 | 何大川：他给每根拉索起了名字", [], [])
    assert (parts.series_name, parts.subject, parts.ordinal) == ("守桥人", "何大川", None)


def test_what_the_block_names_agree_on_is_the_series():
    parts = title_parts(None, ["桥梁所推出“青河守桥人”系列报道。"], ["守桥人 | 何大川：甲", "守桥人 | 林素：乙"])
    assert parts.series_name == "守桥人"


def test_a_book_in_the_text_is_no_series():
    assert title_parts("父亲的信", ["他读完了《三体》系列。"], []).series_name is None


def test_a_headline_without_any_mark_stands_above_the_date_and_the_buttons() -> None:
    head = "<title>河岸广播公司</title>"
    lines = "<div>要闻</div><div>江水明日上涨 渡口停航</div><div>2024/05/06 18:58 报道</div><div>字级大小：</div>"
    assert title(head, lines) == "江水明日上涨 渡口停航"


MENU = (
    "<ul>" + "".join(f"<li><a href=/{name}/>{name}</a></li>" for name in ("要闻", "社会", "渡口动态", "公告")) + "</ul>"
)


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        # every page of a column bears the title of the column, which its menu shows too
        ("渡口动态 - 河岸航运集团", f"{MENU}<h1>渡口停航两日后复航</h1><p>来源：调度室</p>", "渡口停航两日后复航"),
        (
            "通知 - 河岸县医院",
            f"<div class=logo>河岸县医院</div>{MENU}<div class=ntitle>门诊搬到东楼</div>",
            "门诊搬到东楼",
        ),
        (
            "河岸月刊 第12期",
            "<td>【封面故事】</td><td>渡口会认人：最后一条船</td><td>文／康大文</td>",
            "渡口会认人：最后一条船",
        ),
        # the nearest heading, be it a smaller one; and the one that a later claim names whole
        (
            "最新资讯|河岸实验室",
            "<h1>最新资讯</h1><h2>渡口的论文被收入文集</h2><p>2024-05-06</p>",
            "渡口的论文被收入文集",
        ),
        (
            "渡口停航两日後復航",
            "<meta property=og:title content=院新聞稿><h2>院新聞稿</h2><h3>渡口停航两日後復航</h3>",
            "渡口停航两日後復航",
        ),
        (
            "河岸信息网",
            "<p>约上好友，沏一杯渡口的茶 （桂圆香）</p><div>时间：2024-05-06 来源：</div>",
            "约上好友，沏一杯渡口的茶 （桂圆香）",
        ),
        # a column whose name begins with the site's, in a menu
        (
            "河岸水利学会",
            "<li><a href=/z>河岸水利学会会刊</a></li><h3>渡口第五十期会刊印行</h3>",
            "渡口第五十期会刊印行",
        ),
        # a short headline of its own stays, whatever heading the story has
        ("渡口_河岸网", "<h1>渡口</h1><h2>一、守桥人的早晨</h2>", "渡口"),
        # what the head claims was edited or translated later
        ("守桥人四十年来换了七任 - 河岸网", "<h1>守桥人四十年里换了七任</h1>", "守桥人四十年里换了七任"),
        ("守桥人四十年来换了七任 - 河岸网", "<h1>河岸网四十年大事记</h1>", "守桥人四十年来换了七任"),
    ],
)
def test_the_name_of_a_column_is_no_headline_and_a_heading_in_other_words_is(head, body, wanted):
    assert title(f"<title>{head}</title>", body) == wanted


@pytest.mark.parametrize(
    ("head", "heading", "wanted"),
    [
        ("渡口停航两日后复航 - 河岸网", "渡口停航两日后复航 2024-05-06 来源：河岸报", "渡口停航两日后复航"),
        ("渡口停航两日后复航-综合新闻-新闻中心-河岸县医院|河岸医院", "", "渡口停航两日后复航"),
        ("声音-渡口时报 电子报刊", "", "声音"),
    ],
)
def test_a_title_is_read_without_what_stands_beside_it(head: str, heading: str, wanted: str) -> None:
    assert title(f"<title>{head}</title>", f"<h1>{heading}</h1>" if heading else "<div>版次</div>") == wanted


def test_the_line_of_the_day_is_no_subtitle() -> None:
    page = f"<title>渡口停航</title><h1>渡口停航</h1><p class=subtitle>2024年5月6日 14:10 河岸网</p>{TEXT}"
    assert extract_page(page.encode(), "http://a.example/").subtitle is None


def test_the_headline_is_the_one_above_the_story_and_not_that_of_the_form_to_share_it():
    name = "守桥人的四十年记事"
    share = f"<div class=share><div class=share_title>{name}</div><p>收件人电邮，以分号分隔，不超过五个。</p></div>"
    page = f"<html><head><title>{name}</title></head><body><div>{name}</div>{TEXT}{share}</body></html>"
    found = extract_page(page.encode(), "http://a.example/")
    assert found.text.startswith("老桥建成四十年了")


def test_what_is_like_the_name_of_the_site_is_no_part_of_a_story() -> None:
    body = '<h1>Ferry 25 oars have been carved by hand</h1><p>Read of <a href="/2025/ferry25/">Ferry 25</a> first.</p>'
    page = f"<html><head><title>Ferry</title></head><body>{body}{TEXT * 3}</body></html>"
    found = extract_page(page.encode(), "https://mill.example/2025/oars/")
    assert found.title == "Ferry 25 oars have been carved by hand"
    assert [link.title for link in found.links if link.kind == "series"] == []


@pytest.mark.parametrize(
    ("claim", "body"),
    [
        ("河岸船运集团-渡轮公司", "<p><a href=/p/1>上一页</a></p><h3>老桥修好以后的第一个早晨</h3><p>2024.06.18</p>{}"),
        ("河岸国际船舶用品展览会", "<p>当前位置：首页</p><div>老桥修好以后的第一个早晨</div>{}"),
        (
            "公司动态-河岸县渡轮有限公司",
            "<h1>老桥修好以后的第一个早晨</h1>{}<div>河岸县渡轮有限公司</div><div>电话：0</div>",
        ),
    ],
)
def test_the_name_of_the_owner_yields_to_the_heading_above_the_story(claim: str, body: str) -> None:
    page = f"<html><head><title>{claim}</title></head><body>{body.format(TEXT)}</body></html>"
    assert extract_page(page.encode(), "http://a.example/").title == "老桥修好以后的第一个早晨"


def test_a_heading_with_a_byline_in_brackets_is_the_headline_of_a_page_that_claims_none() -> None:
    body = "<h1><a href='/'>河岸月刊</a></h1><h2>木工手记 (13) -- 榫头放上机床 (作者：陶然)</h2><h3>前言</h3>"
    assert title("<title></title>", body) == "木工手记 (13) -- 榫头放上机床"


def test_a_heading_that_leads_to_itself_is_a_headline() -> None:
    body = "<h1><a href='/'>河岸月刊</a></h1><h2 id='a'><a href='#a'>木工手记 (13) -- 榫头放上机床</a></h2>"
    assert title("<title></title>", body) == "木工手记 (13) -- 榫头放上机床"


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [("<h2>渡口通讯 29</h2>", "渡口通讯 29"), ("<h2>渡口通讯 29</h2><h4>渡口通讯 28</h4>", "渡口通讯")],
    ids=["its own", "those of others, too"],
)
def test_a_heading_that_is_the_claim_and_a_number_is_the_title(headings: str, wanted: str) -> None:
    assert title("<title>渡口通讯 | 河岸网</title>", f'<a href="/all/">渡口通讯</a>{headings}') == wanted


@pytest.mark.parametrize(
    ("head", "href", "wanted"),
    [
        ("<title>Riverside Ferries User Group</title>", "/2016/ferry-22/", "Meeting 22/04/2016"),
        ("<title>Riverside Ferries User Group</title>", "/2016/ferry-23/", "Riverside Ferries User Group"),
        ("<title>Meeting 22/04/2016 of the Ferries</title>", "/2016/ferry-22/", "Meeting 22/04/2016"),
    ],
    ids=["its own", "of another page", "claimed"],
)
def test_a_heading_that_leads_to_its_own_page_is_the_headline_whatever_the_head_claims(
    head: str, href: str, wanted: str
) -> None:
    body = f'<header><h2>Riverside Ferries User Group</h2></header><h1><a href="{href}">Meeting 22/04/2016</a></h1>'
    page = f"<html><head>{head}</head><body>{body}<p>{TEXT}</p></body></html>".encode()
    assert extract_page(page, "https://ferries.example/2016/ferry-22/").title == wanted


def test_the_name_of_the_site_is_no_title_though_it_heads_the_page() -> None:
    head = (
        '<title>#42 Night Ferries (2018) - Riverbank</title><meta property="og:site_name" content="Riverbank">'
        '<meta property="og:title" content="#42 Night Ferries (2018)">'
    )
    link = "<a href=https://f.example/>#42 Night Ferries (2018)</a>"
    body = f"<h1><a href=/>Riverbank</a></h1><h2>Riverbank</h2><p>{link}</p>"
    assert title(head, body) == "#42 Night Ferries (2018)"
