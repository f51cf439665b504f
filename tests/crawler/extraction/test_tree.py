"""Pages in disorder, read as browsers read them."""

import pytest

from crawler.extraction import extract_page
from crawler.extraction.source.tree import parse

TEXT = "清早五点，面馆的灯先亮，老周把骨头汤倒进大锅，再去门口卸面粉。"
URL = "https://paper.example.cn/street/20.html"


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>一碗汤面</title></head></html><body><h1>一碗汤面</h1><p>{0}</p><p>{0}</p></body>",
        "<html><head><title>一碗汤面</title></html></head><h1>一碗汤面</h1></body><p>{0}</p></body></html><p>{0}</p>",
        "<html><body><h1>一碗汤面</h1></body></html><html><head></head><body><p>{0}</p><p>{0}</p></body></html>",
        "</html></body><h1>一碗汤面</h1><p>{0}<p>{0}",
        "<title>一碗汤面</title><h1>一碗汤面</h1><div>{0}</div></html ><div>{0}</div>",
    ],
)
def test_what_stands_behind_the_end_is_read(page: str) -> None:
    read = extract_page(page.format(TEXT).encode(), URL)
    assert (read.kind, read.title) == ("story", "一碗汤面")
    assert read.text.count(TEXT) >= 1
    assert TEXT in "".join(parse(page.format(TEXT)).itertext())


@pytest.mark.parametrize(
    "row", ["<li><a href={0}.html>第{0}家店", "<tr><td><a href={0}.html>第{0}家店", "<a href={0}.html>第{0}家店"]
)
def test_links_that_are_never_closed_stand_side_by_side(row: str) -> None:
    tree = parse("<body>" + "".join(row.format(n) for n in range(3_000)))
    links = list(tree.iter("a"))
    assert len(links) == 3_000
    assert not any(link.xpath("ancestor::a") for link in links[:50])
    assert [link.text for link in links[:2]] == ["第0家店", "第1家店"]


def test_an_anchor_that_names_a_place_and_is_never_closed_is_no_link() -> None:
    page = "<h1>一碗汤面</h1><h3><pre>" + "".join(f'<a name="{n}">{TEXT}\n\n' for n in range(6)) + "</pre></h3>"
    read = extract_page(page.encode(), URL)
    assert read.text.count(TEXT) == 6
    assert not parse(page).xpath(".//a")
    assert parse('<a name=1 href="/2">二</a><a class=next>下一页</a>').xpath("count(.//a)") == 2
