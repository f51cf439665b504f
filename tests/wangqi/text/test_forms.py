"""The two forms of a text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wangqi.text.forms import display, match_key, readable

# Pieces that have met one another badly before, beside any character at all.
PIECES = st.sampled_from(
    [
        *(
            "&amp;",
            "&#38;",
            "&#x26;",
            "&am",
            "p;",
            "amp;",
            "lt;",
            "&#8203;",
            "&#8205;",
            "&nbsp;",
            "&copy",
            "&semi;",
            "#",
        ),
        *("\u037e", "\u212a", "\u200d", "\u200c", "\ufe0f", "\ufe0e", "\u0301", "\u3099", "\u0338", "\U000e0100"),
        *("\u2f2f", "\u2ed4", "\u3000", "\u00a0", "\ue5e5", "\ue790", "\ufa12", "\u1160", "\uffa0", "\u3164", "\ud800"),
        *(
            "😀",
            "👩",
            "©",
            "1",
            "Ω",
            "\u2126",
            "か",
            "가",
            "\u1100",
            "\u1161",
            "國",
            "国",
            "薴",
            "e",
            "ﬁ",
            "İ",
            "ς",
            "ß",
        ),
        *(" ", "\n", "\r\n", "\r", "\t", "\x00", "\x85", "\u2028", "(guó)", "（", "）", "，，，", "。。。。", "\u202e"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=3), st.characters()), max_size=14).map("".join)


@given(TEXTS)
@example("&am&#8203;p;lt;")
@example("&am&#8205;p;lt;")
@example("x\ufe0f\u200d😀")
@example("\u2126\ufe0f")
def test_display_is_idempotent(text):
    once = display(text)
    assert display(once) == once
    assert "\r" not in once
    once.encode()


@given(TEXTS)
def test_match_key_is_idempotent_and_the_same_for_both_forms(text):
    key = match_key(text)
    assert match_key(key) == key
    assert match_key(display(text)) == key
    assert not key or key.isalnum()


@given(TEXTS)
def test_the_readable_view_changes_no_letter(text):
    assert match_key(readable(text).text) == match_key(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("第一段\r\n\r\n　　第二段\u2028第三段", "第一段\n第二段\n第三段"),
        ("面积5万㎡，１２Ａ", "面积5万㎡，１２Ａ"),
        ("“引号”与……和——以及！！！", "“引号”与……和——以及！！！"),
        ("a&amp;amp;nbsp;b", "a b"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("&notaname; 1&2;", "&notaname; 1&2;"),
        ("\u2f2f作到\u2ed4口", "工作到门口"),
        ("看\u200b不\u00ad见\ufeff", "看不见"),
        ("👩\u200d🔧与ab\u200dc", "👩\u200d🔧与abc"),
        ("葛\U000e0100飾", "葛\U000e0100飾"),
        ("版权\x00所有\x07", "版权所有"),
        ("e\u0301", "é"),
    ],
)
def test_display(written, shown):
    assert display(written) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("招商，是产业的支撑。", "招商，，，是产业的支撑。。。。"),
        ("ＡＣＭＡ 集团 １２", "acma集团12"),
        ("說(shuō)紛紜", "说纷纭"),
        ("5万㎡", "5万m2"),
        ("第 一 段\n第二段", "第一段第二段"),
    ],
)
def test_what_copying_changes_has_no_part_in_the_key(one, other):
    assert match_key(one) == match_key(other)


def test_other_scripts_have_a_key_too():
    assert match_key("Новости дня") == "новостидня"
    assert match_key("བོད་ལྗོངས") != match_key("མཚོ་སྔོན")
    assert match_key("。，！") == ""


def test_the_readable_view_says_what_it_did():
    view = readable("在厦门，，，加快。。。。下一步……还有！！！")
    assert str(view) == "在厦门，加快。下一步……还有！！！"
    assert view.collapsed == 2


@pytest.mark.parametrize("piece", ["&amp;", "&am", ";", " ", "\n ", "\u200d", "国(", "&#38;", "&amp", "。"])
def test_time_grows_with_the_length(piece):
    text = "&" + piece * 40_000 + "amp;" * 1000
    begin = time.process_time()
    match_key(text)
    assert time.process_time() - begin < 4
