"""RSS, Atom and sitemaps: their rows, and the pages that announce them."""

import gzip
import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract_page
from crawler.extraction.model import Kind
from wangqi.urls import is_web_url

HERE = "https://river.example/feed.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>石桥日报</title><link>https://river.example/</link>
<item><title><![CDATA[河口人家｜<b>第一条鱼</b>]]></title><link>/a/1.html?utm_source=rss</link></item>
<item><title>河口人家｜冬天的网</title><guid>https://river.example/a/2.html</guid></item>
<item><title>没有地址的一条</title><guid isPermaLink="false">77</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>石桥日报</title>
<entry><title type="html">河口人家｜&lt;i&gt;第一条鱼&lt;/i&gt;</title>
<link rel="self" href="https://river.example/atom/1"/><link href="https://river.example/a/1.html"/></entry></feed>"""
NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://river.example/a/1.html</loc><news:news><news:title>河口人家｜第一条鱼</news:title></news:news></url>
<url><loc>https://river.example/no-title.html</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://river.example/map-1.xml</loc><lastmod>2021-03-01</lastmod></sitemap>
<sitemap><loc>/map-2.xml</loc><lastmod>2021-04-01T08:00:00+08:00</lastmod></sitemap></sitemapindex>"""
PLAIN = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://river.example/a/1.html</loc></url><url><loc>/a/2.html</loc></url></urlset>"""
ADDRESSES = [("entry", "", f"https://river.example/a/{n}.html") for n in (1, 2)]
FISH = ("entry", "河口人家｜第一条鱼", "https://river.example/a/1.html")


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        (
            RSS,
            [
                ("entry", "河口人家｜第一条鱼", "https://river.example/a/1.html?utm_source=rss"),
                ("entry", "河口人家｜冬天的网", "https://river.example/a/2.html"),
            ],
        ),
        (ATOM, [FISH]),
        (NEWS, [FISH, ("entry", "", "https://river.example/no-title.html")]),
        (INDEX, [("listing", "", "https://river.example/map-2.xml"), ("page", "", "https://river.example/map-1.xml")]),
        (PLAIN, ADDRESSES),
        ("<rss></rss>", []),
        (RSS[:-120], [("entry", "河口人家｜第一条鱼", "https://river.example/a/1.html?utm_source=rss")]),
    ],
    ids=["rss", "atom", "news sitemap", "index", "sitemap", "empty", "cut off"],
)
def test_the_rows_of_a_feed(source: str, rows: list[tuple[str, str, str]]) -> None:
    page = extract_page(source.encode(), HERE)
    assert page.kind == "listing"
    assert [(link.kind, link.title, link.url) for link in page.links][: len(rows)] == rows


def test_a_sitemap_may_be_packed() -> None:
    packed = extract_page(gzip.compress(PLAIN.encode()), f"{HERE}.gz")
    assert [(link.kind, link.title, link.url) for link in packed.links] == ADDRESSES
    assert packed.evidence == "a urlset of 0 rows with titles and 2 addresses without"
    assert extract_page(gzip.compress(b"<html><p>no map</p></html>"), HERE).kind == "other"
    assert extract_page(gzip.compress(PLAIN.encode())[:-30], HERE).kind in {"listing", "other"}


def test_of_an_index_only_so_many_parts_are_read() -> None:
    parts = "".join(f"<sitemap><loc>/map-{n}.xml</loc></sitemap>" for n in range(300))
    page = extract_page(f"<sitemapindex>{parts}</sitemapindex>".encode(), HERE)
    assert [link.url for link in page.links] == [f"https://river.example/map-{n}.xml" for n in range(299, 279, -1)]
    assert page.evidence == "an index of 300 sitemaps, of which the 20 changed last are read"


def test_an_entity_is_never_opened() -> None:
    opening = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">'
    bomb = f'{opening}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    page = extract_page(f"{bomb}<rss><item><title>&b;&f;题目</title><link>/1</link></item></rss>".encode(), HERE)
    assert [link.title for link in page.links] == ["&b;&f;题目"]


def test_a_page_of_xhtml_is_no_feed() -> None:
    page = extract_page(b'<?xml version="1.0"?><html><body><h1>x</h1></body></html>', HERE)
    assert "feed" not in page.evidence


def test_the_feeds_that_a_page_announces() -> None:
    rss = 'rel="alternate" type="application/rss+xml"'
    head = (
        f'<link {rss} title="石桥日报" href="/feed.xml"><link {rss} title="石桥日报 评论" href="/c.xml">'
        f'<link {rss} href="/a/1.html/feed/"><link rel="alternate" hreflang="en" href="/en/">'
        f'<link rel="sitemap" type="application/xml" href="/column.xml"><link {rss} href="/third.xml">'
    )
    page = extract_page(
        f"<html><head>{head}</head><body><p>正文</p></body></html>".encode(), "https://river.example/a/1.html"
    )
    assert [(link.kind, link.url) for link in page.links] == [
        ("listing", "https://river.example/feed.xml"),
        ("listing", "https://river.example/column.xml"),
    ]


BEGINNINGS = [b"<?xml version='1.0'?>", b"<rss>", b"<feed><entry>", b"<urlset><url>"]


@given(st.binary(max_size=300), st.sampled_from(BEGINNINGS))
def test_any_bytes_may_follow(body: bytes, beginning: bytes) -> None:
    page = extract_page(beginning + body, HERE)
    assert page.kind in get_args(Kind)
    assert all(is_web_url(link.url) for link in page.links if link.url)


def test_addresses_start_from_xml_base_and_a_feed_names_its_further_page() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://river.example/blog/"><title>石桥</title>
    <link rel="next" href="?page=2"/>
    <entry xml:base="2021/"><title>第一条鱼</title><link href="1.html"/></entry></feed>"""
    found = extract_page(atom.encode(), HERE)
    assert [(link.kind, link.url) for link in found.links] == [
        ("entry", "https://river.example/blog/2021/1.html"),
        ("page", "https://river.example/blog/?page=2"),
    ]
    rss = RSS.replace(
        "<channel>", '<channel><a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="/feed?p=2"/>'
    )
    assert [link.url for link in extract_page(rss.encode(), HERE).links if link.kind == "page"] == [
        "https://river.example/feed?p=2"
    ]


def test_a_list_that_goes_on_where_its_reading_ended_is_doubted() -> None:
    def doubts(count: int) -> tuple[str, ...]:
        items = (
            f"<item><title>第{n}条鱼</title><link>https://river.example/{n}.html</link></item>" for n in range(count)
        )
        return extract_page(f"<rss><channel>{''.join(items)}</channel></rss>".encode(), HERE).doubts

    assert doubts(40) == ()
    assert doubts(5_001) == ("no more than the beginning of this list was read, 5,000 rows of it",)
    rows = [{"title": f"第{n}条鱼", "url": f"/{n}.html"} for n in range(5_001)]
    assert extract_page(json.dumps(rows).encode(), HERE, {"content-type": "application/json"}).doubts == doubts(5_001)


def test_an_index_of_more_sitemaps_than_are_read_is_doubted() -> None:
    def doubts(count: int) -> tuple[str, ...]:
        parts = "".join(f"<sitemap><loc>https://river.example/{n}.xml</loc></sitemap>" for n in range(count))
        return extract_page(f"<sitemapindex>{parts}</sitemapindex>".encode(), HERE).doubts

    assert doubts(20) == ()
    assert len(doubts(21)) == 1
