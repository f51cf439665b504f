"""A rule of one's own on a page: what it reads stands in the place of the guess, and what it does not is said."""

import time
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from crawler.catalogue.file import parse_rules
from crawler.extraction import Extraction, extract_page
from crawler.extraction.model import Kind
from crawler.extraction.rules.selectors import KEYS, Rule, rule_for
from crawler.readers.read_page import prepare
from crawler.run.visits import Known, Place
from wangqi.copies.trust import Registry
from wangqi.details import unwritten
from wangqi.text.reading_quality import flaws

URL = "https://www.shiqiao.example/zwgk/2.html"
NOW = datetime(2024, 6, 1, tzinfo=UTC)
PAGE = """<html><head><title>石桥镇人民政府</title><meta name="PubDate" content="2024-03-01 08:00"></head><body>
<div class="nav"><a href="/">首页</a></div><h1>石桥镇人民政府</h1>
<p class="arti-title">关于修缮<br>石桥的通知</p>
<div class="info">成文日期：2024-02-20 发布时间：2024-03-05 来源：镇建设办
<b class="who">沈一禾</b> <b class="who">顾三</b></div>
<span id="zoom">石桥的桥面要换，换下来的旧石板铺到河边去<span class="ref">[1]</span>。<br>
工期三个月，其间请走东边的渡口，渡口早晚各加一班船。<div class="share">分享到：微信 微博</div></span>
<div class="beside"><h3>相关</h3><ul class="past"><li><a href="/zwgk/1.html">渡口加班船的安排</a></li>
<li>石桥的来历</li><li><a href="/zwgk/2.html">关于修缮石桥的通知</a></li></ul></div>
<p class="turn"><a class="b" href="/zwgk/1.html">上一篇：渡口加班船的安排</a>
<a class="f" href="3.html">下一篇：竣工</a></p>
</body></html>"""
WHOLE = """
title = "p.arti-title"
date = {css = ".info", pattern = '发布时间：(\\S+)'}
author = ".who"
source = {css = ".info", pattern = '来源：(\\S+)'}
body = "#zoom"
remove = [".share", ".ref"]
members = "ul.past li"
previous = "a.b"
next = "a.f"
"""


def rules(lines: str, host: str = "shiqiao.example") -> tuple[Rule, ...]:
    return parse_rules(f'[[rules]]\nhost = "{host}"\n{lines}'.encode())


def read(lines: str, page: str = PAGE, url: str = URL) -> Extraction:
    return extract_page(page.encode(), url, fetched_at=NOW, rules=rules(lines))


def links(page: Extraction, kind: str) -> list[tuple[str, str | None]]:
    return [(link.title, link.url) for link in page.links if link.kind == kind]


def test_what_a_rule_reads_stands_in_the_place_of_the_guess() -> None:
    page = read(WHOLE)
    assert (page.kind, page.title) == ("story", "关于修缮 石桥的通知")
    assert page.published is not None
    assert page.published.value.isoformat() == "2024-03-05T00:00:00+08:00"
    assert (page.published.source, page.published.raw) == ("rule of shiqiao.example", "2024-03-05")
    assert (page.author, page.source) == ("沈一禾、顾三", "镇建设办")
    assert page.text == (
        "石桥的桥面要换，换下来的旧石板铺到河边去。\n工期三个月，其间请走东边的渡口，渡口早晚各加一班船。"
    )
    assert ("removed", "分享到：微信 微博") in page.cut
    assert page.rule is not None
    assert not page.rule.missed
    assert page.extractor_version.endswith(page.rule.version)
    assert {(origin.place, origin.certainty) for origin in page.origins} == {("rule of shiqiao.example", "sure")}


def test_links_of_a_rule_are_the_only_ones_of_their_kind_and_need_no_other_proof() -> None:
    page = read(WHOLE)
    assert links(page, "series") == [
        ("渡口加班船的安排", "https://www.shiqiao.example/zwgk/1.html"),
        ("石桥的来历", None),
    ]
    assert links(page, "prev") == [("渡口加班船的安排", "https://www.shiqiao.example/zwgk/1.html")]
    assert links(page, "next") == [("竣工", "https://www.shiqiao.example/zwgk/3.html")]
    ruled = [link for link in page.links if link.kind in {"series", "prev", "next"}]
    assert all(link.is_ruled and link.score == 1 for link in ruled)
    assert ruled[0].reasons[0].startswith("rule of shiqiao.example: ")


def test_a_list_as_a_whole_names_its_rows() -> None:
    assert links(read('members = "ul.past"'), "series") == links(read(WHOLE), "series")
    by_address = read('members = "ul.past a::attr(href)"')
    assert links(by_address, "series")[0][1] == "https://www.shiqiao.example/zwgk/1.html"


