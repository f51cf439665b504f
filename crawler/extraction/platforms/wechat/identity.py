"""Which article a WeChat page is: the addresses that the platform's own scripts and head give it."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.variables import unescaped

_HOST = "mp.weixin.qq.com"
_STRING = r"(?:JsDecode\(|htmlDecode\()?\s*[\"'](?P<value>(?:\\.|[^\"'\\\n]){0,2000})[\"']"
_KEYS = {"biz": "__biz", "bizuin": "__biz", "mid": "mid", "idx": "idx", "sn": "sn"}
# var biz = "" || "MzA5"; and bizuin: JsDecode('MzA5'), with the three others close behind.
_VARIABLE = re.compile(r"var (?P<name>biz|mid|idx|sn)\s*=\s*(?:[\"'][\"']\s*\|\|\s*)*" + _STRING)
_FIELD = re.compile(r"\b(?P<name>bizuin|mid|idx|sn):\s*" + _STRING)
_LINK = re.compile(r"(?:var msg_link\s*=\s*|\bshort_link\s*[:=]\s*(?:''\s*\|\|\s*)?)" + _STRING)
_MOVED = re.compile(r"transferTargetLink\s*=\s*" + _STRING)
_PROOF = "/mp/wappoc_appmsgcaptcha"
_NEAR = 2_000  # characters in which the four names of one article stand together
_MARKS = (("var biz", _VARIABLE), ("bizuin:", _FIELD))


def is_article(url: str) -> bool:
    """Whether the address is of an article of the platform, in its long or its short form."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path.rstrip("/")
    return parts.hostname == _HOST and (path == "/s" or path.startswith("/s/"))


def asks_for_proof(url: str) -> bool:
    """Whether the platform redirected to its page on which a reader has to prove to be human."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.hostname == _HOST and parts.path == _PROOF


def moved_to(source: str, url: str) -> str | None:
    """Where the article stands since its account moved; None where the page does not say so."""
    found = _MOVED.search(source) if is_article(url) else None
    target = unescape(unescaped(found["value"])) if found else ""
    return target if is_article(target) else None


def addresses_of(tree: HtmlElement, data: PageData, url: str) -> tuple[str, ...]:
    """The article's addresses as its page gives them, the one with `__biz, mid, idx, sn` first.

    Nobody but the platform writes the head and the scripts of its pages, so what they say is no mere claim; it is not
    asked of a page that came from elsewhere. () where the page says nothing.

    Args:
        tree: The page, with its scripts.
        data: Its meta elements.
        url: Where it came from.
    """
    if not is_article(url):
        return ()
    scripts = [script.text for script in tree.iter("script") if script.text]
    found = [*_by_key(scripts), data.meta.get("og:url", ""), *_links(scripts)]
    return tuple(dict.fromkeys(unescape(address) for address in found if is_article(unescape(address))))


def _by_key(scripts: list[str]) -> Iterator[str]:
    for text in scripts:
        for mark, pattern in _MARKS:
            at = text.find(mark)
            if at < 0:
                continue
            given: dict[str, str] = {}
            for found in pattern.finditer(text, max(0, at - _NEAR // 2), at + _NEAR):
                if found["value"]:
                    given.setdefault(_KEYS[found["name"]], unescaped(found["value"]))
            if len(given) == len(set(_KEYS.values())):
                yield f"https://{_HOST}/s?{urlencode(given)}"
                return


def _links(scripts: list[str]) -> Iterator[str]:
    for text in scripts:
        for name in ("msg_link", "short_link"):
            at = text.find(name)
            if at >= 0 and (found := _LINK.search(text, max(0, at - len("var ")), at + _NEAR)) and found["value"]:
                yield unescaped(found["value"])
