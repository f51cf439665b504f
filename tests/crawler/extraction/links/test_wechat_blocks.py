"""Blocks of earlier stories in the markups of WeChat's editors, with links and without."""

import pytest

from crawler.extraction.links import FoundLinks, find_links
from crawler.extraction.source.tree import parse
from tests.crawler.extraction.links.pages import STORY, find, titles, urls

URL = "https://mp.weixin.qq.com/s/AbCdEf"
FIRST, SECOND = "邻里食堂｜修鞋匠的午饭", "邻里食堂｜夜班公交的保温桶"
OTHER = "小区停车难怎么办"


def link(title: str, number: int, inner: str = "") -> str:
    href = f"https://mp.weixin.qq.com/s/x{number}"
    return f'<a href="{href}" data-linktype="2" data-itemshowtype="0" target="_blank">{inner or title}</a>'


def wechat(markup: str, title: str = "邻里食堂｜一碗热汤面", before: str = "") -> FoundLinks:
    page = f"<h1 id=activity-name>{title}</h1><div id=js_content>{before}<section>{STORY}</section>{markup}</div>"
    return find_links(parse(f"<html><body>{page}<div id=js_toobar>阅读原文</div></body></html>"), URL, title)


HEADINGS = [
    "往期回顾", "▼往期回顾▼", "PAST REVIEW 往期回顾", "往期回顾（点击标题阅读）", "点击标题阅读往期",
    "更多“邻里食堂”系列", "延伸阅读", "推荐阅读",
]  # fmt: skip
ROWS = {
    "paragraphs": f"<section><p><span>{FIRST}</span></p><p><span>{SECOND}</span></p></section>",
    "nested sections": f"<section><section><section>{FIRST}</section><section>{SECOND}</section></section></section>",
    "links": f"<section><section>{link(FIRST, 1)}</section></section><section><p>{link(SECOND, 2)}</p></section>",
    "sections in links": "".join(
        link(title, at, f"<section><p>{title}</p></section>") for at, title in enumerate((FIRST, SECOND))
    ),
    "pictures": f"<p>{link('', 1, f'<img alt={FIRST}>')}</p><p>{link('', 2, f'<img title={SECOND}>')}</p>",
    "circled numbers": f"<p>① {FIRST}</p><p>② {SECOND}</p>",
    "numbers above": f"<section><p>01</p><p>{FIRST}</p></section><section><p>02</p><p>{SECOND}</p></section>",
    "a tip above": f"<p>（点击标题阅读）</p><p>{FIRST}</p><p>{SECOND}</p>",
    "links that a script follows": f'<p><a href="javascript:void(0);" data-url="https://mp.weixin.qq.com/s/x1">{FIRST}</a></p>'
    f'<p><a href="#" data-href="https://mp.weixin.qq.com/s/x2">{SECOND}</a></p>',
    "sections to click": f'<section class="click">{FIRST}</section><section class="click">{SECOND}</section>',
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("heading", HEADINGS)
def test_the_parts_are_found_under_any_heading(heading: str, rows: str) -> None:
    head = f"<section><section><p><strong><span>{heading}</span></strong></p></section></section>"
    assert titles(wechat(f"{head}{rows}")) == [FIRST, SECOND]
    assert titles(wechat("", before=f"{head}{rows}")) == [FIRST, SECOND]


@pytest.mark.parametrize("heading", ["往期回顾", "延伸阅读"])
@pytest.mark.parametrize(
    ("own", "first", "second"),
    [
        ("【邻里食堂】一碗热汤面", "【邻里食堂】修鞋匠", "【邻里食堂】夜班公交"),
        ("邻里食堂｜一碗热汤面", "【邻里食堂】修鞋匠", "《邻里食堂丨夜班公交》"),
        ("邻里食堂 · 一碗热汤面", "邻里食堂 · 修鞋匠", "邻里食堂・夜班公交"),
        ("老街的故事之三", "【深度】老街的故事之一", "老街的故事之二"),
        ("老街的故事（三）", "老街的故事（一）", "老街的故事（二）"),
    ],
)
def test_one_series_under_several_signs(heading: str, own: str, first: str, second: str) -> None:
    found = wechat(f"<p>{heading}</p><p>{first}</p><section>{second}</section>", own)
    assert titles(found) == [first, second.strip("《》")]


def test_bare_issues_are_known_by_what_they_count() -> None:
    assert len(titles(wechat("<p>往期回顾</p><p>【第1期】豆腐</p><p>【第2期】茶</p>", "【第3期】一碗汤"))) == 2
    assert titles(wechat("<p>往期回顾</p><p>第一章说了什么</p><p>第二章说了什么</p>", "【第3期】一碗汤")) == []


def test_an_account_s_other_posts_among_the_parts_are_left_out_and_counted() -> None:
    found = wechat(f"<p>往期推荐</p><p>{link(FIRST, 1)}</p><p>{link(OTHER, 2)}</p><p>{link(SECOND, 3)}</p>")
    assert titles(found) == [FIRST, SECOND]
    assert found.remarks == ("“往期推荐” names 1 title that is not known to be of this series",)


@pytest.mark.parametrize("rows", [f"<p>{OTHER}</p><p>五款好用的保温杯</p>", "<p>【通知】停水</p><p>【通知】高温</p>"])
@pytest.mark.parametrize("title", ["邻里食堂｜一碗热汤面", "【通知】小区停电"])
def test_other_posts_alone_are_not_the_series(rows: str, title: str) -> None:
    assert titles(wechat(f"<p>往期推荐</p>{rows}", title)) == []


def test_a_link_keeps_its_own_address_where_it_has_one() -> None:
    found = find("<h3>往期回顾</h3><p><a href=1.html data-url=//elsewhere.example/9>邻里食堂｜修鞋匠</a></p>")
    assert urls(found) == ["https://paper.example.cn/street/1.html"]
