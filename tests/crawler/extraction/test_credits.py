import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.phrases.credits import byline, clean_name, labelled, licence, reporters


def names(found):
    return {credit.role: credit.name for credit in found}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("2021-06-11 17:36 来源: 河岸周刊 举报", {"source": "河岸周刊"}),
        ("本文来源：河岸周刊 责任编辑：杨柳_NF1", {"source": "河岸周刊", "responsible_editor": "杨柳_NF1"}),
        ("来源：河岸日报 时间：2021-06-11 作者：", {"source": "河岸日报"}),
        ("发表于2021-06-11| 88次阅读| 来源HEAN| 0 条评论| 作者宋以宁", {"source": "HEAN", "author": "宋以宁"}),
        ("记者 秦川 通讯员 白鹭 【字体:大 中 小】", {"author": "秦川、白鹭"}),
        ("供稿：通讯员 秦川、白鹭", {"author": "秦川、白鹭"}),
        ("信息来源: 区文化馆、区图书馆等", {"source": "区文化馆、区图书馆"}),
        (
            "出处：河岸科技 作者：秦川 编辑：秦川 人气： 53 次 评论(1)",
            {"source": "河岸科技", "author": "秦川", "editor": "秦川"},
        ),
        ("来源：河岸客户端 青河青年网", {"source": "河岸客户端"}),
        ("主办:青河桥梁所 备案号:青ICP备20005678号-1", {"publisher": "青河桥梁所", "licence": "青ICP备20005678号-1"}),
        ("作者：甄一鸣 乔松返回河岸，查看更多", {"author": "甄一鸣、乔松"}),
        ("作者: 赵 培：河岸学院，青河", {"author": "赵培"}),
        ("作者：未知", {}),
        ("作者：[法]秦川·康蒂", {"author": "秦川·康蒂"}),
        ("作者：《河岸企业家》记者 秦川", {"author": "秦川"}),
        ("作者 秦川看世界 發表時間 2021-06-11 20:17", {"author": "秦川看世界"}),
        ("来源：青河《青年报》", {"source": "青河《青年报》"}),
        ("2021年06月11日 来源：河岸新闻网查看评论", {"source": "河岸新闻网"}),
        ("作者：150@a.example 新闻热线", {}),
        ("作者：老桥迎来四十年最大洪峰 守桥人守了一夜", {}),  # the next line is another headline
        ("记者 秦川摄", {"photographer": "秦川"}),
        ("作者:秦川 通讯员 白鹭点击: 次", {"author": "秦川、白鹭"}),
        ("作者：秦川 文/图 来源：河岸学院", {"author": "秦川", "source": "河岸学院"}),
        ("记者/秦川 发自青河 2011-04-21", {"author": "秦川"}),
        ("2021-06-11 来源：河岸 小 大 分享微信微博", {"source": "河岸"}),
        ("摄影：白鹭 校对：方圆 审核：石磊", {"photographer": "白鹭", "proofreader": "方圆", "reviewer": "石磊"}),
    ],
)
def test_labelled_lines(line, wanted):
    assert names(labelled(line)) == wanted
    assert all(
        credit.raw in line.replace("| 来源", "| 来源：").replace("| 作者", "| 作者：") or "|" in line
        for credit in labelled(line)
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("河岸日报记者 秦川 白鹭", "秦川、白鹭"),
        ("文｜秦川", "秦川"),
        ("整合 河岸日报·前沿记者 秦川", "秦川"),
        ("Ann Ferry Reporter", "Ann Ferry"),
        ("Senior Political Reporter", None),
        ("作者︱秦川", "秦川"),
        ("秦川 发表于 2021-06-11 17:36", "秦川"),
        ("本文 发表于 2021-06-11 17:36", None),
        ("记者发现，这里的人越来越多。", None),
    ],
)
def test_bylines(line, name):
    assert names(byline(line)).get("author") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本报讯（记者秦川 通讯员 白鹭）昨天，大桥恢复通行。", "秦川、白鹭"),
        ("大桥恢复通行，公交车改回原线。（记者 秦川）", "秦川"),
        ("大桥恢复通行，公交车改回原线。（秦川 白鹭）", "秦川、白鹭"),
        ("大桥恢复通行。（记者 秦川 实习生 白鹭）", "秦川、白鹭"),
        ("（宣传科 秦川 文/图）", "秦川"),
        ("大桥恢复通行。（秦川·康蒂 作者为河岸大学教授）", "秦川·康蒂"),
        ("大桥恢复通行（图中左侧），公交车改回原线。", None),
    ],
)
def test_reporters_in_running_text(text, name):
    assert names(reporters(text)).get("author") == name


def test_licence_without_a_label():
    assert licence("Copyright 2020 青ICP备 20005678号 河岸网").name == "青ICP备20005678号"
    assert licence("没有号码") is None


@given(st.text(max_size=200))
def test_any_line_is_read_without_failing(line):
    for credit in (*labelled(line), *byline(line), *reporters(line)):
        assert credit.name
        assert clean_name(credit.name, person=False)
