"""The pictures and attachments of a story: which there are, and what of a file is told by its first bytes."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from wangqi.details import Details
from wangqi.urls import is_web_url

FileKind = Literal["image", "document"]
KINDS: Final[tuple[FileKind, ...]] = ("image", "document")
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})  # that every reader shows
_ZIP: Final = "application/zip"
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),  # DOC, XLS, PPT, WPS
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
# What a zip is, by the name of a file that stands near its beginning, or in its list at the end.
_IN_ZIPS: Final = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)
_OF_RIFF: Final = b"WEBP"
_BOXED: Final = {b"avif": "image/avif", b"heic": "image/heic", b"mif1": "image/heic"}
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<script", b"<body")
_SVG: Final = b"<svg"
PAGE_IN_PLACE: Final = "a web page stands in its place"
ENDS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/avif": "avif",
    "image/heic": "heic",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
    _ZIP: "zip",
    "application/rtf": "rtf",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    _IN_ZIPS[0][1]: "docx",
    _IN_ZIPS[1][1]: "xlsx",
    _IN_ZIPS[2][1]: "pptx",
    _IN_ZIPS[3][1]: "ofd",
}


class StoryFile(NamedTuple):
    """A picture or an attachment, as its story shows it.

    Attributes:
        url: Absolute, as the page has it.
        caption: Of a picture the words below it, else its alt text; of an attachment the words of its link; or None.
        credit: Who made or lent it, as the caption says; or None.
    """

    kind: FileKind
    url: str
    caption: str | None = None
    credit: str | None = None


def files_of(details: Details) -> tuple[StoryFile, ...]:
    """Those of a story's blocks, then its attachments; each address once.

    >>> files_of({"blocks": [{"kind": "image", "text": "", "url": "https://a.example/1.jpg"},
    ...                      {"kind": "caption", "text": "渡口。高宁摄", "credit": "高宁"}]})
    (StoryFile(kind='image', url='https://a.example/1.jpg', caption='渡口。高宁摄', credit='高宁'),)
    """
    found: dict[str, StoryFile] = {}
    last = ""
    for block in (*(details.get("blocks") or ()), *(details.get("attachments") or ())):
        kind, url, words = block["kind"], block.get("url") or "", (block["text"] or "").strip()
        if kind in KINDS and is_web_url(url):
            found.setdefault(url, StoryFile(kind, url, words or None))
            last = url if kind == "image" else ""
        elif kind == "caption" and last in found:
            found[last] = found[last]._replace(caption=words or found[last].caption, credit=block.get("credit"))
            last = ""
        elif kind not in KINDS:
            last = ""
    return tuple(found.values())


def media_type(body: bytes) -> str | None:
    """What the bytes are; None of what nobody here knows, `text/html` of a web page.

    >>> media_type(b"GIF89a..."), media_type(b"<!DOCTYPE html><title>404</title>")
    ('image/gif', 'text/html')
    """
    for beginning, kind in _BEGINNINGS:
        if body.startswith(beginning):
            return _of_zip(body) if kind == _ZIP else kind
    if body[:4] == b"RIFF" and body[8:12] == _OF_RIFF:
        return "image/webp"
    if body[4:8] == b"ftyp":
        return _BOXED.get(body[8:12])
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MARKUP):
        return "text/html"
    if _SVG in head and head.startswith((_SVG, b"<?xml", b"<!")):
        return "image/svg+xml"
    return "application/pdf" if b"%pdf-" in head else None


def _of_zip(body: bytes) -> str:
    """By the names in its list, which stands at its end; that of a file of some thousand others begins earlier."""
    names = body[:4096] + body[-(1 << 16) :]
    return next((kind for name, kind in _IN_ZIPS if name in names), _ZIP)


def why_unfit(kind: FileKind, body: bytes) -> str | None:
    """Why the bytes are no such file; None of those that are one, or may be."""
    if not body:
        return "the answer is empty"
    found = media_type(body)
    if found == "text/html":
        return PAGE_IN_PLACE
    if kind == "image" and (found is None or not found.startswith("image/")):
        return f"it is no picture, but {found or 'of a kind that nobody here knows'}"
    return None


def name_of(sha256: str, kind: str | None) -> str:
    """The name of a file that is kept under its digest."""
    return f"{sha256[:16]}.{ENDS.get(kind or '', 'bin')}"
