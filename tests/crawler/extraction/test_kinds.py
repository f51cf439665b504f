"""Stories, and what is none."""

from datetime import datetime

import pytest
from lxml.html import fromstring

from crawler.extraction import Extraction, extract_page
from crawler.extraction.kinds.headed import has_day_below
from crawler.extraction.model import FoundDate, Source
from crawler.extraction.page import Asked, read_page
from crawler.extraction.phrases.dates import SHANGHAI
from crawler.extraction.source.segments import segments_of
from crawler.extraction.story.title import Headline

URL = "https://harbour.example/a/2024/9.html"
OG_ARTICLE = '<meta property="og:type" content="article">'
LINES = (
    "停航半个月的渡轮昨日复航，首班船上午七时开出，船上有乘客六十多人。",
    "船公司表示，班次暂时维持每小时一班，月底再看客量调整。",
)


def read(body: str, *, title: str, url: str = URL, head: str = "", named: str | None = None) -> Extraction:
    page = (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><div class="top">'
        f'<a href="/">首页</a> <a href="/xw/">新闻</a></div>{body}</body></html>'
    )
    return extract_page(page.encode(), url, named=named)


def story(*lines: str, title: str, info: str = "2024-05-06 17:22 来源：海港日报") -> str:
    return f"<h1>{title}</h1><div>{info}</div><div class=con>{''.join(f'<p>{line}</p>' for line in lines)}</div>"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("老人学手机", ("社区教老人用手机，第一课是收验证码，来了十二位学员。", "陈阿婆说，学会了就不用等儿子回来。")),
        ("404号房间", ("旅店的404号房间空了三年，昨天终于有人住进去。", "老板说，锁是新换的，窗户也修好了。")),
        ("公众号清理", ("三篇文章已被删除，作者昨天公开道歉，读者并不买账。", "平台说，此类账号还会继续清理下去。")),
        (
            "系统出错的一天",
            ("售票系统发生错误，码头上排起长队，足足等了一个小时。", "船公司当晚向乘客道歉，并退还票款。"),
        ),
        ("驗證碼風波", ("詐騙電話要走了驗證碼，林伯的積蓄一夜之間不見了。", "警方提醒，任何人來要都不要給。")),
    ],
)
def test_a_short_dated_story_may_speak_of_what_notices_say(title: str, lines: tuple[str, ...]) -> None:
    found = read(story(*lines, title=title), title=f"{title}_海港日报")
    assert (found.kind, found.text.split("\n")) == ("story", list(lines))


@pytest.mark.parametrize(
    ("title", "line", "kind"),
    [
        ("404 Not Found", "您访问的页面不存在，可能已被移动，请从首页重新查找。", "soft_404"),
        ("海港日报", "抱歉，您访问的文章已被作者删除，请查看其他内容。", "gone"),
        ("渡轮复航", "该内容已被发布者删除。", "gone"),
        ("安全验证", "请完成验证后继续访问，我们需要确认您不是机器人。", "blocked"),
        ("頁面不存在", "找不到您訪問的頁面。", "soft_404"),
    ],
)
@pytest.mark.parametrize("info", ["", "2024-05-06 17:22"])
def test_a_notice_is_none_whatever_date_stands_above(title: str, line: str, kind: str, info: str) -> None:
    assert read(story(line, title=title, info=info), title=title).kind == kind


def test_what_was_pasted_from_wechat_is_no_page_of_wechat() -> None:
    words = f"<p>{LINES[0]}</p><p>{LINES[1]}</p>"
    held = f'<div class="rich_media_content" id="x"><img src="https://mmbiz.qpic.cn/a/640">{words}</div>'
    found = read(f"<h1>渡轮复航</h1><div>2024-05-06</div>{held}", title="渡轮复航")
    assert (found.kind, found.text.split("\n")) == ("story", list(LINES))


PRODUCT = (
    "<h1>铜船钟 海港牌</h1><div>¥128.00</div><div>库存 33 件</div><p>加入购物车</p>"
    "<div><p>黄铜铸造，声音清亮，适合挂在门厅或船舱，每一只都由老师傅手工打磨。</p></div>"
)
SHOP_BLOG = (
    f"<h1>怎样挂一只船钟</h1><div class=con><p>{LINES[0]}</p><p>{LINES[1]}</p>{'<p>木工活要慢慢来。</p>' * 30}</div>"
    "<p>¥128.00</p><button>加入购物车</button>"
)
PROFILE = (
    "<h1>阿舟</h1><div>粉丝 12</div><div>关注 3</div><div>获赞 88</div>"
    "<p>写渡口和船的人，喜欢清早的河面，偶尔也写一点天气。</p>"
)


def test_a_product_a_profile_and_a_search_are_no_stories() -> None:
    assert read(PRODUCT, title="铜船钟 海港牌 - 海港商城").kind == "other"
    typed = '<script type="application/ld+json">{"@type": ["Product"], "name": "铜船钟"}</script>'
    assert read(story(*LINES, title="铜船钟"), title="铜船钟", head=typed).kind == "other"
    assert read(PROFILE, title="阿舟的主页").kind == "other"
    assert read(story(*LINES, title="渡轮", info=""), title="“渡轮”的搜索结果-海港网").kind == "listing"
    assert (
        read(story(*LINES, title="渡轮", info=""), title="渡轮", url="https://harbour.example/search?q=渡轮").kind
        == "listing"
    )


