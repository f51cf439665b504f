from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract_page
from crawler.extraction.facts.published import find_dates, url_dates
from crawler.extraction.facts.surroundings import Surroundings
from crawler.extraction.phrases.dates import SHANGHAI, dates_in, from_epoch, parse_date
from crawler.extraction.source.metadata import PageData

NOW = datetime(2024, 5, 6, 12, 30, tzinfo=SHANGHAI)


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2021年6月11日 17:36", shanghai(2021, 6, 11, 17, 36), "minute"),
        ("2021年06月11日17时36分", shanghai(2021, 6, 11, 17, 36), "minute"),
        ("2021-06-11", shanghai(2021, 6, 11), "day"),
        ("2021/6/11", shanghai(2021, 6, 11), "day"),
        ("十一月 6th, 2009", shanghai(2009, 11, 6), "day"),
        ("2021.06.11 08:05:09", shanghai(2021, 6, 11, 8, 5, 9), "second"),
        ("2021∶06-11", shanghai(2021, 6, 11), "day"),  # U+2236, as a government template writes it
        ("21-06-11", shanghai(2021, 6, 11), "day"),
        ("发布于21年6月11日", shanghai(2021, 6, 11), "day"),
        ("２０２１年６月１１日", shanghai(2021, 6, 11), "day"),
        ("２０２１－０６－１１ ０８：００", shanghai(2021, 6, 11, 8), "minute"),
        ("公元2021年6月11日", shanghai(2021, 6, 11), "day"),
        ("06月11日 08:00", shanghai(2023, 6, 11, 8), "minute"),  # not yet in 2024
        ("05月01日", shanghai(2024, 5, 1), "day"),
        ("二〇二一年六月十一日", shanghai(2021, 6, 11), "day"),
        ("二○二一年十二月三十一日", shanghai(2021, 12, 31), "day"),
        ("2021年6月11日 下午3:20", shanghai(2021, 6, 11, 15, 20), "minute"),
        ("2021年6月11日下午3时", shanghai(2021, 6, 11, 15), "minute"),
        ("2021-06-11T09:36:00Z", datetime(2021, 6, 11, 9, 36, tzinfo=UTC), "second"),
        ("2021-06-11T17:36:00.000+0800", shanghai(2021, 6, 11, 17, 36), "second"),
        ("2021-06-11 00:00:00", shanghai(2021, 6, 11), "day"),  # a database's way of saying no time
        ("25/12/2021 13:48", shanghai(2021, 12, 25, 13, 48), "minute"),
        ("3天前", shanghai(2024, 5, 3), "day"),
        ("两小时前", shanghai(2024, 5, 6, 10, 30), "minute"),
        ("半小时前", shanghai(2024, 5, 6, 12, 0), "minute"),
        ("昨天 08:15", shanghai(2024, 5, 5, 8, 15), "minute"),
        ("發佈於3天前", shanghai(2024, 5, 3), "day"),
        ("前日 08:05 來源：河岸報", shanghai(2024, 5, 4, 8, 5), "minute"),
        ("20分鐘前更新", shanghai(2024, 5, 6, 12, 10), "minute"),
        ("中華民國113年4月6日", shanghai(2024, 4, 6), "day"),
        ("民国九十九年十二月三日", shanghai(2010, 12, 3), "day"),
        ("民國一百一十二年五月二十日", shanghai(2023, 5, 20), "day"),
        ("113-04-06 09:30", shanghai(2024, 4, 6, 9, 30), "minute"),
        ("Friday, March 5, 2021 at 8:30 p.m.", shanghai(2021, 3, 5, 20, 30), "minute"),
        ("Sept. 12th, 2021", shanghai(2021, 9, 12), "day"),
        ("BoatsDECEMBER 12 2021Updated", shanghai(2021, 12, 12), "day"),  # a rubric glued before it
        ("Mar 5, 20215:33 PM", shanghai(2021, 3, 5, 17, 33), "minute"),  # and a time behind
        ("12 March 2021", shanghai(2021, 3, 12), "day"),
        ("12-Mar-2021", shanghai(2021, 3, 12), "day"),
        ("Fri, 12 Mar 2021 12:04:05 GMT", datetime(2021, 3, 12, 12, 4, 5, tzinfo=UTC), "second"),
        ("9/12/21 6:53 PM EDT", datetime(2021, 9, 12, 22, 53, tzinfo=UTC), "minute"),
        ("Le 1er août 2021", shanghai(2021, 8, 1), "day"),
        ("5. März 2021", shanghai(2021, 3, 5), "day"),
        ("5 de marzo de 2021", shanghai(2021, 3, 5), "day"),
        ("12 Disember 2021", shanghai(2021, 12, 12), "day"),
        ("2021년 3월 5일", shanghai(2021, 3, 5), "day"),
        ("05-19-2021 / 3 years ago", shanghai(2021, 5, 19), "day"),
        ("2021.12.13 01:06 pm", shanghai(2021, 12, 13, 13, 6), "minute"),
    ],
)
def test_written_forms(text, value, precision):
    written = next(dates_in(text, year=2024, now=NOW))
    assert (written.value, written.precision) == (value, precision)
    assert written.raw in text


