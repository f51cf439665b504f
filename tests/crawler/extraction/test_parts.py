"""The smaller parts: kinds of pages, blocks, template rules, script variables."""

from datetime import date

import pytest

from crawler.extraction import extract_page
from crawler.extraction.source.metadata import page_data
from crawler.extraction.source.segments import segments_of
from crawler.extraction.source.tree import parse
from crawler.extraction.source.variables import assigned
from crawler.extraction.story.blocks import credit_of
from crawler.extraction.story.templates import fit, own_rules, read_rules

URL = "https://www.hean.example/a/1.html"
STORY = "".join(f"<p>这是第{i}段，写的是河岸上的一天，从清晨写到傍晚，一句接着一句。</p>" for i in range(8))


def page(html: str):
    return extract_page(f"<html><body>{html}</body></html>".encode(), URL)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>此内容因违规无法查看</p>", "gone"),
        ("<p>该公众号已迁移</p>", "gone"),
        ("<p>此帐号已被屏蔽, 内容无法查看</p>", "gone"),
        ("<h2>访问过于频繁，请稍后再试</h2>", "blocked"),
        ("<noscript>x</noscript><p>Please enable JavaScript to continue.</p>", "blocked"),
        ("<title>Just a moment...</title><p>Checking your browser before accessing.</p>", "blocked"),
        ("<p>请登录后查看全文</p>", "blocked"),
        ("<h1>404 Not Found</h1>", "soft_404"),
        ("<p>您访问的页面不存在！</p>", "soft_404"),
        ("<h1>404</h1>" + STORY, "story"),
        (f"<p>该内容已被发布者删除，这句话挂在群里三天了。</p>{STORY}", "story"),
        (f"<h1>河岸上的一天</h1>{STORY}<form>验证码 <input></form>", "story"),
        ("<p>短。</p>", "other"),
        ("<script>document.cookie='__jsl_clearance=1';location.href='/'</script>", "blocked"),
    ],
)
def test_kind(html, kind):
    found = page(html)
    assert found.kind == kind, found.evidence
    assert found.evidence


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("雾里的灰鹤。供图：青河林业站", "青河林业站"),
        ("老孟和他的木箱（摄影：白鹭）", "白鹭"),
        ("开幕式上各队入场。贺小满 摄", "贺小满"),
        ("大桥夜景。(资料图)", "资料图"),
        ("老孟在修伞", None),
        ("[ 白鹭 ]", None),
    ],
)
def test_who_made_the_picture(caption, credit):
    assert credit_of(caption) == credit


def test_a_box_between_paragraphs_is_left_out_and_the_story_goes_on():
    box = "<div><p>相关阅读</p><p><a href=x>别处的一条新闻，标题很长</a></p></div>"
    found = page(f"<h1>河岸上的一天</h1>{STORY}{box}{STORY.replace('第', '续')}")
    assert found.text.count("河岸上的一天") == 16
    assert "别处" not in found.text


def test_comments_stay_out_however_long_they_are():
    comments = (
        "<div class='comment-list'>" + "<p>我来说两句，写得真好，我也想起了小时候在河边的日子。</p>" * 30 + "</div>"
    )
    found = page(f"<h1>河岸上的一天</h1><p>2024-05-06</p><div class=content>{STORY}</div>{comments}")
    assert "我来说两句" not in found.text
    assert found.text.count("\n") == 7


def test_a_wrapper_with_an_unlucky_name_is_kept():
    assert page(f"<div class='js_share_area print'><h1>河岸上的一天</h1>{STORY}</div>").text.count("\n") == 7


def test_rules_are_dated_and_bound_to_hosts():
    rule, *_ = read_rules(
        '[[rule]]\nname = "x"\nstory = ["#zoom"]\nhosts = ["hean.example"]\n'
        "valid_from = 2020-01-01\nvalid_until = 2021-12-31\n"
    )
    assert rule.holds("www.hean.example", date(2020, 6, 1))
    assert not rule.holds("www.hean.example", date(2022, 1, 1))
    assert not rule.holds("nothean.example", date(2020, 6, 1))
    assert rule.holds("hean.example", None)


def test_a_rule_that_finds_next_to_nothing_is_as_if_it_were_not_there():
    assert own_rules()
    for html, wanted in ((f"<div id=zoom>{STORY}</div>", "大汉 JCMS"), ("<div id=zoom>短</div>", None)):
        source = f"<html><body>{html}</body></html>"
        tree = parse(source)
        found = fit(tree, source, segments_of(tree), URL, day=None)
        assert (found and found.rule) == wanted


def test_script_strings_are_unescaped():
    source = r"""var nickname = "河岸"; nick_name: JsDecode('\x22河岸\x22\x0a故事'), ct=5"""
    assert [value for value, _ in assigned(source, "var nickname", "nick_name")] == ["河岸", '"河岸"\n故事']


def test_json_ld_in_a_graph_and_broken_json_ld():
    tree = parse(
        '<html lang="zh"><head><script type="application/ld+json">{broken</script><script type="application/ld+json">'
        '{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],"headline":"河岸"}]}</script></head></html>'
    )
    assert page_data(tree).article["headline"] == "河岸"


def test_script_before_html_hides_nothing():
    found = extract_page(
        f"\n<script>var a;</script>\n<html><head><title>河岸上的一天</title></head><body>{STORY}".encode(), URL
    )
    assert found.text.count("\n") == 7


@pytest.mark.parametrize(
    ("pager", "url"),
    [
        ("<span>1</span> <a href=1_2.html>2</a> <a href=1_3.html>3</a> <a href=1_2.html>下一页</a>", "1_2.html"),
        ("第1页 <a href=1_2.html>[2]</a> <a href=1_3.html>[3]</a>", "1_2.html"),
        ("<a href=1_0.html>[1]</a> [2] <a href=1_3.html>[3]</a>", "1_3.html"),
        ("下一篇：<a href=2.html>别的故事，标题也很长</a>", None),
    ],
)
def test_where_a_story_in_parts_goes_on(pager, url):
    found = page(f"<h1>河岸上的一天</h1><div class=c>{STORY}<div>{pager}</div></div>")
    assert found.next_page_url == (url and f"https://www.hean.example/a/{url}")


def test_a_frame_that_only_keeps_browsers_from_saving_the_page_is_no_document() -> None:
    guarded = page('<noscript><iframe src="/*"></iframe></noscript><div><iframe src="body_7.html"></iframe></div>')
    assert guarded.frames == ("https://www.hean.example/a/body_7.html",)
