"""Who may have changed a page: its publisher, a fault on the way, or a stranger."""

from dataclasses import replace

import pytest

from tests.wangqi.copies.stories import OTHER, SPUN, STORY
from wangqi.copies.changes import Appearance, appearance, weigh

TITLE = "林海生：三年跑遍十八个村"
SHELL = (
    '<html><head><title>{title}_河湾网</title><link href="/css/site.css"><script src="/js/top.js"></script></head>'
    '<body class="news"><div id="head"><ul class="nav"></ul></div><div class="main"><h1 class="title">{title}</h1>'
    '<div class="info"></div><div class="content" id="text">{body}</div></div><div class="foot"></div></body></html>'
)
PARKED = '<html><body><p class="sale">{title}</p><a href="https://market.example/buy">{body}</a></body></html>'
CASINO = """银雀娱乐城为广大玩家提供百家乐、老虎机、真人视讯等游戏，注册送八十八元体验金，存取款三分钟到账。
点击官网下载手机客户端，首存再送一百元，在线客服全天为您服务，天天返水。"""


def seen(text: str, title: str = TITLE, shell: str = SHELL, url: str = "https://news.river.example/1") -> Appearance:
    body = shell.format(title=title, body="".join(f"<p>{line}</p>" for line in text.split("\n")))
    return appearance({"head_title": f"{title}_河湾网"}, body.encode(), title=title, text=text, url=url)


LINES = STORY.split("\n")
BEFORE = seen(STORY)


@pytest.mark.parametrize(
    ("text", "title", "shell", "held"),
    [
        (CASINO, "银雀娱乐城官网", SHELL, "other_story"),
        (CASINO, TITLE, PARKED, "other_story"),
        (STORY.replace("46家企业", "银雀娱乐城"), TITLE, SHELL, "tampered"),
        ("\n".join([*LINES[:4], "上银雀棋牌官网，注册登录天天有礼。", *LINES[4:]]), TITLE, SHELL, "tampered"),
        (STORY + "林镇长出差只用云帆牌行李箱，搜索云帆官网，报河湾二字打八折。", TITLE, SHELL, "tampered"),
        (
            STORY + "\nOrder the notebook he carries online with the code RIVER and save a quarter.",
            TITLE,
            SHELL,
            "tampered",
        ),
        ("您访问的域名正在出售，有意者请联系经纪人。\nThis domain is for sale.", "域名出售", PARKED, "other_story"),
        (SPUN, TITLE, SHELL, "tampered"),
        (SPUN.replace("，，，", "，").replace("。。。。", "。").replace("金彩888", "工作"), TITLE, SHELL, "tampered"),
        ("页面升级中，请稍后再来，给您带来不便，敬请谅解。", "提示", SHELL, "other_story"),
        (OTHER.replace("编者按：", "按："), "陈秀兰：把课堂搬到田间地头", SHELL, "other_story"),
        ("The mayor has visited eighteen villages and forty-six firms in three years. " * 4, TITLE, SHELL, "tampered"),
    ],
    ids=[
        "text",
        "parked text",
        "word",
        "line",
        "offer",
        "English offer",
        "parking",
        "spun",
        "spun quietly",
        "stub",
        "another story",
        "script",
    ],
)
def test_what_a_stranger_could_have_made_is_held(text: str, title: str, shell: str, held: str) -> None:
    weighed = weigh(BEFORE, seen(text, title, shell))
    assert weighed.held in {held, "other_story"}, weighed
    assert (weighed.visits, bool(weighed.reason), bool(weighed.signs)) == (None, True, True)


REWRITTEN = """三年，18个村，46家企业，11本笔记：这是河湾镇镇长林海生交出的账。
2022年3月到任时，镇上规模以上企业只有2家，产业薄弱。林海生先找技术，跑省农科院，跑3所大学，请回12位专家，1200亩茶园得到改良，茶农人均收入一年增加4300元。
他还把7名党员编成服务队，替企业跑手续。今年5月有食品企业卡在消防验收上，服务队4天办妥，工厂开了工。
谈到下一步，林海生说还要和高校合作下去，让河湾镇发展得更好。"""


@pytest.mark.parametrize(
    ("text", "title", "shell"),
    [
        (STORY.replace("46家", "47家").replace("4300元", "4200元"), TITLE, SHELL),
        (STORY, "跑遍十八个村的镇长", SHELL),
        ("\n".join([*LINES, "更正：本文初稿中的人数有误，现已改正。"]), TITLE, SHELL),
        ("\n".join([*LINES[:5], *LINES[6:]]), TITLE, SHELL),
        ("\n".join([*LINES, "他向信用社贷款五万元添置设备。民警提醒大家，网络赌博十赌九输。"]), TITLE, SHELL),
        (STORY.replace("林海生", "林海升"), "林海升：三年跑遍十八个村", SHELL),
        (STORY.replace("46家", "47家"), TITLE, PARKED),
        (REWRITTEN, TITLE, SHELL),
        (REWRITTEN, "一位镇长的十八个村", SHELL),
    ],
    ids=[
        "figures",
        "title",
        "correction",
        "shorter",
        "subjects",
        "name",
        "redesigned",
        "rewritten",
        "rewritten, retitled",
    ],
)
def test_what_editors_do_is_taken(text: str, title: str, shell: str) -> None:
    weighed = weigh(BEFORE, seen(text, title, shell))
    assert weighed.held is None, weighed


