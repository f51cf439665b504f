"""The neighbours of a page under the layouts of widely used themes; of the series where their titles say so."""

import tomllib
from pathlib import Path

import pytest

from crawler.extraction.links import find_links
from crawler.extraction.source.tree import parse

LAYOUTS: dict[str, str] = tomllib.loads((Path(__file__).parent / "layouts.toml").read_text("utf-8"))
STORY = "<p>" + "清早五点，渡口还在雾里，老周把缆绳解下来，又系上，等第一个过河的人。" * 6 + "</p>"
# The title and address of the page, of the one before and of the one after, and whether these two are of its series.
SETS = {
    "a named number": (
        ("渡口纪事（七）：雾", "渡口纪事（六）：雨", "渡口纪事（八）：桥"),
        ("/2021/03/ferry-7/", "/2021/03/ferry-6/", "/2021/03/ferry-8/"),
        (True, True),
    ),
    "a bare number": (
        ("【Day 7】搭一个窝", "【Day 6】找木头", "【Day 8】漏雨了"),
        ("/p/a1b2c3/", "/p/d4e5f6/", "/p/0a9b8c/"),
        (True, True),
    ),
    "the last of a series": (
        ("造一只钟：擒纵", "造一只钟：发条", "给猫剪指甲"),
        ("/posts/escapement/", "/posts/mainspring/", "/posts/cat-nails/"),
        (True, False),
    ),
    "no series": (
        ("今年的第一场雪", "旧手表的电池", "搬家一个月"),
        ("/archives/210.html", "/archives/209.html", "/archives/211.html"),
        (False, False),
    ),
}
BEFORE = "<header><nav><a href=/>首页</a><a href=/archives/>归档</a><a href=/tags/>标签</a></nav></header>"
BEHIND = (
    "<aside><h3>最新文章</h3><p><a href=/posts/t/>喝茶</a></p><p><a href=/posts/bike-3/>骑车回家（三）</a></p></aside>"
    "<footer>Powered by <a href=https://hexo.example/>Hexo</a> | Theme <a href=https://t.example/>NexT.Pisces</a></footer>"
)
SWAPPED = {"hexo landscape"}  # the newer one, which this theme puts first, is the next
UNTITLED = {"pictures for arrows"}  # only fetching them shows what they are


@pytest.mark.parametrize("case", SETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_both_neighbours_are_found_and_those_of_the_series_are_members(layout: str, case: str) -> None:
    names, urls, members = SETS[case]
    pair = LAYOUTS[layout].format(urls[1], names[1], urls[2], names[2])
    story = f"<main><article><h1>{names[0]}</h1>{STORY}{STORY}</article>{pair}</main>"
    html = f"<html><head><title>{names[0]} - 老周的本子</title></head><body>{BEFORE}{story}{BEHIND}</body></html>"
    found = find_links(parse(html), f"https://zhou.example{urls[0]}", None).links
    of = {kind: [link.href for link in found if link.kind == kind] for kind in ("prev", "next", "series")}
    prev, following = (urls[2], urls[1]) if layout in SWAPPED else (urls[1], urls[2])
    assert of["prev"] == [prev]
    assert of["next"] == [following]
    if layout not in UNTITLED:
        assert set(of["series"]) == {url for url, is_one in zip(urls[1:], members, strict=True) if is_one}