@pytest.mark.parametrize(
    "text",
    [
        "第2019期",
        "公元前21年3月5日",
        "公元21年3月5日",
        "公元113年5月6日",
        "光绪21年3月5日",
        "平成21年3月5日",
        "公元755年3月5日",
        "0021-03-05",
        "99999-01-01",
        "2021-13-11",
        "2021-02-30",
        "2099-01-01",
        "电话 0592-2021061",
        "1887年6月1日",
        "版本 1.2.3",
        "渡轮昨日复航",
        "昨天，船来了",
        "113-05-0666",
        "民国初年",
        "March 35, 2021",
        "the march of 2021",
        "version 3/2021",
    ],
)
def test_what_is_no_date(text):
    assert list(dates_in(text, year=2024, now=NOW)) == []


def test_without_a_clock_nothing_is_relative_and_nothing_future():
    assert list(dates_in("3天前")) == []
    assert parse_date("2099-01-01").value.year == 2099


def test_milliseconds_and_nonsense_as_epoch():
    assert from_epoch(1623404160) == from_epoch(1623404160000) == shanghai(2021, 6, 11, 17, 36)
    assert from_epoch(99) is None
    assert from_epoch(10**30) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.example/zwgk/202106/t20210611_88.html", (2021, 6, 11)),
        ("http://a.example/2021-06/11/content_88.htm", (2021, 6, 11)),
        ("http://a.example/2021/0611/c88.html", (2021, 6, 11)),
        ("http://a.example/21/0611/17/AB.html", (2021, 6, 11)),
        ("http://a.example/n/20210611/88.html", (2021, 6, 11)),
        ("http://a.example/88.html", None),
        ("http://a.example/product/20219911.html", None),
    ],
)
def test_date_in_the_own_address(url, day):
    found = next(url_dates(url, NOW), None)
    assert (found and found.value) == (day and shanghai(*day))


def dates(head=(), apart=(), *, meta=None, source="", url="http://a.example/1.html", times=(), language=None):
    data = PageData(meta=meta or {}, article={}, head_title="", canonical=None, base=None, language=language)
    around = Surroundings(head=tuple(head), inside=(), apart=tuple(apart), foot=())
    return find_dates(data, source, around, times, url=url, now=NOW)


def test_a_label_beats_the_address_and_keeps_it_as_a_rival():
    found = dates(["发布时间：2021-06-11 17:36 来源：河岸日报"], url="http://a.example/t20210610_1.html")
    assert found.published.value == shanghai(2021, 6, 11, 17, 36)
    assert [rival.source for rival in found.rivals] == ["url"]


def test_a_bare_day_takes_the_time_of_day_from_another_place():
    found = dates(["2021年6月11日 17:36"], meta={"pubdate": "2021-06-11"})
    assert (found.published.precision, found.published.source) == ("minute", "label")


def test_a_wrong_zone_yields_to_the_print():
    found = dates(["2021-06-11 17:36:00"], meta={"article:published_time": "2021-06-11T17:36:00Z"})
    assert found.published.value == shanghai(2021, 6, 11, 17, 36)


def test_below_the_story_only_a_label_counts():
    assert dates(apart=["磨坊换了主人（2019-12-01）"]).published is None
    assert dates(apart=["发布日期：2019-12-01"]).published.value == shanghai(2019, 12, 1)


