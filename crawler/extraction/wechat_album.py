"""WeChat's 合集: the rows of an album page, and of the JSON that its further pages are."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.model import SeriesLink

_PATH = "/mp/appmsgalbum"
_HOST = "mp.weixin.qq.com"
_GOES_ON = re.compile(r"continue_flag['\"]?\s*[:=]\s*['\"]?1")
_ROWS_A_PAGE = 10
_MOST_ROWS = 500


def is_album(url: str) -> bool:
    """Whether the address is of an album page, or of one of its further pages."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.hostname == _HOST and parts.path.rstrip("/") == _PATH


def album_json(text: str, url: str) -> tuple[SeriesLink, ...] | None:
    """The links of a further page; None of what is no such page.

    The account puts its stories into an album, but not only those of one series: the rows are `entry` links, each to
    be judged by its title.
    """
    try:
        answer = json.loads(text)
        album = answer["getalbum_resp"]
        listed = album["article_list"]
        rows = [_row(row) for row in ([listed] if isinstance(listed, dict) else listed)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return tuple(_links(rows, url, goes_on=str(album.get("continue_flag")) == "1"))


def album_page(tree: HtmlElement, source: str, url: str) -> tuple[SeriesLink, ...] | None:
    """The links of the album's first page; None where it lists nothing."""
    rows = [
        {
            "title": str(item.get("data-title")),
            "url": str(item.get("data-link")),
            "msgid": str(item.get("data-msgid", "")),
            "itemidx": str(item.get("data-itemidx", "1")),
        }
        for item in tree.iterfind(".//*[@data-link]")
        if item.get("data-title")
    ]
    return tuple(_links(rows, url, goes_on=_GOES_ON.search(source) is not None)) if rows else None


def _row(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in ("title", "url", "msgid", "itemidx")}


def _links(rows: list[dict[str, str]], url: str, *, goes_on: bool) -> Iterator[SeriesLink]:
    for position, row in enumerate(rows[:_MOST_ROWS]):
        address = unescape(row["url"])
        yield SeriesLink(
            kind="entry",
            title=unescape(row["title"]).strip(),
            url=address,
            href=row["url"],
            position=position,
            score=0.8,
            reasons=("a row of the album",),
        )
    if goes_on and rows and (further := _further(url, rows[-1])):
        yield SeriesLink(
            kind="page", title="", url=further, href=None, position=0, score=0.9, reasons=("the album goes on",)
        )


def _further(url: str, last: dict[str, str]) -> str | None:
    """The address of the rows behind the last one, or None where that one does not say which it is."""
    asked = parse_qs(urlsplit(url).query)
    if not last["msgid"].isdigit() or "album_id" not in asked or "__biz" not in asked:
        return None
    query = {
        "action": "getalbum",
        "__biz": asked["__biz"][0],
        "album_id": asked["album_id"][0],
        "count": _ROWS_A_PAGE,
        "begin_msgid": last["msgid"],
        "begin_itemidx": last["itemidx"],
        "f": "json",
    }
    return f"https://{_HOST}{_PATH}?{urlencode(query)}"