@pytest.mark.parametrize(
    ("lines", "key", "words"),
    [
        ('title = ".none"', "title", "it finds nothing"),
        ('title = "body"', "title", "characters, which are no title"),
        ('date = ".none"', "date", "it finds nothing"),
        ('date = "p.arti-title"', "date", "'关于修缮 石桥的通知' is no date"),
        ("date = {css = \".info\", pattern = '印发：(\\\\S+)'}", "date", "its pattern is not in '成文日期"),
        ('body = "div.none"', "body", "it finds nothing"),
        ('source = "#zoom"', "source", "characters, which are no name"),
    ],
)
def test_a_rule_that_finds_nothing_leaves_the_guess_and_says_so(lines: str, key: str, words: str) -> None:
    plain, page = extract_page(PAGE.encode(), URL, fetched_at=NOW), read(lines)
    assert (page.title, page.published, page.author, page.source, page.text) == (
        (plain.title, plain.published, plain.author, plain.source, plain.text)
    )
    assert page.rule is not None
    assert words in dict(page.rule.missed)[key]
    assert "rule_missed" in page.warnings
    (flaw,) = page.rule.flaws
    assert flaw.startswith(f"the rule of shiqiao.example has read no {key}: ")


def test_the_next_selector_counts_where_one_is_of_no_use() -> None:
    page = read('title = [".none", "body", ".arti-title"]\ndate = [".arti-title", "meta[name=PubDate]"]')
    assert page.rule is not None
    assert page.rule.matched == ("title", "date")
    assert page.title == "关于修缮 石桥的通知"
    assert page.published is not None
    assert page.published.value.isoformat() == "2024-03-01T08:00:00+08:00"


def test_the_parts_of_a_day_may_be_named() -> None:
    lines = "date = {css = '.info', pattern = '(?P<month>\\d+)/(?P<day>\\d+)/(?P<year>\\d{4})'}"
    page = read(lines.replace("\\\\", "\\"), PAGE.replace("发布时间：2024-03-05", "3/5/2024"))
    assert page.published is not None
    assert page.published.value.date() == date(2024, 3, 5)


def test_what_nobody_has_found_is_no_flaw_of_a_rule_for_what_a_story_may_lack() -> None:
    page = read('author = ".none"', PAGE.replace("沈一禾", "").replace("顾三", ""))
    assert page.rule is not None
    assert page.rule.missed == (("author", "it finds nothing"),)
    assert not page.rule.flaws
    assert "rule_missed" not in page.warnings


def test_a_date_after_the_fetch_is_refused() -> None:
    later = PAGE.replace("发布时间：2024-03-05", "截止 2030-01-01")
    page = read('date = {css = ".info", pattern = "截止(.*?)来源"}', later)
    assert page.rule is not None
    assert "up to the day of the fetch" in dict(page.rule.missed)["date"]


def test_what_is_removed_holds_for_links_too_and_stays_evidence() -> None:
    page = read('remove = [".beside", ".turn"]')
    assert not [link for link in page.links if link.kind in {"series", "prev", "next"}]
    assert ("removed", "渡口加班船的安排") in page.cut
    assert read('remove = ".info"').published == extract_page(PAGE.encode(), URL, fetched_at=NOW).published


def test_a_body_that_is_a_piece_of_what_the_page_says_stays_it_and_is_doubted() -> None:
    prose = "<p>石桥的桥面要换，换下来的旧石板铺到河边去，工期三个月，其间请走东边的渡口。</p>" * 12
    lead = '<div class="lead"><p>石桥的桥面要换，请走渡口。</p></div>'
    page = read('body = ".lead"', f"<title>告示</title><h1>告示</h1>{lead}<div>{prose}</div>")
    assert page.text == "石桥的桥面要换，请走渡口。"
    assert "extractors_disagree" in page.warnings


def test_what_holds_the_body_is_not_removed() -> None:
    assert read('body = "#zoom"\nremove = ["body", ".share", ".ref"]').text == read(WHOLE).text


def test_rows_are_those_of_a_column_and_never_of_a_page_whose_body_is_found() -> None:
    lines = 'body = "#zoom"\nrows = "ul.past a"\npages = ".turn a"'
    story = read(lines)
    assert story.kind == "story"
    assert not links(story, "entry")
    row = '<li><a href="/zwgk/{0}.html">第{0}号告示，石桥镇的事</a><p>一句摘要，不长也不短。</p></li>'
    rows = "".join(row.format(number) for number in range(4, 8))
    column = f'<title>告示</title><ul class="past">{rows}</ul><p class="turn"><a href="p2.html">再看</a></p>'
    page = read(lines, column)
    assert (page.kind, page.evidence) == ("listing", "4 rows that the rule of shiqiao.example names, and no body")
    assert len(links(page, "entry")) == 4
    assert links(page, "page") == [("再看", "https://www.shiqiao.example/zwgk/p2.html")]