def test_an_update_is_no_publication_unless_it_stands_alone():
    both = dates(["发布时间：2021-06-11 更新时间：2021-06-12"])
    assert (both.published.value, both.edited.value) == (shanghai(2021, 6, 11), shanghai(2021, 6, 12))
    assert dates(["2021-06-12 06:40更新"]).published.value == shanghai(2021, 6, 12, 6, 40)


def test_dates_of_documents_and_events_are_not_the_pages():
    assert dates(["成文日期：2021-01-01", "发布日期：2021-06-11"]).published.value == shanghai(2021, 6, 11)
    assert dates(["活动时间：2021-01-01"]).published is None


def test_a_label_in_the_cell_before():
    cells = ["成文日期", "2021-01-01", "发布日期", "2021-06-11"]
    assert dates(cells).published.value == shanghai(2021, 6, 11)


def test_page_variables():
    assert dates(source='var ct = "1623404160";').published.value == shanghai(2021, 6, 11, 17, 36)
    assert dates(source="pubTime : '2021-06-11 17:36'").published.source == "page-variable"


@given(st.text(max_size=80))
def test_any_line_is_read_without_failing(text):
    for written in dates_in(text, year=2024, now=NOW):
        assert written.value <= NOW + timedelta(days=1)


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2024, 5, 1)))  # noqa: DTZ001 - given its zone below
def test_a_printed_moment_comes_back(moment):
    value = moment.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
    for form in ("%Y年%m月%d日 %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%dT%H:%M"):
        assert parse_date(value.strftime(form), now=NOW).value == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("articledate", "20230329"),
        ("article:published_time", "2023-03-29T08:00:00+08:00"),
        ("pubdate", "2023-03-29"),
        ("sailthru.date", "2023-03-29"),
        ("dc.date.issued", "2023-03-29"),
        ("publish-date", "2023年3月29日"),
        ("weibo: article:create_at", "2023-03-29 10:00:00"),
    ],
)
def test_meta_elements_of_many_names(name: str, value: str) -> None:
    found = dates(meta={"article:modified_time": "2024-01-01", "expires": "2023-01-01", name: value})
    assert found.published.value.date().isoformat() == "2023-03-29"
    assert found.published.source == "meta"


def test_a_word_before_a_date_of_the_story_is_no_label() -> None:
    head = ("2024年05月05日 17:22", "新馆外景。工程最终于2023年8月23日通过验收。")
    assert dates(head=head).published.value == shanghai(2024, 5, 5, 17, 22)
    assert dates(head=("阿舟 于 2024年05月05日 发表",)).published.value == shanghai(2024, 5, 5)


def test_a_date_behind_the_fetch_is_refused_for_the_next_best() -> None:
    found = dates(meta={"pubdate": "2027-01-01"}, head=("2024-05-05 17:22",))
    assert found.published.value == shanghai(2024, 5, 5, 17, 22)
    assert dates(meta={"pubdate": "2027-01-01"}).published is None


def test_english_labels_tell_publication_from_update() -> None:
    found = dates(["Published on Friday, March 5, 2021 | Last updated: March 8, 2021"])
    assert (found.published.value, found.edited.value) == (shanghai(2021, 3, 5), shanghai(2021, 3, 8))
    assert dates(["By Ann Ferry • March 5, 2021"]).published.value == shanghai(2021, 3, 5)


def test_a_time_element_yields_to_the_update_that_the_head_prints() -> None:
    found = dates(["Edited: Mar 5, 2021, 8:55 PM"], times=["2021-03-11T02:26:44Z"])
    assert found.published.value == shanghai(2021, 3, 5, 20, 55)


def test_the_order_of_three_numbers_is_that_of_the_pages_language() -> None:
    assert dates(["9/12/21"], language="en-US").published.value == shanghai(2021, 9, 12)
    assert dates(["9/12/2021"], language="fr").published.value == shanghai(2021, 12, 9)
    assert dates(["21/9/12"], language="zh").published.value == shanghai(2021, 9, 12)


def test_the_one_line_below_the_story_that_is_but_a_date_counts_where_nothing_else_does() -> None:
    assert dates(apart=["Ann Ferry", "March 5, 2021", "Founder"]).published.value == shanghai(2021, 3, 5)
    assert dates(apart=["March 5, 2021", "March 8, 2021"]).published is None
    assert dates(apart=["March 5, 2021"], head=["更新：2021-06-11"]).published.value == shanghai(2021, 6, 11)


