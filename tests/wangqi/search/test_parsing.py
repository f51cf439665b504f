"""A question is read as it is meant, or refused with the place of what cannot be read."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wangqi.search.parsing import QueryError, parse
from wangqi.search.query import And, Not, OfSeries, Or, Published, Query, Words


def said(query: Query) -> str:
    """The tree in one line, every group in brackets."""
    if isinstance(query, And | Or):
        return f"({(' & ' if isinstance(query, And) else ' | ').join(map(said, query.parts))})"
    if isinstance(query, Not):
        return f"!{said(query.part)}"
    if isinstance(query, Words):
        return f"{query.field}={query.text}" if query.field else query.text
    if isinstance(query, Published):
        return f"{query.since or ''}..{query.until or ''}"
    return f"series={query.text}" if isinstance(query, OfSeries) else f"is={query.kind}"


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("洪水", "洪水"),
        ("洪水　暴雨", "(洪水 & 暴雨)"),
        ("洪水 AND 暴雨 OR 台风", "((洪水 & 暴雨) | 台风)"),
        ("(洪水 OR 暴雨) -预警", "((洪水 | 暴雨) & !预警)"),
        ("（洪水 OR 暴雨） NOT 预警", "((洪水 | 暴雨) & !预警)"),
        ("洪水 -(预警 OR 演练)", "(洪水 & !(预警 | 演练))"),
        ("往期（三） K-pop", "(往期（三） & K-pop)"),
        ('"new york" “开卷 有益”', "(new york & 开卷 有益)"),
        ('巡河“手记”里的洪水 a"b"c', '(巡河“手记”里的洪水 & a"b"c)'),
        ('title:"巡河 手记"', "title=巡河 手记"),
        ("title：洪水 Author:张三 source:日报 subject:防汛", "(title=洪水 & author=张三 & source=日报 & subject=防汛)"),
        ("series:巡河 is:Copy", "(series=巡河 & is=copy)"),
        ("after:2021 before:2022-06", "(2021-01-01 00:00:00+08:00.. & ..2022-06-01 00:00:00+08:00)"),
        ("after:2021-6-1", "2021-06-01 00:00:00+08:00.."),
        ("before:9999-12-31", "..9999-12-31 00:00:00+08:00"),
        ("or and 10:30", "(or & and & 10:30)"),
        ('"OR"', "OR"),
        ("--洪水", "!!洪水"),
    ],
)
def test_a_question_is_read_as_it_is_meant(query: str, meant: str) -> None:
    assert said(parse(query)) == meant


@pytest.mark.parametrize(
    ("query", "place", "fact"),
    [
        ("", 0, "no word"),
        ("  ", 0, "no word"),
        ("洪水 OR", 5, "missing at the end"),
        ("OR 洪水", 0, "missing before 'OR'"),
        ("洪水 OR OR 暴雨", 6, "missing before 'OR'"),
        ("()", 1, "missing before ')'"),
        ("(洪水", 0, "not closed"),
        ("洪水)", 2, "closes none"),
        ('洪水 "暴雨', 3, "quote is not closed"),
        ('洪水"', 2, "quote stands alone"),
        ("洪水”", 2, "quote stands alone"),
        ('洪水"巡河 手记"', 2, "quote stands alone"),
        ("巡河“手记” 洪水“", 9, "quote stands alone"),
        ("洪水 autor:张三", 3, "did you mean author:"),
        ("https://river.example/1", 0, "no field"),
        ("title: 洪水", 0, "value right behind it"),
        ("after:2021-13", 6, "no date"),
        ("before:昨天", 7, "no date"),
        ("is:spun", 3, "copy, tampered, changed"),
        ("洪水 - 暴雨", 3, "no letter"),
        ("《》", 0, "no letter"),
        ("水" * 501, 500, "at most 500"),
        (f'"{"水" * 201}"', 0, "at most 200"),
        ("(" * 30 + "水" + ")" * 30, 20, "within one another"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(query: str, place: int, fact: str) -> None:
    with pytest.raises(QueryError, match=r"at character") as refused:
        parse(query)
    assert refused.value.place == place
    assert fact in str(refused.value)


@given(st.text('水雨ab1 "“”()（）-:：*' + "OR", max_size=30))
@example('("')
def test_no_question_is_any_other_error(query: str) -> None:
    with suppress(QueryError):
        assert said(parse(query))
