"""What one text is to another, and what was done to it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wangqi.copies.stories import NEXT_NOTICE, NOTICE, OTHER, SPUN, STORY, body
from wangqi.copies.compare import compare
from wangqi.text.forms import display


def test_width_points_and_blanks_leave_a_copy_the_same():
    copy = STORY.replace("，", " ， ").replace("。", "。。。。").replace("2022", "２０２２")
    assert compare(STORY, copy).verdict == "same"


def test_a_spun_copy_is_altered_and_every_swap_is_told():
    comparison = compare(STORY, SPUN)
    swaps = {(swap.before, swap.after): swap.count for swap in comparison.swaps}
    assert comparison.verdict == "altered"
    assert comparison.number_conflicts == ()
    assert comparison.injected[0] == ("金彩888", 4)
    assert swaps["技术", "手艺"] == 2
    assert swaps["大家", "各人"] == 1
    assert ("贡献", "孝顺") in swaps
    assert comparison.swap_count >= 35


def test_changes_point_into_both_texts():
    comparison = compare(STORY, SPUN)
    before, after = display(STORY), display(SPUN)
    swapped = [change for change in comparison.changes if (change.before, change.after) == ("贡献", "孝顺")]
    assert [before[slice(*change.before_span)] for change in swapped] == ["贡献"]
    assert [after[slice(*change.after_span)] for change in swapped] == ["孝顺"]
    assert all(change.before_span[0] <= change.before_span[1] <= len(before) for change in comparison.changes)
    assert all(change.after_span[0] <= change.after_span[1] <= len(after) for change in comparison.changes)


def test_a_part_is_an_excerpt_and_the_whole_a_superset():
    story = body(STORY)
    part = story[: len(story) // 2]
    assert compare(story, part).verdict == "excerpt"
    assert compare(part, story).verdict == "superset"


def test_a_page_with_two_stories_is_no_copy_of_either():
    both = body(STORY) + "\n" + body(OTHER)
    assert compare(body(STORY), both).verdict == "superset"
    assert compare(both, body(OTHER)).verdict == "excerpt"


def test_a_lost_paragraph_is_still_the_story():
    lines = body(STORY).split("\n")
    shorter = "\n".join(lines[:2] + lines[3:])
    assert compare(body(STORY), shorter).verdict == "altered"
    assert compare(shorter, body(STORY)).verdict == "altered"


def test_sentences_in_another_order_are_still_the_story():
    lines = body(STORY).split("\n")
    assert compare(body(STORY), "\n".join(reversed(lines))).verdict in {"same", "altered"}


def test_the_next_notice_of_a_form_is_a_sibling():
    comparison = compare(NOTICE, NEXT_NOTICE)
    assert comparison.verdict == "sibling"
    assert ("第二次", "第三次") in comparison.number_conflicts


def test_one_ordinal_is_enough_for_a_sibling():
    assert compare(NOTICE, NOTICE.replace("第二次", "第三次")).verdict == "sibling"
    assert compare(STORY, STORY.replace("一线故事", "一线故事第3期")).verdict in {"same", "altered"}


def test_one_outlet_on_two_days_is_a_sibling_however_alike():
    days = [datetime(2024, 4, day, tzinfo=UTC) for day in (1, 2)]
    changed = NOTICE.replace("认真总结经验", "好好总结经验").replace("更加满意", "更加高兴")
    assert compare(NOTICE, changed).verdict == "altered"
    dated = compare(
        *(NOTICE, changed),
        published_a=days[0],
        published_b=days[1],
        hosts_a=["a.example"],
        hosts_b=["a.example"],
    )
    assert dated.verdict == "sibling"


GUIDE = (
    "大家好，这里是渡口园艺站，先把浇水的道理说一遍。\n盆土分三层，上层见干，中层见潮，底层不能积水。\n"
    "浇水只有两种做法：一次浇透，或者少量多次。\n花盆的颜色不影响浇水的效果，影响效果的只有盆的深浅。\n"
    "{}\n下一期接着说修剪，有问题可以留言，园艺站每周三回复。"
)


def test_two_guides_of_one_site_by_one_form_are_two_stories():
    moss = GUIDE.format("苔藓喜欢阴凉潮湿，一天要喷三回雾水，夏天放在北窗台上，别让太阳晒着，黄了就剪掉重铺。")
    cactus = GUIDE.format("仙人掌耐得住干旱，半个月浇一回就够，冬天搬到南阳台上，多让太阳晒着，烂了就切掉晾干。")
    titles = {"title_a": "苔藓的浇水与摆放", "title_b": "仙人掌的浇水与摆放"}
    assert compare(moss, cactus, **titles).verdict in {"altered", "review"}, "a mirror may give another title"
    here = {"hosts_a": ["yuanyi.example"], "hosts_b": ["yuanyi.example"]}
    assert compare(moss, cactus, **titles, **here).verdict == "sibling"
    assert (
        compare(moss, cactus, title_a="苔藓的浇水与摆放", title_b="苔藓的浇水与摆放（图）", **here).verdict != "sibling"
    )
    assert compare(STORY, SPUN, **titles, **here).verdict == "altered", "its words were swapped one by one"


def test_one_changed_number_is_a_change_of_fact_and_comes_first():
    comparison = compare(STORY, SPUN.replace("4300元", "8300元"))
    assert comparison.verdict == "altered"
    assert comparison.number_conflicts == (("4300", "8300"),)
    assert comparison.changes[0].kind == "number"


@pytest.mark.parametrize("brand", ["尊龙凯时", "金彩888"])
def test_a_brand_for_one_name_is_an_altered_copy(brand):
    comparison = compare(STORY, STORY.replace("林海生", brand))
    assert comparison.verdict == "altered"
    assert dict(comparison.injected) == {brand.casefold(): 4}
    assert comparison.number_conflicts == ()


def test_a_number_spelled_in_words_is_the_same_number():
    assert compare(NOTICE, NOTICE.replace("分3个小组", "分三个小组")).number_conflicts == ()


def test_a_form_filled_in_with_another_name_joins_nobody():
    form = (
        "{who}同志，男，汉族，{place}人，大学学历，曾任{before}。经研究，决定任命{who}同志为{after}，"
        "任职时间从公示结束之日起计算。公示期间如有异议，请向区委组织部反映，来信须署真实姓名。"
    )
    one = form.format(who="周启明", place="河湾", before="上坪村村委会主任", after="河湾镇副镇长")
    other = form.format(who="冯玉珍", place="石桥", before="县农技站高级农艺师兼办公室主任", after="区农业农村局副局长")
    assert compare(one, other).verdict in {"sibling", "review", "different"}


def test_series_stories_in_one_template_are_different():
    assert compare(STORY, OTHER).verdict == "different"


def test_texts_without_a_letter():
    assert compare("", "").verdict == "same"
    assert compare("。。。", "！！！").verdict == "different"
    assert compare("", STORY).verdict == "different"


@pytest.mark.parametrize("text", ["好" * 3000, "我们" * 20000, "一，" * 5000 + "。", "国。" * 9000])
def test_monotonous_texts_take_no_time(text):
    assert compare(text, text[:-2] + "完了").verdict


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_verdict(one, other):
    comparison = compare(one, other)
    assert 0 <= comparison.score <= 1
    assert 0 <= comparison.matched <= 1
    assert 0 <= comparison.covered <= 1
    assert compare(one, one).verdict == "same"