def test_a_shop_s_blog_and_a_review_are_stories() -> None:
    assert read(SHOP_BLOG, title="怎样挂一只船钟").kind == "story"
    typed = (
        '<script type="application/ld+json">[{"@type":"Product"},{"@type":"NewsArticle","headline":"船钟"}]</script>'
    )
    assert read(story(*LINES, title="船钟"), title="船钟", head=typed).kind == "story"
    assert read(story(*LINES, title="搜索队找到了船"), title="搜索队找到了船_海港日报").kind == "story"


def test_teasers_of_other_pages_are_a_listing_under_whatever_title() -> None:
    rows = "".join(
        f'<div class="{name}"><h3><a href="/{name}">{line[:8]}</a></h3><p>{line[:26]}...</p>'
        f"<span>晨光报 2024-05-0{n}</span></div>"
        for n, (name, line) in enumerate(zip("abcd", LINES * 2, strict=True), 1)
    )
    assert read(f"<h2>渡轮</h2>{rows}", title="渡轮").kind == "listing"


NAMES = ("怎样修一只漏水的木桶", "河口观鸟手记", "旧船票的收藏", "渡口的十二种叫法", "潮水表读法")
DIGEST = "".join(f'<li><a href="https://other{n}.example/{n}">{name}</a></li>' for n, name in enumerate(NAMES))


@pytest.mark.parametrize("title", ["渡口周刊 第18期", "渡口周刊（第 18 期）：木桶", "Ferry Weekly #18"])
def test_a_numbered_issue_that_lists_links_is_a_story(title: str) -> None:
    held = f"<h1>{title}</h1><div>2024-05-06 08:00</div><h2>本周好文</h2><ul class=list>{DIGEST}</ul>"
    found = read(held, title=f"{title} - 渡口")
    assert (found.kind, found.title) == ("story", title)
    assert all(name in found.text for name in NAMES)


@pytest.mark.parametrize(
    ("asked", "kind"), [(Asked(named="参考资料", is_part=True), "story"), (Asked(named="参考资料"), "listing")]
)
def test_a_list_that_the_contents_of_a_book_name_is_a_part_of_it(asked: Asked, kind: str) -> None:
    menu = "".join(f'<li><a href="/book/{n}.html">第{n}章 船与河</a></li>' for n in range(1, 9))
    held = f"<nav><ul>{menu}</ul></nav><h1>参考资料</h1><ul>{DIGEST}</ul>"
    page = f"<html><head><title>参考资料 · 渡口手册</title></head><body>{held}</body></html>"
    found = read_page(Source(page.encode(), "https://book.example/book/end.html", {}), asked).page
    assert found.kind == kind
    assert ("旧船票的收藏" in found.text) is (kind == "story")


def test_a_chapter_that_holds_its_sections_is_a_part_though_its_heading_counts_otherwise() -> None:
    rows = "".join(f"<li><a href={n}.html>{name}</a></li>" for n, name in enumerate(NAMES))
    page = f"<html><head><title>第五章 修造木桶</title></head><body><h1>5. 修造木桶</h1><ul>{rows}</ul></body></html>"
    source = Source(page.encode(), "https://book.example/5/5.html", {})
    assert read_page(source, Asked(is_part=True)).page.kind == "story"
    bare = page.replace("第五章 修造木桶", "1.5.竹篙 · 渡口手册").replace("5. 修造木桶", "竹篙").replace(rows, DIGEST)
    bare_source = Source(bare.encode(), "https://book.example/5/", {})
    assert read_page(bare_source, Asked(named="1.5.竹篙", is_part=True)).page.kind == "story"
    assert read_page(source, Asked()).page.kind != "story"


@pytest.mark.parametrize(("asked", "kind"), [(Asked(named="原理图", is_part=True), "story"), (Asked(), "listing")])
def test_a_part_of_a_book_may_be_one_drawing(asked: Asked, kind: str) -> None:
    menu = "".join(f'<li><a href="/book/{n}.html">第{n}章 船与河的来历</a></li>' for n in range(1, 20))
    held = f"<nav><ul>{menu}</ul></nav><h1>原理图</h1><img src=/drawings/lock.png><p>更新 05-06</p>"
    page = f"<html><head><title>原理图 | 渡口手册</title></head><body>{held}</body></html>"
    found = read_page(Source(page.encode(), "https://book.example/book/drawing.html", {}), asked).page
    assert (found.kind, [block.kind for block in found.blocks][:1]) == (kind, ["image"])


def test_a_headline_with_an_anchor_of_its_own_leads_nowhere() -> None:
    menu = "".join(f'<li><a href="/book/{n}.html">第{n}节 船与河的来历</a></li>' for n in range(1, 20))
    told = "".join(f"<p>{line}</p>" for line in LINES * 4)
    body = f"<ul>{menu}</ul><h2><a name=boats></a>第 5 章 渡船的来历</h2>{told}"
    assert read(body, title="第 5 章 渡船的来历", url="https://book.example/book/5.html").kind == "story"


