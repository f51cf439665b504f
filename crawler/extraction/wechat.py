"""What mp.weixin.qq.com pages keep in scripts: shares without an article element, account and author."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.model import Credit

_MARKS = ("mmbiz", "mp.weixin.qq.com")
_STRING = r"""(?:JsDecode\(|htmlDecode\()?\s*(["'])(?P<value>(?:\\.|(?!\1)[^\\\n]){1,20000}?)\1"""
_NICKNAME = re.compile(r"(?<![\w.])(?:var nickname|nick_name|window\.nickname)\s*[=:]\s*" + _STRING)
_AUTHOR = re.compile(r"(?<![\w.-])(?:var author|author)\s*[=:]\s*" + _STRING)
_TEXT_SHARE = re.compile(r"text_page_info\s*:\s*\{\s*content\s*:\s*" + _STRING)
_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)")
_CONTROL = {"n": "\n", "t": "\t", "r": ""}
_TAG = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChat:
    """Facts of a WeChat page.

    Attributes:
        share_text: Text of a share that has no article element, else empty.
    """

    credits: tuple[Credit, ...]
    share_text: str


def is_wechat(source: str) -> bool:
    """By the marks of the platform's template in the first 64 KiB and the script variables behind."""
    return any(mark in source[:65536] for mark in _MARKS) and (
        "rich_media" in source or "window.item_show_type" in source
    )


def wechat_facts(tree: HtmlElement, source: str) -> WeChat:
    found: list[Credit] = []
    name = tree.get_element_by_id("js_name", None)
    account = " ".join("".join(name.itertext()).split()) if name is not None else ""
    if account or (account := _value(_NICKNAME, source)):
        found.append(Credit(role="account", name=account, raw=account))
    if author := _author(tree, source):
        found.append(Credit(role="author", name=author, raw=author))
    return WeChat(credits=tuple(found), share_text=_TAG.sub("", _value(_TEXT_SHARE, source)))


def _author(tree: HtmlElement, source: str) -> str:
    for node in tree.iter("meta"):
        named = node.get("name") == "author" or node.get("property") == "og:article:author"
        if named and (content := (node.get("content") or "").strip()):
            return content
    return _value(_AUTHOR, source)


def _value(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return _ESCAPE.sub(_unescape, found["value"]).strip() if found else ""


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        sign = chr(int(code, 16))
        return sign if sign.isprintable() or sign == "\n" else ""
    return _CONTROL.get(match[3], match[3])
