"""Which titles and addresses are of one work, laid one upon the other."""

import pytest

from wangqi.series.family import LIKELY, TOLD_BY_TITLE, Named, Tie, family, tie
from wangqi.text.folding import fold

LIKELY_PAIRS = [
    ("Ferry 24.0.1 oars have been carved", "Ferry 25 Beta1 oars have been carved"),
    ("WJ.3: 渡口", "WJ.12: 船坞"),
    ("写在四千小时", "写在两千小时"),
    ("2023 年终总结", "2022 年终总结"),
    ("运河 - 一", "运河 - 二"),
    ("修伞的人（上）", "修伞的人（下）"),
    ("编译器里的寄存器下篇 - 怎么分配", "编译器里的寄存器上篇 - 从哪里来"),
    ("Zig编程模式：切片", "Zig编程模式：错误处理"),
    ("运河上的船", "运河上的船（二）"),
    ("存储原理解析（续）", "存储原理解析"),
    ("Towards a Clock (1): Quick Take", "Towards a Clock (2): Slow Take"),
    ("周刊（第12期）：雨", "周刊（第7期）：雪"),
    ("2024-03-15 日记", "2024-03-16 日记"),
    ("卖花人｜街坊周刊第12期", "修鞋匠｜街坊周刊第13期"),
    ("卖花人（街坊周刊）", "修鞋匠（街坊周刊）"),
    ("The river, part one", "The river, part two"),
    ("Zig 学习笔记 IV", "Zig 学习笔记 IX"),
    ("老街故事之三", "老街故事之十一"),
    ("歷史講座（三）", "历史讲座（四）"),
    ("渡船手记③雾", "渡船手记④霜"),
    ("钟表源码分析系列", "钟表源码分析之擒纵"),
    ("造钟筆記-发条", "造钟笔记-擒纵"),
    ("卖花-2020年3月5日街坊晨报", "修鞋-2020年3月6日街坊晨报"),
    ("再谈“怎样撑船”（下）", "怎样撑船"),
    ("论渡船的票价", "三论渡船的票价"),
    ("渡口答疑", "渡口答疑续"),
    ("渡口答疑（再续）", "渡口答疑（续）"),
    ("初访老渡口", "重访老渡口"),
    ("守住渡口——一论河道治理", "管好船工——二论河道治理"),
    ("渡し船の話", "続・渡し船の話"),
    ("致老船工的公开信", "致老船工的第二封公开信"),
    ("谈船价涨跌－敬覆尊敬的摆渡人‧南岸", "再覆摆渡人‧南岸"),
    ("再覆摆渡人‧南岸", "船会三回摆渡人"),
    ("An Open Letter to the Ferryman", "A Second Open Letter to the Ferryman"),
    ("The Ferry Question", "The Ferry Question Revisited"),
    ("【深度】老街的故事之一", "老街的故事之三"),
    ("《邻里食堂丨夜班公交》", "【邻里食堂】修鞋匠"),
    ("调度器 源码分析 - 队列", "调度器 源码分析 - 抢占"),
    ("河埠旧闻⊙磨坊", "河埠旧闻⊙水车"),
    ("河埠旧闻★磨坊", "河埠旧闻★水车"),
    ("2021年3月4日", "2021年11月20日"),
    ("3月4日 星期四", "3月5日 星期五"),
    ("Lecture 3: The Mill", "Lecture 4: On Rope"),
    ("Looms of the Coast (Vol 2)", "Looms of the Coast (Volume 2): Warp"),
    ("S2E03 停电", "S1E03 借椅子"),
    ("s02.ep05 茶", "[S02 EP06] 门环"),
]
# Enough where something else promises the series: a heading, a neighbour's place.
POSSIBLE_PAIRS = [
    ("【Day 7】搭一个窝", "【Day 8】漏雨了"),
    ("&12 冬天", "&13 春天"),
    ("（三）巷口", "（四）桥头"),
    ("第8️⃣期 老街", "第9期 新桥"),
    ("07，题", "08，另一个"),
    ("5月3日：晴", "5月4日：雨"),
    ("Part I: begin", "Part II: go on"),
    ("Vol.12 海边", "Vol.13 山里"),
]
STRANGERS = [
    ("【澄江新闻】新桥通车", "【澄江新闻】旧桥封闭"),
    ("外交部：反对", "外交部：欢迎"),
    ("再看渡口春色", "再看河岸秋光"),
    ("再覆摆渡人", "敬覆磨坊主"),
    ("二手渡船多少钱", "渡船多少钱"),
    ("The Second River", "The River"),
    ("Ferry Notes 2025: River to Sea", "Ferry Notes"),
    ("A guide to boats - 3 October 2023", "The nets of the north - 24 October 2025"),
    ("《渡口》全支线攻略", "《渡口》制作人专访"),
    ("今年第9号台风明天登陆", "今年第8号台风已经过去"),
    ("三国演义", "一带一路"),
    ("Zig 入门：数组", "Zig 进阶：指针"),
    ("关于垃圾", "关于运河"),
    ("3天学会游泳", "7天学会做饭"),
    ("转载：一二", "转载：三四"),
    ("如何学习吉他", "如何学习二胡"),
    ("iOS 7 新特性", "iOS 8 发布会"),
    ("渡口一周风物（第3期）：芦苇", "渡口一周人家（第4期）：摆渡的人"),
    ("Ferry 24.0.1 oars have been carved", "Ferry 24.0.1 sails have been sewn"),
    ("河口彩票“渡船”第2026125期开奖公告", "河口彩票木桶8第2026001期开奖公告"),
]