def test_a_promise_of_more_does_not_end_a_part_that_has_hardly_begun() -> None:
    held = f"<h1>渡口的早潮涨起来</h1><p>木桶</p><p>新的木桶下周就到，敬请期待。</p><ul>{DIGEST}</ul>"
    page = f"<html><head><title>渡口的早潮涨起来 | 渡口周刊</title></head><body>{held}</body></html>"
    asked = Asked(named="渡口的早潮涨起来", is_part=True)
    found = read_page(Source(page.encode(), "https://weekly.example/021.tide/", {}), asked).page
    assert found.kind == "story"
    assert all(name in found.text for name in NAMES)


@pytest.mark.parametrize(("lines", "warnings"), [(1_000, ()), (6_000, ("lines_left_out",))])
def test_an_issue_of_many_lines_is_kept_whole_or_says_so(lines: int, warnings: tuple[str, ...]) -> None:
    rows = "".join(f'<li><a href="https://other{n}.example/{n}">船票的第{n}种旧法</a></li>' for n in range(lines))
    found = read(f"<h1>渡口周刊 第18期</h1><ul>{rows}</ul>", title="渡口周刊 第18期", named="渡口周刊 第18期")
    assert (found.kind, found.warnings) == ("story", warnings)
    assert (f"船票的第{lines - 1}种旧法" in found.text) is not bool(warnings)


def test_a_column_is_none_with_or_without_a_number() -> None:
    rows = "".join(f'<li><a href="/a/{n}.html">渡口周刊 第{n}期</a><span>2024-05-0{n}</span></li>' for n in range(1, 9))
    assert read(f"<h1>渡口周刊</h1><ul>{rows}</ul>", title="渡口周刊_渡口").kind == "listing"
    assert read(f"<h1>渡口周刊 第2页</h1><ul>{rows}</ul>", title="渡口周刊 第2页").kind == "listing"


SHIPS = "今天靠了三条船，卸货的工人忙到了傍晚才回家吃饭。"
LEADS = "".join(f"<p>第{n}号码头{SHIPS}</p>" for n in range(12))
MENU = "".join(f'<div><a href="/k/{n}.html">第{n}号码头今天的渡轮时刻</a></div>' for n in range(24))


@pytest.mark.parametrize(
    ("title", "head", "body", "kind"),
    [
        # a front page declares the root, a list its site's name, and neither shows a headline
        (
            "海港網",
            '<link rel="canonical" href="https://harbour.example/">',
            f"<div>2024-05-06</div>{LEADS}",
            "listing",
        ),
        ("海港日報", '<meta property="og:type" content="website">', f"<div>2024-05-06</div>{LEADS}", "listing"),
        ("Harbour Forums • Index page", "", f"<h1>Harbour Forums</h1><div>2024-05-06 17:22</div>{LEADS}", "listing"),
        ("海港企业库", "", f'<h1><a href="/">海港企业库</a></h1>{MENU}{LEADS}', "listing"),
        ("海港 - 即时 - 海港网", "", f"<p>{LINES[0]}</p><h2>海港</h2><p>{LINES[1]}</p>{MENU}", "listing"),
        (
            "免费注册 - 海港网",
            "",
            f'<h1>海港网</h1><form><input type="text" name="u"><p>{LINES[0]}</p><p>{LINES[1]}</p></form>',
            "other",
        ),
    ],
)
def test_pages_that_bear_no_headline_of_their_own_are_no_stories(title: str, head: str, body: str, kind: str) -> None:
    assert read(body, title=title, head=head).kind == kind


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://harbour.example/">',  # the same for every page of some sites
        '<meta property="og:type" content="website">',
    ],
)
def test_a_story_with_a_headline_stays_one_whatever_its_head_declares(head: str) -> None:
    body = story(*LINES, *LINES, *LINES, title="渡轮昨日复航") + MENU
    assert read(body, title="渡轮昨日复航_海港网", head=head).kind == "story"


