"""Authors as pages give them without a label, and names that run into the next label."""

import pytest

from crawler.extraction import extract_page
from crawler.extraction.credits import byline, labelled, reporters

STORY = "<p>" + "渡口只剩下一条船，船老大每天清早先把舱里的水舀干，再在船头点一支香。" * 5 + "</p>"


def author(head: str, title: str = "最后一条渡船") -> str | None:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{head}{STORY}{STORY}</body></html>"
    return extract_page(page.encode(), "https://news.example.cn/2021/0304/77.html").author


def test_a_name_ends_where_the_next_label_begins():
    assert [(c.role, c.name) for c in labelled("作者：高宁发布时间：2021-03-04")] == [("author", "高宁")]
    assert [c.name for c in labelled("作者：大头鱼 发表于 2016-5-19 21:08")] == ["大头鱼"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("■本报记者 罗念", "罗念"),
        ("山城早报 2016-11-02 记者 易平", "易平"),
        ("文｜财鉴周刊 沈放、陆青", "沈放、陆青"),
        ("文字 | 林一", "林一"),
        ("图/文：康远", "康远"),
    ],
)
def test_a_byline_is_read_in_many_forms(line: str, name: str):
    assert [c.name for c in byline(line)] == [name]


def test_the_dateline_of_a_wire_names_its_reporter():
    assert [c.name for c in reporters("中讯网江州12月8日电 (方野)冬日的船台上风很硬")] == ["方野"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<div><a href="/people/yumi">于米</a><span>2021-03-04</span></div>', "于米"),
        ('<div><span class="nickname"><a href="/home">阿迟</a></span></div>', "阿迟"),
        ("<p>By Ruth Halloran</p>", "Ruth Halloran"),
        ('<div><a href="/people/a">甲一</a> <a href="/people/b">乙二</a></div>', None),
        ('<div><a href="/user/9">关注</a></div>', None),
        ('<div><a href="/news/">资讯</a></div>', None),
    ],
)
def test_an_author_s_own_page_names_the_author(head: str, name: str | None):
    assert author(head) == name