def test_another_site_that_rewrites_is_doubtful() -> None:
    weighed = weigh(BEFORE, seen(REWRITTEN, shell="<html><body class='x y'><p id='q'>{title}{body}</body></html>"))
    assert (weighed.held, weighed.visits) == ("doubtful", 3)
    away = weigh(BEFORE, seen(STORY.replace("46家", "47家"), url="https://elsewhere.example/1"))
    assert (away.held, away.visits) == ("doubtful", 3)


def test_words_changed_where_site_and_template_bear_other_names_wait_for_a_person() -> None:
    shell = "<html><body class='w1 w2'><div id='pg'>{title}</div><div class='zw'>{body}</div></body></html>"
    edited = seen(STORY.replace("46家", "64家"), shell=shell)
    assert weigh(BEFORE, edited).held is None, "the site has kept its name"
    weighed = weigh(BEFORE, replace(edited, head_title=f"{TITLE} - 大江资讯"))
    assert (weighed.held, weighed.visits) == ("doubtful", None)
    same = replace(seen(STORY, shell=shell), head_title=f"{TITLE} - 大江资讯")
    assert weigh(BEFORE, same).held is None, "every word is as it was"


SOLD = """冬季进补讲究循序渐进，青禾牌阿胶糕选用上等驴皮，经九蒸九晒熬制而成，口感绵密不上火。
每天早晚各取一片含服，连服三个月，气色红润，手脚不再冰凉，四季皆宜，老少咸宜。"""


def test_a_part_in_whose_place_something_else_is_sold_waits_for_a_person() -> None:
    half = len(LINES) // 2
    weighed = weigh(BEFORE, seen("\n".join([SOLD, *LINES[half:]])))
    assert (weighed.held, weighed.visits) == ("doubtful", None)
    assert [one.label for one in weighed.signs] == ["part_replaced"]
    assert weigh(BEFORE, seen("\n".join([*LINES, SOLD]))).held is None, "nothing of the story is gone"


def test_names_that_are_masked_are_no_spun_words() -> None:
    people = ("陈大海", "赵小满", "李有田", "王承志", "孙庆丰", "周立新")
    told = "\n".join(f"{name}说，村里的路修好以后，{name}家的茶叶当天就能运到县城去卖。" for name in people)
    masked = told
    for place, name in enumerate(people, 1):
        masked = masked.replace(name, f"{name[0]}某{place}")
    assert weigh(seen(told), seen(masked)).held is None


def test_half_a_story_waits_for_a_second_visit_and_a_broken_answer_for_a_whole_one() -> None:
    half = STORY[: len(STORY) // 2]
    weighed = weigh(BEFORE, seen(half))
    assert (weighed.held, weighed.visits) == ("truncated", 2)
    broken = SHELL.partition("</div></div>")[0]
    assert weigh(BEFORE, seen(half, shell=broken)).visits is None
    almost = STORY[: STORY.index("为河湾镇")]
    assert weigh(BEFORE, seen(almost)).held == "truncated", "it ends in the middle of a sentence"


def test_a_page_that_was_tampered_with_from_the_first_may_say_anything() -> None:
    spun = appearance({}, b"", title=TITLE, text=SPUN, is_unfit=True)
    assert weigh(spun, BEFORE).held is None


def test_half_a_story_in_a_whole_page_is_known_wherever_it_was_cut() -> None:
    """Row 2 of issue 12; where the last line alone loses a sentence, that is what editors do."""
    last = STORY.rindex("\n")
    for place in range(len(STORY) // 4, last, 7):
        cut = STORY[:place].rstrip("\n")
        if STORY[place] != "\n" and cut[-1] != "\n":
            assert weigh(BEFORE, seen(cut)).held == "truncated", cut[-30:]


@pytest.mark.parametrize(
    "added",
    [
        "企业办事可扫码预约，材料免费寄递。",
        "茶园今年扩种三百亩，平均每斤售价提高两成。",
        "镇里给十二位专家免费提供了宿舍，也为茶农争取到优惠政策。",
    ],
    ids=["way alone", "price alone", "neither"],
)
def test_what_a_publisher_adds_is_no_offer(added: str) -> None:
    assert weigh(BEFORE, seen(f"{STORY}\n{added}")).held is None


def test_a_text_that_made_offers_before_may_make_others() -> None:
    shop = seen(f"{STORY}\n村里的茶在旗舰店打九折，扫码下单。")
    assert weigh(shop, seen(f"{shop.text}\n新茶上市，领券立减二十元，私信客服。")).held is None