def test_the_address_that_a_page_claims_dates_it_and_its_picture_s_address_where_nothing_else_does() -> None:
    claimed = {"og:url": "http://a.example/2021/06/11/ferry/"}
    picture = {"og:image": "http://a.example/img/20210610/1.jpg"}
    assert dates(meta=claimed | picture).published.value == shanghai(2021, 6, 11)
    assert dates(meta=picture).published.value == shanghai(2021, 6, 10)
    assert dates(["2021-06-12"], meta=picture).published.value == shanghai(2021, 6, 12)


def test_the_same_moment_is_told_in_the_zone_that_the_page_prints() -> None:
    found = dates(["Feb. 20, 2021 9:25 pm EST"], meta={"article:published_time": "2021-02-21T02:25:00+00:00"})
    assert found.published.value.isoformat() == "2021-02-20T21:25:00-05:00"


def test_a_byline_may_hold_the_date_however_long_it_is() -> None:
    line = "Written by Ann Ferry in Boats and Quays of the River on 21 December 2020 at 09:31. 18 Comments"
    assert dates([line]).published.value.date().isoformat() == "2020-12-21"


def test_a_date_in_brackets_below_the_story_counts_where_nothing_else_does() -> None:
    assert dates(apart=["(2021-03-05 12:00) 午间新闻"]).published.value == shanghai(2021, 3, 5, 12)
    assert dates(apart=["渡口（2021-03-05）停航的事情还没有下文"]).published is None


@pytest.mark.parametrize(
    ("claim", "line", "told"),
    [
        ("2021-02-20T22:45:14+00:00", "发表时间： 20/02/2021 - 23:45", "2021-02-20T23:45:14+01:00"),
        ("2021-02-20T22:45:14+00:00", "2021年2月21日 06:45", "2021-02-21T06:45:14+08:00"),
        ("2021-02-20T16:00:04+00:00", "2021年2月20日", "2021-02-20T00:00:00+08:00"),
        ("2021-02-21T00:27:26+00:00", "20 February 2021", "2021-02-20T00:00:00+08:00"),
        ("2021-02-20T16:00:04+00:00", "2021年2月21日", "2021-02-20T16:00:04+00:00"),
        ("2021-02-20T22:45:14+00:00", "2021年2月21日 06:52", "2021-02-20T22:45:14+00:00"),
    ],
)
def test_the_clock_of_the_page_is_the_one_that_it_prints(claim: str, line: str, told: str) -> None:
    assert dates([line], meta={"article:published_time": claim}).published.value.isoformat() == told


def test_a_day_of_the_week_may_stand_before_the_year() -> None:
    assert dates(["Dec 28 Sat 2013 00:28"]).published.value == shanghai(2013, 12, 28, 0, 28)


def test_milliseconds_in_a_hidden_field() -> None:
    page = (
        '<html><body><h1>渡口停航</h1><textarea class="article-time">1613836800000</textarea>'
        '<textarea class="article-source-name">河岸日报</textarea><textarea name="comment">2010-01-01</textarea>'
        f"{'<p>渡口昨日起停航，复航时间另行通知，乘客可改乘东桥的公交车。</p>' * 4}</body></html>"
    )
    found = extract_page(page.encode(), "http://a.example/1.html")
    assert found.published.value.isoformat() == "2021-02-20T16:00:00+00:00"
    assert found.source == "河岸日报"


def test_a_day_printed_at_the_head_is_older_than_the_move_of_the_site_that_its_meta_claims() -> None:
    moved = {"pubdate": "2022-10-14 10:16:14"}
    assert dates(["2020年09月15日 09时32分", "来源: 河岸网"], meta=moved).published.value == shanghai(
        2020, 9, 15, 9, 32
    )
    # what is printed as well as claimed is no move, and an hour or a night is none, either
    assert dates(["渡口，2020年9月15日", "更新 2022-10-14"], meta=moved).published.value.year == 2022
    assert dates(["2022年10月13日"], meta=moved).published.value == shanghai(2022, 10, 14, 10, 16, 14)