LINE = "渡口只剩下一条船，船老大每天清早先把舱里的水舀干，再在船头点一支香。"
HEADLINES = ("河岸大桥今日通车市民步行过江", "第十届渡口文化节开幕迎来八方来客", "老船工的最后一班渡轮引来众人送行") * 4
LINKS = "".join(f'<li><a href="/a/{place}.html">{line}</a></li>' for place, line in enumerate(HEADLINES))
CARDS = "".join(
    f'<div class="card"><h3><a href="/a/{place}.html">{line}</a></h3><p>{LINE}</p></div>'
    for place, line in enumerate(HEADLINES[:8])
)
FOOT = "<div>主办：河岸县人民政府</div><div>未经授权，不得转载、复制本网站内容，违者依法追究法律责任。</div>"
LOGIN = '<form><input type="text" name="u"><input type="password" name="p"><button>登录</button></form>'


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("渡口_河岸搜", f'<form><input type="text" name="q"></form><p>为您找到相关结果约1,230个</p>{CARDS}'),
        ("ferry | Portal", f'<form><input name="q"></form><p>Showing 1 - 10 of 234 results for ferry</p>{CARDS}'),
        (
            "企业查询",
            f"<h1>企业查询</h1><form><input></form><div>河岸公司</div>共 177 条记录，共8页<p>{LINE}</p>",
        ),
        (
            "河岸邮箱--您的邮局",
            f"<h1>河岸邮箱</h1>{LOGIN.replace('<input', '<p>帐号</p><input')}<ul><li>{LINE}</li></ul>",
        ),
        (
            "Sign in to River",
            "<h1>River</h1>" + LOGIN.replace("<input", "Name <input") + "<p>Enter your name, please.</p>" * 3,
        ),
        ("在线留言_河岸网", f"<h1>在线留言</h1><form>姓名<input>内容<textarea></textarea></form><p>{LINE}</p>"),
        ("桐油_河岸商城", "<h1>桐油</h1>" + f"<div><a href='/p'>老桐油</a></div><div>¥39.90</div><p>{LINE}</p>" * 6),
        ("提示信息 - 河岸论坛", f"<p>指定的主题不存在</p>{FOOT}"),
        ("Ann Ferry, Author at River", f"<h1>Ann Ferry</h1><p>She writes of ferries, and of the river.</p>{CARDS}"),
        (
            "river/ferry",
            "<div>Issues 4</div><div>Projects 2</div><h1>ferry</h1><p>A clock for ferries, of brass.</p>" * 2,
        ),
        ("河岸网", f"<h2><a href='/1'>老船工的最后一班渡轮</a></h2><p>{LINE}</p>{CARDS.replace('p>', 'b>')}"),
        ("生活", f"<h2>生活</h2><ul>{LINKS}</ul>{FOOT}"),
    ],
)
def test_pages_that_ask_answer_or_list_are_no_stories(title: str, body: str) -> None:
    assert read(body, title=title).kind != "story"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "渡口_河岸散文",
            f"<h1>渡口</h1><p>{LINE * 2}</p><p>{LINE}</p><div><form><input><textarea></textarea></form></div>",
        ),
        ("最后的渡船_河岸网", f"{LOGIN}<h1>最后的渡船</h1><p>{LINE}</p><p>{LINE}</p>"),
        (
            "The bell | Blog",
            f"<h1>The bell</h1><form><input name='n'><input type='email'></form><p>{LINE}</p><p>{LINE}</p>",
        ),
        (
            "老船工的最后一班渡轮",
            f"<ul>{LINKS}</ul><h1>老船工的最后一班渡轮</h1>{f'<p>{LINE}</p>' * 4}<ul>{LINKS}</ul>",
        ),
        ("渡口谣", f"<h1>渡口谣</h1><ul>{LINKS}</ul>{f'<p>{LINE}{LINE}</p>' * 10}"),
        ("今日菜价", f"<h1>今日菜价</h1><p>2024-05-06</p><p>{LINE}</p>" + "<p>白菜：¥2.10</p>" * 6),
        (
            "渡口有多少",
            f"<h1>渡口有多少</h1><p>2024-05-06</p><form><input></form><p>{LINE}共找到 20 条结果。</p><p>{LINE}</p>",
        ),
    ],
)
def test_a_story_stays_one_beside_forms_prices_and_links(title: str, body: str) -> None:
    assert read(body, title=title).kind == "story"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("渡口商城", "<p>河岸镇东路6号B座 Tel: (0300)0000000</p><p>ICP备案证书号:青ICP证00000000号，服务部</p>"),
        ("联系我们-河岸种业", "<p>地址：河岸镇东路6号</p><p>电话：0300-0000000</p><p>欢迎来电来函，共谋发展。</p>"),
        ("河岸网－网站介绍", "<div>河岸网－网站介绍</div><p>河岸网创办于2005年，是以渡口新闻为主的门户网站。</p>" * 3),
        (
            "领导班子 - 集团概况 - 河岸航运集团",
            "<h1>领导班子</h1><p>康大文，集团主任，主持集团全面工作，分管调度室。</p>",
        ),
        (
            "HK-300型水泵_产品中心_河岸机械",
            "<h1>HK-300型水泵</h1><p>型号：HK-300</p><p>产能：30吨</p><p>价格：面议</p><p>本机适用于清水和黏稠液体。</p>",
        ),
        (
            "康大文-河岸大学",
            (
                "<h1>康大文</h1><p>更新时间：2024年5月6日</p><p>职称：教授</p><p>研究方向：水文</p><p>邮箱：k@a.example</p>"
                "<p>康大文，1979年生，2007年毕业于河岸大学，获工学博士学位，现为水利系教授。</p>"
            ),
        ),
        (
            "渡船证办理 - 河岸政务",
            (
                "<h1>渡船证办理</h1><table><tr><th>事项类型</th><td>许可</td></tr><tr><th>办件类型</th><td>即办</td></tr>"
                "<tr><th>实施主体</th><td>航运局</td></tr><tr><th>办理地点</th><td>一楼，窗口每天上午九时开。</td></tr></table>"
            ),
        ),
        (
            "渡口记账本 - 下载中心",
            "<h1>渡口记账本</h1><p>当前版本：5.2 大小：12 MB 语言：简体 授权：免费</p><p>轻便，支持导出。</p>",
        ),
        (
            "分月水位_河岸县水文站",
            "<h1>分月水位</h1><p>发布时间：2024-01-22</p><table>"
            + "".join(f"<tr><td>{m}月</td><td>{m}.3</td><td>{m}4.6</td></tr>" for m in range(1, 13))
            + "</table><p>注：本表为快报。</p>",
        ),
        (
            "运动会相册",
            "<h1>运动会相册</h1><p>2024-05-06</p>"
            + "".join(f"<p><img src=t{n}.jpg></p><p>DSC_012{n}</p>" for n in range(9)),
        ),
        (
            "谁在买下渡口的老船 - 河岸商业",
            (
                "<h1>谁在买下渡口的老船</h1><p>2024-05-06 07:00</p><p>老船要卖了。</p>"
                "<div><h3>成为会员，继续阅读全文</h3><p>月度会员 ￥28</p><p>购买即表示同意，一经售出不退。</p></div>"
            ),
        ),
        (
            "每日新闻 - 河岸电视",
            "<h4>每日新闻</h4>"
            + "".join(
                f"<li><h5><a href=/n/{n}>渡口新闻第{n}条说的是渡船复航的事</a> 2024年5月{n}日 17:21</h5>"
                f"<p>渡船昨日复航，首班船上午七时开出，船上有乘客{n}十多人，码头旁的店主都说终于等到了客人。</p></li>"
                for n in range(1, 9)
            ),
        ),
        (
            "康大文",
            (
                "<div>您的位置：首页 &gt; 师资队伍 &gt; 教授</div><h1>康大文</h1>"
                f"<p>康大文长年教水文，写过两本书。{LINES[0]}</p>"
            ),
        ),
        (
            "康大文 - 河岸大学水利学院",
            "<h1>康大文</h1><p>康大文，男，1979年5月生于河岸。2007年毕业于河岸大学，教授，博士生导师。</p>",
        ),
        ("河岸航运有限公司－渡船租赁", f"<h1>河岸航运有限公司</h1><p>公司有船二十条。{LINES[1]}</p>"),
        (
            "渡口记账本电脑版下载 | 河岸软件",
            f"<h1>渡口记账本电脑版下载</h1><p>{LINES[0]}</p><a href=/a.zip>立即下载</a>",
        ),
        (
            "沙与渡口 - 河岸书店",
            f"<h1>沙与渡口</h1><p>译者: 康大文</p><p>页数: 240</p><p>定价: 20元</p><p>ISBN: 0</p><p>{LINES[0]}</p>",
        ),
        ("月份封存：2024 年 5 月 | 河岸网志", f"<h1>月份封存：2024 年 5 月</h1><p>{LINES[0]}</p><p>{LINES[1]}</p>"),
        ("渡口最新章节列表,渡口全文阅读 - 河岸书库", f"<h1>渡口</h1><p>更新：2024-05-06</p><p>{LINES[0]}</p>"),
        ("渡船_河岸视频", "<h1>渡船</h1><p>2024-05-06</p><div>视频简介</div><p>一条老船的一天，从清早到夜里。</p>"),
        (
            "标签：渡船 - 河岸网",
            f"<h1>标签：渡船</h1><h2><a href=/a/1>渡船昨日复航</a></h2><time>2024-05-06</time><p>{LINES[0]}</p>",
        ),
        (
            "harbour.example",
            (
                "<h1>This site can’t be reached</h1><p>Check your connection, then try again.</p>"
                "<p>ERR_CONNECTION_RESET</p>"
            ),
        ),
        (
            "连线页面",
            (
                "<h1>河岸网已停止您访问本站</h1><p>网络服务对未经认证的程序不予开放，以保护内容的价值。</p>"
                "<p>若有业务上的需要，欢迎与客服连络，窗口将说明手续。</p><p>连线资讯记录在下方。</p>"
            ),
        ),
        (
            "河岸防火墙",
            "<h1>本站已停止您访问</h1><p>您的网络已遭停止访问本站的权利，请联系客服解除限制，并附上连线资讯。</p>",
        ),
    ],
)
def test_pages_that_stand_for_good_or_have_no_words_are_no_stories(title: str, body: str) -> None:
    assert read(body, title=title).kind != "story"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("渡轮复航", story(*LINES, "地址：东码头；电话：0300-0000000", title="渡轮复航")),
        (
            "讲座预告：河流与村庄",
            story(
                "主讲人：康大文，职称：教授。",
                "时间：5月6日，地点：东楼，欢迎参加。",
                *LINES,
                title="讲座预告：河流与村庄",
            ),
        ),
        ("关于我们这代人的渡口", story(*LINES, title="关于我们这代人的渡口")),
        ("康大文 - 渡口人物", f"<h1>康大文</h1><p>康大文，男，1979年生，教授。{LINES[0]}</p><p>{LINES[1]}</p>"),
        ("渡口年报下载", story(*LINES, "附件可在此下载。", title="渡口年报下载")),
        ("河岸航运有限公司", story(*LINES, title="河岸航运有限公司昨日挂牌成立")),
        (
            "渡口第3期水位",
            "<h1>渡口第3期水位</h1><p>2024-05-06</p><table>" + "<tr><td>4.5</td><td>5.6</td></tr>" * 12 + "</table>",
        ),
    ],
)
def test_a_story_stays_one_beside_addresses_offices_and_figures(title: str, body: str) -> None:
    assert read(body, title=title).kind == "story"


