"""Authors as pages give them without a label, and names that run into the next label."""

import pytest

from crawler.extraction import extract_page
from crawler.extraction.phrases.credits import byline, labelled, reporters

STORY = "<p>" + "渡口只剩下一条船，船老大每天清早先把舱里的水舀干，再在船头点一支香。" * 5 + "</p>"


def author(head: str, title: str = "最后一条渡船") -> str | None:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{head}{STORY}{STORY}</body></html>"
    return extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html").author


def test_a_name_ends_where_the_next_label_begins():
    assert [(c.role, c.name) for c in labelled("作者：高宁发布时间：2021-03-04")] == [("author", "高宁")]
    glued = "来源：河岸报作者：高宁责任编辑：方圆发布时间：2021-03-04"
    assert [(c.role, c.name) for c in labelled(glued)] == [
        ("source", "河岸报"),
        ("author", "高宁"),
        ("responsible_editor", "方圆"),
    ]
    assert [c.name for c in labelled("作者：大头鱼 发表于 2016-5-19 21:08")] == ["大头鱼"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("■本报记者 罗念", "罗念"),
        ("□ 罗念", "罗念"),
        ("本报记者 罗 念", "罗念"),
        ("記者康大文台北報導 2024-05-06 17:22", "康大文"),
        ("山城早报 2016-11-02 记者 易平", "易平"),
        ("文｜财鉴周刊 沈放、陆青", "沈放、陆青"),
        ("文字 | 林一", "林一"),
        ("图/文：康远", "康远"),
        ("記者康大文／河口報導", "康大文"),
        ("〔記者康大文、羅念／綜合報導〕", "康大文、羅念"),
        ("康大文／河口報導", "康大文"),
        ("文／康大文", "康大文"),
        ("記者 康大文 報道", "康大文"),
        ("2024-05-06 17:22 河岸報 記者康大文／河口報導", "康大文"),
    ],
)
def test_a_byline_is_read_in_many_forms(line: str, name: str):
    assert [c.name for c in byline(line) if c.role == "author"] == [name]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("来源 河岸报 作者 高宁 2021-03-04", {"source": "河岸报", "author": "高宁"}),
        ("记者 | 高宁", {"author": "高宁"}),
        ("采写/高宁", {"author": "高宁"}),
        ("河岸报记者 高宁 编辑 方圆 校对 石磊", {"author": "高宁", "editor": "方圆", "proofreader": "石磊"}),
        ("转载自：河岸报", {"source": "河岸报"}),
        ("记者 发现，这里的人多了", {}),
    ],
)
def test_a_blank_or_a_stroke_parts_a_label_from_its_name(line: str, wanted: dict[str, str]):
    found = list(labelled(line))
    assert {credit.role: credit.name for credit in found} == wanted
    assert all(credit.raw in line for credit in found)


@pytest.mark.parametrize(
    ("head", "source", "place"),
    [
        ('<div><span>2021-03-04</span><span class="source">河岸之窗</span></div>', "河岸之窗", "element"),
        ('<div>2021-03-04 17:22</div><div class="laiyuan">河岸之窗</div>', "河岸之窗", "element"),
        ("<div>2021-03-04 17:22　河岸日报</div>", "河岸日报", "beside the date"),
        ("<div>2021-03-04 17:22　渡口天气</div>", None, None),
        ('<div>来源：河岸报</div><div class="source">本网</div>', "河岸报", "label"),
    ],
)
def test_a_source_without_a_label(head: str, source: str | None, place: str | None):
    page = (
        f"<html><head><title>最后一条渡船</title></head><body><h1>最后一条渡船</h1>{head}{STORY}{STORY}</body></html>"
    )
    found = extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html")
    assert found.source == source
    assert next((origin.place for origin in found.origins if origin.field == "source"), None) == place


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("【河岸晚報╱記者康大文╱即時報導】", "康大文", "河岸晚報"),
        ("2020-10-04 15:05河岸報 記者康大文／即時報導", "康大文", "河岸報"),
        ("河岸快訊／范姜文文 2020年03月12日 20:19:00", "范姜文文", None),
        ("海港中心／綜合報導", "海港中心", None),
        ("編譯中心／綜合報導", "編譯中心", None),
        ("健康/生活", None, None),
        ("2010/3/4", None, None),
        ("記者發現／這裡的人多了", None, None),
    ],
)
def test_the_parts_of_a_newsrooms_byline(line: str, author: str | None, source: str | None):
    told = {c.role: c.name for c in byline(line)}
    assert (told.get("author"), told.get("source") if told.get("source") != "河岸快訊" else None) == (author, source)


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        ("<div>2021-03-04 05:02:24大河报</div>", "大河报"),
        ("<div>www.river.example | 2021-03-04 20:30:10 Rivernews新闻 | 0条评论 | 查看/发表评论</div>", "Rivernews新闻"),
        ("<h2>River.example 河岸新聞網</h2><p>2021年 03月 04日 19:21</p>", "River.example 河岸新聞網"),
        ("<div>2021-03-04 社会新闻</div>", None),
        ("<div>2021-03-04 我要评论</div>", None),
        ("<div>河岸新聞網</div><p>渡船的故事</p>", None),
    ],
)
def test_an_outlet_beside_the_date_is_the_source(lines: str, source: str | None):
    title = "最后一条渡船"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{lines}{STORY}{STORY}</body></html>"
    assert extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html").source == source


