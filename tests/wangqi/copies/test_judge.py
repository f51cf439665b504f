"""Which stored texts a new text is a copy of."""

from datetime import UTC, datetime

from tests.wangqi.copies.stories import NEXT_NOTICE, NOTICE, OTHER, SPUN, STORY, body
from wangqi.copies.judge import judge
from wangqi.copies.records import Candidate, NewText
from wangqi.text.forms import display
from wangqi.text.paragraphs import paragraph_hashes

SECTION = (
    "先把{0}擦净，再上一层桐油，放在通风的地方阴干。\n阴干以后{0}就可以使用了。之前说过，本章里做的工具都是临时的，不必逐件试过。"
    "不过你仍然想试一试{0}的话，可以在废料上照前一节的办法做一遍。\n最后把{0}收进工具箱，和别的工具放在一起。"
)


def candidate(number, text, *, story=None, title="", host="a.example", published_at=None):
    return Candidate(
        text_id=number,
        story_id=number if story is None else story,
        text=display(text),
        title=title,
        published_at=published_at,
        exact=None,
        shared_bands=1,
        shared_sentences=1,
        hosts=[host],
    )


def test_a_mirror_joins_with_nothing_to_report():
    [verdict] = judge(NewText(text=STORY, hosts=["b.example"]), [candidate(1, STORY)])
    assert (verdict.text_id, verdict.relation, verdict.joins, verdict.score) == (1, "same", True, 1.0)
    assert not verdict.findings


def test_a_spun_copy_joins_and_is_accused():
    [verdict] = judge(NewText(text=SPUN), [candidate(1, STORY)])
    assert (verdict.relation, verdict.joins) == ("altered", True)
    assert {finding.label for finding in verdict.findings} == {"words_swapped", "words_injected"}
    assert verdict.evidence["injected"] == [["金彩888", 4]]
    assert verdict.evidence["against_candidate"] == []


def test_the_genuine_text_that_comes_later_is_not_accused():
    [verdict] = judge(NewText(text=STORY), [candidate(1, SPUN)])
    assert (verdict.relation, verdict.joins) == ("altered", True)
    assert list(verdict.findings) == []
    assert "words_swapped" in {finding["label"] for finding in verdict.evidence["against_candidate"]}


def test_a_changed_number_is_the_first_finding():
    [verdict] = judge(NewText(text=SPUN.replace("4300元", "8300元")), [candidate(1, STORY)])
    first = verdict.findings[0]
    assert (first.label, first.score) == ("fact_change", 0.95)
    assert (first.evidence[0].found, first.evidence[0].expected) == ("8300", "4300")


def test_a_number_that_differs_between_equals_accuses_both_a_little():
    [verdict] = judge(NewText(text=STORY.replace("4300元", "8300元")), [candidate(1, STORY)])
    assert verdict.joins
    assert [finding.score for finding in verdict.findings] == [0.5]
    assert [finding["score"] for finding in verdict.evidence["against_candidate"]] == [0.5]


