"""Row 32: a short story is one, and what a site says in the place of a story is none, whoever names it by its title."""

import pytest

from crawler.extraction import extract_page
from crawler.extraction.model import Extraction

STORIES = {
    "守夜": "<p>灯花落未休，</p><p>潮水打空舟。</p><p>老犬知人意，</p><p>衔鞋到渡头。</p>",
    "404号渡船": "<p>404号渡船还停在岸边，</p><p>漆掉了，号码还在，</p><p>孩子们说它是一页找不到的书。</p>",
    "停水通知": "<p>因管道检修，6月13日8时至17时青石巷停水，请居民提前储水。</p>",
    "讣告": "<p>我校退休教师顾怀山同志因病于4月5日逝世，享年81岁。</p>",
    "登录": "<p>我在你的名字里</p><p>输错三次密码</p><p>从此被锁在门外</p>",
    "会员证": "<p>父亲的会员证还在，照片里他二十岁，俱乐部早拆了。</p>",
    "机房里的猫": "<p>值夜班的老周说，服务器坏了三回，都是那只猫按的。猫不承认。</p>",
    "致歉": "<p>昨日本报三版误将作者“程舟”印为“陈舟”，谨此更正并向作者和读者致歉。</p>",
    "Correction": "<p>An article on Monday misstated the height of the lock gate. It is nine metres, not nineteen.</p>",
    "Deaths": "<p>HARGREAVES. On the 3rd inst., at Mill Cottage, Edith, widow of the late T. Hargreaves, aged 90.</p>",
}
SPEECHES = (
    "对不起，该信息不存在或未通过审核！",
    "本文为订户专享，请登录或订阅后阅读。",
    "本章为VIP章节，请下载APP阅读。",
    "内容正在审核，暂不能显示。",
    "正在加载，请稍候……",
    "暂无数据",
    "尊敬的读者：您好！阅读本报全文需要注册用户并激活读者卡。",
    "由于版权原因，您所在的地区无法观看。",
    "购买本章需要 12 书币，余额不足请充值。",
    "这是一篇受密码保护的文章。您需要提供访问密码：",
    "You have reached your limit of free articles this month.",
    "We can't seem to find the page you're looking for.",
    "This content is for members only. Please log in to your account.",
    "Warning: mysql_connect(): Can't connect to MySQL server in /www/inc/db.php on line 12",
    "An application error occurred on the server.",
    "If you see this page, the nginx web server is successfully installed and working.",
)


def read(title: str, body: str) -> Extraction:
    page = (
        f"<html><head><title>{title} - 芦湾网</title></head><body><h1>{title}</h1><p>2016-04-05</p>{body}</body></html>"
    )
    return extract_page(page.encode(), "http://a.example/w/1.html", named=title)


@pytest.mark.parametrize("title", STORIES)
def test_row_32_a_short_story_stays_one_and_its_reader_is_told_how_short_it_is(title: str) -> None:
    page = read(title, STORIES[title])
    assert page.kind == "story"
    assert "short" in page.warnings


@pytest.mark.parametrize("speech", SPEECHES)
def test_row_32_what_a_site_says_in_the_place_of_a_story_is_none(speech: str) -> None:
    assert read("渡口的灯（九）", f"<p>{speech}</p>").kind in {"soft_404", "blocked", "gone"}


def test_row_32_a_long_story_is_not_called_short() -> None:
    assert read("守夜", STORIES["守夜"] * 4).warnings == ()
