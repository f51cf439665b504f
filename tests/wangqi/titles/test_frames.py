"""Titles with the variable in the middle."""

import pytest

from wangqi.titles.frames import frames_around

KNOTS = ["渡口的早晨", "用麻绳编的平结的打法", "用麻绳编的八字结的打法", "用麻绳编的渔人结的打法", "船灯怎样修"]


def test_titles_side_by_side_that_begin_and_end_alike_have_a_frame() -> None:
    (frame,) = set(frames_around("用麻绳编的八字结的打法", KNOTS))
    assert frame.holds("用麻绳编的双套结的打法")
    assert not frame.holds("用麻绳编的结的打法")  # nothing stands between
    assert not frame.holds("用棕绳编的双套结的打法")


@pytest.mark.parametrize(
    "titles",
    [
        ["用麻绳编的平结的打法", "渡口的早晨", "用麻绳编的八字结的打法", "船灯怎样修", "用麻绳编的渔人结的打法"],
        ["用麻绳编的平结的打法", "用麻绳编的八字结的打法"],
        ["关于船的介绍", "关于灯的介绍", "关于桨的介绍"],
        ["河口镇关于修船的通知", "河口镇关于放假的通知", "河口镇关于换灯的通知"],
        ["河口镇渔民开展采莲活动", "河口镇渔民开展划船活动", "河口镇渔民开展点灯活动"],
        ["how to mend the boat in a day", "how to mend the net in a day", "how to mend the oar in a day"][:2],
        ["一河", "一河", "一河"],
        ["河口药科大学", "河口工业大学", "河口农业大学"],
        ["13.5.1 船上的绳结", "13.5.2 岸上的绳结", "13.5.3 桥上的绳结"],
    ],
)
def test_titles_apart_grammar_and_the_papers_of_offices_have_none(titles: list[str]) -> None:
    assert not list(frames_around(titles[1] if titles[1] != "渡口的早晨" else titles[2], titles))


def test_how_a_site_writes_all_its_titles_is_no_frame() -> None:
    titles = [f"柳溪老街{sign}铺子里的故事" for sign in "油盐酱醋茶布米面纸笔伞糖鞋"]
    assert not list(frames_around(titles[4], titles))
    assert list(frames_around(titles[4], [*titles[:6], *(f"另一篇{sign}" for sign in "甲乙丙丁戊己庚辛")]))


def test_titles_apart_that_say_nearly_the_same_have_a_frame_too() -> None:
    titles = [
        "Ferry rope 部件图纸说明",
        "渡口的早晨",
        "Ferry oar 部件图纸说明",
        "船灯",
        "Ferry sail 部件图纸说明",
        "Ferry 的图纸说明",
    ]
    (frame,) = set(frames_around("Ferry oar 部件图纸说明", titles))
    assert [frame.holds(title) for title in titles] == [True, False, True, False, True, False]
    assert not list(frames_around("Ferry oar 部件图纸说明", titles[1:]))