def test_parts_and_collections_are_linked_and_join_nothing():
    story = body(STORY)
    collection = story + "\n" + body(OTHER)
    verdicts = judge(NewText(text=collection), [candidate(1, story), candidate(2, body(OTHER))])
    assert [(verdict.relation, verdict.joins) for verdict in verdicts] == [("superset", False)] * 2
    [verdict] = judge(NewText(text=story[: len(story) // 2]), [candidate(1, story)])
    assert (verdict.relation, verdict.joins) == ("excerpt", False)


def test_collections_that_hold_a_story_do_not_make_it_template():
    story = body(STORY)
    collections = [candidate(n, story + "\n" + other, story=n) for n, other in ((2, body(OTHER)), (3, NOTICE))]
    verdicts = judge(NewText(text=story), [candidate(1, story), *collections])
    assert [(verdict.text_id, verdict.relation) for verdict in verdicts] == [
        (1, "same"),
        (2, "excerpt"),
        (3, "excerpt"),
    ]


def test_siblings_are_linked():
    [verdict] = judge(NewText(text=NEXT_NOTICE), [candidate(1, NOTICE)])
    assert (verdict.relation, verdict.joins) == ("sibling", False)


def test_the_best_verdict_comes_first_and_strangers_have_none():
    verdicts = judge(NewText(text=STORY), [candidate(1, OTHER), candidate(2, SPUN), candidate(3, STORY)])
    assert [(verdict.text_id, verdict.relation) for verdict in verdicts] == [(3, "same"), (2, "altered")]


def test_a_large_template_around_small_stories_joins_none():
    template = [line for line in STORY.split("\n") if line not in body(STORY).split("\n")]
    small = [
        "镇里的旧粮仓改成了图书室，藏书六千册，周末座位常常坐满。管理员是一位退休教师，她把借书证送到了每一户。孩子们最爱靠窗的座位。",
        "石桥村的老戏台修好以后，第一场演出来了八百多名乡亲。戏班子都是本村人，白天种地，晚上排练。台口的木雕是照着老照片补刻的。",
        "上坪村给独居老人装上了呼叫器，按一下，网格员十分钟就到。装上三个月，已经救过两位老人。村里还给每户配了备用的电池和药盒。",
    ]
    template[1:1] = [
        "在这片依山傍水的土地上，有许多默默无闻的人。他们守着一座水库、一间教室、一条山路，一守就是几十年。",
        "从今天起，本报与河湾区融媒体中心一起推出系列报道，请读者跟着记者的脚步走进乡村，听他们讲自己的故事。",
        "如果您身边也有这样的人，欢迎拨打本报热线告诉我们，也欢迎把您拍摄的照片寄来，一经采用即付稿酬。",
        "系列报道每周三刊出一期，同时在河湾区广播电视台和各乡镇的宣传栏里与大家见面，敬请留意。",
        "参与采写的记者来自本报城乡新闻部，摄影作品由区摄影家协会的会员们义务提供，在此一并致谢。",
    ]
    wrapped = ["\n".join([*template[:6], text, *template[6:]]) for text in small]
    [linked] = judge(NewText(text=wrapped[1]), [candidate(0, wrapped[0])])
    assert (linked.relation, linked.joins) == ("sibling", False)
    assert judge(NewText(text=wrapped[2]), [candidate(n, text) for n, text in enumerate(wrapped[:2])]) == []
    known = frozenset(paragraph_hashes(display("\n".join(template))))
    assert judge(NewText(text=wrapped[1], repeated=known), [candidate(1, wrapped[0])]) == []


def test_one_line_is_no_proof_of_one_story():
    caption = "图为活动现场。河湾区融媒体中心供图"
    [open_case] = judge(NewText(text=caption, title="植树"), [candidate(1, caption, title="采茶")])
    assert (open_case.relation, open_case.joins, open_case.evidence["verdict"]) == ("sibling", False, "review")
    [joined] = judge(NewText(text=caption, title="采茶"), [candidate(1, caption, title="采 茶")])
    assert joined.joins


def test_dates_and_hosts_are_heeded():
    days = [datetime(2024, 4, day, tzinfo=UTC) for day in (1, 9)]
    again = NOTICE.replace("认真总结经验", "好好总结经验").replace("更加满意", "更加高兴")
    [verdict] = judge(
        NewText(text=again, published_at=days[1], hosts=["a.example"]), [candidate(1, NOTICE, published_at=days[0])]
    )
    assert verdict.relation == "sibling"


def test_two_numbered_parts_of_one_outlet_are_two_though_one_form_is_filled_in_for_both():
    first, second = (SECTION.format(name) for name in ("墨斗", "刨刀"))
    stored = candidate(1, first, title="5.20. 墨斗")
    for hosts, title, relation in [
        (["a.example"], "5.22. 刨刀", "sibling"),
        (["b.example"], "5.22. 刨刀", "altered"),
        (["a.example"], "5.20. 墨斗", "altered"),
    ]:
        [verdict] = judge(NewText(text=second, title=title, hosts=hosts), [stored])
        assert verdict.relation == relation


def test_what_one_outlet_printed_on_two_days_is_not_read_word_by_word():
    new = NewText(text=NEXT_NOTICE, hosts=["a.example"], published_at=datetime(2024, 5, 1, tzinfo=UTC))
    last_year = candidate(1, NOTICE, published_at=datetime(2023, 5, 1, tzinfo=UTC))
    [verdict] = judge(new, [last_year])
    assert (verdict.relation, verdict.joins) == ("sibling", False)
    assert verdict.evidence["reason"] == "one outlet published both, on different days"
    assert verdict.evidence["swaps"] == []


def test_who_has_found_its_story_is_not_read_beside_strangers():
    found = [candidate(1, STORY), candidate(2, SPUN, story=1), candidate(3, OTHER)]
    hurried, thorough = (judge(NewText(text=STORY), found, thorough=each) for each in (False, True))
    assert [verdict.text_id for verdict in hurried] == [1, 2]
    assert [verdict.text_id for verdict in thorough if verdict.joins] == [1, 2]


def test_a_column_of_many_years_leaves_three_links():
    days = [datetime(2000 + year, 5, 1, tzinfo=UTC) for year in range(9)]
    years = [candidate(each, NOTICE.replace("6个村", f"{each}个村"), published_at=day) for each, day in enumerate(days)]
    new = NewText(text=NEXT_NOTICE, hosts=["a.example"], published_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert [verdict.relation for verdict in judge(new, years)] == ["sibling"] * 3
    mirror = candidate(10, NEXT_NOTICE, host="b.example")
    assert judge(new, [*years, mirror])[0].joins