def test_a_page_that_another_one_names_is_a_story_whatever_it_is_called() -> None:
    assert read(story(*LINES, title="联系我们"), title="联系我们", named="联系我们").kind == "story"


def test_the_beginning_of_a_story_behind_a_wall_says_so() -> None:
    page = read(story(*LINES * 4, "开通会员即可阅读全文", title="渡轮复航"), title="渡轮复航")
    assert page.kind == "story"
    assert "behind_a_wall" in page.warnings


def test_a_short_dated_story_above_many_others_with_their_days_is_a_story() -> None:
    rows = "".join(
        f"<li><a href=/2024/050{n}/x.html>{line}</a> 2024-05-0{n}</li>" for n, line in enumerate(HEADLINES[:9], 1)
    )
    body = story(*LINES, title="停了半个月的渡轮昨日复航") + f"<ul>{rows * 2}</ul>"
    assert read(body, title="停了半个月的渡轮昨日复航 - 海港网", url="https://harbour.example/a.html").kind == "story"


def test_a_picture_with_its_headline_and_day_is_a_story_beside_whatever_rows() -> None:
    top = "<h1>停了半个月的渡轮昨日复航</h1><div>2024-05-06 17:22 来源：海港日报</div><p><img src=/b.jpg width=600></p>"
    body = f"{top}<p>首班船靠岸。</p><h3>相关新闻</h3><ul>{LINKS * 2}</ul>"
    assert read(body, title="停了半个月的渡轮昨日复航 - 海港网").kind == "story"
    column = f"<h1>停了半个月的渡轮昨日复航专题</h1><ul>{LINKS}</ul><div>2024-05-06</div><ul>{LINKS}</ul>"
    assert read(column, title="停了半个月的渡轮昨日复航专题").kind == "listing"


