"""Notices in place of an article, moved accounts, albums whose list only the script holds, and scripts that lie."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract_page
from crawler.extraction.model import Kind
from tests.wechat_pages import ALBUM, HOST, article, long_form, notice, short_form

URL = short_form(1)
PAGE = """<html><head><script src="//res.wx.qq.com/a.js"></script></head><body class="wx_wap_page">
<div id="js_content"></div><script>
window.cgiDataNew = {{ item_show_type: '8', content_noencode: JsDecode('{}'), picture_page_info_list: [ {} ] }};
</script></body></html>"""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("该内容已被发布者删除", "gone"),
        ("此内容因违规无法查看", "gone"),
        ("此内容被投诉且经审核涉嫌侵权，无法查看", "gone"),
        ("此账号已自主注销，内容无法查看", "gone"),
        ("根据作者隐私设置，无法查看该内容", "gone"),
        ("此帐号在冻结期，内容暂时无法查看", "blocked"),
        ("该文章已被发布者设置为仅粉丝可见", "blocked"),
        ("内容审核中", "blocked"),
        ("系统出错", "blocked"),
        ("环境异常", "blocked"),
        ("参数错误", "soft_404"),
    ],
)
def test_a_notice_is_no_story_and_its_words_are_the_reason(words: str, kind: str) -> None:
    found = extract_page(notice(words).encode(), URL)
    assert (found.kind, found.text) == (kind, "")
    assert any(part in found.evidence for part in (words, words[2:9], words[-6:], words[:4]))


def test_the_page_that_asks_for_proof_is_known_by_its_address() -> None:
    found = extract_page(b"<html><body><div id=app></div></body></html>", f"{HOST}/mp/wappoc_appmsgcaptcha?poc_token=x")
    assert found.kind == "blocked"


def test_an_article_that_moved_leads_to_its_new_address() -> None:
    script = "var transferTargetLink = 'http://mp.weixin.qq.com/s?__biz=Mzk=&amp;mid=7&amp;idx=1&amp;sn=ab#rd';"
    found = extract_page(notice("该公众号已迁移", script=script).encode(), URL)
    assert found.kind == "gone"
    assert [link.url for link in found.links] == ["http://mp.weixin.qq.com/s?__biz=Mzk=&mid=7&idx=1&sn=ab#rd"]
    elsewhere = script.replace("mp.weixin.qq.com", "mp.example")
    assert extract_page(notice("该公众号已迁移", script=elsewhere).encode(), URL).links == ()


def test_only_the_platform_may_say_which_article_it_is() -> None:
    page = article(1, "街坊食堂", day=1).encode()
    assert extract_page(page, URL).addresses[0].startswith(f"{HOST}/s?")
    assert extract_page(page, "https://copy.example/s/1").addresses == ()


def test_what_an_author_writes_of_variables_is_no_identity() -> None:
    code = '<p>var biz = "AAA="; var mid = "1"; var idx = "1"; var sn = "00";</p>'
    page = article(1, "街坊食堂", day=1).replace('visibility: hidden;">', f'">{code}').encode()
    assert not any("AAA" in address for address in extract_page(page, URL).addresses)


def test_an_album_whose_rows_stand_in_its_script_alone() -> None:
    rows = "".join(
        f"{{ title: JsDecode('河口人家\\x26quot;{n}\\x26quot;'), create_time: '1' * 1, pos_num: '{n}',"
        f" msgid: '26{n}', itemidx: '1',"
        f" url: '{long_form(n).replace('&', chr(92) + 'x26amp;')}' }},"
        for n in (3, 4)
    )
    script = f"window.cgiData = {{ albumTitle: '河口人家', articleList: [ {rows} ], continue_flag: '1' * 1 }}"
    found = extract_page(f"<html><body><div id=app></div><script>{script}</script></body></html>".encode(), ALBUM)
    assert (found.kind, found.title) == ("listing", "河口人家")
    assert [(link.kind, link.title, link.place) for link in found.links] == [
        ("entry", '河口人家"3"', 3),
        ("entry", '河口人家"4"', 4),
        ("page", "河口人家", None),
    ]
    assert found.links[0].url == long_form(3)


@given(words=st.text(), rows=st.text(alphabet="[]{}'\",:\\cdn_url http"))
def test_scripts_may_hold_anything(words: str, rows: str) -> None:
    page = extract_page(PAGE.format(words, rows).encode("utf-8", "replace"), URL)
    assert page.kind in get_args(Kind)


def test_a_string_without_an_end_costs_one_pass() -> None:
    open_ended = "content_noencode: '" + "\\x3cp" * 100_000
    assert extract_page(PAGE.format("", open_ended * 3).encode(), URL).kind != "story"
