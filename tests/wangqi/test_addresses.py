"""Addresses as browsers make them."""

import pytest

from wangqi.addresses import resolve

PAGE = "http://paper.example.cn/street/20.html"
HOST = "http://paper.example.cn"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("19.html", f"{HOST}/street/19.html"),
        ("\n /street/\n19.html \t", f"{HOST}/street/19.html"),
        ("..\\street\\19.asp?f=a\\b", f"{HOST}/street/19.asp?f=a\\b"),
        ("\\\\other.example.cn\\1", "http://other.example.cn/1"),
        ("//other.example.cn/1", "http://other.example.cn/1"),
        ("http:/street/1", f"{HOST}/street/1"),
        ("HTTP:1.html", f"{HOST}/street/1.html"),
        ("https:other.example.cn/1", "https://other.example.cn/1"),
        ("http:///other.example.cn/1", "http://other.example.cn/1"),
        ("?page=2", f"{PAGE}?page=2"),
        ("?q=a b'<>", f"{PAGE}?q=a%20b%27%3C%3E"),
        ("?q=%B5%DA&amp;x", f"{PAGE}?q=%B5%DA&amp;x"),
        ("第一期.html", f"{HOST}/street/第一期.html"),
        ("mailto:desk@example.cn", None),
        ("javascript:void(0)", None),
        ("weixin://dl", None),
        ("http://[half/1", None),
        ("http://https：//b.example/1", None),  # a full-width colon, whose host no parser takes
    ],
)
def test_it_is_read_as_a_browser_reads_it(href: str, expected: str | None) -> None:
    assert resolve(href, PAGE) == expected


@pytest.mark.parametrize(
    ("charset", "sent"),
    [
        ("gb18030", "%B5%DA"),
        ("big5hkscs", "%B2%C4"),
        ("utf-8", "%E7%AC%AC"),
        ("utf-16", "%E7%AC%AC"),
        ("cp1252", "%26%2331532%3B"),
        ("no such charset", "%E7%AC%AC"),
    ],
)
def test_a_query_is_sent_in_the_charset_of_the_page_and_a_path_is_not(charset: str, sent: str) -> None:
    assert resolve("/第/a.asp?q=第", PAGE, charset) == f"{HOST}/第/a.asp?q={sent}"


def test_an_unknown_page_leaves_a_link_relative() -> None:
    assert resolve("a/1.html", "") == "a/1.html"


def test_half_a_character_harms_nothing() -> None:
    assert resolve("?q=\ud800", PAGE) == f"{PAGE}?q=%26%2355296%3B"
