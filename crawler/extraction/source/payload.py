"""Reasons not to read a body as a page at all."""

import re

_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "old Office file"),
    (b"GIF8", "GIF image"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"\x1f\x8b", "gzip that was not unpacked"),
    (b"RIFF", "RIFF media"),
    (b"\x7fELF", "ELF program"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"OggS", "Ogg media"),
    (b"ID3", "MP3 audio"),
)
_SAMPLE = 65536
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BOM16 = (b"\xff\xfe", b"\xfe\xff")
# libxml2 needs 77 s for one tag with 50,000 attributes (442 KB); quoted values are no part of that.
_LONG = 65_536
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{_LONG},}}")
_VALUES = re.compile(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 2000


def refusal(body: bytes) -> str | None:
    """Why these bytes are no page, or None."""
    head = body[:1024].lstrip()
    if not body:
        return "empty: 0 bytes"
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return f"binary: {name}, {len(body)} bytes"
    if not body.strip():
        return f"blank: {len(body)} bytes of white space"
    sample = body[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if not body.startswith(_BOM16) and controls > 0.02 * len(sample):
        return f"binary: {controls} control bytes in the first {len(sample)}"
    return None


def monstrous_tag(text: str) -> str | None:
    """Why parsing would take minutes, or None."""
    for match in _LONG_TAG.finditer(text) if _may_hold_long_tag(text) else ():
        names = len(_VALUES.sub("", match.group()).split())
        if names > _MAX_ATTRIBUTES:
            return f"a tag of {len(match.group())} characters with {names} attributes"
    return None


def _may_hold_long_tag(text: str) -> bool:
    """The cheap question first: a long tag fills at least one of these stretches."""
    half = _LONG // 2
    stretches = range(0, len(text) - half + 1, half)
    return any(text.find("<", at, at + half) < 0 and text.find(">", at, at + half) < 0 for at in stretches)
