"""The article of a WeChat page whose script holds it: newer layouts, and shares of pictures, words, film or sound."""

import re
from collections.abc import Iterator
from html import escape, unescape

from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.extraction.source.tree import TooDeepError, parse
from crawler.extraction.source.variables import unescaped

CONTENT = "js_content"
_OPENING = re.compile(r"['\"]?\s*[:=]\s*(?:JsDecode\(|htmlDecode\()?\s*(['\"])")
# Possessive, so that half a megabyte of article is one pass and a string without an end costs no second one.
_CLOSING = {sign: re.compile(rf"(?:[^{sign}\\\n]++|\\.)*+(?={sign})") for sign in "'\""}
_LONGEST = 4_000_000
_MOST_MENTIONS = 20
_MOST_PICTURES = 200
_TYPE = "item_show_type"
_TYPE_GIVEN = re.compile(r"\s*[:=]\s*['\"](\d{1,2})['\"]")
_SHARES = {"5": "film", "6": "sound", "7": "sound", "8": "pictures", "10": "words", "11": "another article"}
_PICTURES = "picture_page_info_list"
_SIGNS = re.compile(r"[\[\]{}]|\bcdn_url\s*:\s*(?:JsDecode\()?\s*['\"]([^'\"\n]{1,2000})['\"]")


def what_is_shared(source: str) -> str | None:
    """What a share consists of, in a word; None of an article."""
    at = source.find(_TYPE)
    for _ in range(_MOST_MENTIONS):
        if at < 0:
            break
        if found := _TYPE_GIVEN.match(source, at + len(_TYPE)):
            return _SHARES.get(found[1])
        at = source.find(_TYPE, at + 1)
    return "pictures" if next(pictures(source), None) else None


def restore(tree: HtmlElement, empty: HtmlElement | None, source: str, title: str | None) -> HtmlElement | None:
    """An element for the article, made of what the scripts hold; None where they hold nothing.

    Args:
        tree: The page; the restored article becomes part of it.
        empty: The element that waits for the article, if there is one.
        source: The page as text.
        title: The page's, which is all the words that some shares of pictures have.
    """
    held = next(_strings(source, "content_noencode"), "")
    if not held and what_is_shared(source) is not None:
        # A description is plain words, written as HTML would have them.
        held = next(map(unescape, _strings(source, "desc")), "") or escape(title or "")
    shown = "".join(f'<p><img data-src="{escape(src)}"></p>' for src in pictures(source))
    lines = held.replace("\r", "").replace("\n", "<br>") if "<p" not in held and "<section" not in held else held
    if not lines and not shown:
        return None
    made = _element(f"{lines}{shown}")
    if made is None:
        return None
    if empty is not None and (parent := empty.getparent()) is not None:
        parent.replace(empty, made)
    else:
        body = tree.find(".//body")
        (tree if body is None else body).append(made)
    return made


def pictures(source: str) -> Iterator[str]:
    """The addresses of a share's pictures, without those of their covers and watermarks."""
    at = source.find(_PICTURES)
    seen = 0
    while at >= 0 and seen < _MOST_MENTIONS:
        opened = source.find("[", at, at + len(_PICTURES) + 5)
        if opened >= 0:
            yield from _listed(source, opened)
            return
        seen += 1
        at = source.find(_PICTURES, at + 1)


def _listed(source: str, opened: int) -> Iterator[str]:
    depth = found = 0
    for sign in _SIGNS.finditer(source, opened):
        mark = sign[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if not depth:
                return
        elif depth == 2 and found < _MOST_PICTURES:  # of the row itself, not of a thing within it
            found += 1
            yield unescaped(sign[1]).replace("&amp;", "&")


def shows_something(article: HtmlElement) -> bool:
    """Whether the element holds words, a picture or a film."""
    return bool("".join(article.itertext()).strip()) or next(article.iter("img", "iframe"), None) is not None


def _element(markup: str) -> HtmlElement | None:
    try:
        return parse(f'<html><body><div id="{CONTENT}">{markup}</div></body></html>').get_element_by_id(CONTENT)
    except (ParserError, TooDeepError):
        return None


def _strings(source: str, name: str) -> Iterator[str]:
    """What is assigned to the name, where it is not blank."""
    at = source.find(name)
    for _ in range(_MOST_MENTIONS):
        if at < 0:
            return
        opening = _OPENING.match(source, at + len(name))
        closing = _CLOSING[opening[1]].match(source, opening.end(), opening.end() + _LONGEST) if opening else None
        if closing and (value := unescaped(closing[0])).strip():
            yield value
        at = source.find(name, at + len(name))
