"""WeChat's 合集: the album an article belongs to and its neighbours there, which only its script names."""

import re
from collections.abc import Iterator
from html import unescape

from lxml.html import HtmlElement

from crawler.extraction.links.page import Candidate, Page

_ALBUM = re.compile(
    r"title:\s*'(?P<title>[^'\n]{1,80})'[^{}]{0,300}?link:\s*'(?P<link>https?://mp\.weixin\.qq\.com/mp/appmsgalbum\?[^'\n]{1,400})'"
)
_NEIGHBOUR = re.compile(
    r"(?P<way>pre|next)_article_link:\s*'(?P<link>http[^'\n]{1,600})',\s*(?:pre|next)_article_title:\s*'(?P<title>[^'\n]{1,200})'"
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
    for album in _ALBUM.finditer(text):
        title = _plain(album["title"])
        yield Candidate("listing", title, None, 0.9, f"the album “{title}”", at, _plain(album["link"]))
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
