"""What a page tells machines of itself: kept as claims."""

from crawler.extraction import extract_page
from crawler.readers.read_page import details_of
from tests.wangqi.copies.stories import STORY, body


def page(head: str) -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in body(STORY).split("\n"))
    return (
        f"<html><head><meta charset=utf-8>{head}</head><body><h1>林海生</h1><div>{lines}</div></body></html>".encode()
    )


def test_title_keywords_and_description() -> None:
    head = (
        '<title> 金彩888 \n 官网</title><meta name="Keywords" content="金彩888"><meta name="description" content="甲">'
    )
    found = extract_page(page(head), "https://river.example/1")
    assert (found.head_title, found.keywords, found.description) == ("金彩888 官网", "金彩888", "甲")
    assert extract_page(page(""), "https://river.example/1").keywords is None
    long = extract_page(page(f'<meta name="keywords" content="{"甲" * 5000}">'), "https://river.example/1")
    assert len(long.keywords or "") == 1000


def test_the_original_by_canonical_link_else_by_og_url() -> None:
    link, og = (
        '<link rel="canonical" href="/2?utm_source=x">',
        '<meta property="og:url" content="https://b.example/3#a">',
    )
    url = "https://river.example/1"
    claimed = [details_of(extract_page(page(head), url))["canonical_url"] for head in (link + og, og, "", "<link>")]
    assert claimed == ["https://river.example/2", "https://b.example/3", None, None]
