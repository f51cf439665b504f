"""WeChat's 合集: the album an article belongs to and its neighbours there, which only its script names."""

import re
from collections.abc import Iterator
from html import unescape

from lxml.html import HtmlElement

from crawler.extraction.links.page import Candidate, Page

_TEXT = r"(?:JsDecode\()?'(?P<{name}>[^'\n]{{1,{most}}})'\)?"  # newer layouts decode, older ones do not
_ALBUM_URL = r"(?:JsDecode\()?'(?P<link>https?://mp\.weixin\.qq\.com/mp/appmsgalbum\?[^'\n]{1,400})'"
_ALBUM = re.compile(
    rf"\b(?:title|tag_name):\s*{_TEXT.format(name='title', most=80)}[^{{}}]{{0,300}}?link:\s*{_ALBUM_URL}"
)
_NEIGHBOUR = re.compile(
    rf"(?P<way>pre|next)_article_link:\s*{_TEXT.format(name='link', most=600)},[^{{}}]{{0,1500}}?"
    rf"(?P=way)_article_title:\s*{_TEXT.format(name='title', most=200)}"
)
_AROUND = 1_000  # characters before the first album link; the script of an article is half a megabyte
_ESCAPED = re.compile(r"\\x([0-9a-fA-F]{2})")


def find_albums(page: Page) -> Iterator[Candidate]:
    """The album as `listing`, its neighbours as `prev` and `next`; `href` is None, no link on the page has it."""
    if not page.is_wechat:
        return
    for script in page.tree.iter("script"):
        text = script.text or ""
        at = text.find("appmsgalbum?")
        if at >= 0:
            yield from _read(page, script, text[max(0, at - _AROUND) : at + 20 * _AROUND])


def _read(page: Page, script: HtmlElement, text: str) -> Iterator[Candidate]:
    at = script.sourceline or 0
    for number, album in enumerate(_ALBUM.finditer(text)):
        title = _plain(album["title"])
        # The first is the one in which the reader goes on from article to article, the others are tags.
        score = 0.6 if number else 0.9
        yield Candidate("listing", title, None, score, f"the album “{title}”", at, _plain(album["link"]))
    for found in _NEIGHBOUR.finditer(text):
        title, url = _plain(found["title"]), _plain(found["link"])
        yield Candidate(
            "prev" if found["way"] == "pre" else "next", title, None, 0.9, "its neighbour in the album", at, url
        )
        because = page.shape.member(title) if page.shape else None
        if because:
            yield Candidate("series", title, None, 0.9, f"its neighbour in the album; {because}", at, url)


def _plain(text: str) -> str:
    return unescape(unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))).strip()