def test_brackets_at_the_end_of_a_story_name_an_outlet_and_its_reporters():
    assert [c.name for c in reporters("渡口只剩下一條船。（河視新聞康大文、羅念河口報導）")] == ["康大文、羅念"]
    assert list(reporters("渡口只剩下一條船。（節錄）")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("〔記者康大文／河口報導〕渡口只剩下一條船。", "康大文"),
        ("（河岸社記者康大文河口6日電）渡口只剩下一條船。", "康大文"),
        ("渡口只剩下一條船。（康大文／河口報導）", "康大文"),
        ("渡口的船。（資料照）", None),
        ("渡口的船。（美聯社）", None),
        ("渡口的船。（網路截圖）", None),
    ],
)
def test_reporters_of_running_text_in_traditional_characters(text: str, name: str | None):
    assert next((c.name for c in reporters(text)), None) == name


def test_a_meta_element_names_the_author_where_the_page_prints_the_name_or_the_name_is_no_chinese_one():
    def of(head: str, line: str = "") -> str | None:
        page = f"<html><head><title>渡船_河岸网</title>{head}</head><body><h1>渡船</h1>{line}{STORY}</body></html>"
        return extract_page(page.encode(), "https://news.example.cn/1.html").author

    assert of('<meta name="author" content="于米">') is None
    assert of('<meta name="author" content="于米">', "<p>于米 2021-03-04</p>") == "于米"
    assert of('<meta name="author" content="Ruth Halloran">') == "Ruth Halloran"
    assert of('<meta name="author" content="河岸网">', "<p>河岸网 2021-03-04</p>") is None
    graph = '{"@type":"NewsArticle","author":[{"name":"Ruth Halloran"},{"@type":"Person","name":"Ada Byrne"}]}'
    assert of(f'<script type="application/ld+json">{graph}</script>') == "Ruth Halloran、Ada Byrne"


def test_the_dateline_of_a_wire_names_its_reporter():
    assert [c.name for c in reporters("中讯网江州12月8日电 (方野)冬日的船台上风很硬")] == ["方野"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<div><a href="/people/yumi">于米</a><span>2021-03-04</span></div>', "于米"),
        ('<div><span class="nickname"><a href="/home">阿迟</a></span></div>', "阿迟"),
        ("<p>By Ruth Halloran</p>", "Ruth Halloran"),
        ('<div class="author">于米</div><div>2021-03-04</div>', "于米"),
        ('<div class="post-author">by Ruth Halloran</div>', "Ruth Halloran"),
        ('<div class="info">2021-03-04 <span itemprop="author">于米</span></div>', "于米"),
        ('<div class="user-info"><p>一只灰鹭</p></div><p>2021-03-04</p>', "一只灰鹭"),
        ("<p>康大文</p>", "康大文"),
        ("<p>康大文 河岸报评论委员</p>", "康大文"),
        ("<p>高新区</p>", None),
        ("<p>方便面</p>", None),
        ("<div>Posted by: Ruth Halloran August 18, 2010 3:21 PM PDT</div>", "Ruth Halloran"),
        ("<p>By Ruth Halloran and Ada Byrne</p>", "Ruth Halloran、Ada Byrne"),
        ("<p>By Ruth Halloran, RIVER POST</p>", "Ruth Halloran"),
        ("<p>By RUTH HALLORAN, Post National Writer</p>", "RUTH HALLORAN"),
        (
            '<div class="author-details"><a class="author-link" href="/en/r">Ruth Halloran</a> Houston</div>',
            "Ruth Halloran",
        ),
        ("<p>Ruth Halloran</p><p>Edited: Jan 27, 2021, 8:55 PM</p>", "Ruth Halloran"),
        ("<p>Ruth Halloran</p>", None),
        ("<p>Mental Health</p><p>Jan 27, 2021</p>", None),
        ('<div class="author">河岸晚报</div>', None),
        ('<div class="author">View archive</div>', None),
        ('<div><a href="/people/a">甲一</a> <a href="/people/b">乙二</a></div>', None),
        ('<div><a href="/user/9">关注</a></div>', None),
        ('<div><a href="/news/">资讯</a></div>', None),
    ],
)
def test_an_author_s_own_page_names_the_author(head: str, name: str | None):
    assert author(head) == name


