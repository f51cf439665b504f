"""Signs of tampering on one text alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wangqi.copies.stories import NOTICE, OTHER, SPUN, STORY
from wangqi.copies.tampering import alarm, findings
from wangqi.copies.tampering.spun import table
from wangqi.text.forms import display


def labels(found):
    return {finding.label for finding in found}


@pytest.mark.parametrize("text", [STORY, OTHER, NOTICE, "", "。", "好"])
def test_genuine_texts_raise_no_alarm(text):
    assert alarm(findings(text, title="一线故事", host="hewan.example")) == "no sign found"


def test_the_whole_treatment_is_seen_by_independent_detectors():
    found = findings(SPUN, host="casino.example", registry={"闽ICP备20240001号": ["hewan.example"]})
    assert alarm(found) == "strong signs"
    assert {"punctuation_inflation", "synonym_spin", "host_mismatch"} <= labels(found)
    assert [finding.score for finding in found] == sorted((finding.score for finding in found), reverse=True)


def test_spans_point_into_the_display_form():
    shown = display(SPUN)
    for finding in findings(SPUN):
        assert finding.evidence
        assert all(shown[span.start : span.end] == span.found for span in finding.evidence)


def test_spun_words_name_the_original():
    [finding] = [finding for finding in findings(SPUN) if finding.label == "synonym_spin"]
    expected = {span.found: span.expected for span in finding.evidence}
    assert expected["效劳"] == "服务"


def test_a_word_inside_a_longer_one_is_no_spun_word():
    text = "公司理念写得明明白白：有效劳动合同受到保护，进步队伍不断壮大，首先容许试错。" * 5
    assert findings(text) == []


def test_one_slip_is_no_spin():
    assert findings(STORY.replace("服务水平", "效劳水平")) == []


def test_ellipses_dashes_and_cries_are_legal():
    text = "他愣住了……——怎么会？！真的！！！好吧。。。那就这样。" * 12
    assert findings(text) == []


@pytest.mark.parametrize(
    ("comma", "stop"), [("，，，", "。。。。"), ("，，", "。。"), ("， ，", "。 。"), ("、、", "。。。。。。")]
)
def test_inflated_points(comma, stop):
    found = findings(STORY.replace("，", comma).replace("。", stop))
    assert labels(found) == {"punctuation_inflation"}
    assert alarm(found) == "strong signs"


def test_blanks_before_points():
    found = findings(OTHER.replace("，", " ，").replace("。", " 。"))
    assert labels(found) == {"blank_before_point"}
    assert alarm(found) == "signs of tampering"
    loose = re.sub(r"([一-鿿]{4})(?=[一-鿿])", r"\1 ", OTHER.replace("，", " ， ").replace("。", " 。 "))
    assert findings(loose) == [], "an editor's habit"


def test_a_brand_in_the_place_of_other_words():
    text = STORY
    for word in ("企业", "镇里", "服务队", "技术", "专家"):
        text = text.replace(word, "金年会")
    found = findings(text)
    assert "brand_injection" in labels(found)
    assert alarm(found) == "strong signs"


def test_a_report_on_betting_is_no_injection():
    text = (
        "警方侦破一起网络赌博案，涉案平台以百家乐、老虎机吸引人参赌。法院认为，开设赌场罪名成立，赌场经营者被判刑。" * 3
    )
    assert alarm(findings(text)) == "no sign found"


def test_a_product_name_is_no_injection():
    text = "新发布的麒麟990芯片性能提升。有了麒麟990，手机更省电。记者试用麒麟990以后认为，麒麟990还有不足。"
    assert findings(text * 2 + "但麒麟990值得期待。") == []


def test_an_unknown_brand_counts_beside_another_sign():
    assert "brand_injection" in labels(findings(SPUN))


def test_pinyin_notes():
    text = STORY.replace("镇", "镇(zhèn)").replace("林", "林（lín）").replace("业", "业(yè)")
    assert labels(findings(text)) == {"pinyin_notes"}
    assert findings("如图(a)所示，图(b)中的点，图(c)里的线。" * 4) == []
    assert findings("他姓仉（zhǎng），住在郿（méi）县。" + OTHER) == []


@pytest.mark.parametrize("text", ["Φ国的经济总量", "囚均收入", "中国人民的ㄖ子", "ロ岸经济", "建设工程公口"])
def test_homoglyphs(text):
    expected = {"homoglyph"} if text[:1] in "Φ囚" or "ㄖ" in text else set()
    assert labels(findings(OTHER + "\n今年" + text + "又有增长。")) >= expected


def test_a_key_of_the_keyboards_of_taiwan_is_a_slip_in_traditional_characters_alone():
    slip = "這隻渡船每天載著學員過河，ㄧ艘舊船裝滿ㄧ袋種子，還剩下ㄧ個燈籠沒有點著。"
    assert alarm(findings(slip * 2)) != "strong signs"
    assert (
        alarm(findings(OTHER + "\n这只渡船每天载着学员过河，又ㄧ艘旧船装满ㄧ袋种子，还剩ㄧ个灯笼没有点着。"))
        == "strong signs"
    )


def test_letters_of_science_are_no_homoglyphs():
    assert findings("用β受体阻滞剂治疗，经γ射线照射，钢筋直径Φ十二毫米，误差在μ级以内。" * 3) == []


def test_pictures_inside_sentences():
    text = OTHER.replace("电动", "电😀动").replace("课堂", "课☺堂").replace("村民", "村🎉民").replace("示范", "示😀范")
    assert labels(findings(text)) == {"emoji_in_text"}
    assert findings(OTHER + "\n👇点击下方👇关注我们😀\n感谢阅读😀😀😀") == []


def test_traditional_characters_sown_into_simplified_text():
    text = OTHER.replace("村民们", "村民們").replace("讲得", "講得").replace("学员", "學員") + "他们讲课，学习。"
    found = findings(text)
    assert labels(found) <= {"homoglyph"}
    assert alarm(found) == "no sign found"


def test_a_lost_copyright_sign_is_only_a_hint():
    found = findings(OTHER + "\n版权所有：2019?河湾区融媒体中心")
    assert labels(found) == {"mojibake"}
    assert alarm(found) == "no sign found"


@pytest.mark.parametrize(
    ("host", "seen"),
    [("hewan.example", False), ("www.HEWAN.example.", False), ("nothewan.example", True), ("x.example", True)],
)
def test_the_licence_of_another_host(host, seen):
    registry = {"闽ICP备20240001号-1": ["www.hewan.example"]}
    found = findings(OTHER, host=host, footer="主办：河湾区融媒体中心 闽ICP备20240001号-2", registry=registry)
    assert labels(found) == ({"host_mismatch"} if seen else set())


def test_an_unknown_licence_says_nothing():
    assert findings(STORY, host="x.example", registry={"京ICP备1234567号": ["y.example"]}) == []


def test_a_title_that_advertises():
    found = findings(OTHER, title="凯发K8国际-首页官网", keywords="尊龙凯时,九游会", description="陈秀兰的课堂")
    assert labels(found) == {"off_topic_title"}
    assert alarm(found) == "strong signs"
    assert findings("文化娱乐发展很快。" * 4, title="音乐发展，必赢之战") == []
    assert findings("警方提醒：博彩网站都是骗局，参与网络博彩违法。", title="警惕网络博彩") == []


GOVERNMENT = [
    "主办：河湾区人民政府办公室 www.hewan.gov.cn",
    "版权所有 河湾区人民政府  网址：http://hewan.gov.cn/",
    "政府网站标识码：3501000099",
]


@pytest.mark.parametrize("footer", GOVERNMENT)
def test_the_footer_of_a_government_on_a_foreign_host(footer):
    found = findings(OTHER, host="mirror.example", footer=f"首页\n{footer}\n技术支持：某公司")
    assert labels(found) == {"host_mismatch"}
    assert alarm(found) == "signs of tampering", "the host may be its second address"
    assert [span.note for span in found[0].evidence] == ["footer"]
    for host, vouched in (("www.hewan.gov.cn", False), ("HEWAN.GOV.CN.", False), ("hewan.example", True), ("", False)):
        assert findings(OTHER, host=host, footer=footer, is_vouched=vouched) == []


@pytest.mark.parametrize(
    "footer",
    [
        "友情链接：中国政府网 www.gov.cn",
        "主办：河湾日报社",
        "主办：河湾日报社\n相关链接 www.hewan.gov.cn",
        "举报网站：www.12377.cn 备案查询 beian.miit.gov.cn",
        "版权所有 河湾日报社",
    ],
)
def test_a_link_to_a_government_is_no_footer_of_one(footer):
    assert findings(OTHER, host="hewan.example", footer=footer) == []


def test_the_footer_of_a_government_that_the_registry_knows():
    owners = {"河湾区人民政府": ["hewan.gov.cn"]}
    found = findings(OTHER, host="mirror.example", footer=GOVERNMENT[0], owners=owners)
    assert alarm(found) == "strong signs"


def test_a_text_that_ends_with_a_governments_footer():
    assert labels(findings(f"{OTHER}\n网站标识码：3501000099", host="mirror.example")) == {"host_mismatch"}
    told = f"检查发现，网站标识码：3501000099 没有标注。\n{OTHER}"
    assert findings(told, host="hewan.example") == []


def test_the_owner_of_another_host():
    owners = {"河湾区融媒体中心": ["hewan.example"]}
    footer = "版权所有：河湾区融媒体中心"
    found = findings(OTHER, host="mirror.example", footer=footer, owners=owners)
    assert (labels(found), alarm(found)) == ({"host_mismatch"}, "signs of tampering")
    assert findings(OTHER, host="www.hewan.example", footer=footer, owners=owners) == []
    assert findings(OTHER, host="mirror.example", footer="来源：河湾区融媒体中心", owners=owners) == []
    assert findings(OTHER, host="mirror.example", footer=footer, owners=owners, is_vouched=True) == []


def test_a_head_that_offers_another_house():
    head = {"head_title": "金沐玩家-官方网站", "keywords": "金沐玩家登录,金沐玩家注册,金沐玩家官网"}
    found = findings(OTHER, title="陈秀兰：把课堂搬到田间地头", **head)
    assert (labels(found), alarm(found)) == ({"off_topic_title"}, "signs of tampering")
    assert {span.note for span in found[0].evidence} == {"head_title", "keywords"}
    honest = {"head_title": "陈秀兰的流动课堂_河湾网", "keywords": "河湾网官网,河湾网登录,河湾网注册"}
    assert findings(OTHER, **honest) == []
    assert findings(OTHER, head_title="河湾网_首页", keywords="河湾网,新闻,河湾网登录") == []


def test_a_portals_own_keywords_are_no_proof():
    assert alarm(findings(OTHER, keywords="新闻,体育,彩票,足球")) == "no sign found"


def test_the_table_is_sound():
    words = table()
    assert len(words) > 200
    for word in words.values():
        assert word.original
        assert word.spun not in word.original.split("/")
        assert all(word.spun in longer for longer in word.unless)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*"，。国()（a1 ?©😀Φ", "，，，", "乐发500", "效劳", "ICP备", "\n"]), max_size=60).map(
        "".join
    )
)
def test_any_text_has_findings_with_sound_spans(text):
    shown = display(text)
    given = {"title": text, "head_title": text[::-1], "keywords": text, "description": text, "footer": text}
    fields = {name: display(words) for name, words in given.items()}
    for finding in findings(text, host="x", registry={text: ["y"]}, owners={text: ["y"]}, **given):
        assert 0 < finding.score <= 1
        assert all(fields.get(span.note, shown)[span.start : span.end] == span.found for span in finding.evidence)


@pytest.mark.parametrize(
    "piece",
    [
        "乐发500",
        "（guó）国",
        "，",
        " ，国",
        "效劳",
        "國国",
        "闽ICP备",
        "版权所有2019",
        "国a1",
        "主办",
        "官网",
        "a.",
        "主办a",
    ],
)
def test_monotonous_texts_take_no_time(piece):
    flood = piece * (60_000 // len(piece))
    assert isinstance(findings(flood), list)
    head = {"head_title": flood[:1000], "keywords": flood[:1000], "description": flood[:1000]}
    assert isinstance(findings(OTHER, host="x.example", footer=flood, owners={"河湾区": ["y.example"]}, **head), list)