def strength(found: Tie | None) -> float:
    return found.strength if found else 0.0


@pytest.mark.parametrize(("own", "other"), LIKELY_PAIRS)
def test_parts_of_one_work_are_known_by_their_difference(own: str, other: str) -> None:
    assert strength(tie(Named(own), Named(other))) >= LIKELY
    assert strength(tie(Named(other), Named(own))) >= LIKELY


@pytest.mark.parametrize(("own", "other"), POSSIBLE_PAIRS)
def test_a_number_or_a_speaker_alone_is_only_a_hint(own: str, other: str) -> None:
    assert 0.4 <= strength(tie(Named(own), Named(other))) < LIKELY


@pytest.mark.parametrize(("own", "other"), STRANGERS)
def test_strangers_stay_strangers(own: str, other: str) -> None:
    assert strength(tie(Named(own), Named(other))) < 0.4


def test_numbers_that_fill_a_stretch_vouch_for_one_another() -> None:
    rows = [Named("06，窗"), Named("08，门"), Named("首页")]
    found = family(Named("07，墙"), rows)
    assert [strength(each) >= LIKELY for each in found] == [True, True, False]
    assert found[0] is not None
    assert found[0].numbers == (7, 6)


def test_numbers_with_a_gap_do_not() -> None:
    rows = [Named("01，窗"), Named("19，门")]
    assert all(strength(each) < LIKELY for each in family(Named("07，墙"), rows))


def test_the_number_may_stand_in_the_address_alone() -> None:
    own = Named("字符串", "https://a.example/2009/03/compiler-tuning-2-string.html")
    assert strength(tie(own, Named("垃圾", "https://a.example/2009/04/compiler-tuning-3-gc.html"))) >= LIKELY
    assert tie(own, Named("别的", "https://a.example/2009/04/gardening-3.html")) is None


@pytest.mark.parametrize(
    ("folder", "is_tied"), [("cn/docs", True), ("cn/posts", True), ("docs", False), ("en/docs", False)]
)
def test_the_same_pages_in_another_language_are_of_another_work(folder: str, *, is_tied: bool) -> None:
    own = Named("修桥记（一）", "https://ferry.example/cn/docs/mending-bridge-part-1/")
    other = Named("Mending a bridge (II)", f"https://ferry.example/{folder}/mending-bridge-part-2/")
    assert (tie(own, other) is not None) == is_tied


def test_an_address_counts_what_the_title_of_its_page_counts() -> None:
    row = Named("[slides]", "https://a.example/talks/08.html")
    assert strength(tie(Named("Lecture 7: Rope", "https://a.example/talks/07.html"), row)) >= TOLD_BY_TITLE
    assert strength(tie(Named("Lecture 9: Rope", "https://a.example/talks/07.html"), row)) < TOLD_BY_TITLE


def test_the_number_of_a_category_counts_no_parts() -> None:
    own = Named("磨坊录", "https://a.example/category-3.html")
    assert strength(tie(own, Named("闲话", "https://a.example/category-5.html"))) < LIKELY


def test_numbers_of_a_database_count_nothing() -> None:
    assert tie(Named("雨", "https://a.example/p/48213.html"), Named("雪", "https://a.example/p/48214.html")) is None


def test_a_number_of_the_title_and_of_the_address_say_it_together() -> None:
    own = Named("（三）巷口", "https://a.example/lane/3.html")
    assert strength(tie(own, Named("（四）桥头", "https://a.example/lane/4.html"))) >= LIKELY


