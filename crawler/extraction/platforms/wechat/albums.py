"""WeChat's 合集: the rows of an album page, and of the JSON that its further pages are."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.model import SeriesLink
from crawler.extraction.source.variables import assigned, unescaped

ROW_OF_ALBUM = "a row of the album"  # how the reason of such a link begins
_PATH = "/mp/appmsgalbum"
_HOST = "mp.weixin.qq.com"
_GOES_ON = re.compile(r"(?<!reverse_)continue_flag['\"]?\s*[:=]\s*['\"]?1")
_ROWS_A_PAGE = 10
_MOST_ROWS = 500
_LISTS = ("articleList", "article_list", "videoList")
_LONGEST_LIST = 400_000  # characters of script that list the rows of one page
_NUMBER = re.compile(r"[0-9]{1,6}")
_OBJECT = re.compile(r"\{[^{}]{1,6000}\}")
_FIELD = re.compile(
    r"\b(?P<name>title|url|msgid|itemidx|pos_num)['\"]?\s*:\s*(?:JsDecode\()?\s*['\"](?P<value>(?:\\.|[^'\"\\\n]){0,2000})['\"]"
)
_TITLE = re.compile(r"album__?(?:label-)?title\b|js_album_title")


@dataclass(frozen=True, slots=True)
class Album:
    """What one page of an album says.

    Attributes:
        links: Its rows as `entry` links, and the further page as a `page` link that bears the album's name.
        title: The album's name, or None where this page does not say it.
        fault: Why rows are missing that the album has, or None.
    """

    links: tuple[SeriesLink, ...]
    title: str | None = None
    fault: str | None = None


def album_id(url: str) -> str | None:
    """Which album the address is of, or of one of whose further pages; None of all other addresses."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.hostname != _HOST or parts.path.rstrip("/") != _PATH:
        return None
    return parse_qs(parts.query).get("album_id", [""])[0]


def is_album(url: str) -> bool:
    """Whether the address is of an album page, or of one of its further pages."""
    return album_id(url) is not None


def ends_album(links: Sequence[SeriesLink], url: str) -> bool:
    """Whether the address is of a further page, and the links found there say that it is the last."""
    return is_album(url) and "begin_msgid" in parse_qs(urlsplit(url).query) and all(li.kind != "page" for li in links)


def album_json(text: str, url: str) -> Album | None:
    """A further page; None of what is none."""
    try:
        answer = json.loads(text)
        album = answer.get("getalbum_resp")
        if not isinstance(album, dict):
            code = str(answer["base_resp"]["ret"])[:20]
            return None if code == "0" else Album((), fault=f"the platform refuses the album's rows: ret {code}")
        listed = album.get("article_list") or ()
        rows = [_row(row) for row in ([listed] if isinstance(listed, dict) else listed)]
        goes_on = str(album["continue_flag"]) == "1"
        title = str((album.get("base_info") or {}).get("title") or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return _album(rows, url, title, goes_on=goes_on)


def album_page(tree: HtmlElement, source: str, url: str) -> Album | None:
    """The album's first page, from its rows or else from the list in its script; None where it lists nothing."""
    rows = [
        {
            "title": str(item.get("data-title")),
            "url": str(item.get("data-link")),
            "msgid": str(item.get("data-msgid", "")),
            "itemidx": str(item.get("data-itemidx", "1")),
            "pos_num": str(item.get("data-pos_num", "")),
        }
        for item in tree.iterfind(".//*[@data-link]")
        if item.get("data-title")
    ]
    rows = rows or list(_scripted(source))
    return _album(rows, url, _title(tree, source), goes_on=_GOES_ON.search(source) is not None) if rows else None


def _title(tree: HtmlElement, source: str) -> str:
    named = (" ".join(node.text_content().split()) for node in tree.iter("div", "h1", "h2", "span") if _is_title(node))
    claimed = (str(node.get("content") or "") for node in tree.iterfind(".//meta[@property='og:title']"))
    said = (value for value, _ in assigned(source, "album_title", "albumTitle"))
    return next((text.strip() for text in (*named, *claimed, *said) if text.strip()), "")


def _is_title(node: HtmlElement) -> bool:
    return _TITLE.search(f"{node.get('class') or ''} {node.get('id') or ''}") is not None


def _scripted(source: str) -> Iterator[dict[str, str]]:
    at = next((at for name in _LISTS if (at := source.find(name)) >= 0), -1)
    if at < 0:
        return
    for found in _OBJECT.finditer(source, at, at + _LONGEST_LIST):
        row = {field["name"]: unescaped(field["value"]) for field in _FIELD.finditer(found[0])}
        if row.get("title") and is_article_link(row.get("url", "")):
            yield {"msgid": "", "itemidx": "1", "pos_num": "", **row}


def is_article_link(url: str) -> bool:
    """Whether a row leads to an article at all."""
    return url.startswith(("http://", "https://", "//"))


def _row(row: dict[str, Any]) -> dict[str, str]:
    needed = {name: str(row[name]) for name in ("title", "url", "msgid", "itemidx")}
    return {**needed, "pos_num": str(row.get("pos_num", ""))}


def _album(rows: Sequence[dict[str, str]], url: str, title: str, *, goes_on: bool) -> Album:
    title = unescape(title).strip().removeprefix("#")
    goes_on |= len(rows) > _MOST_ROWS
    rows = rows[:_MOST_ROWS]
    further = _further(url, rows[-1]) if goes_on and rows else None
    links = [*_entries(rows, title)]
    if further:
        links.append(
            SeriesLink(
                kind="page", title=title, url=further, href=None, position=0, score=0.9, reasons=("the album goes on",)
            )
        )
    fault = "the album goes on, but this page does not say where" if goes_on and not further else None
    return Album(tuple(links), title or None, fault)


def _entries(rows: Sequence[dict[str, str]], title: str) -> Iterator[SeriesLink]:
    """The account puts its stories into an album, but not only those of one series: each row is to be judged."""
    name = f" “{title}”" if title else ""
    for position, row in enumerate(rows):
        yield SeriesLink(
            kind="entry",
            title=unescape(row["title"]).strip(),
            url=unescape(row["url"]),
            href=row["url"],
            position=position,
            place=int(row["pos_num"]) if _NUMBER.fullmatch(row["pos_num"]) else None,
            score=0.8,
            reasons=(f"{ROW_OF_ALBUM}{name}",),
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
