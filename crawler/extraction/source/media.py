"""What a page shows beside text and pictures: documents in viewers, films, sounds."""

import re
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

Medium = Literal["image", "document", "film", "sound"]

_SUFFIX = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|rtf|caj|epub|zip|rar|7z)\b", re.IGNORECASE)
_DOCUMENT = re.compile(_SUFFIX.pattern + "$", re.IGNORECASE)
_FILM = re.compile(r"\.(?:mp4|m4v|m3u8|flv|f4v|webm|mov|wmv|avi|swf)$", re.IGNORECASE)
_SOUND = re.compile(r"\.(?:mp3|m4a|aac|wav|ogg|amr|wma)$", re.IGNORECASE)
_VIEWER = re.compile(r"view|pdf|reader|preview|flip", re.IGNORECASE)
_PLAYER = re.compile(
    r"player|video|(?:^|\.)v\.|(?:^|\.)tv\.|youku|tudou|bilibili|youtube|vimeo|ixigua|iqiyi|cctv", re.IGNORECASE
)
_VIEWED = ("file", "url", "src", "pdf", "path", "doc", "document", "pdfurl", "fileurl")
_SHOWING: dict[object, Medium | None] = {
    "video": "film",
    "audio": "sound",
    "iframe": None,
    "object": None,
    "embed": None,
}
_FRAMES = ("iframe", "object", "embed")
_SOURCES = ("src", "data", "data-src", "data-url", "data-original", "href", "pdfsrc")
_PDF = re.compile(r"\.pdf\b", re.IGNORECASE)
_QUOTED_PDF = re.compile(r"[\"']([^\"'\s<>]{1,500}?\.pdf(?:\?[^\"'\s<>]{0,200})?)[\"']", re.IGNORECASE)
_BEARS_PDF = XPath("//*[@*[contains(., '.pdf') or contains(., '.PDF')]]")
_SHOWN_ALREADY = frozenset(
    ("a", "link", "meta", "area", "base", "iframe", "object", "embed", "source", "form", "script")
)


def medium_of(node: HtmlElement) -> tuple[Medium, str] | None:
    """What an element that is neither text nor picture shows, and the address as written; None when it is unknown."""
    if node.tag not in _SHOWING:
        return None
    src = next((value for name in _SOURCES if (value := (node.get(name) or "").strip())), "")
    src = src or next(filter(None, map(_source_in, node.iter("source", "param"))), "")
    if not src or src.startswith(("about:", "javascript:", "data:")):
        return None
    if document := document_in(src, is_viewer=node.tag in _FRAMES):
        return "document", document
    if medium := _SHOWING[node.tag] or _kind_of(src, (node.get("type") or "").lower()):
        return medium, src
    return None


def _source_in(child: HtmlElement) -> str | None:
    if child.tag == "param":
        return child.get("value") if child.get("name") in ("movie", "src") else None
    return child.get("src")


def _kind_of(src: str, mime: str) -> Medium | None:
    path, host = _path_and_host(src)
    if "pdf" in mime:
        return "document"
    if _SOUND.search(path) or mime.startswith("audio"):
        return "sound"
    if _FILM.search(path) or mime.startswith("video") or "flash" in mime or _PLAYER.search(host + path):
        return "film"
    return None


def document_in(address: str, *, is_viewer: bool = False) -> str | None:
    """The document that an address is of, or hands to a viewer; None where it is of none.

    `is_viewer`: the element shows what it names, so that `viewer.html?file=/download?id=5` names a document too.
    """
    if not is_viewer and not _SUFFIX.search(address):
        return None
    try:
        parts = urlsplit(address.strip())
        handed = parse_qsl(parts.query) + parse_qsl(parts.fragment)
    except ValueError:
        return None
    if _DOCUMENT.search(parts.path):
        return address.strip()
    for _, value in handed:
        if _DOCUMENT.search(_path_and_host(value)[0]):
            return value
    if is_viewer and _VIEWER.search(parts.path):
        return next((value for name, value in handed if name.lower() in _VIEWED and value), None)
    return None


def unveil(tree: HtmlElement, source: str) -> None:
    """Give each PDF that only an attribute (`<div pdfsrc=…>`) or a script names an `<embed>` at its place."""
    if ".pdf" not in source and ".PDF" not in source:  # a regular expression takes 50 ms on 3 MB
        return
    for script in list(tree.iter("script")):
        parent, text = script.getparent(), script.text or ""
        if parent is None or parent.tag == "head" or (".pdf" not in text and ".PDF" not in text):
            continue
        if found := _QUOTED_PDF.search(text):
            parent.insert(parent.index(script) + 1, _embed(script, found[1].replace("\\/", "/")))
    for node in _BEARS_PDF(tree):
        named = (name for name in node.keys() if not name.startswith("on"))  # noqa: SIM118 - an element is no mapping
        src = next((value for name in named if _PDF.search(value := node.get(name) or "")), None)
        if node.tag not in _SHOWN_ALREADY and src and (document := document_in(src)):
            node.append(_embed(node, document))


def _embed(node: HtmlElement, src: str) -> HtmlElement:
    made: HtmlElement = node.makeelement("embed")
    made.set("src", src)
    return made


def _path_and_host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", ""
    return parts.path, parts.netloc