def test_members_and_neighbours_are_those_of_a_story_and_never_of_a_column() -> None:
    row = '<li><a href="/zwgk/{0}.html">第{0}号告示，石桥镇的事</a><span>2024-03-01</span></li>'
    rows = "".join(row.format(number) for number in range(4, 12))
    turn = '<p class="turn"><a class="f" href="p2.html">下一页</a></p>'
    page = read(WHOLE, f'<title>告示</title><div id="zoom"><ul class="past">{rows}</ul></div>{turn}')
    assert page.kind == "listing"
    assert not [link for link in page.links if link.is_ruled]
    assert len(links(page, "entry")) == 8


def test_a_column_in_the_frame_of_a_story_is_a_column_and_its_rows_are_those_of_the_rule() -> None:
    row = '<li><a href="/zwgk/{0}.html">第{0}号告示，石桥镇的事</a><span>2024-03-01</span></li>'
    rows = "".join(row.format(number) for number in range(4, 12))
    lines = 'body = "#zoom"\nrows = "ul.new a"'
    page = read(lines, f'<title>告示</title><div id="zoom"><ul>{rows}</ul><ul class="new">{row.format(12)}</ul></div>')
    assert page.kind == "listing"
    assert links(page, "entry") == [("第12号告示，石桥镇的事", "https://www.shiqiao.example/zwgk/12.html")]


def test_a_notice_stays_a_notice_whatever_a_rule_finds() -> None:
    page = read('body = "div"\ntitle = "h1"', "<html><h1>提示</h1><div>抱歉，您访问的页面不存在或已被删除</div></html>")
    assert page.kind in {"gone", "soft_404"}
    assert page.rule is not None
    assert not page.rule.flaws


def test_the_rule_for_a_page_is_that_of_the_longest_host_and_then_the_newest() -> None:
    text = "\n".join(
        f'[[rules]]\nhost = "{host}"\n{when}title = "{title}"'
        for host, when, title in [
            ("shiqiao.example", "", "old"),
            ("shiqiao.example", "from = 2024-01-01\n", "new"),
            ("www.shiqiao.example", "from = 2025-01-01\nuntil = 2025-12-31\n", "own"),
        ]
    )
    every = parse_rules(text.encode())

    def chosen(url: str, day: date | None) -> str | None:
        rule = rule_for(every, url, day)
        return rule.selectors["title"][0].written if rule else None

    assert chosen(URL, date(2023, 12, 31)) == "old"
    assert chosen(URL, date(2024, 1, 1)) == "new"
    assert chosen(URL, date(2025, 6, 1)) == "own"
    assert chosen("https://dept.shiqiao.example:8080/", date(2025, 6, 1)) == "new"
    assert chosen("https://othershiqiao.example/", None) is None
    assert chosen("https://[broken/", None) is None


def test_a_stored_story_tells_its_rule_and_its_flaw() -> None:
    own = rules('title = ".arti-title"\nbody = ".none"')
    read = prepare(PAGE.encode(), URL, {}, Place(URL, at_home=True, fetched_at=NOW), known=Known(Registry(), own))
    assert read.reading is not None
    assert read.reading.extractor_version.endswith(own[0].version)
    assert unwritten(read.reading.details)["rule"]
    assert "has read no body: it finds nothing" in flaws(
        {"rule": {"flaws": read.page.rule.flaws if read.page.rule else ()}}
    )


GREEDY = "\n".join(f'{key} = ["*", "//@*", "//text()"]' for key in KEYS if key not in {"body", "remove"})


@pytest.mark.parametrize("more", ["", 'body = "*"\n', 'remove = "*"\n', 'body = "p"\nremove = "div"\n'])
@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        "<svg><p>x</p></svg>",
        "<p>",
        "<table>" * 300,
        "<a href='//['><b>" * 300,
        "<frameset><frame src=x></frameset>",
        "<div style='display:none'><meta content=y><input value=z>" * 50,
        "<select onchange='location=this.value'><option value='/1.html'>1</select>" * 9,
    ],
)
def test_no_selector_makes_a_page_raise(page: str, more: str) -> None:
    assert extract_page(page.encode(), URL, rules=rules(more + GREEDY)).kind in get_args(Kind)


@pytest.mark.parametrize("pattern", [r"(a|aa|a?)+\d", r"(.*,)*(.*,)*(.*,)*(.*,)*\d", r"((a+)+)+!"])
def test_a_pattern_that_goes_back_for_ever_is_given_up_and_told(pattern: str) -> None:
    """Row 21 of issue 12."""
    page = PAGE.replace("镇建设办", "a" * 5_000 + "," * 60)
    began = time.process_time()
    found = read(f"source = {{css = '.info', pattern = '{pattern}'}}", page)
    assert time.process_time() - began < 5
    assert found.kind == "story"
    assert found.rule is not None
    assert [key for key, _ in found.rule.missed] == ["source"]