def test_a_name_that_a_column_bears_is_no_speaker() -> None:
    own, other = Named("问大夫：掉头发"), Named("问大夫：老寒腿")
    assert strength(tie(own, other)) < LIKELY <= strength(tie(own, other, frozenset({"问大夫"})))


def test_words_are_folded_once() -> None:
    assert fold("  【第８️⃣期】︱往屆 ⑫  ") == "【第8期】|往届 (12)"


def test_one_title_at_addresses_that_differ_in_nothing_but_a_day_is_that_of_many_issues() -> None:
    first = Named("Week on the Canal", "https://canal.example/2016/12/11/week/")
    for later in ("2016/12/18/week/", "2019/8/4/week/"):
        assert (found := tie(first, Named(first.title, f"https://canal.example/{later}")))
        assert found.strength >= LIKELY
    for other in (
        Named(first.title, "https://canal.example/2019/08/04/recap/"),
        Named("Cranes", "https://canal.example/2019/08/04/week/"),
    ):
        assert (found := tie(first, other)) is None or found.strength < LIKELY
    notice = Named("公告", "https://canal.example/2016/12/11/notice/")
    assert (found := tie(notice, Named("公告", "https://canal.example/2019/08/04/notice/")))
    assert found.strength < LIKELY


def test_a_day_behind_a_number_is_not_what_counts() -> None:
    own, *others = [Named(f"第{n}期 (2018-12-{day})") for n, day in (("四", 28), ("三", 20), ("一", "07"), ("二", 14))]
    assert [found.numbers for found in family(own, others) if found and found.strength >= LIKELY] == [
        (4, 3),
        (4, 1),
        (4, 2),
    ]


def test_addresses_count_parts_only_where_no_title_says_another_number() -> None:
    own, other = "http://ferry.example/yard/yard59.html", Named("船工守则", "http://ferry.example/yard/yard58.html")
    assert strength(tie(Named("造船指南（五十九）", own), other)) >= LIKELY
    assert strength(tie(Named("造船指南（六）", own), other)) < TOLD_BY_TITLE
    bell, beside = "https://diver.example/diving-bell-16/", Named("上浮（上）", "https://diver.example/diving-bell-17/")
    assert strength(tie(Named("下潜（四）", bell), beside)) >= LIKELY, "titles count within the chapters of a work"


def test_a_stretch_of_numbers_may_begin_with_nought() -> None:
    rows = [Named(f"第{n}章 {word}") for n, word in enumerate(["序", "撑船", "修船", "卖船"])]
    assert [bond and bond.strength >= LIKELY for bond in family(rows[2], [rows[0], rows[1], rows[3]])] == [True] * 3


@pytest.mark.parametrize(
    ("other", "is_likely"), [("week-summary-20220921-0926", True), ("java-basics-20220921-0926", False)]
)
def test_a_name_before_a_day_or_a_span_of_days_in_addresses_is_the_works(other: str, is_likely: bool) -> None:  # noqa: FBT001 - a table
    own = Named("一周小结", "https://loom.example/2022/10/24/week-summary-20221018-1024/")
    bond = tie(own, Named("秋天的织机", f"https://loom.example/2022/09/26/{other}/"))
    assert (bond is not None and bond.strength >= LIKELY) == is_likely


@pytest.mark.parametrize(
    ("own", "other", "is_likely"),
    [
        ("/posts/第14期-物业/", "/posts/第13期-端午/", True),
        ("/posts/第14期-物业/", "/posts/第14期-物业续/", False),
        ("/posts/第14期-物业/", "/posts/第13回-端午/", False),
        ("/posts/第14期-物业/", "/notes/第13期-端午/", False),
        ("/newsletter/2022-05-12-lamps/", "/newsletter/2021-11-02-ferries/", True),
        ("/weekly/2022/05/lamps/", "/weekly/2021/11/ferries/", True),
        ("/news/2022-05-12-lamps/", "/news/2021-11-02-ferries/", False),
        ("/newsletter/lamps/", "/newsletter/tags/ferries/", False),
    ],
)
def test_addresses_say_that_their_pages_are_issues(own: str, other: str, is_likely: bool) -> None:  # noqa: FBT001 - a table
    bond = tie(Named("织机的灯", f"https://loom.example{own}"), Named("渡口的雨", f"https://loom.example{other}"))
    assert (bond is not None and bond.strength >= LIKELY) == is_likely