def test_rows_inside_a_long_story_make_no_teasers_of_it() -> None:
    rows = "".join(f"<li>2024年5月{n}日 <a href=/n/{n}>{line}</a></li>" for n, line in enumerate(HEADLINES[:9], 1))
    body = story(*LINES * 9, title="停了半个月的渡轮昨日复航").replace(
        "<div class=con>", f"<div class=con><ul>{rows}</ul>"
    )
    assert read(body, title="停了半个月的渡轮昨日复航 - 海港网").kind == "story"


SHORT = "".join(
    f"<li><a href=/k/{n}.html>{name}</a></li>"
    for n, name in enumerate(("船厂", "船坞", "码头", "渡轮", "木工", "铁工"))
)
FIRM = f"<ul>{SHORT * 3}</ul><h1>河岸造船</h1><p>{LINE}</p><p>{LINE}</p><div>{SHORT.replace('li>', 'p>') * 3}</div>"
CHANGED = '<meta property="article:modified_time" content="2024-05-06T10:00:00+08:00">'


@pytest.mark.parametrize(
    ("title", "body", "head"),
    [
        ("河岸造船", FIRM, ""),
        ("河岸造船", FIRM, CHANGED),  # content systems tell of every page when it was changed
        ("河岸造船", FIRM.replace("<p>", "<p>活动时间：24年5月6日 - 24年6月6日</p><p>", 1), ""),
        ("502", f"<h1>502</h1><p>{LINE}</p><ul>{LINKS}</ul>", ""),
        # any heading may stand above a text of a front page that is titled by its site alone
        (
            "河岸造船",
            FIRM.replace("<h1>河岸造船", "<h1>查询船期的系统怎样使用").replace("</ul>", f"{LINKS * 2}</ul>"),
            "",
        ),
        # lines that are no paragraphs are no text, however many; and a box above a text is no headline of it
        (
            "渡口集团",
            FIRM.replace("</p>", f"</p>{''.join(f'<p>渡轮第{n}型，宽敞，平稳。</p>' for n in range(80))}", 1),
            "",
        ),
        ("河岸造船", f"<div>公告及通知</div><div><p>{LINE * 3}</p><p>{LINE * 3}</p></div>", ""),
        ("河岸造船", f"{FIRM}<a rel=next href=/b/2.html>下一页</a>", ""),  # of a list, and no neighbour
        ("河岸造船有限公司,渡轮,河岸造船", f"<div><p>{LINE * 12}</p><p>{LINE * 12}</p></div>", ""),
        ("街道活动 - 河岸网", "<dl><dt>活动时间：</dt><dd>24年05月06日</dd><dt>地区：</dt><dd>渡口街道</dd></dl>", ""),
    ],
)
def test_a_page_for_which_nothing_vouches_is_no_story(title: str, body: str, head: str) -> None:
    assert read(body, title=title, head=head).kind != "story"