def facts(head: str, first: str = "", last: str = "") -> tuple[str | None, str | None]:
    page = (
        f"<html><head><title>最后一条渡船</title></head><body><h1>最后一条渡船</h1>{head}"
        f"<div>{first}{STORY * 4}{last}</div></body></html>"
    )
    read = extract_page(page.encode(), "https://news.example.cn/a/77.html")
    return read.author, read.source


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("2024-05-06 17:22:00 河岸网 康大文", "康大文", "河岸网"),
        ("河岸新闻网2024-05-06 17:22阅读 123", None, "河岸新闻网"),
        ("2024-05-06　　河岸市统计局", None, "河岸市统计局"),
        ("2024-05-06 河岸县融媒体中心 浏览次数：88", None, "河岸县融媒体中心"),
        ("康大文 报道 2024/05/06", "康大文", None),
        ("2024/5/6 17:22　河岸时报　记者 康大文", "康大文", "河岸时报"),
        ("- 河岸编辑部 @ 05-22-2024 / 今日", "河岸编辑部", None),
        ("2024-05-06 17:22 河岸网 作者：康大文 分享到：", "康大文", "河岸网"),
        ("河岸头条head2024.05.06 康大文/河口報導", "康大文", "河岸头条head"),
        ("2024-05-06 河岸网 市人民医院 欢迎您", None, None),
        ("河岸新聞網 / 醫療", None, None),
    ],
)
def test_outlet_office_desk_and_reporter_may_stand_beside_the_date(line: str, author: str | None, source: str | None):
    assert facts(f"<div>{line}</div>") == (author, source)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("发布机构：河岸县文旅局　发布日期：2024-05-06　点击数：", "河岸县文旅局"),
        ("发布单位：河岸县文旅局 信息来源：河岸日报 2024-05-06", "河岸日报"),
        ("供稿单位：宣传部 发布人：罗念 2024-05-06", "宣传部"),
        ("稿源：河岸报道 2 条评论", "河岸报道"),
        ("来源：河岸报 - 要闻 2024-05-06", "河岸报"),
        ("来源：网络编辑", "网络编辑"),
        ("来源：互联网", "互联网"),
        ("来源：本网讯", None),
    ],
)
def test_the_office_that_publishes_is_the_source_where_no_other_is_named(line: str, source: str | None):
    assert facts(f"<div>{line}</div>") == (None, source)


@pytest.mark.parametrize(
    ("first", "last", "author"),
    [
        ("21世纪河岸报记者 康大文 北京报道", "", "康大文"),
        ("河财记者 康大文 罗念 上海报道", "", "康大文、罗念"),
        ("河岸记者｜康大文", "", "康大文"),
        ("記者康大文 羅念 河口報導", "", "康大文、羅念"),
        ("记者康大文广州报道", "", "康大文"),
        ("", "（河岸县融媒体中心 康大文 罗念）", "康大文、罗念"),
        ("", "【作者】 康大文", "康大文"),
        ("", "記者︰康大文", "康大文"),
        ("", "康大文 记者", "康大文"),
        ("", "本报 记者", None),
        ("", "（作者系河岸大学教授）", None),
    ],
)
def test_a_reporter_is_named_in_the_first_lines_or_the_last(first: str, last: str, author: str | None):
    assert facts("<div>2024-05-06</div>", f"<p>{first}</p>", f"<p>{last}</p>") == (author, None)


@pytest.mark.parametrize(
    ("last", "source"),
    [
        ("《河岸日报》（2024年05月06日 第04版）", "河岸日报"),
        ("（原载《河岸》2024年第5期）", "河岸"),
        ("来源：网络", None),
        ("他读《河岸日报》已有三十年", None),
    ],
)
def test_the_paper_a_story_was_printed_in(last: str, source: str | None):
    assert facts("<div>2024-05-06</div>", last=f"<p>{last}</p>") == (None, source)


