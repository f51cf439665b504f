"""`[[rules]]` of the catalogue: what a table means, and what a broken one says to the person who wrote it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.catalogue.file import CatalogueError, parse_catalogue, parse_rules
from crawler.extraction.rules.selectors import Rule

ENTRY = '[lake]\nstart = "https://news.example/1"\n\n'
FIRST = '[[rules]]\nhost = "www.shiqiao.example"\ntitle = "h1"\n\n'


def parse(text: str) -> tuple[Rule, ...]:
    return parse_rules(text.encode())


def test_a_rule_is_no_entry() -> None:
    assert list(parse_catalogue((ENTRY + FIRST).encode())) == ["lake"]
    assert [rule.host for rule in parse(ENTRY + FIRST)] == ["www.shiqiao.example"]
    assert parse(ENTRY) == ()


def test_every_way_to_write_a_selector() -> None:
    (rule,) = parse(
        """[[rules]]
host = "Shiqiao.Example"
from = 2024-01-01
until = 2025-12-31
title = ["h1.arti-title", "//h2", "xpath:h3"]
date = {css = ".info", pattern = '发布时间：(\\d{4}-\\d{2}-\\d{2})'}
body = {xpath = "//div[@id='zoom']"}
next = "a.next::attr(href)"
"""
    )
    assert (rule.host, rule.valid_from, rule.valid_until) == ("shiqiao.example", date(2024, 1, 1), date(2025, 12, 31))
    assert [one.written for one in rule.selectors["title"]] == ["h1.arti-title", "//h2", "xpath:h3"]
    assert [one.xpath for one in rule.selectors["title"]][1:] == ["//h2", "h3"]
    assert rule.selectors["date"][0].pattern == r"发布时间：(\d{4}-\d{2}-\d{2})"
    assert rule.selectors["next"][0].xpath.endswith("/@href")


def test_a_table_for_several_hosts_is_a_rule_for_each() -> None:
    text = '[[rules]]\nhost = ["a.example", "石桥.example"]\nbody = "#zoom"'
    assert [rule.host for rule in parse(text)] == ["a.example", "xn--6yv295a.example"]


def test_other_selectors_make_another_version() -> None:
    one, same, other = (parse(f'[[rules]]\nhost = "a.example"\nbody = "{body}"')[0] for body in ("#a", "#a", "#b"))
    assert one.version == same.version != other.version


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ('title = "h1"', 8, ["host: is wanting", 'host = "www.example.gov.cn"']),
        ('host = "b.example"', 8, ["b.example: reads nothing", "title, date"]),
        ('host = "b.example"\ntitel = "h1"', 10, ["b.example titel: no such key", "did you mean 'title'"]),
        ('host = "b.example"\nzzz = "h1"', 10, ["known are: host, from, until, title"]),
        ('host = "https://B.example/news/"\ntitle = "h1"', 9, ["'https://B.example/news/'", "Write 'b.example'"]),
        ('host = "*.b.example"\ntitle = "h1"', 9, ["Write 'b.example'", "subdomains"]),
        ('host = "b.example:8080"\ntitle = "h1"', 9, ["Write 'b.example'", "all ports"]),
        ('host = "cn"\ntitle = "h1"', 9, ["'cn' is no host"]),
        ('host = []\ntitle = "h1"', 9, ["[] is no host"]),
        ('host = 5\ntitle = "h1"', 9, ["5 is no host"]),
        ('host = "www.shiqiao.example"\ntitle = "h2"', 9, ["second rule for www.shiqiao.example"]),
        (
            'host = "b.example"\nfrom = "2024-01-01"\ntitle = "h1"',
            10,
            ["from: '2024-01-01' is no day", "without quotes"],
        ),
        ('host = "b.example"\nfrom = 2024-01-01T10:00:00\ntitle = "h1"', 10, ["is no day"]),
        ('host = "b.example"\nfrom = 2024-02-30\ntitle = "h1"', 10, ["'from = 2024-02-30'", "no day of the calendar"]),
        ('host = "b.example"\nuntil = 2023-01-01\nfrom = 2024-01-01\ntitle = "h1"', 10, ["2023-01-01 is before"]),
        ('host = "b.example"\ntitle = "h1["', 10, ["b.example title: 'h1[' is no CSS selector"]),
        ('host = "b.example"\ntitle = ""', 10, ["'' holds no selector"]),
        ('host = "b.example"\nremove = []', 10, ["remove: [] holds no selector"]),
        ('host = "b.example"\ntitle = 5', 10, ["5 is no selector"]),
        ('host = "b.example"\ntitle = {}', 10, ["{} is no selector"]),
        ('host = "b.example"\ntitle = {regex = "x"}', 10, ["'regex' is no part of a selector"]),
        ('host = "b.example"\ntitle = {css = "h1", xpath = "//h1"}', 10, ["either css or xpath"]),
        ('host = "b.example"\ntitle = {css = 5}', 10, ["either css or xpath"]),
        ('host = "b.example"\nbody = "//div[@x"', 10, ["'//div[@x' is no XPath"]),
        ('host = "b.example"\nbody = "xpath:count(//div)"', 10, ["number"]),
        ('host = "b.example"\nbody = "div::text"', 10, ["'div::text' finds a text", "element"]),
        ('host = "b.example"\nremove = "//div/@class"', 10, ["finds a text"]),
        ('host = "b.example"\ntitle = "//a[nothing()]"', 10, ["'//a[nothing()]' is no XPath"]),
        ('host = "b.example"\nbody = {css = "div", pattern = "x"}', 10, ["pattern is for", "title"]),
        ('host = "b.example"\ndate = {css = "p", pattern = "("}', 10, ["'(' is no regular expression"]),
        ('host = "b.example"\ndate = {css = "p", pattern = 5}', 10, ["5 is no regular expression"]),
    ],
)
def test_a_wrong_rule_is_told_with_file_line_host_key_and_value(lines: str, line: int, words: list[str]) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(f"{ENTRY}{FIRST}[[rules]]\n{lines}".encode())
    message = str(caught.value)
    assert message.startswith(f"series.toml, line {line}: ")
    assert "\n" not in message
    for word in words:
        assert word in message


@pytest.mark.parametrize("text", ['[rules]\nstart = "https://a.example/"', "rules = 3", "rules = [3]"])
def test_no_series_is_called_rules(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"\[\[rules\]\]: is no name for a series"):
        parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_selector_or_an_error_in_one_line(text: str) -> None:
    quoted = "".join(f"\\U{ord(sign):08X}" for sign in text if not 0xD800 <= ord(sign) <= 0xDFFF)
    message = "series.toml, line 3: [[rules]] a.example title: "
    try:
        parse(f'[[rules]]\nhost = "a.example"\ntitle = "{quoted}"')
    except CatalogueError as error:
        message = str(error)
    assert message.startswith("series.toml, line 3: [[rules]] a.example title: ")
    assert "\n" not in message