@pytest.mark.parametrize(
    ("title", "body", "head"),
    [
        ("河岸造船", FIRM.replace("<p>", "<p>2024-05-06</p><p>", 1), ""),
        ("河岸造船", FIRM.replace("<p>", "<p>记者 康大文</p><p>", 1), ""),
        ("河岸造船", FIRM, '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'),
        ("河岸造船厂的最后一年", FIRM.replace("造船", "造船厂的最后一年"), ""),
        ("第五章 造船", FIRM.replace("河岸造船", "第五章 造船"), ""),
        ("河岸造船", f"{FIRM}<a href=/b/2.html>下一篇：水车</a>", ""),
        ("河岸造船", FIRM.replace("</p>", f"{LINE * 8}</p>"), ""),
        ("河岸造船", f"<h1>河岸造船</h1><p>{LINE * 2}</p>", ""),
    ],
)
def test_one_voucher_makes_a_page_of_sentences_a_story(title: str, body: str, head: str) -> None:
    assert read(body, title=title, head=head).kind == "story"


def test_short_english_texts_are_stories_by_their_paragraphs() -> None:
    words = "The ferry crosses the river every morning before six, and the boatman waits for nobody. " * 6
    body = f"<ul>{LINKS * 3}</ul><h1>Ferries</h1><div><p>{words}</p><p>{words}</p></div>"
    assert read(body, title="Ferries").kind == "story"


def test_a_heading_right_above_a_text_is_its_headline_though_no_claim_has_it() -> None:
    body = f"<ul>{LINKS * 3}</ul>{{}}<div><p>{LINE * 4}</p><p>{LINE * 4}</p></div>"
    assert read(body.format("<h1>造船厂怎样过最后一年</h1>"), title="河岸造船").kind == "story"
    assert read(body.format("<div>造船厂怎样过最后一年</div>"), title="河岸造船").kind != "story"


def test_a_long_text_with_a_list_of_what_it_refers_to_is_a_story() -> None:
    rows = "".join(
        f"<li>康大文：渡船史第{n}卷，2019年5月{n + 1}日 <a href=/w/{n}>河岸出版社渡船丛书</a></li>" for n in range(12)
    )
    body = f"<h1>渡船史述略</h1>{f'<p>{LINE * 4}</p>' * 40}<ul>{rows}</ul>"
    assert read(body, title="渡船史述略", head='<meta name="author" content="康大文">').kind == "story"


def test_days_in_rows_below_a_heading_that_no_claim_has_are_a_front_page() -> None:
    rows = "".join(f"<p>{line}，2024-05-{n + 10}</p><p>{LINE}</p>" for n, line in enumerate(HEADLINES))
    body = f"<div>{HEADLINES[0]}</div>{'<p>河岸大学第一科研楼</p>' * 8}<div>{rows}</div>"
    assert read(body, title="河岸大学科研院").kind == "listing"


def test_a_clip_on_a_portal_of_clips_is_no_story_and_one_that_stands_alone_may_be() -> None:
    head = '<meta property="og:type" content="video.other">'
    body = f"<h1>第十届渡口文化节开幕</h1><p>2024-05-06</p><p>{LINE}</p>"
    assert read(body, title="第十届渡口文化节开幕", head=head).kind == "story"
    assert read(f"{body}<ul>{LINKS * 2}</ul>", title="第十届渡口文化节开幕", head=head).kind == "listing"


THREAD = "<h1>旧码头的灯塔还亮着吗</h1>" + "".join(
    f'<div class=post><a href="/u/{n}">{name}</a><span>2024-05-0{n} 12:0{n}</span><p>{line}</p></div>'
    for n, (name, line) in enumerate(zip(("高宁", "康大文", "渡口人"), (LINES * 2)[:3], strict=True), 1)
)
SHELF = "".join(f'<div><a href="/p/{n}">第{n}号船钟</a><span>¥{n}90.00</span></div>' for n in range(1, 8))
SHELF += "".join(f"<p>第{n}章讲船钟怎样挂，{line}</p>" for n, line in enumerate(LINES * 6))


@pytest.mark.parametrize(
    ("head", "body", "kind"),
    [
        # what the page declares of itself, whatever Open Graph says of all pages of the site
        (f'{OG_ARTICLE}<script type="application/ld+json">{{"@type":"Product","name":"x"}}</script>', "", "other"),
        ('<script type="application/ld+json">{"@type":"DiscussionForumPosting"}</script>', "", "other"),
        (f'{OG_ARTICLE}<meta property="product:price:amount" content="9">', "", "other"),
        ("", '<div itemscope itemtype="https://schema.org/Question">', "other"),
        ("", '</div><div itemscope itemtype="https://schema.org/Product">', "other"),
        # what the template of a content system calls it
        (OG_ARTICLE, '<body class="archive category">', "listing"),
        ("", '<body class="pg_viewthread">', "other"),
        ("", '<body class="error404">', "soft_404"),
        # stories
        (OG_ARTICLE, '<body class="single single-post archive">', "story"),
        ('<script type="application/ld+json">[{"@type":"Product"},{"@type":"NewsArticle"}]</script>', "", "story"),
        ("", '<div itemscope itemtype="https://schema.org/NewsArticle">', "story"),
    ],
)
def test_a_page_is_what_it_declares_itself_to_be(head: str, body: str, kind: str) -> None:
    held = story(*LINES, title="渡轮复航第一天客满")
    page = f"<html><head><title>渡轮复航第一天客满</title>{head}</head>{body or '<body>'}{held}</html>"
    assert extract_page(page.encode(), URL).kind == kind