def test_a_person_s_name_is_no_headline_and_loses_the_word_before_it():
    assert list(labelled("作者：网络 渡口要停了？船老大说不会")) == []
    assert [credit.name for credit in labelled("作者：记者康大文")] == ["康大文"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<ul><li>Email</li><li>Print</li><li>Share</li><li>Text</li></ul><p>By Ann Ferry</p>", "Ann Ferry"),
        (
            "<p>Written by Ann Ferry in Boats and Quays on 21 December 2020 at 09:31 AM EST. 18 Comments</p>",
            "Ann Ferry",
        ),
        ("<p>By By Ann Ferry</p>", "Ann Ferry"),
        ('<p><a href="/ann">By Ann Ferry March 5, 2021 9:25 pm EST</a></p>', "Ann Ferry"),
        ("<p>By the river stands a house.</p>", None),
    ],
)
def test_an_english_byline_may_stand_below_buttons_and_hold_more(head: str, name: str | None):
    assert author(head, "The last ferry") == name


@pytest.mark.parametrize(
    ("claim", "head", "body", "name"),
    [
        ("khd", "", "（英文河岸报记者Tom Reed报导/罗念编译）", "Tom Reed"),
        ("khd", "", "", "khd"),
        ("河岸之声", "<div>2024年5月6日 17:43</div><ul><li>河岸之声</li></ul>", "", "河岸之声"),
        ("河岸之声", "<div>2024年5月6日 17:43</div>", "", None),
        ("River", "", "", None),
    ],
)
def test_an_account_is_the_author_where_no_name_is_and_an_outlet_where_its_byline_stands_beside_the_day(
    claim: str, head: str, body: str, name: str | None
):
    page = (
        f'<html><head><title>最后一条渡船_River.com</title><meta name="author" content="{claim}">'
        f'<meta property="og:site_name" content="{"River.com" if claim == "River" else "河岸之声"}"></head>'
        f"<body><h1>最后一条渡船</h1>{head}<div><p>{body}{STORY[3:]}{STORY * 3}</div></body></html>"
    )
    assert extract_page(page.encode(), "https://news.example.cn/a/77.html").author == name


@pytest.mark.parametrize(
    ("head", "author", "source"),
    [
        ('<script>var d={"title":"最后一条渡船","media":"河岸日报","pubtime":"x"}</script>', None, "河岸日报"),
        ('<script>var d=[{"title":"别的故事说的是别的","media":"海港日报"}]</script>', None, None),
        (
            '<script>a={"title":"最后一条渡船","source":"河岸日报"};b={"title":"最后一条渡船","source":"海港日报"}</script>',
            None,
            None,
        ),
        ('<div class="info_sourceTitle"><a href="/m/1">河岸之声</a></div>', None, "河岸之声"),
        ('<p class="author">康大文 罗 念</p>', "康大文、罗念", None),
        ("<div>罗念</div><div>专栏作家</div>", "罗念", None),
    ],
)
def test_what_data_elements_and_offices_name(head: str, author: str | None, source: str | None):
    title = "最后一条渡船"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{head}{STORY}{STORY}</body></html>"
    found = extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html")
    assert (found.author, found.source) == (author, source)


def test_the_writer_of_a_blog_is_named_by_its_title_where_nobody_else_is():
    head = "<title>最后一条渡船 - 康大文的博客 - 河岸网</title>"
    page = f"<html><head>{head}</head><body><h1>最后一条渡船</h1>{STORY}</body></html>"
    assert extract_page(page.encode(), "https://blog.example.cn/77.html").author == "康大文"


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("<form><input type=hidden name=source value=news_footer></form>", None),
        ("<div>2024-05-06 来源：网络</div>|<p>来源：河岸报</p>", "河岸报"),
        ("<div>2024-05-06 来源：网络</div>", "网络"),
        ("<div>时间：2024-05-06 来源：</div><p>最后一条渡船，船老大说</p>", None),
    ],
)
def test_what_no_outlet_is_called_is_no_source(head: str, source: str | None) -> None:
    above, _, below = head.partition("|")
    title = "最后一条渡船靠岸"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{above}{STORY}{STORY}{below}</body></html>"
    found = extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html").source
    assert found == source