def test_a_long_text_in_a_forum_is_a_story() -> None:
    told = story(*LINES * 20, title="渡轮复航第一天客满")
    page = f"<html><head><title>渡轮复航第一天客满</title></head><body class=pg_viewthread>{told}</html>"
    assert extract_page(page.encode(), URL).kind == "story"


def test_texts_beside_one_another_each_with_its_day_and_name_are_a_discussion() -> None:
    assert read(THREAD, title="旧码头的灯塔还亮着吗").kind == "other"
    above = story(*LINES * 3, title="旧码头的灯塔还亮着吗")
    assert read(above + THREAD.partition("</h1>")[2], title="旧码头的灯塔还亮着吗").kind == "story"


def test_a_shelf_of_things_with_their_prices_is_a_listing_however_much_is_said_of_them() -> None:
    assert read(f"<h1>船钟</h1>{SHELF}", title="船钟").kind == "listing"
    assert read(f"<h1>船钟</h1>{SHELF}", title="船钟", head=OG_ARTICLE).kind != "listing"


def test_the_front_page_of_a_site_is_no_story_for_its_sentences() -> None:
    held = f"<h1>河口海港渡轮公司欢迎您来</h1><div class=con>{''.join(f'<p>{line}</p>' for line in LINES * 3)}</div>"
    menu = "".join(f'<p><a href="/{name}">{name}</a></p>' for name in ("时刻", "票价", "船队"))
    assert read(menu + held, title="河口海港渡轮公司欢迎您来", url="https://harbour.example/").kind == "other"
    assert read(menu + held, title="河口海港渡轮公司欢迎您来").kind == "story"


@pytest.mark.parametrize(
    ("body", "below"),
    [
        ("<h1>船钟</h1><p>2024-05-06</p><p>河口</p>", True),
        ("<h1>船钟</h1><p><a href=/a>渡轮复航的第一天客满</a></p><p>2024-05-06</p>", False),
        (f"<h1>船钟</h1>{'<p>泊位</p>' * 8}<p>2024-05-06</p>", False),
    ],
)
def test_a_day_is_that_of_a_headline_right_above_it(body: str, *, below: bool) -> None:
    segments = segments_of(fromstring(f"<body>{body}</body>"))
    day = FoundDate(value=datetime(2024, 5, 6, tzinfo=SHANGHAI), precision="day", source="label", raw="2024-05-06")
    assert has_day_below(Headline(text="船钟", index=0, end=1), segments, day) is below


@pytest.mark.parametrize("title", ["2024年5月", "五月 2024", "May 2024", "归档", "記事一覧"])
def test_what_is_filed_together_is_a_listing_by_its_name(title: str) -> None:
    assert read(story(*LINES, title=title), title=title).kind == "listing"


def test_an_issue_that_tells_what_other_sites_have_written_is_one_under_any_headline() -> None:
    hosts = ("harbour-times.example", "ferry.example", "boats.example", "tides.example")
    links = "".join(
        f"<li><a href=https://{host}/{n}.html>渡轮复航首班船的第{n}则旧闻</a>：停航半个月的渡轮昨日复航。</li>"
        for n, host in enumerate(hosts * 3)
    )
    byline = '<div>By <a href="https://people.example/wang">Wang</a> at 2024-05-06</div>'
    url = "https://harbour.example/weekly/2024/05/06/boats/"
    page = read(f"<h1>船来了</h1>{byline}<ul>{links}</ul>", title="船来了", url=url, head=OG_ARTICLE)
    assert page.kind == "story"
    # Without its own day it is a list of what others have said of one: 媒体聚焦.
    assert read(f"<h1>媒体聚焦</h1><ul>{links}</ul>", title="媒体聚焦", url=url).kind == "listing"


def test_a_table_that_is_announced_on_a_day_is_a_story() -> None:
    cells = "".join(f"<tr><td>{n}</td><td>王{n}</td><td>{90 + n % 9}</td></tr>" for n in range(40))
    title = "渡轮公司春季驾驶考核成绩公告"
    assert read(f"<h1>{title}</h1><p>2024-05-06 17:22</p><table>{cells}</table>", title=title).kind == "story"


def test_what_a_column_names_is_a_story_though_its_menu_is_longer() -> None:
    menu = "".join(f"<p class=m{n}><a href=/m/{n}/>第{n}个栏目的长名字</a></p>" for n in range(9))
    body = f"<div>{menu}</div><h1>红色故事会</h1><p>{LINES[0]}孩子们还不肯走，又讲了一个。</p>"
    assert read(body, title="海港小学", named="红色故事会").kind == "story"
